//! The queue and one incident in both tellings.

use domain::fault::{Code, Fault};
use domain::incident::Api;
use domain::incident::queue::{Count, Facets, Filter, Group, Page, Row, Sort};
use store::{Body, GraphRow};
use time::{Duration, OffsetDateTime};

use crate::Scope;
use crate::excerpt::pretty;

mod compare;
mod parts;
mod portal;
mod timeline;

pub use compare::{CompareRow, Relation, compare};
pub use parts::{Part, Parts};
pub use portal::{Page as PortalPage, Portal};

/// The strip of changes when the filter names no span.
const STRIP: Duration = Duration::hours(24);

/// Rows indexed per write, so that a page never waits long.
const INDEX_STEP: u32 = 2_000;

/// One side, as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    pub body: Body,
    /// The JSON laid out for people.
    pub pretty: String,
    pub description: Option<String>,
    /// Address in the side's portal.
    pub portal: Option<String>,
}

/// A listing that read everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    pub at: OffsetDateTime,
    /// Whether the incident was in it: what wasn't leaves the queue soon after.
    pub held: bool,
}

/// An incident with both sides and what differs between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Detail {
    pub row: Row,
    pub sentinel: Option<Side>,
    pub graph: Option<Side>,
    pub compare: Vec<CompareRow>,
    /// Sentinel's last whole listing of its workspace, where nothing failed since.
    pub listed: Option<Listed>,
    /// Portals in which it has a page.
    pub portals: Vec<Portal>,
}

impl Scope {
    pub fn incidents(&self, filter: &Filter, sort: Sort, offset: u64, limit: u32) -> Result<Page, Fault> {
        Ok(self.store.incidents(filter, sort, offset, limit)?)
    }

    /// Keys of a stretch of the view, and how many rows it has.
    pub fn incident_keys(
        &self,
        filter: &Filter,
        sort: Sort,
        offset: u64,
        limit: u32,
    ) -> Result<(Vec<String>, u64), Fault> {
        Ok(self.store.incident_keys(filter, sort, offset, limit)?)
    }

    /// Counts per value, and the strip up to now over the filter's own span.
    pub fn incident_facets(&self, filter: &Filter) -> Result<Facets, Fault> {
        let now = self.now();
        let span = filter.updated_since.map_or(STRIP, |since| (now - since).max(Duration::HOUR));
        Ok(self.store.facets(filter, now, span)?)
    }

    /// Values that the view is grouped by, with their counts.
    pub fn incident_groups(&self, filter: &Filter, group: Group) -> Result<Vec<Count>, Fault> {
        Ok(self.store.incident_groups(filter, group)?)
    }

    /// One incident by the key of its row.
    pub fn incident(&self, key: &str) -> Result<Detail, Fault> {
        let row = self.row(key)?;
        let sides = self.store.sides(
            row.workspace.as_deref(),
            row.sentinel_id.as_deref(),
            row.graph_id.as_deref(),
        )?;
        let sentinel_body = match (&row.workspace, &row.sentinel_id) {
            (Some(workspace), Some(id)) => self.store.body("sentinel", &format!("{workspace}/{id}"))?,
            _ => None,
        };
        let graph_body = match &row.graph_id {
            Some(id) => self.store.body("graph", id)?,
            None => None,
        };
        let seen = sentinel_body.as_ref().map(|body| body.read_at);
        Ok(Detail {
            listed: self.listed(row.workspace.as_deref(), seen)?,
            portals: self.portals_of(&row)?,
            compare: compare(&row, sides.sentinel.as_ref(), sides.graph.as_ref()),
            sentinel: sides
                .sentinel
                .zip(sentinel_body)
                .map(|(told, body)| side(body, told.description, told.incident_url)),
            graph: sides.graph.zip(graph_body).map(|(told, body)| side(body, told.description, told.url)),
            row,
        })
    }

    /// `seen` is when the incident was read last.
    fn listed(&self, workspace: Option<&str>, seen: Option<OffsetDateTime>) -> Result<Option<Listed>, Fault> {
        let (Some(workspace), Some(seen)) = (workspace, seen) else { return Ok(None) };
        let listing = self.store.listing(Api::Sentinel, workspace)?;
        let held = listing.sweep.is_none_or(|before| seen >= before);
        Ok(listing.reconciled.map(|at| Listed { at, held }))
    }

    fn row(&self, key: &str) -> Result<Row, Fault> {
        let row = self.store.incident(key)?;
        row.ok_or_else(|| Fault::new(Code::NotFound, format!("No incident is stored under `{key}`.")))
    }

    /// Completes the search index, a step at a time; answers when nothing is left.
    pub async fn index_text(&self) -> Result<(), Fault> {
        while self.store(|store| store.index_text(INDEX_STEP)).await? > 0 {}
        Ok(())
    }
}

fn side(body: Body, description: Option<String>, portal: Option<String>) -> Side {
    Side { pretty: pretty(&body.json), body, description, portal }
}

/// An item of Graph as the store keeps it; `None` for one without an id, which nothing can be said about.
pub(crate) fn graph_row(item: cloud::Item<wire::graph::incident::Incident>) -> Option<GraphRow> {
    Some(GraphRow { incident: translate::incident::graph(&item.wire)?, raw: item.raw })
}
