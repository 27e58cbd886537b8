//! What the log tells: how many incidents there are and when they were made, and which Graph incident an ARM incident
//! was before the merges.

use cloud::arm::Workspace;
use cloud::loganalytics::Kql;
use domain::fault::{Code, Fault};
use domain::incident::{Api, Identity};
use futures::stream::{self, StreamExt};
use store::Listing;
use time::OffsetDateTime;
use time::macros::datetime;

use super::{after_page, begin, begins_whole, since};
use crate::Scope;
use crate::job::Control;

/// Incidents of one window, more or less a second's: below a page of ARM's, as the log lacks the newest.
const WINDOW: u32 = 980;

/// Windows of one answer: well below the half million rows and 100 MB that an answer may have.
/// <https://learn.microsoft.com/azure/azure-monitor/service-limits>
const TOGETHER: usize = 200;

/// Queries under way at once, of five that Log Analytics runs for one user.
const AT_ONCE: usize = 4;

/// Later than anything was made.
const NEVER: OffsetDateTime = datetime!(2100-01-01 0:00 UTC);

/// How many incidents the log knows, and where to cut them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Windows {
    /// When each window begins, a whole second, and how many incidents it has.
    pub begins: Vec<(OffsetDateTime, u64)>,
}

impl Windows {
    pub(super) fn incidents(&self) -> u64 {
        self.begins.iter().map(|(_, incidents)| incidents).sum()
    }

    /// The inner edges.
    pub(super) fn edges(&self) -> impl Iterator<Item = OffsetDateTime> + '_ {
        self.begins.iter().skip(1).map(|(begin, _)| *begin)
    }

    /// The times of making that one query of identities covers, in order.
    fn ranges(&self) -> Vec<(OffsetDateTime, OffsetDateTime)> {
        let edges = self.begins.iter().step_by(TOGETHER).skip(1).map(|(begin, _)| *begin);
        let begins: Vec<OffsetDateTime> = std::iter::once(OffsetDateTime::UNIX_EPOCH).chain(edges).collect();
        let ends = begins.iter().skip(1).copied().chain(std::iter::once(NEVER));
        begins.iter().copied().zip(ends).collect()
    }

    pub(super) fn queries(&self) -> u64 {
        self.ranges().len() as u64
    }
}

impl Scope {
    /// Counts each workspace that is about to be listed whole; one that can't be counted is absent, and is read
    /// without.
    pub(super) async fn log_windows(&self, workspaces: &[Workspace], all: bool) -> Vec<Option<Windows>> {
        stream::iter(workspaces.iter().cloned())
            .map(|workspace| async move { self.windows(&workspace, all).await.ok().flatten() })
            .buffered(AT_ONCE)
            .collect()
            .await
    }

    async fn windows(&self, workspace: &Workspace, all: bool) -> Result<Option<Windows>, Fault> {
        let name = workspace.name.clone();
        let kept = self.store(move |store| store.listing(Api::Sentinel, &name)).await?;
        if !begins_whole(&kept, all, self.wall.now()) {
            return Ok(None);
        }
        let query = Kql::incident_windows(OffsetDateTime::UNIX_EPOCH, WINDOW);
        let answer = self.cloud()?.logs().query(&workspace.customer_id, &query).await;
        let table = answer.map_err(|error| error.fault())?;
        let windows = translate::incident::windows(&table.columns, &table.rows);
        Ok(windows.filter(|_| table.partial.is_none()).map(|begins| Windows { begins }))
    }

    pub(super) async fn sync_logs(
        &self,
        workspace: &Workspace,
        windows: Option<&Windows>,
        control: &Control,
    ) -> Result<u64, Fault> {
        let name = workspace.name.clone();
        let kept = self.store(move |store| store.listing(Api::Logs, &name)).await?;
        let mut listing = begin(kept, false, self.wall.now());
        let whole = Windows::default();
        let ranges =
            if listing.watermark.is_some() { whole.ranges() } else { windows.unwrap_or(&whole).ranges() };
        let mut read = 0;
        let last = ranges.len() - 1;
        for (at, made) in ranges.into_iter().enumerate() {
            control.checkpoint().await;
            let (count, state) = self.identities(workspace, &listing, made, at == last).await?;
            read += count;
            // A part is kept; the watermark stays, so that the rest is asked for again.
            if state.trouble.is_some() {
                return Ok(read);
            }
            listing = state;
        }
        Ok(read)
    }

    /// One query's rows; the last one moves the watermark.
    async fn identities(
        &self,
        workspace: &Workspace,
        listing: &Listing,
        (from, until): (OffsetDateTime, OffsetDateTime),
        last: bool,
    ) -> Result<(u64, Listing), Fault> {
        let changed = since(listing).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let query = Kql::incident_identity(changed, from, until);
        let answer = self.cloud()?.logs().query(&workspace.customer_id, &query).await;
        let table = answer.map_err(|error| error.fault())?;
        let found = translate::incident::identities(&table.columns, &table.rows).ok_or_else(|| {
            Fault::new(Code::BadAnswer, "The log's answer lacks a column that was asked for.")
        })?;
        let at = self.wall.now();
        let newest = found.iter().filter_map(|(_, at)| *at).max().max(listing.newest);
        let state = match &table.partial {
            Some(why) => {
                Listing { trouble: Some(format!("The log answered in part: {why}")), ..listing.clone() }
            }
            None if last => after_page(listing, newest, Vec::new(), at),
            None => Listing { newest, trouble: None, ..listing.clone() },
        };
        let identities: Vec<Identity> = found.into_iter().map(|(identity, _)| identity).collect();
        let (count, name, kept) = (identities.len() as u64, workspace.name.clone(), state.clone());
        self.store(move |store| store.put_identities(&name, &identities, &kept, at)).await?;
        Ok((count, state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;

    #[test]
    fn a_large_log_is_asked_in_ranges_that_meet() {
        let noon = datetime!(2026-11-24 12:00 UTC);
        let begins = (0..450).map(|at| (noon + Duration::hours(at), 980)).collect();
        let windows = Windows { begins };
        let ranges = windows.ranges();
        assert_eq!(ranges.len(), 3);
        assert_eq!((ranges[0].0, ranges[2].1), (OffsetDateTime::UNIX_EPOCH, NEVER));
        assert!(ranges.windows(2).all(|pair| pair[0].1 == pair[1].0), "{ranges:?}");
        assert_eq!(Windows::default().queries(), 1, "nothing counted is asked as a whole");
        assert_eq!(windows.edges().count(), 449);
    }
}
