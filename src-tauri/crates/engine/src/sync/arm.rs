//! Sentinel's incidents of one workspace, in pages of a thousand.

use cloud::arm::{Incident, IncidentsQuery, Workspace};
use cloud::{Cloud, Trail};
use store::{ArmRow, Listing, Store, StoreError, Stretch};
use time::OffsetDateTime;

use super::list::{Answer, Facts, Narrow, Source};
use super::literal;
use super::stretch::{conditions, cut, obeyed, whole_second};

/// The order never changes while pages are turned, as the time of making never does.
const ORDER: &str = "properties/createdTimeUtc asc";
const MADE: &str = "properties/createdTimeUtc";

/// The most that ARM gives in one page.
/// <https://learn.microsoft.com/azure/sentinel/sentinel-service-limits>
const PAGE: u32 = 1_000;

/// One workspace's list.
#[derive(Clone)]
pub(super) struct Arm {
    pub cloud: Cloud,
    pub workspace: Workspace,
}

impl Source for Arm {
    type Row = ArmRow;
    const AT_ONCE: usize = 8;

    fn name(&self) -> &str {
        &self.workspace.name
    }

    async fn first(&self, narrow: &Narrow, stretch: &Stretch) -> Answer<ArmRow> {
        let changed =
            narrow.changed.map(|changed| format!("properties/lastModifiedTimeUtc ge {}", literal(changed)));
        let filter: Vec<String> = changed.into_iter().chain(conditions(stretch, MADE)).collect();
        let query = IncidentsQuery {
            filter: (!filter.is_empty()).then(|| filter.join(" and ")),
            orderby: Some(ORDER.into()),
            top: Some(PAGE),
        };
        let page = self.cloud.arm().incidents(&self.workspace, &query).await?;
        let (rows, facts) = self.page(page.items, page.next);
        obeyed(stretch, rows.iter().map(|row| row.incident.created))?;
        Ok((rows, facts))
    }

    async fn follow(&self, next: &str, trail: &mut Trail) -> Answer<ArmRow> {
        let page = self.cloud.arm().follow(&self.workspace, next, trail).await?;
        Ok(self.page(page.items, page.next))
    }

    fn id<'a>(&self, row: &'a ArmRow) -> &'a str {
        &row.incident.sentinel_id
    }

    fn made(&self, row: &ArmRow) -> Option<OffsetDateTime> {
        row.incident.created
    }

    /// A page's link is followed, unless requests lie idle and more than a page or two seem to be left: then what was
    /// made since the page is cut. A full page without a link is gone on behind, or halved where it is in no order:
    /// whether a thousand is the page's limit or the list's, Microsoft does not say.
    fn left(&self, stretch: &Stretch, facts: &Facts, idle: usize, now: OffsetDateTime) -> Vec<Stretch> {
        let last = facts.made.map(|(_, last)| whole_second(last)).filter(|last| stretch.from != Some(*last));
        let behind = last.map(|last| {
            let rest = Stretch { from: Some(last), next: None, ..stretch.clone() };
            cut(&rest, parts(stretch, facts, idle, now), now)
        });
        match (&facts.next, behind) {
            (Some(_), Some(behind)) if behind.len() > 1 => behind,
            (Some(next), _) => vec![Stretch { next: Some(next.clone()), ..stretch.clone() }],
            (None, _) if !is_full(facts) => Vec::new(),
            (None, Some(behind)) => behind,
            (None, None) => {
                let halves = cut(&Stretch { next: None, ..stretch.clone() }, 2, now);
                if halves.len() > 1 { halves } else { Vec::new() }
            }
        }
    }

    fn is_cut_off(&self, facts: &Facts) -> bool {
        facts.next.is_none() && is_full(facts)
    }

    fn keep(
        &self,
        store: &Store,
        rows: &[ArmRow],
        state: &Listing,
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let request = format!("GET {}/providers/Microsoft.SecurityInsights/incidents", self.workspace.id);
        store.put_arm_page(&self.workspace.name, rows, &request, state, at)
    }
}

fn is_full(facts: &Facts) -> bool {
    facts.items >= PAGE as usize
}

impl Arm {
    fn page(&self, items: Vec<Incident>, next: Option<String>) -> (Vec<ArmRow>, Facts) {
        // What can't be read is an item all the same: a page is full with it.
        let items_served = items.len();
        let rows: Vec<ArmRow> = items
            .into_iter()
            .filter_map(|item| {
                let incident = translate::incident::sentinel(&item.wire, &self.workspace.name)?;
                Some(ArmRow { incident, raw: item.raw })
            })
            .collect();
        let made = rows.first().and_then(|row| row.incident.created);
        let made = made.zip(rows.last().and_then(|row| row.incident.created));
        let facts = Facts {
            items: items_served,
            made: made.filter(|_| rows.is_sorted_by_key(|row| row.incident.created)),
            newest: rows.iter().filter_map(|row| row.incident.modified).max(),
            next,
            count: None,
        };
        (rows, facts)
    }
}

/// Into how many parts the rest behind a page is worth cutting, if it goes on as densely as the page.
fn parts(stretch: &Stretch, facts: &Facts, idle: usize, now: OffsetDateTime) -> u64 {
    let Some((first, last)) = facts.made else { return 1 };
    let rest = stretch.until.unwrap_or(now) - last;
    let pages = rest.as_seconds_f64() / (last - first).as_seconds_f64().max(1.0);
    (idle as u64 + 1).min(pages.max(1.0) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;
    use time::macros::datetime;

    const NOON: OffsetDateTime = datetime!(2026-11-24 12:00 UTC);

    fn facts(hours: i64, next: bool) -> Facts {
        let made = Some((NOON - Duration::hours(24), NOON - Duration::hours(24 - hours)));
        Facts { items: 1_000, made, next: next.then(|| "https://x".into()), ..Facts::default() }
    }

    #[test]
    fn the_rest_is_cut_into_as_many_parts_as_pages_are_left_and_requests_idle() {
        let all = Stretch::default();
        assert_eq!(parts(&all, &facts(2, true), 7, NOON), 8);
        assert_eq!(parts(&all, &facts(8, true), 7, NOON), 2);
        assert_eq!(parts(&all, &facts(23, true), 7, NOON), 1, "an hour is not worth it");
        assert_eq!(parts(&all, &facts(2, true), 0, NOON), 1, "nobody is idle");
        let late = NOON - Duration::days(9);
        assert_eq!(parts(&all, &facts(2, true), 7, late), 1, "a clock that is late cuts nothing");
    }
}
