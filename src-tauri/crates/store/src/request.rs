//! The log of what left the machine. Secrets were masked before they came here.

use rusqlite::params;
use time::OffsetDateTime;

use crate::time_stamp::{from_ms, to_ms};
use crate::{Store, StoreError};

/// Requests kept; older ones are dropped.
const KEPT: i64 = 50_000;

#[derive(Clone, Debug, PartialEq)]
pub struct RequestRow {
    pub at: OffsetDateTime,
    pub verb: String,
    pub host: String,
    pub path: String,
    pub purpose: String,
    pub status: Option<u16>,
    pub bytes: u64,
    pub took_ms: u64,
    pub refused: Option<String>,
}

/// What went to one host.
#[derive(Clone, Debug, PartialEq)]
pub struct HostTally {
    pub host: String,
    pub requests: u64,
    pub bytes: u64,
}

impl Store {
    pub fn add_requests(&self, rows: &[RequestRow]) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        self.write(|db| {
            let mut insert = db.prepare_cached(
                "INSERT INTO request (at, verb, host, path, purpose, status, bytes, took_ms, refused)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?;
            for row in rows {
                insert.execute(params![
                    to_ms(row.at),
                    row.verb,
                    row.host,
                    row.path,
                    row.purpose,
                    row.status,
                    row.bytes as i64,
                    row.took_ms as i64,
                    row.refused,
                ])?;
            }
            db.execute("DELETE FROM request WHERE id <= (SELECT max(id) FROM request) - ?1", [KEPT])?;
            Ok(())
        })
    }

    /// Newest first, those whose host or path contains `text`, with their total.
    pub fn requests(
        &self,
        text: &str,
        offset: u64,
        limit: u32,
    ) -> Result<(Vec<RequestRow>, u64), StoreError> {
        const MATCH: &str = "(?1 = '' OR instr(lower(host || path), lower(?1)) > 0)";
        self.read(|db| {
            let total: i64 =
                db.query_row(&format!("SELECT count(*) FROM request WHERE {MATCH}"), [text], |row| {
                    row.get(0)
                })?;
            let mut query = db.prepare(&format!(
                "SELECT at, verb, host, path, purpose, status, bytes, took_ms, refused FROM request
                 WHERE {MATCH} ORDER BY id DESC LIMIT ?2 OFFSET ?3"
            ))?;
            let rows = query.query_map(params![text, limit, offset as i64], |row| {
                Ok(RequestRow {
                    at: from_ms(row.get(0)?),
                    verb: row.get(1)?,
                    host: row.get(2)?,
                    path: row.get(3)?,
                    purpose: row.get(4)?,
                    status: row.get(5)?,
                    bytes: row.get::<_, i64>(6)? as u64,
                    took_ms: row.get::<_, i64>(7)? as u64,
                    refused: row.get(8)?,
                })
            })?;
            Ok((rows.collect::<Result<_, _>>()?, total as u64))
        })
    }

    /// Per host, most requests first.
    pub fn request_hosts(&self) -> Result<Vec<HostTally>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare(
                "SELECT host, count(*), sum(bytes) FROM request GROUP BY host ORDER BY count(*) DESC, host",
            )?;
            let rows = query.query_map([], |row| {
                Ok(HostTally {
                    host: row.get(0)?,
                    requests: row.get::<_, i64>(1)? as u64,
                    bytes: row.get::<_, i64>(2)? as u64,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}
