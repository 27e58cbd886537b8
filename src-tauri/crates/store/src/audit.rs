//! What was asked for, and how it ended. Intent is written first, so that a crash leaves a trace.

use rusqlite::params;
use time::OffsetDateTime;

use crate::time_stamp::{from_ms, to_ms};
use crate::{Store, StoreError};

#[derive(Clone, Debug, PartialEq)]
pub struct AuditRow {
    pub at: OffsetDateTime,
    pub command: String,
    pub detail: String,
    pub outcome: Option<String>,
}

impl Store {
    /// Writes the intent; the number goes back to [`Store::audit_end`].
    pub fn audit_begin(&self, command: &str, detail: &str, at: OffsetDateTime) -> Result<i64, StoreError> {
        self.write(|db| {
            db.execute(
                "INSERT INTO audit (at, command, detail) VALUES (?1, ?2, ?3)",
                params![to_ms(at), command, detail],
            )?;
            Ok(db.last_insert_rowid())
        })
    }

    pub fn audit_end(&self, id: i64, outcome: &str) -> Result<(), StoreError> {
        self.write(|db| {
            db.execute("UPDATE audit SET outcome = ?2 WHERE id = ?1", params![id, outcome])?;
            Ok(())
        })
    }

    /// Newest first.
    pub fn audit(&self, limit: u32) -> Result<Vec<AuditRow>, StoreError> {
        self.read(|db| {
            let mut query =
                db.prepare("SELECT at, command, detail, outcome FROM audit ORDER BY id DESC LIMIT ?1")?;
            let rows = query.query_map([limit], |row| {
                Ok(AuditRow {
                    at: from_ms(row.get(0)?),
                    command: row.get(1)?,
                    detail: row.get(2)?,
                    outcome: row.get(3)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}
