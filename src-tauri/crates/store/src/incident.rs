//! Pages of incidents in, rows of the queue out.
//!
//! A page and the state of its listing are one transaction, so a crash between two loses and doubles nothing. Start at
//! [`Store::put_arm_page`]; `put` writes the two sides, `queue` what the screen reads.

use domain::incident::{Api, GraphIncident, SentinelIncident};
use rusqlite::{Connection, OptionalExtension, params};
use time::OffsetDateTime;

use crate::listing::put_listing;
use crate::time_stamp::{from_ms, to_ms};
use crate::{Listing, Store, StoreError};

mod cell;
mod facet;
mod filter;
mod gone;
mod group;
mod list;
mod order;
mod packed;
mod part;
mod put;
pub(crate) mod queue;
mod side;
mod tag;
mod walk;

use packed::Pattern;
pub use part::{KeptPart, PartAnswer};
use queue::Touched;
pub use side::{Fact, Sides};

/// An ARM incident and its JSON as served.
#[derive(Clone, Debug)]
pub struct ArmRow {
    pub incident: SentinelIncident,
    pub raw: String,
}

/// A Graph incident and its JSON as served.
#[derive(Clone, Debug)]
pub struct GraphRow {
    pub incident: GraphIncident,
    pub raw: String,
}

/// A stored answer: verbatim JSON, the request that read it, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    pub json: String,
    pub request: String,
    pub read_at: OffsetDateTime,
}

/// How many rows there are, by what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub rows: u64,
    pub sentinel: u64,
    pub graph: u64,
    pub twins: u64,
    /// ARM incidents of which the log told their own Graph id.
    pub identities: u64,
}

impl Store {
    /// One page of ARM's listing.
    pub fn put_arm_page(
        &self,
        workspace: &str,
        rows: &[ArmRow],
        request: &str,
        listing: &Listing,
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        self.write(|db| {
            let mut touched = Touched::default();
            put::arm_rows(db, rows, request, at, &mut touched)?;
            put_listing(db, Api::Sentinel, workspace, listing)?;
            queue::refresh(db, touched)
        })
    }

    /// One page of Graph's listing.
    pub fn put_graph_page(
        &self,
        rows: &[GraphRow],
        request: &str,
        listing: &Listing,
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        self.write(|db| {
            let mut touched = Touched::default();
            put::graph_rows(db, rows, request, at, &mut touched)?;
            put_listing(db, Api::Graph, "", listing)?;
            queue::refresh(db, touched)
        })
    }

    /// ARM incidents that were asked for one by one.
    pub fn put_arm(&self, rows: &[ArmRow], request: &str, at: OffsetDateTime) -> Result<(), StoreError> {
        self.write(|db| {
            let mut touched = Touched::default();
            put::arm_rows(db, rows, request, at, &mut touched)?;
            queue::refresh(db, touched)
        })
    }

    /// Graph incidents that were asked for one by one.
    pub fn put_graph(&self, rows: &[GraphRow], request: &str, at: OffsetDateTime) -> Result<(), StoreError> {
        self.write(|db| {
            let mut touched = Touched::default();
            put::graph_rows(db, rows, request, at, &mut touched)?;
            queue::refresh(db, touched)
        })
    }

    /// Graph answered 404: an incident read before is kept and marked gone, the twin of one that never was is missing.
    pub fn put_graph_missing(&self, graph_id: &str, at: OffsetDateTime) -> Result<(), StoreError> {
        self.write(|db| {
            let known = db.execute("UPDATE graph SET gone = 1 WHERE graph_id = ?1", [graph_id])?;
            if known == 0 {
                db.execute(
                    "INSERT OR REPLACE INTO graph_missing (graph_id, read_at) VALUES (?1, ?2)",
                    params![graph_id, to_ms(at)],
                )?;
                let sentinel = queue::paired_with(db, graph_id)?;
                queue::refresh(db, Touched { sentinel, ..Touched::default() })?;
            }
            Ok(())
        })
    }

    pub fn tally(&self) -> Result<Tally, StoreError> {
        self.read(|db| {
            let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).map(|n| n as u64);
            let both = count("SELECT coalesce(sum(rows), 0) FROM cell WHERE presence = 'both'")?;
            let merged = count(
                "SELECT count(*) FROM sentinel s JOIN graph g ON g.graph_id = s.pair
                 WHERE s.provider_kind = 'source'",
            )?;
            Ok(Tally {
                rows: count("SELECT coalesce(sum(rows), 0) FROM cell")?,
                sentinel: count("SELECT coalesce(sum(rows), 0) FROM cell WHERE workspace <> ''")?,
                graph: count("SELECT count(*) FROM graph")?,
                twins: both.saturating_sub(merged),
                identities: count("SELECT count(*) FROM identity")?,
            })
        })
    }

    /// The stored answer of one side: `sentinel` with `workspace/guid`, or `graph` with the Graph id.
    pub fn body(&self, side: &str, id: &str) -> Result<Option<Body>, StoreError> {
        self.read(|db| {
            let found = match (side, id.rsplit_once('/')) {
                ("sentinel", Some((workspace, id))) => {
                    let kept = db.query_row(SENTINEL_BODY, [id, workspace], packed).optional()?;
                    kept.map(|kept| (Api::Sentinel, kept))
                }
                _ => db.query_row(GRAPH_BODY, [id], packed).optional()?.map(|kept| (Api::Graph, kept)),
            };
            let Some((api, (packed, request, read_at))) = found else { return Ok(None) };
            let json = Pattern::known(db, api)?.unpack(&packed)?;
            Ok(Some(Body { json, request, read_at: from_ms(read_at) }))
        })
    }
}

const SENTINEL_BODY: &str = "
    SELECT b.packed, o.request, b.read_at FROM sentinel s
    JOIN sentinel_body b ON b.id = s.id JOIN origin o ON o.id = b.origin
    WHERE s.sentinel_id = ?1 AND s.workspace = ?2";

const GRAPH_BODY: &str = "
    SELECT b.packed, o.request, b.read_at FROM graph g
    JOIN graph_body b ON b.id = g.id JOIN origin o ON o.id = b.origin
    WHERE g.graph_id = ?1";

fn packed(row: &rusqlite::Row<'_>) -> rusqlite::Result<(Vec<u8>, String, i64)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

/// The number of a row of the queue, from the key that screens know it by.
pub(crate) fn line_of(db: &Connection, key: &str) -> Result<Option<i64>, StoreError> {
    let found = match (key.split_once(':'), key.rsplit_once('/')) {
        (Some(("s", rest)), Some((_, id))) => {
            let workspace = rest.strip_suffix(id).and_then(|text| text.strip_suffix('/')).unwrap_or_default();
            let sql = "SELECT 2 * id FROM sentinel WHERE sentinel_id = ?1 AND workspace = ?2";
            db.prepare_cached(sql)?.query_row([id, workspace], |row| row.get(0)).optional()?
        }
        (Some(("g", id)), _) => db
            .prepare_cached("SELECT 2 * id + 1 FROM graph WHERE graph_id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?,
        _ => None,
    };
    Ok(found)
}

/// A list as the JSON array that a column holds.
pub(crate) fn list(values: &[String]) -> String {
    if values.is_empty() { "[]".into() } else { serde_json::Value::from(values).to_string() }
}

/// The list back.
pub(crate) fn unlist(json: &str) -> Vec<String> {
    serde_json::from_str(json).unwrap_or_default()
}

#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;
