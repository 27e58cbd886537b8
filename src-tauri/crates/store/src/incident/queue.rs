//! Keeps the queue in step with the two sides: whatever was touched is written again, and nothing else.

use domain::incident::queue::Presence;
use domain::incident::{classification, owners_differ};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::cell::{Place, Places, products};
use crate::StoreError;

/// Rows of the sides that a transaction wrote, by their numbers.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    pub sentinel: Vec<i64>,
    pub graph: Vec<i64>,
    /// Graph ids whose ARM incident let go of them.
    pub left: Vec<String>,
}

/// The ARM incidents whose twin has that Graph id, whether Graph holds it or not.
pub(super) fn paired_with(db: &Connection, graph_id: &str) -> Result<Vec<i64>, StoreError> {
    let mut query = db.prepare_cached("SELECT id FROM sentinel WHERE pair = ?1")?;
    let found = query.query_map([graph_id], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Writes the lines of everything that was touched.
pub(crate) fn refresh(db: &Connection, mut touched: Touched) -> Result<(), StoreError> {
    let mut places = Places::default();
    for graph_id in std::mem::take(&mut touched.left) {
        let sql = "SELECT id FROM graph WHERE graph_id = ?1";
        let found = db.prepare_cached(sql)?.query_row([graph_id], |row| row.get(0)).optional()?;
        touched.graph.extend::<Option<i64>>(found);
    }
    once(&mut touched.graph);
    for id in touched.graph {
        let holders = holders(db, id)?;
        if holders.is_empty() {
            put_alone(db, id, &mut places)?;
        }
        touched.sentinel.extend(holders);
    }
    once(&mut touched.sentinel);
    for id in touched.sentinel {
        put_sentinel(db, id, &mut places)?;
    }
    Ok(())
}

fn once(ids: &mut Vec<i64>) {
    ids.sort_unstable();
    ids.dedup();
}

/// The ARM incidents whose twin a Graph row is: one, or one in each of several workspaces.
fn holders(db: &Connection, graph: i64) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT s.id FROM graph g CROSS JOIN sentinel s ON s.pair = g.graph_id WHERE g.id = ?1";
    let mut query = db.prepare_cached(sql)?;
    let found = query.query_map([graph], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// A line of a Graph row that no ARM incident is the twin of.
fn put_alone(db: &Connection, graph: i64, places: &mut Places) -> Result<(), StoreError> {
    let place = db.prepare_cached(ALONE)?.query_row([graph], |row| {
        let status: String = row.get(2)?;
        Ok(Place {
            severity: row.get(0)?,
            severity_rank: row.get(1)?,
            redirected: status == "redirected",
            status,
            workspace: String::new(),
            presence: Presence::DefenderOnly,
            classification: classified(row.get_ref(3)?)?,
            products: "[]".into(),
            owner_differs: false,
        })
    })?;
    db.prepare_cached(PUT_ALONE)?.execute([graph, places.at(db, place)?])?;
    Ok(())
}

const ALONE: &str = "SELECT severity, severity_rank, status, classification FROM graph WHERE id = ?1";

const PUT_ALONE: &str = "
    INSERT INTO incident (id, cell, graph_id, title, owner, alerts, tags, created, updated)
    SELECT 2 * id + 1, ?2, graph_id, title, owner, alerts, tags, created, modified FROM graph WHERE id = ?1
    ON CONFLICT (id) DO UPDATE SET cell = excluded.cell, title = excluded.title, owner = excluded.owner,
        alerts = excluded.alerts, tags = excluded.tags, created = excluded.created, updated = excluded.updated,
        indexed = 0";

/// A line of an ARM incident and the Graph row that is its twin, which loses its own line.
fn put_sentinel(db: &Connection, sentinel: i64, places: &mut Places) -> Result<(), StoreError> {
    let read = |row: &Row<'_>| Ok((place(row)?, row.get::<_, Option<i64>>(6)?));
    let (place, twin) = db.prepare_cached(PAIRED)?.query_row([sentinel], read)?;
    let cell = places.at(db, place)?;
    db.prepare_cached(PUT_SENTINEL)?.execute(params![sentinel, cell, twin])?;
    if let Some(twin) = twin {
        absorb(db, 2 * twin + 1)?;
    }
    Ok(())
}

fn absorb(db: &Connection, line: i64) -> Result<(), StoreError> {
    let sql = "DELETE FROM incident WHERE id = ?1 RETURNING indexed";
    let indexed = db.prepare_cached(sql)?.query_row([line], |row| row.get(0)).optional()?;
    if indexed.is_some() {
        db.prepare_cached("DELETE FROM incident_part WHERE incident = ?1")?.execute([line])?;
    }
    if indexed == Some(true) {
        db.prepare_cached("DELETE FROM incident_text WHERE rowid = ?1")?.execute([line])?;
    }
    Ok(())
}

/// Where an ARM incident stands, by both sides; only a 404 of Graph's tells that a twin is missing.
fn place(row: &Row<'_>) -> rusqlite::Result<Place> {
    let (status, kind): (String, String) = (row.get(2)?, row.get(4)?);
    let (pair, twin): (bool, Option<i64>) = (row.get(5)?, row.get(6)?);
    let merged: Option<bool> = row.get(7)?;
    let redirected = kind == "source" || merged == Some(true);
    let missed: bool = row.get(8)?;
    Ok(Place {
        severity: row.get(0)?,
        severity_rank: row.get(1)?,
        status: if redirected { "redirected".into() } else { status },
        workspace: row.get(3)?,
        presence: match (twin, pair, kind.as_str()) {
            (Some(_), _, _) => Presence::Both,
            (None, true, _) if missed => Presence::TwinMissing,
            (None, true, _) => Presence::DefenderNotRead,
            (None, false, "not_proved" | "source") => Presence::TwinNotProved,
            (None, false, _) => Presence::SentinelOnly,
        },
        redirected,
        classification: classified(row.get_ref(9)?)?,
        products: products(row.get_ref(10)?.as_str()?),
        owner_differs: twin.is_some() && owners_differ(owner(row.get_ref(11)?)?, owner(row.get_ref(12)?)?),
    })
}

fn classified(told: ValueRef<'_>) -> rusqlite::Result<String> {
    Ok(told.as_str_or_null()?.and_then(classification).unwrap_or_default().to_owned())
}

fn owner(told: ValueRef<'_>) -> rusqlite::Result<Option<&str>> {
    Ok(told.as_str_or_null()?)
}

// CROSS JOIN holds the planner to the order as written: it knows no sizes, and the other way round it would walk the
// whole tenant for every row.
const PAIRED: &str = "
    SELECT s.severity, s.severity_rank, s.status, s.workspace, s.provider_kind, s.pair IS NOT NULL, g.id,
        g.status = 'redirected', EXISTS (SELECT 1 FROM graph_missing m WHERE m.graph_id = s.pair),
        coalesce(s.classification, g.classification), s.products, s.owner, g.owner
    FROM sentinel s LEFT JOIN graph g ON g.graph_id = s.pair WHERE s.id = ?1";

// `WHERE` keeps the parser from reading ON CONFLICT as a join's ON.
const PUT_SENTINEL: &str = "
    INSERT INTO incident (id, cell, sentinel_id, graph_id, number, title, owner, alerts, tags, created, updated)
    SELECT 2 * s.id, ?2, s.sentinel_id, s.pair, s.number, s.title, coalesce(s.owner, g.owner),
        coalesce(s.alerts, g.alerts), s.labels, coalesce(s.created, g.created),
        max(coalesce(s.modified, g.modified), coalesce(g.modified, s.modified))
    FROM sentinel s LEFT JOIN graph g ON g.id = ?3 WHERE s.id = ?1
    ON CONFLICT (id) DO UPDATE SET cell = excluded.cell, graph_id = excluded.graph_id, number = excluded.number,
        title = excluded.title, owner = excluded.owner, alerts = excluded.alerts, tags = excluded.tags,
        created = excluded.created, updated = excluded.updated, indexed = 0";
