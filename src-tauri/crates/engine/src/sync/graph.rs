//! Defender's incidents, in pages of fifty.
//!
//! A large tenant's history is thousands of requests at fifty a minute. So where other sources are read as well, the
//! first sync asks for what was merged away and for what changed lately; the rest stays *not read yet* until somebody
//! asks for Graph alone.

use cloud::graph::{GraphQuery, Incident};
use cloud::{Cloud, Trail};
use domain::fault::Fault;
use domain::incident::Api;
use store::{GraphRow, Listing, Store, StoreError, Stretch};
use time::{Duration, OffsetDateTime};

use super::list::{Answer, Facts, List, Narrow, Source};
use super::plan::Part;
use super::stretch::{conditions, cut};
use super::{Apis, OVERLAP, begin, literal};
use crate::{Scope, incident};

/// The most that Graph gives in one page; more is refused.
const PAGE: u64 = 50;

/// Lists that are shorter are not worth cutting.
const SHORT: u64 = 4 * PAGE;

/// A stretch with more is cut, into parts of about so many.
const LONG: u64 = 1_000;
const PART: u64 = 900;

/// Above so many incidents the first sync leaves Defender's older ones unread.
const MANY: u64 = 5_000;

/// What changed in this time is read at once, however many there are.
const LATELY: Duration = Duration::days(30);

#[derive(Clone)]
pub(super) struct Graph {
    pub cloud: Cloud,
}

impl Source for Graph {
    type Row = GraphRow;
    const AT_ONCE: usize = 4;

    fn name(&self) -> &str {
        ""
    }

    async fn first(&self, narrow: &Narrow, stretch: &Stretch) -> Answer<GraphRow> {
        let changed = narrow.changed.filter(|_| !stretch.redirected);
        let changed = changed.map(|changed| format!("lastUpdateDateTime ge {}", literal(changed)));
        let redirected = stretch.redirected.then(|| "status eq 'redirected'".to_owned());
        let filter: Vec<String> =
            redirected.into_iter().chain(changed).chain(conditions(stretch, "createdDateTime")).collect();
        let query = GraphQuery {
            filter: (!filter.is_empty()).then(|| filter.join(" and ")),
            top: Some(PAGE as u32),
            count: !narrow.refused,
            ..GraphQuery::default()
        };
        let page = self.cloud.graph().incidents(&query).await?;
        Ok(facts(page))
    }

    async fn follow(&self, next: &str, trail: &mut Trail) -> Answer<GraphRow> {
        Ok(facts(self.cloud.graph().follow(next, trail).await?))
    }

    /// The order of a page is Graph's own, so a stretch is cut only by its count, before its second page.
    fn left(&self, stretch: &Stretch, facts: &Facts, _idle: usize, now: OffsetDateTime) -> Vec<Stretch> {
        let Some(next) = &facts.next else { return Vec::new() };
        let whole = stretch.from.is_none() && stretch.until.is_none();
        let parts = match facts.count {
            Some(count) if stretch.next.is_none() && whole && count > SHORT => {
                (count / PART + 1).max(Self::AT_ONCE as u64)
            }
            Some(count) if stretch.next.is_none() && count > LONG => count / PART + 1,
            _ => 1,
        };
        match cut(stretch, parts, now) {
            parts if parts.len() > 1 => parts,
            _ => vec![Stretch { next: Some(next.clone()), ..stretch.clone() }],
        }
    }

    fn keep(
        &self,
        store: &Store,
        rows: &[GraphRow],
        state: &Listing,
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        store.put_graph_page(rows, "GET /v1.0/security/incidents", state, at)
    }
}

fn facts(page: cloud::Page<wire::graph::incident::Incident>) -> (Vec<GraphRow>, Facts) {
    let rows: Vec<GraphRow> =
        page.items.into_iter().filter_map(|item: Incident| incident::graph_row(item)).collect();
    let facts = Facts {
        rows: rows.len(),
        made: None,
        newest: rows.iter().filter_map(|row| row.incident.modified).max(),
        next: page.next,
        count: page.count,
    };
    (rows, facts)
}

impl Scope {
    /// Graph's list, ready to be read; a first one with its first pages, which say how long it is.
    ///
    /// # Errors
    /// What Graph or the store answers.
    pub(super) async fn graph_list(&self, apis: Apis) -> Result<(List<Graph>, Option<Part>), Fault> {
        let kept = self.store(|store| store.listing(Api::Graph, "")).await?;
        let source = Graph { cloud: self.cloud()?.clone() };
        let alone = !apis.sentinel && !apis.logs;
        let listing = match kept.unread_before.is_some() && alone {
            true => Listing { completed: kept.completed, ..Listing::default() },
            false => kept,
        };
        if listing.watermark.is_some() || !listing.left.is_empty() {
            return Ok((List::new(source, begin(listing, self.wall.now())), None));
        }
        let list = List::new(source, begin(listing, self.wall.now()));
        let mut opening = Opening { list, part: Part::default() };
        let count = opening.page(self, Stretch::default()).await?;
        if count > MANY && !alone {
            let since = self.now() - LATELY;
            let merged = Stretch { redirected: true, ..Stretch::default() };
            let listing = Listing {
                // The overlap of every later listing is not this one's.
                watermark: Some(since + OVERLAP),
                unread_before: Some(since),
                left: vec![merged.clone(), Stretch::default()],
                ..opening.list.listing
            };
            opening.list = List::new(opening.list.source, listing);
            opening.part = Part { requests: 1, ..Part::default() };
            opening.page(self, merged).await?;
            opening.page(self, Stretch::default()).await?;
        }
        Ok((opening.list, Some(opening.part)))
    }
}

/// The first pages of a first listing: they are kept, and tell how much there is.
struct Opening {
    list: List<Graph>,
    part: Part,
}

impl Opening {
    /// Reads and keeps the first page of a stretch; answers how many incidents the stretch has.
    async fn page(&mut self, scope: &Scope, stretch: Stretch) -> Result<u64, Fault> {
        let Some(page) = self.list.open(scope, &stretch).await? else { return Ok(0) };
        let count = page.facts.count.unwrap_or(page.facts.rows as u64);
        let parts = page.left as u64;
        // Each part ends with a page that is half full on average.
        self.part.requests += count.div_ceil(PAGE).max(1) + if parts > 1 { 1 + parts / 2 } else { 0 };
        self.part.rows += count;
        let kept = page.kept;
        scope.store(move |store| kept.source.keep(store, &kept.rows, &kept.state, kept.at)).await?;
        Ok(count)
    }
}
