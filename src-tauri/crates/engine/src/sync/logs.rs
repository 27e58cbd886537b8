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

use super::halve::{Range, Ranges, in_part};
use super::{after_page, begin, begins_whole, since};
use crate::Scope;
use crate::job::Control;

/// Incidents of one window, more or less a second's: below a page of ARM's, as the log lacks the newest.
const WINDOW: u32 = 980;

/// Windows of one answer: well below the half million rows and 100 MB that an answer may have.
/// <https://learn.microsoft.com/azure/azure-monitor/service-limits>
const TOGETHER: usize = 200;

/// Cuts of what is counted. The lists can be read without the counts, so a log that answers everything in part is not
/// asked for long.
const COUNT_CUTS: u32 = 16;

/// Queries under way at once, of five that Log Analytics runs for one user.
const AT_ONCE: usize = 4;

/// Later than anything was made.
const NEVER: OffsetDateTime = datetime!(2100-01-01 0:00 UTC);

/// An identity, and when its row was written.
type Dated = (Identity, Option<OffsetDateTime>);

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
        let always = [(OffsetDateTime::UNIX_EPOCH, NEVER)];
        let mut ranges = Ranges::new(always, self.now()).cut_at_most(COUNT_CUTS);
        let mut begins = Vec::new();
        while let Some(range) = ranges.next() {
            let query = Kql::incident_windows(range.0, range.1, WINDOW);
            let answer = self.cloud()?.logs().query(&workspace.customer_id, &query).await;
            let table = answer.map_err(|error| error.fault())?;
            match table.partial {
                None => match translate::incident::windows(&table.columns, &table.rows) {
                    Some(found) => begins.extend(found),
                    None => return Ok(None),
                },
                Some(_) if ranges.halve(range) => {}
                Some(_) => return Ok(None),
            }
        }
        Ok(Some(Windows { begins }))
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
        let mut ranges = Ranges::new(ranges, self.now());
        let (mut read, mut missing) = (0, None);
        while let Some(made) = ranges.next() {
            control.checkpoint().await;
            let (found, partial) = self.ask_identities(workspace, &listing, made).await?;
            if partial.is_some() && ranges.halve(made) {
                continue;
            }
            missing = missing.or(partial.map(|why| in_part(made, &why)));
            read += found.len() as u64;
            listing =
                self.keep_identities(workspace, listing, found, ranges.is_empty(), missing.clone()).await?;
        }
        Ok(read)
    }

    /// One query's rows with the time of each, and why there may be more.
    async fn ask_identities(
        &self,
        workspace: &Workspace,
        listing: &Listing,
        (from, until): Range,
    ) -> Result<(Vec<Dated>, Option<String>), Fault> {
        let changed = since(listing).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let query = Kql::incident_identity(changed, from, until);
        let answer = self.cloud()?.logs().query(&workspace.customer_id, &query).await;
        let table = answer.map_err(|error| error.fault())?;
        let found = translate::incident::identities(&table.columns, &table.rows).ok_or_else(|| {
            Fault::new(Code::BadAnswer, "The log's answer lacks a column that was asked for.")
        })?;
        Ok((found, table.partial))
    }

    /// The last rows move the watermark; where some are missing it stays, so that they are asked for again.
    async fn keep_identities(
        &self,
        workspace: &Workspace,
        listing: Listing,
        found: Vec<Dated>,
        last: bool,
        missing: Option<String>,
    ) -> Result<Listing, Fault> {
        let at = self.wall.now();
        let newest = found.iter().filter_map(|(_, at)| *at).max().max(listing.newest);
        let state = match missing {
            None if last => after_page(&listing, newest, Vec::new(), at),
            trouble => Listing { newest, trouble, ..listing },
        };
        let identities: Vec<Identity> = found.into_iter().map(|(identity, _)| identity).collect();
        let (name, kept) = (workspace.name.clone(), state.clone());
        self.store(move |store| store.put_identities(&name, &identities, &kept, at)).await?;
        Ok(state)
    }
}
