//! Counts beside the values of each filter.

use std::collections::HashMap;

use domain::incident::queue::{Bucket, Count, Facets, Filter};
use rusqlite::Connection;
use time::{Duration, OffsetDateTime};

use super::cell::{Cell, Cells, Facet};
use super::filter::{Kept, each, named, timed};
use super::tag::{self, tagged};
use crate::marks::Marks;
use crate::time_stamp::{from_ms, to_ms};
use crate::{Store, StoreError};

/// Bars of the time strip.
const BUCKETS: i64 = 48;

impl Store {
    /// Facets of a filter; the strip covers `span` up to `until`.
    pub fn facets(
        &self,
        filter: &Filter,
        until: OffsetDateTime,
        span: Duration,
    ) -> Result<Facets, StoreError> {
        self.read(|db| {
            let cells = Cells::read(db)?;
            let untagged = Filter { tag: Vec::new(), ..filter.clone() };
            let free = named(db, &untagged)?;
            let tag = tag::counts(db, &untagged, free.clone(), &cells)?;
            let named = match (free, tagged(db, &filter.tag)?) {
                (Some(free), Some(tagged)) => Some(free.and(&tagged)),
                (free, tagged) => free.or(tagged),
            };
            let cells = recount(db, filter, named.as_ref(), cells)?;
            let one = |facet, value: fn(&Cell) -> &str| values(&cells, filter, facet, |cell| [value(cell)]);
            let those = |facet, is: fn(&Cell) -> bool| {
                cells.chosen(filter, facet).filter(|cell| is(cell)).map(|cell| cell.rows).sum()
            };
            Ok(Facets {
                severity: one(Facet::Severity, |cell| &cell.place.severity),
                status: one(Facet::Status, |cell| &cell.place.status),
                workspace: one(Facet::Workspace, |cell| &cell.place.workspace),
                presence: one(Facet::Presence, |cell| cell.place.presence.as_str()),
                classification: one(Facet::Classification, |cell| &cell.place.classification),
                product: values(&cells, filter, Facet::Product, |cell| {
                    cell.products.iter().map(String::as_str)
                }),
                tag,
                redirected: those(Facet::Redirected, |cell| cell.place.redirected),
                owner_differs: those(Facet::OwnerDiffers, |cell| cell.place.owner_differs),
                strip: strip(db, filter, named.as_ref(), &cells, until, span)?,
            })
        })
    }
}

/// Cells with the rows that names and time leave of them. Without either, the kept counts are right as they are.
pub(super) fn recount(
    db: &Connection,
    filter: &Filter,
    named: Option<&Marks>,
    mut cells: Cells,
) -> Result<Cells, StoreError> {
    if named.is_none() && !timed(filter) {
        return Ok(cells);
    }
    let mut counts: HashMap<i64, u64> = HashMap::new();
    each(db, filter, named, |_, cell, _| *counts.entry(cell).or_default() += 1)?;
    for cell in &mut cells.all {
        cell.rows = counts.get(&cell.id).copied().unwrap_or_default();
    }
    Ok(cells)
}

/// Most frequent first; what has no value is left out.
fn values<'a, V: IntoIterator<Item = &'a str>>(
    cells: &'a Cells,
    filter: &'a Filter,
    facet: Facet,
    values: impl Fn(&'a Cell) -> V,
) -> Vec<Count> {
    let mut counts: HashMap<&str, u64> = HashMap::new();
    for cell in cells.chosen(filter, facet).filter(|cell| cell.rows > 0) {
        for value in values(cell).into_iter().filter(|value| !value.is_empty()) {
            *counts.entry(value).or_default() += cell.rows;
        }
    }
    let mut counts: Vec<Count> = counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

fn strip(
    db: &Connection,
    filter: &Filter,
    named: Option<&Marks>,
    cells: &Cells,
    until: OffsetDateTime,
    span: Duration,
) -> Result<Vec<Bucket>, StoreError> {
    let width = (span.whole_milliseconds() as i64 / BUCKETS).max(1);
    let from = to_ms(until) - width * BUCKETS;
    let mut buckets: Vec<Bucket> =
        (0..BUCKETS).map(|at| Bucket { from: from_ms(from + at * width), count: 0, redirected: 0 }).collect();
    let kept = Kept::of(cells.chosen(filter, Facet::None));
    let redirected = Kept::of(cells.all.iter().filter(|cell| cell.place.redirected));
    let since = filter.updated_since.max(Some(from_ms(from)));
    let shown = Filter { updated_since: since, updated_until: filter.updated_until, ..Filter::default() };
    each(db, &shown, named, |_, cell, updated| {
        let bar = updated.and_then(|at| usize::try_from((at - from) / width).ok());
        if let Some(bucket) = bar.filter(|_| kept.has(cell)).and_then(|bar| buckets.get_mut(bar)) {
            bucket.count += 1;
            bucket.redirected += u64::from(redirected.has(cell));
        }
    })?;
    Ok(buckets)
}
