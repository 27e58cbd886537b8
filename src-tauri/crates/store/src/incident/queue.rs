//! Keeps the queue in step with the two sides: whatever a page touched is written again, and nothing else.

use rusqlite::Connection;

use crate::StoreError;

/// Forgets what the last page touched.
pub(crate) fn clear(db: &Connection) -> Result<(), StoreError> {
    Ok(db.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS touched_sentinel (
             workspace TEXT NOT NULL, sentinel_id TEXT NOT NULL, PRIMARY KEY (workspace, sentinel_id)) WITHOUT ROWID;
         CREATE TEMP TABLE IF NOT EXISTS touched_graph (graph_id TEXT PRIMARY KEY) WITHOUT ROWID;
         DELETE FROM touched_sentinel;
         DELETE FROM touched_graph;",
    )?)
}

pub(crate) fn touch_sentinel(db: &Connection, workspace: &str, id: &str) -> Result<(), StoreError> {
    db.prepare_cached("INSERT OR IGNORE INTO touched_sentinel VALUES (?1, ?2)")?.execute([workspace, id])?;
    Ok(())
}

pub(crate) fn touch_graph(db: &Connection, id: &str) -> Result<(), StoreError> {
    db.prepare_cached("INSERT OR IGNORE INTO touched_graph VALUES (?1)")?.execute([id])?;
    Ok(())
}

/// The Graph side that an ARM incident was paired with: it may need a row of its own again.
pub(crate) fn touch_pair_of(db: &Connection, workspace: &str, id: &str) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO touched_graph
         SELECT pair FROM sentinel WHERE workspace = ?1 AND sentinel_id = ?2 AND pair IS NOT NULL",
    )?
    .execute([workspace, id])?;
    Ok(())
}

/// Writes the rows of everything that was touched.
pub(crate) fn refresh(db: &Connection) -> Result<(), StoreError> {
    for step in [PULL_IN_PAIRS, FORGET_TEXT, ABSORB_GRAPH_ROWS, PUT_SENTINEL, PUT_GRAPH_ALONE] {
        db.prepare_cached(step)?.execute([])?;
    }
    Ok(())
}

// CROSS JOIN holds the planner to the order as written: it knows no sizes, and the other way round it would walk the
// whole tenant for every page.
const PULL_IN_PAIRS: &str = "
    INSERT OR IGNORE INTO touched_sentinel
    SELECT s.workspace, s.sentinel_id FROM touched_graph t CROSS JOIN sentinel s ON s.pair = t.graph_id";

// A Graph row that turns out to be the twin of an ARM incident loses its own line in the queue.
const FORGET_TEXT: &str = "
    DELETE FROM incident_text WHERE rowid IN (
        SELECT i.id FROM touched_sentinel t
        CROSS JOIN sentinel s ON s.workspace = t.workspace AND s.sentinel_id = t.sentinel_id
        CROSS JOIN incident i ON i.key = 'g:' || s.pair WHERE s.pair IS NOT NULL AND i.indexed = 1)";

const ABSORB_GRAPH_ROWS: &str = "
    DELETE FROM incident WHERE key IN (
        SELECT 'g:' || s.pair FROM touched_sentinel t
        CROSS JOIN sentinel s ON s.workspace = t.workspace AND s.sentinel_id = t.sentinel_id
        WHERE s.pair IS NOT NULL)";

// `WHERE true` keeps the parser from reading ON CONFLICT as a join's ON.
const PUT_SENTINEL: &str = "
    INSERT INTO incident (key, sentinel_id, graph_id, number, workspace, title, severity, severity_rank, status,
        owner, alerts, tags, created, updated, presence, redirected)
    SELECT 's:' || s.workspace || '/' || s.sentinel_id, s.sentinel_id, s.pair, s.number, s.workspace, s.title,
        s.severity, s.severity_rank,
        CASE WHEN s.provider_kind = 'source' OR g.status = 'redirected' THEN 'redirected' ELSE s.status END,
        coalesce(s.owner, g.owner), coalesce(s.alerts, g.alerts), s.labels, coalesce(s.created, g.created),
        max(coalesce(s.modified, g.modified), coalesce(g.modified, s.modified)),
        CASE WHEN g.graph_id IS NOT NULL THEN 'both'
             WHEN s.pair IS NOT NULL THEN 'defender_not_read'
             WHEN s.provider_kind IN ('not_proved', 'source') THEN 'twin_not_proved'
             ELSE 'sentinel_only' END,
        s.provider_kind = 'source' OR coalesce(g.status = 'redirected', 0)
    FROM touched_sentinel t
    CROSS JOIN sentinel s ON s.workspace = t.workspace AND s.sentinel_id = t.sentinel_id
    LEFT JOIN graph g ON g.graph_id = s.pair
    WHERE true
    ON CONFLICT (key) DO UPDATE SET graph_id = excluded.graph_id, number = excluded.number,
        title = excluded.title, severity = excluded.severity, severity_rank = excluded.severity_rank,
        status = excluded.status, owner = excluded.owner, alerts = excluded.alerts, tags = excluded.tags,
        created = excluded.created, updated = excluded.updated,
        presence = CASE WHEN excluded.presence = 'defender_not_read' AND incident.presence = 'twin_missing'
                        THEN 'twin_missing' ELSE excluded.presence END,
        redirected = excluded.redirected, indexed = 0";

const PUT_GRAPH_ALONE: &str = "
    INSERT INTO incident (key, graph_id, title, severity, severity_rank, status, owner, alerts, tags, created,
        updated, presence, redirected)
    SELECT 'g:' || g.graph_id, g.graph_id, g.title, g.severity, g.severity_rank, g.status, g.owner, g.alerts,
        g.tags, g.created, g.modified, 'defender_only', g.status = 'redirected'
    FROM touched_graph t CROSS JOIN graph g ON g.graph_id = t.graph_id
    WHERE NOT EXISTS (SELECT 1 FROM sentinel s WHERE s.pair = g.graph_id)
    ON CONFLICT (key) DO UPDATE SET title = excluded.title, severity = excluded.severity,
        severity_rank = excluded.severity_rank, status = excluded.status, owner = excluded.owner,
        alerts = excluded.alerts, tags = excluded.tags, created = excluded.created, updated = excluded.updated,
        redirected = excluded.redirected, indexed = 0";
