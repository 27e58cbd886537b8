//! Both tellings of one incident, as they were last read.

use domain::incident::{GraphIncident, SentinelIncident, Severity, Status};
use rusqlite::{OptionalExtension, Row};
use time::OffsetDateTime;

use super::unlist;
use crate::time_stamp::from_ms;
use crate::{Store, StoreError};

/// What each API said of an incident; a side that was not read is absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sides {
    pub sentinel: Option<SentinelIncident>,
    pub graph: Option<GraphIncident>,
}

/// A row of the queue as the incident checks see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// ARM resource id; `None` for what only Graph holds.
    pub arm_id: Option<String>,
    pub graph_id: Option<String>,
    pub number: Option<i64>,
    pub title: String,
    pub workspace: Option<String>,
    pub provider_name: Option<String>,
    pub has_provider_url: bool,
    pub redirected: bool,
    pub target: Option<String>,
    pub unresolved: Option<String>,
    pub created: Option<OffsetDateTime>,
}

const FACTS: &str = "
    SELECT s.arm_id, i.graph_id, i.number, i.title, nullif(c.workspace, ''), s.provider_name,
        coalesce(s.provider_incident_url, '') <> '', c.redirected, i.target, i.unresolved, i.created
    FROM incident i CROSS JOIN cell c ON c.id = i.cell
    LEFT JOIN sentinel s ON i.sentinel_id IS NOT NULL AND s.id = i.id / 2";

fn read_fact(row: &Row<'_>) -> rusqlite::Result<Fact> {
    Ok(Fact {
        arm_id: row.get(0)?,
        graph_id: row.get(1)?,
        number: row.get(2)?,
        title: row.get(3)?,
        workspace: row.get(4)?,
        provider_name: row.get(5)?,
        has_provider_url: row.get(6)?,
        redirected: row.get(7)?,
        target: row.get(8)?,
        unresolved: row.get(9)?,
        created: row.get::<_, Option<i64>>(10)?.map(from_ms),
    })
}

impl Store {
    /// The sides of a row of the queue, by the ids the row carries.
    pub fn sides(
        &self,
        workspace: Option<&str>,
        sentinel_id: Option<&str>,
        graph_id: Option<&str>,
    ) -> Result<Sides, StoreError> {
        self.read(|db| {
            let sentinel = match (workspace, sentinel_id) {
                (Some(workspace), Some(id)) => {
                    db.query_row(SENTINEL, [workspace, id], read_sentinel).optional()?
                }
                _ => None,
            };
            let graph = match graph_id {
                Some(id) => db.query_row(GRAPH, [id], read_graph).optional()?,
                None => None,
            };
            Ok(Sides { sentinel, graph })
        })
    }

    /// Workspace and resource id of the ARM incidents whose twin a Graph incident is.
    pub fn twins_of(&self, graph_id: &str) -> Result<Vec<(String, String)>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached("SELECT workspace, arm_id FROM sentinel WHERE pair = ?1")?;
            let rows = query.query_map([graph_id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Every row of the queue with what the incident checks look at, one after the other: nothing is gathered.
    pub fn each_fact(&self, mut visit: impl FnMut(Fact)) -> Result<(), StoreError> {
        self.read(|db| {
            let mut query = db.prepare(FACTS)?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                visit(read_fact(row)?);
            }
            Ok(())
        })
    }
}

const SENTINEL: &str = "
    SELECT workspace, sentinel_id, arm_id, etag, number, title, description, severity, status, classification,
        owner, labels, created, modified, provider_name, provider_incident_id, provider_incident_url, incident_url,
        alerts, tactics, products
    FROM sentinel WHERE sentinel_id = ?2 AND workspace = ?1";

fn read_sentinel(row: &Row<'_>) -> rusqlite::Result<SentinelIncident> {
    let time = |at: usize| row.get::<_, Option<i64>>(at).map(|ms| ms.map(from_ms));
    Ok(SentinelIncident {
        workspace: row.get(0)?,
        sentinel_id: row.get(1)?,
        arm_id: row.get(2)?,
        etag: row.get(3)?,
        number: row.get(4)?,
        title: row.get(5)?,
        description: row.get(6)?,
        severity: Severity::parse(&row.get::<_, String>(7)?),
        status: stored_status(&row.get::<_, String>(8)?),
        classification: row.get(9)?,
        owner: row.get(10)?,
        labels: unlist(&row.get::<_, String>(11)?),
        created: time(12)?,
        modified: time(13)?,
        provider_name: row.get(14)?,
        provider_incident_id: row.get(15)?,
        provider_incident_url: row.get(16)?,
        incident_url: row.get(17)?,
        alerts: row.get(18)?,
        tactics: unlist(&row.get::<_, String>(19)?),
        products: unlist(&row.get::<_, String>(20)?),
    })
}

const GRAPH: &str = "
    SELECT graph_id, title, description, severity, status, classification, determination, owner, tags, created,
        modified, modified_by, url, redirect_incident_id, alerts
    FROM graph WHERE graph_id = ?1";

fn read_graph(row: &Row<'_>) -> rusqlite::Result<GraphIncident> {
    let time = |at: usize| row.get::<_, Option<i64>>(at).map(|ms| ms.map(from_ms));
    Ok(GraphIncident {
        graph_id: row.get(0)?,
        title: row.get(1)?,
        description: row.get(2)?,
        severity: Severity::parse(&row.get::<_, String>(3)?),
        status: stored_status(&row.get::<_, String>(4)?),
        classification: row.get(5)?,
        determination: row.get(6)?,
        owner: row.get(7)?,
        tags: unlist(&row.get::<_, String>(8)?),
        created: time(9)?,
        modified: time(10)?,
        modified_by: row.get(11)?,
        url: row.get(12)?,
        redirect_incident_id: row.get(13)?,
        alerts: row.get(14)?,
    })
}

/// The column holds `Status::as_str`, whose two-word values Microsoft writes without the bar.
fn stored_status(text: &str) -> Status {
    Status::parse(&text.replace('_', ""))
}
