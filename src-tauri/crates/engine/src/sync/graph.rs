//! Defender's incidents, in pages of fifty.
//!
//! A large tenant's history is thousands of requests at fifty a minute. So where other sources are read as well, the
//! first sync asks for what was merged away and for what changed lately; the rest stays *not read yet* until its
//! incident is opened, a run in the background gets there (`older`), or somebody asks for Graph alone.

use cloud::graph::{GraphQuery, Incident};
use cloud::{Cloud, CloudError, Trail};
use domain::fault::Fault;
use domain::incident::Api;
use store::{GraphRow, Listing, Store, StoreError, Stretch};
use time::{Duration, OffsetDateTime};

use super::list::{Answer, Facts, List, Narrow, Source};
use super::plan::Part;
use super::stretch::{REFUSED, conditions, cut, cut_within, obeyed};
use super::{Apis, OVERLAP, begin, literal};
use crate::{Scope, incident};

/// The most that Graph gives in one page; more is refused.
pub(super) const PAGE: u64 = 50;

/// Lists that are shorter are not worth cutting.
const SHORT: u64 = 4 * PAGE;

/// A stretch with more is cut, into parts of about so many. The page that told so is read again, so twice a part is
/// let pass.
const LONG: u64 = 2 * PART;
const PART: u64 = 900;

/// Above so many incidents the first sync leaves Defender's older ones unread.
const MANY: u64 = 5_000;

/// What changed in this time is read at once, however many there are.
const LATELY: Duration = Duration::days(30);

/// Most of what changed lately was made in this time; older ones are in the first part, which is open.
const MADE: Duration = Duration::days(45);

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
        let page = self.cloud.graph().incidents(&query(narrow, stretch, PAGE)).await?;
        let (rows, facts) = facts(page);
        obeyed(stretch, rows.iter().map(|row| row.incident.created))?;
        Ok((rows, facts))
    }

    async fn follow(&self, next: &str, trail: &mut Trail) -> Answer<GraphRow> {
        Ok(facts(self.cloud.graph().follow(next, trail).await?))
    }

    fn id<'a>(&self, row: &'a GraphRow) -> &'a str {
        &row.incident.graph_id
    }

    fn made(&self, row: &GraphRow) -> Option<OffsetDateTime> {
        row.incident.created
    }

    /// A full page is an end like any other: Graph's links are documented.
    fn is_cut_off(&self, _: &Facts) -> bool {
        false
    }

    /// The order of a page is Graph's own, so a stretch is cut only by its count, before its second page. A first list
    /// was cut before its first.
    fn left(&self, stretch: &Stretch, facts: &Facts, _idle: usize, now: OffsetDateTime) -> Vec<Stretch> {
        let Some(next) = &facts.next else { return Vec::new() };
        let whole = stretch.from.is_none() && stretch.until.is_none() && !stretch.redirected;
        let parts = match facts.count {
            Some(count) if stretch.next.is_none() && whole => parts_of(count),
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

fn query(narrow: &Narrow, stretch: &Stretch, top: u64) -> GraphQuery {
    let changed = narrow.changed.filter(|_| !stretch.redirected);
    let changed = changed.map(|changed| format!("lastUpdateDateTime ge {}", literal(changed)));
    let redirected = stretch.redirected.then(|| "status eq 'redirected'".to_owned());
    let filter: Vec<String> =
        redirected.into_iter().chain(changed).chain(conditions(stretch, "createdDateTime")).collect();
    GraphQuery {
        filter: (!filter.is_empty()).then(|| filter.join(" and ")),
        top: Some(top as u32),
        count: !narrow.refused,
        ..GraphQuery::default()
    }
}

pub(super) fn facts(page: cloud::Page<wire::graph::incident::Incident>) -> (Vec<GraphRow>, Facts) {
    let items = page.items.len();
    let rows: Vec<GraphRow> =
        page.items.into_iter().filter_map(|item: Incident| incident::graph_row(item)).collect();
    let facts = Facts {
        items,
        made: None,
        newest: rows.iter().filter_map(|row| row.incident.modified).max(),
        next: page.next,
        count: page.count,
    };
    (rows, facts)
}

impl Scope {
    /// Graph's list, ready to be read, and what a first one will ask.
    ///
    /// # Errors
    /// What Graph or the store answers.
    pub(super) async fn graph_list(&self, apis: Apis) -> Result<(List<Graph>, Option<Part>), Fault> {
        let kept = self.store(|store| store.listing(Api::Graph, "")).await?;
        let source = Graph { cloud: self.cloud()?.clone() };
        let alone = !apis.sentinel && !apis.logs;
        let first = kept.watermark.is_none() && kept.left.is_empty();
        let whole = first || (alone && kept.unread_before.is_some());
        let resumed = !kept.left.is_empty() && (kept.whole || !whole);
        let listing = begin(kept, whole, self.wall.now());
        if resumed || !whole {
            return Ok((List::new(source, listing, None), None));
        }
        let (listing, part) = self.first_of_graph(&source, listing, alone).await?;
        Ok((List::new(source, listing, None), part))
    }

    /// How much of Graph a first listing reads: everything, or of a large tenant what was merged away and what changed
    /// lately.
    async fn first_of_graph(
        &self,
        source: &Graph,
        listing: Listing,
        alone: bool,
    ) -> Result<(Listing, Option<Part>), Fault> {
        let whole = Stretch::default();
        let Some(count) = source.count(None, &whole).await? else { return Ok((listing, None)) };
        let now = self.now();
        if count <= MANY || alone {
            let left = cut(&whole, parts_of(count), now);
            return Ok((Listing { left, ..listing }, Some(part(&[(count, parts_of(count))]))));
        }
        let since = now - LATELY;
        let merged = Stretch { redirected: true, ..Stretch::default() };
        let counts = (source.count(None, &merged).await?, source.count(Some(since), &whole).await?);
        let (Some(redirected), Some(lately)) = counts else { return Ok((listing, None)) };
        // Side by side with the other list, so that one that is not long is not cut.
        let (few, many) = (redirected / PART + 1, parts_of(lately));
        let left = [cut(&merged, few, now), cut_within(MADE, &whole, many, now)].concat();
        let listing = Listing {
            // The overlap of every later listing is not this one's.
            watermark: Some(since + OVERLAP),
            unread_before: Some(since),
            left,
            whole: false,
            ..listing
        };
        let singles = redirected;
        Ok((listing, Some(Part { singles, ..part(&[(redirected, few), (lately, many)]) })))
    }
}

impl Graph {
    /// How many incidents a stretch has; `None` where Graph refuses to count, or to filter.
    async fn count(&self, changed: Option<OffsetDateTime>, stretch: &Stretch) -> Result<Option<u64>, Fault> {
        let narrow = Narrow { changed, refused: false };
        match self.cloud.graph().incidents(&query(&narrow, stretch, 1)).await {
            Ok(page) => Ok(page.count),
            Err(CloudError::Rejected { status: REFUSED, .. }) => Ok(None),
            Err(error) => Err(error.fault()),
        }
    }
}

/// What lists of so many incidents, in so many parts, take; the counts themselves were asked for by then.
fn part(lists: &[(u64, u64)]) -> Part {
    // Each part ends with a page that is half full on average.
    let requests = |(count, parts): &(u64, u64)| count.div_ceil(PAGE).max(1) + parts / 2;
    Part {
        requests: lists.iter().map(requests).sum(),
        rows: lists.iter().map(|(count, _)| count).sum(),
        ..Part::default()
    }
}

/// Into how many parts a list of so many is cut.
fn parts_of(count: u64) -> u64 {
    if count > SHORT { (count / PART + 1).max(Graph::AT_ONCE as u64) } else { 1 }
}
