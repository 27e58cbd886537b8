//! Writes what an API said of an incident: the row of its side and the JSON beside it.
//!
//! A row is looked for by its id once; everything after goes by its number. Never here: what the queue shows.

use domain::incident::{Api, GraphIncident, Provider, SentinelIncident};
use rusqlite::{Connection, OptionalExtension, params};
use time::OffsetDateTime;

use super::packed::Pattern;
use super::queue::Touched;
use super::{ArmRow, GraphRow, list};
use crate::StoreError;
use crate::time_stamp::to_ms;

pub(super) fn arm_rows(
    db: &Connection,
    rows: &[ArmRow],
    request: &str,
    at: OffsetDateTime,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    let Some(first) = rows.first() else { return Ok(()) };
    let (origin, pattern) = (origin(db, request)?, Pattern::of(db, Api::Sentinel, &first.raw)?);
    for row in rows {
        let id = arm(db, &row.incident, at, touched)?;
        body(db, SENTINEL_BODY, id, &pattern.pack(&row.raw), origin, at)?;
        touched.sentinel.push(id);
    }
    Ok(())
}

pub(super) fn graph_rows(
    db: &Connection,
    rows: &[GraphRow],
    request: &str,
    at: OffsetDateTime,
    touched: &mut Touched,
) -> Result<(), StoreError> {
    let Some(first) = rows.first() else { return Ok(()) };
    let (origin, pattern) = (origin(db, request)?, Pattern::of(db, Api::Graph, &first.raw)?);
    for row in rows {
        let id = graph(db, &row.incident, at)?;
        body(db, GRAPH_BODY, id, &pattern.pack(&row.raw), origin, at)?;
        touched.graph.push(id);
    }
    Ok(())
}

const SENTINEL_BODY: &str =
    "INSERT OR REPLACE INTO sentinel_body (id, packed, origin, read_at) VALUES (?1, ?2, ?3, ?4)";
const GRAPH_BODY: &str =
    "INSERT OR REPLACE INTO graph_body (id, packed, origin, read_at) VALUES (?1, ?2, ?3, ?4)";

fn body(
    db: &Connection,
    sql: &str,
    id: i64,
    packed: &[u8],
    origin: i64,
    at: OffsetDateTime,
) -> Result<(), StoreError> {
    db.prepare_cached(sql)?.execute(params![id, packed, origin, to_ms(at)])?;
    Ok(())
}

/// The number of a request's text, which many bodies share.
fn origin(db: &Connection, request: &str) -> Result<i64, StoreError> {
    let known = db
        .prepare_cached("SELECT id FROM origin WHERE request = ?1")?
        .query_row([request], |row| row.get(0))
        .optional()?;
    match known {
        Some(id) => Ok(id),
        None => Ok(db.prepare_cached("INSERT INTO origin (request) VALUES (?1)")?.insert([request])?),
    }
}

/// What was known of an ARM incident before this reading.
struct Before {
    id: i64,
    pair: Option<String>,
    known_as: Option<String>,
    known_at: Option<i64>,
}

/// Writes one ARM incident and gives its number.
fn arm(
    db: &Connection,
    row: &SentinelIncident,
    at: OffsetDateTime,
    touched: &mut Touched,
) -> Result<i64, StoreError> {
    let before = before(db, row)?;
    let (kind, twin) = match row.provider() {
        Provider::Twin(id) => ("twin", Some(id)),
        Provider::TwinNotProved(_) => ("not_proved", None),
        Provider::Source(_) => ("source", None),
        Provider::Foreign => ("foreign", None),
    };
    let (id, old_pair, was, was_at) = match before {
        Some(known) => (Some(known.id), known.pair, known.known_as, known.known_at),
        None => (None, None, None, None),
    };
    let (known_as, known_at) = match &twin {
        // The first reading that told it is the one to show.
        Some(id) if was.as_ref() != Some(id) => (Some(id.clone()), Some(to_ms(at))),
        _ => (was, was_at),
    };
    let pair = match (kind, twin) {
        ("source", _) if known_as.is_some() => known_as.clone(),
        ("source", _) => told_by_the_log(db, row)?,
        (_, twin) => twin,
    };
    if old_pair.is_some() && old_pair != pair {
        // The Graph side that it was paired with may need a line of its own again.
        touched.left.extend(old_pair);
    }
    let kept = Kept { kind, pair, known_as, known_at };
    put_arm(db, id, row, &kept, at)
}

fn before(db: &Connection, row: &SentinelIncident) -> Result<Option<Before>, StoreError> {
    let sql = "SELECT id, pair, known_as, known_at FROM sentinel WHERE sentinel_id = ?1 AND workspace = ?2";
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Before { id: row.get(0)?, pair: row.get(1)?, known_as: row.get(2)?, known_at: row.get(3)? })
    };
    Ok(db.prepare_cached(sql)?.query_row([&row.sentinel_id, &row.workspace], read).optional()?)
}

fn told_by_the_log(db: &Connection, row: &SentinelIncident) -> Result<Option<String>, StoreError> {
    let sql = "SELECT graph_id FROM identity WHERE workspace = ?1 AND sentinel_id = ?2";
    Ok(db.prepare_cached(sql)?.query_row([&row.workspace, &row.sentinel_id], |row| row.get(0)).optional()?)
}

/// What is concluded from this reading and those before.
struct Kept {
    kind: &'static str,
    pair: Option<String>,
    known_as: Option<String>,
    known_at: Option<i64>,
}

fn put_arm(
    db: &Connection,
    id: Option<i64>,
    row: &SentinelIncident,
    kept: &Kept,
    at: OffsetDateTime,
) -> Result<i64, StoreError> {
    Ok(db.prepare_cached(PUT_ARM)?.insert(params![
        id,
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
        kept.kind,
        kept.pair,
        kept.known_as,
        kept.known_at,
        to_ms(at),
    ])?)
}

const PUT_ARM: &str = "
    INSERT OR REPLACE INTO sentinel (
        id, workspace, sentinel_id, arm_id, etag, number, title, description, severity, severity_rank, status,
        classification, owner, labels, created, modified, provider_name, provider_incident_id,
        provider_incident_url, incident_url, alerts, tactics, products, provider_kind, pair, known_as, known_at,
        read_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
        ?23, ?24, ?25, ?26, ?27, ?28)";

/// Writes one Graph incident and gives its number.
fn graph(db: &Connection, row: &GraphIncident, at: OffsetDateTime) -> Result<i64, StoreError> {
    db.prepare_cached("DELETE FROM graph_missing WHERE graph_id = ?1")?.execute([&row.graph_id])?;
    Ok(db.prepare_cached(PUT_GRAPH)?.query_row(
        params![
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
        ],
        |row| row.get(0),
    )?)
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
        alerts = coalesce(excluded.alerts, alerts), gone = 0, read_at = excluded.read_at
    RETURNING id";
