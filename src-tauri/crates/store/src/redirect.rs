//! What resolving needs, and what it found.

use std::collections::HashMap;

use domain::redirect::{ArmSource, Holder, Readings, Redirect, Seen, Unresolved};
use rusqlite::{Connection, OptionalExtension, Row, params};

use time::OffsetDateTime;

use crate::time_stamp::from_ms;
use crate::{Store, StoreError};

/// A resolved source as the screens read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// Key of the source's row in the queue.
    pub key: String,
    pub sentinel_id: Option<String>,
    pub graph_id: Option<String>,
    pub number: Option<i64>,
    pub workspace: Option<String>,
    pub next: Option<String>,
    pub target: Option<String>,
    pub target_sentinel_id: Option<String>,
    pub target_number: Option<i64>,
    pub target_workspace: Option<String>,
    pub unresolved: Option<String>,
    pub last: Option<String>,
    pub hops: u32,
    pub known_by: String,
    /// What the queue shows of the source and of the target.
    pub shown: Shown,
    pub target_shown: Shown,
}

/// The part of a queue row that a chain shows; empty where the incident was not read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    pub title: Option<String>,
    pub severity: Option<String>,
    pub alerts: Option<i64>,
    pub updated: Option<OffsetDateTime>,
}

/// How many sources there are, how many of them lead to a target, and of how many the target was not read yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redirects {
    pub sources: u64,
    pub resolved: u64,
    pub not_read: u64,
}

/// Which Graph incident a source was, and how that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownIdentity {
    pub graph_id: String,
    /// `cache` or `log`.
    pub source: String,
    pub read_at: OffsetDateTime,
}

impl Store {
    /// Everything that chains are followed over; incidents that no redirect names are left out.
    pub fn readings(&self) -> Result<Readings, StoreError> {
        self.read(|db| {
            let (sources, graph, holders) = (sources(db)?, seen(db)?, holders(db)?);
            Ok(Readings { sources, graph, holders, ..Readings::default() })
        })
    }

    /// Replaces what is known of redirects and marks the queue.
    pub fn put_redirects(&self, redirects: &[Redirect]) -> Result<(), StoreError> {
        self.write(|db| {
            db.execute_batch(&unmark_queue())?;
            db.execute("DELETE FROM redirect", [])?;
            let mut insert = db.prepare_cached(INSERT)?;
            for redirect in redirects {
                put(&mut insert, redirect)?;
            }
            Ok(db.execute_batch(&mark_queue())?)
        })
    }

    /// All sources in a stable order.
    pub fn redirects(&self) -> Result<Vec<Stored>, StoreError> {
        self.read(|db| {
            let sql = format!("{} ORDER BY r.target IS NOT NULL, r.target, r.key", select());
            let mut query = db.prepare(&sql)?;
            Ok(query.query_map([], read_row)?.collect::<Result<_, _>>()?)
        })
    }

    pub fn redirect_counts(&self) -> Result<Redirects, StoreError> {
        let sql = "SELECT count(*), count(target), count(*) FILTER (WHERE unresolved = ?1) FROM redirect";
        let count = |row: &Row<'_>, at| row.get::<_, i64>(at).map(|n| n as u64);
        self.read(|db| {
            Ok(db.query_row(sql, [Unresolved::TargetNotRead.as_str()], |row| {
                Ok(Redirects { sources: count(row, 0)?, resolved: count(row, 1)?, not_read: count(row, 2)? })
            })?)
        })
    }

    pub fn redirect(&self, key: &str) -> Result<Option<Stored>, StoreError> {
        self.read(|db| {
            Ok(db.query_row(&format!("{} WHERE r.key = ?1", select()), [key], read_row).optional()?)
        })
    }

    /// Where a Graph incident was merged into, as it was last read; `None` for one that was not redirected.
    pub fn next_hop(&self, graph_id: &str) -> Result<Option<String>, StoreError> {
        self.read(|db| {
            let sql = "SELECT redirect_incident_id FROM graph WHERE graph_id = ?1 AND status = 'redirected'";
            Ok(db.query_row(sql, [graph_id], |row| row.get(0)).optional()?.flatten())
        })
    }

    /// The reading from before the merge that says which Graph incident an ARM incident was.
    pub fn identity(&self, workspace: &str, sentinel_id: &str) -> Result<Option<KnownIdentity>, StoreError> {
        self.read(|db| {
            let read = |row: &Row<'_>| {
                Ok(KnownIdentity {
                    graph_id: row.get(0)?,
                    source: row.get(1)?,
                    read_at: from_ms(row.get(2)?),
                })
            };
            Ok(db.query_row(IDENTITY, [workspace, sentinel_id], read).optional()?)
        })
    }
}

// A reading of our own outranks the log's.
const IDENTITY: &str = "
    SELECT known_as, 'cache', known_at FROM sentinel
    WHERE sentinel_id = ?2 AND workspace = ?1 AND known_as IS NOT NULL
    UNION ALL SELECT graph_id, 'log', read_at FROM identity WHERE workspace = ?1 AND sentinel_id = ?2
    LIMIT 1";

fn sources(db: &Connection) -> Result<Vec<ArmSource>, StoreError> {
    let mut query = db.prepare(
        "SELECT sentinel_id, workspace, number, provider_incident_id, pair, provider_name FROM sentinel
         WHERE provider_kind = 'source' ORDER BY workspace, sentinel_id",
    )?;
    let rows = query.query_map([], |row| {
        let defender = domain::incident::is_defender(row.get::<_, Option<String>>(5)?.as_deref());
        Ok(ArmSource {
            sentinel_id: row.get(0)?,
            workspace: row.get(1)?,
            number: row.get(2)?,
            // Another provider's id is Sentinel's own number.
            provider_id: row.get::<_, Option<String>>(3)?.filter(|id| defender && !id.is_empty()),
            graph_id: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

const NAMED: &str = "
    SELECT redirect_incident_id FROM graph WHERE status = 'redirected' AND redirect_incident_id IS NOT NULL
    UNION SELECT provider_incident_id FROM sentinel WHERE provider_kind = 'source' AND provider_incident_id IS NOT NULL";

fn seen(db: &Connection) -> Result<HashMap<String, Seen>, StoreError> {
    let mut seen = HashMap::new();
    let mut missing =
        db.prepare(&format!("SELECT graph_id FROM graph_missing WHERE graph_id IN ({NAMED})"))?;
    for id in missing.query_map([], |row| row.get::<_, String>(0))? {
        seen.insert(id?, Seen::Missing);
    }
    let mut live = db.prepare(&format!("SELECT graph_id, gone FROM graph WHERE graph_id IN ({NAMED})"))?;
    for found in live.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?)))? {
        let (id, gone) = found?;
        seen.insert(id, if gone { Seen::Missing } else { Seen::Live });
    }
    let mut redirected =
        db.prepare("SELECT graph_id, redirect_incident_id, gone FROM graph WHERE status = 'redirected'")?;
    for found in redirected.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, Seen::Redirected { next: row.get(1)?, gone: row.get(2)? }))
    })? {
        let (id, state) = found?;
        seen.insert(id, state);
    }
    Ok(seen)
}

fn holders(db: &Connection) -> Result<HashMap<String, Vec<Holder>>, StoreError> {
    let mut query = db.prepare(&format!(
        "SELECT pair, sentinel_id, workspace, number FROM sentinel
         WHERE provider_kind = 'twin' AND (pair IN ({NAMED})) ORDER BY workspace, sentinel_id"
    ))?;
    let mut holders: HashMap<String, Vec<Holder>> = HashMap::new();
    let rows = query.query_map([], |row| {
        Ok((
            row.get::<_, String>(0)?,
            Holder { sentinel_id: row.get(1)?, workspace: row.get(2)?, number: row.get(3)? },
        ))
    })?;
    for row in rows {
        let (id, holder) = row?;
        holders.entry(id).or_default().push(holder);
    }
    Ok(holders)
}

const INSERT: &str = "
    INSERT INTO redirect (key, sentinel_id, graph_id, number, workspace, next, target, target_sentinel_id,
        target_number, target_workspace, unresolved, last, hops, known_by)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";

fn put(insert: &mut rusqlite::Statement<'_>, redirect: &Redirect) -> Result<(), StoreError> {
    let key = match (&redirect.workspace, &redirect.sentinel_id, &redirect.graph_id) {
        (Some(workspace), Some(id), _) => format!("s:{workspace}/{id}"),
        (_, _, id) => format!("g:{}", id.as_deref().unwrap_or_default()),
    };
    let target = redirect.outcome.as_ref().ok();
    let twin = target.and_then(|target| target.twin.as_ref());
    insert.execute(params![
        key,
        redirect.sentinel_id,
        redirect.graph_id,
        redirect.number,
        redirect.workspace,
        redirect.next,
        target.map(|target| &target.graph_id),
        twin.map(|twin| &twin.sentinel_id),
        twin.map(|twin| twin.number),
        twin.map(|twin| &twin.workspace),
        redirect.outcome.as_ref().err().map(|reason| reason.as_str()),
        redirect.last,
        redirect.hops,
        redirect.known_by.as_str(),
    ])?;
    Ok(())
}

/// The line of a source, by the ids that its row of `redirect` (`r`) carries.
const LINE: &str = "coalesce(
    (SELECT 2 * s.id FROM sentinel s WHERE s.sentinel_id = r.sentinel_id AND s.workspace = r.workspace),
    (SELECT 2 * g.id + 1 FROM graph g WHERE g.graph_id = r.graph_id))";

/// The lines that carry the id of a target: its twins', or its own.
const TARGET_LINES: &str = "
    SELECT 2 * s.id AS line, r.target FROM redirect r CROSS JOIN sentinel s ON s.pair = r.target
    UNION ALL SELECT 2 * g.id + 1, r.target FROM redirect r CROSS JOIN graph g ON g.graph_id = r.target";

/// Takes the marks of the last resolving back, where it set them.
fn unmark_queue() -> String {
    format!(
        "UPDATE incident SET target = NULL, unresolved = NULL WHERE id IN (SELECT {LINE} FROM redirect r);
         UPDATE incident SET absorbed = 0 WHERE id IN (SELECT line FROM ({TARGET_LINES}));"
    )
}

fn mark_queue() -> String {
    format!(
        "UPDATE incident SET target = m.target, unresolved = m.unresolved
             FROM (SELECT {LINE} AS line, r.target, r.unresolved FROM redirect r) m WHERE incident.id = m.line;
         UPDATE incident SET absorbed = t.sources
             FROM (SELECT line, count(*) AS sources FROM ({TARGET_LINES}) GROUP BY line) t
             WHERE incident.id = t.line;"
    )
}

/// A source with what the queue shows of it (`i`, `ic`) and of its target (`t`, `tc`).
fn select() -> String {
    format!(
        "SELECT r.key, r.sentinel_id, r.graph_id, r.number, r.workspace, r.next, r.target, r.target_sentinel_id,
            r.target_number, r.target_workspace, r.unresolved, r.last, r.hops, r.known_by,
            i.title, ic.severity, i.alerts, i.updated, t.title, tc.severity, t.alerts, t.updated
         FROM redirect r
         LEFT JOIN incident i ON i.id = {LINE}
         LEFT JOIN cell ic ON ic.id = i.cell
         LEFT JOIN incident t ON t.id = coalesce(
             (SELECT min(2 * s.id) FROM sentinel s WHERE s.pair = r.target),
             (SELECT 2 * g.id + 1 FROM graph g WHERE g.graph_id = r.target))
         LEFT JOIN cell tc ON tc.id = t.cell"
    )
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<Stored> {
    Ok(Stored {
        key: row.get(0)?,
        sentinel_id: row.get(1)?,
        graph_id: row.get(2)?,
        number: row.get(3)?,
        workspace: row.get(4)?,
        next: row.get(5)?,
        target: row.get(6)?,
        target_sentinel_id: row.get(7)?,
        target_number: row.get(8)?,
        target_workspace: row.get(9)?,
        unresolved: row.get(10)?,
        last: row.get(11)?,
        hops: row.get(12)?,
        known_by: row.get(13)?,
        shown: read_shown(row, 14)?,
        target_shown: read_shown(row, 18)?,
    })
}

fn read_shown(row: &Row<'_>, from: usize) -> rusqlite::Result<Shown> {
    Ok(Shown {
        title: row.get(from)?,
        severity: row.get(from + 1)?,
        alerts: row.get(from + 2)?,
        updated: row.get::<_, Option<i64>>(from + 3)?.map(from_ms),
    })
}
