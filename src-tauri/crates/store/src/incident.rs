//! Pages of incidents in, rows of the queue out.
//!
//! A page and the state of its listing are one transaction, so a crash between two pages loses and doubles nothing.

use domain::incident::{Api, GraphIncident, Identity, Provider, SentinelIncident};
use rusqlite::{OptionalExtension, params};
use time::OffsetDateTime;

use crate::identity::remember;
use crate::listing::put_listing;
use crate::time_stamp::{from_ms, to_ms};
use crate::{Listing, Store, StoreError};

mod facet;
mod filter;
mod list;
pub(crate) mod queue;
mod side;

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
    /// ARM incidents whose own Graph id is known from a reading before any merge.
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
            queue::clear(db)?;
            for row in rows {
                queue::touch_pair_of(db, workspace, &row.incident.sentinel_id)?;
                queue::touch_sentinel(db, workspace, &row.incident.sentinel_id)?;
                put_arm(db, &row.incident, at)?;
                let id = format!("{workspace}/{}", row.incident.sentinel_id);
                put_body(db, "sentinel", &id, &row.raw, request, at)?;
            }
            queue::refresh(db)?;
            put_listing(db, Api::Sentinel, workspace, listing)
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
            put_graph_rows(db, rows, request, at)?;
            put_listing(db, Api::Graph, "", listing)
        })
    }

    /// Graph incidents that were asked for one by one.
    pub fn put_graph(&self, rows: &[GraphRow], request: &str, at: OffsetDateTime) -> Result<(), StoreError> {
        self.write(|db| put_graph_rows(db, rows, request, at))
    }

    /// Graph answered 404: an incident read before is kept and marked gone.
    pub fn put_graph_missing(&self, graph_id: &str, at: OffsetDateTime) -> Result<(), StoreError> {
        self.write(|db| {
            let known = db.execute("UPDATE graph SET gone = 1 WHERE graph_id = ?1", [graph_id])?;
            if known == 0 {
                db.execute(
                    "INSERT OR REPLACE INTO graph_missing (graph_id, read_at) VALUES (?1, ?2)",
                    params![graph_id, to_ms(at)],
                )?;
            }
            Ok(())
        })
    }

    /// Graph's listing came to its end: a twin that it did not hold is missing now, no longer unread.
    pub fn settle_twins(&self) -> Result<(), StoreError> {
        self.write(|db| {
            db.execute(
                "UPDATE incident SET presence = 'twin_missing' WHERE presence = 'defender_not_read'",
                [],
            )?;
            Ok(())
        })
    }

    pub fn tally(&self) -> Result<Tally, StoreError> {
        self.read(|db| {
            let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).map(|n| n as u64);
            Ok(Tally {
                rows: count("SELECT count(*) FROM incident")?,
                sentinel: count("SELECT count(*) FROM sentinel")?,
                graph: count("SELECT count(*) FROM graph")?,
                identities: count("SELECT count(*) FROM identity")?,
                twins: count(
                    "SELECT count(*) FROM sentinel s WHERE provider_kind = 'twin'
                     AND EXISTS (SELECT 1 FROM graph g WHERE g.graph_id = s.pair)",
                )?,
            })
        })
    }

    /// The stored answer of one side: `sentinel` with `workspace/guid`, or `graph` with the Graph id.
    pub fn body(&self, side: &str, id: &str) -> Result<Option<Body>, StoreError> {
        self.read(|db| {
            Ok(db
                .query_row(
                    "SELECT json, request, read_at FROM body WHERE side = ?1 AND id = ?2",
                    [side, id],
                    |row| Ok(Body { json: row.get(0)?, request: row.get(1)?, read_at: from_ms(row.get(2)?) }),
                )
                .optional()?)
        })
    }
}

fn put_graph_rows(
    db: &rusqlite::Connection,
    rows: &[GraphRow],
    request: &str,
    at: OffsetDateTime,
) -> Result<(), StoreError> {
    queue::clear(db)?;
    for row in rows {
        queue::touch_graph(db, &row.incident.graph_id)?;
        put_graph_row(db, &row.incident, at)?;
        put_body(db, "graph", &row.incident.graph_id, &row.raw, request, at)?;
    }
    queue::refresh(db)
}

fn put_arm(db: &rusqlite::Connection, row: &SentinelIncident, at: OffsetDateTime) -> Result<(), StoreError> {
    let (kind, twin) = match row.provider() {
        Provider::Twin(id) => ("twin", Some(id)),
        Provider::TwinNotProved(_) => ("not_proved", None),
        Provider::Source(_) => ("source", None),
        Provider::Foreign => ("foreign", None),
    };
    if let Some(graph_id) = &twin {
        let identity = Identity { sentinel_id: row.sentinel_id.clone(), graph_id: graph_id.clone() };
        remember(db, &row.workspace, &identity, "cache", at)?;
    }
    db.prepare_cached(PUT_ARM)?.execute(params![
        row.workspace,
        row.sentinel_id,
        row.arm_id,
        row.etag,
        row.number,
        row.title,
        row.description,
        row.severity.as_str(),
        row.severity.rank(),
        row.status.as_str(),
        row.classification,
        row.owner,
        list(&row.labels),
        row.created.map(to_ms),
        row.modified.map(to_ms),
        row.provider_name,
        row.provider_incident_id,
        row.provider_incident_url,
        row.incident_url,
        row.alerts,
        list(&row.tactics),
        list(&row.products),
        kind,
        twin,
        to_ms(at),
    ])?;
    Ok(())
}

const PUT_ARM: &str = "
    INSERT OR REPLACE INTO sentinel (
        workspace, sentinel_id, arm_id, etag, number, title, description, severity, severity_rank, status,
        classification, owner, labels, created, modified, provider_name, provider_incident_id,
        provider_incident_url, incident_url, alerts, tactics, products, provider_kind, pair, read_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
        ?23,
        CASE ?23 WHEN 'source' THEN (SELECT graph_id FROM identity WHERE workspace = ?1 AND sentinel_id = ?2)
                 ELSE ?24 END,
        ?25)";

fn put_graph_row(
    db: &rusqlite::Connection,
    row: &GraphIncident,
    at: OffsetDateTime,
) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM graph_missing WHERE graph_id = ?1")?.execute([&row.graph_id])?;
    db.prepare_cached(PUT_GRAPH)?.execute(params![
        row.graph_id,
        row.title,
        row.description,
        row.severity.as_str(),
        row.severity.rank(),
        row.status.as_str(),
        row.classification,
        row.determination,
        row.owner,
        list(&row.tags),
        row.created.map(to_ms),
        row.modified.map(to_ms),
        row.modified_by,
        row.url,
        row.redirect_incident_id,
        row.alerts,
        to_ms(at),
    ])?;
    Ok(())
}

const PUT_GRAPH: &str = "
    INSERT INTO graph (
        graph_id, title, description, severity, severity_rank, status, classification, determination, owner, tags,
        created, modified, modified_by, url, redirect_incident_id, alerts, read_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
    ON CONFLICT (graph_id) DO UPDATE SET
        title = excluded.title, description = excluded.description, severity = excluded.severity,
        severity_rank = excluded.severity_rank, status = excluded.status, classification = excluded.classification,
        determination = excluded.determination, owner = excluded.owner, tags = excluded.tags,
        created = excluded.created, modified = excluded.modified, modified_by = excluded.modified_by,
        url = excluded.url, redirect_incident_id = excluded.redirect_incident_id,
        alerts = coalesce(excluded.alerts, alerts), gone = 0, read_at = excluded.read_at";

fn put_body(
    db: &rusqlite::Connection,
    side: &str,
    id: &str,
    json: &str,
    request: &str,
    at: OffsetDateTime,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO body (side, id, json, request, read_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![side, id, json, request, to_ms(at)])?;
    Ok(())
}

/// A list as the JSON array that a column holds.
pub(crate) fn list(values: &[String]) -> String {
    serde_json::Value::from(values).to_string()
}

/// The list back.
pub(crate) fn unlist(json: &str) -> Vec<String> {
    serde_json::from_str(json).unwrap_or_default()
}

#[cfg(test)]
mod tests;
