//! Alerts of the log that no incident holds: read with the log at each sync, or on demand.
//!
//! Once a day all that the log has is read, in between what was written since: an alert that got an incident meanwhile
//! leaves the list with the stretch that it lies in. Never here: an alert that is too young to have one.

use cloud::arm::Workspace;
use cloud::loganalytics::Kql;
use domain::alert::{Filter, LogAlert, Page};
use domain::fault::{Code, Fault};
use store::AlertsRead;
use time::{Duration, OffsetDateTime};

use crate::Scope;
use crate::job::Control;
use crate::sync::halve::{Range, Ranges, in_part};

/// An alert's incident reaches the log some minutes after it.
/// <https://learn.microsoft.com/azure/sentinel/microsoft-365-defender-sentinel-integration>
const SETTLE: Duration = Duration::minutes(10);

/// What was read shortly before is read again: rows and incidents come late.
const OVERLAP: Duration = Duration::hours(1);

/// How old a reading of everything may grow before the next one.
const WHOLE: Duration = Duration::days(1);

/// Queries that one reading asks of each workspace, as long as none is answered in part.
pub(crate) const QUERIES: u64 = 1;

impl Scope {
    /// A page of the list, newest first.
    pub fn alerts(&self, filter: &Filter, offset: u64, limit: u32) -> Result<Page, Fault> {
        Ok(self.store.alerts(filter, offset, limit)?)
    }

    /// Reads them all anew, in every workspace. Where one refuses, the others carry on.
    ///
    /// # Errors
    /// Sign-in and discovery; the first refusal of a workspace, after all were asked.
    pub async fn read_alerts(&self, control: &Control) -> Result<(), Fault> {
        control.step("Looking for workspaces");
        let workspaces = self.discover_workspaces().await?;
        control.step("Reading alerts without an incident");
        let mut first = None;
        for workspace in &workspaces {
            let read = self.sync_alerts(workspace, true, control).await;
            first = first.or(read.err());
        }
        self.flush_log().await?;
        first.map_or(Ok(()), Err)
    }

    /// Reads what is new, or everything where that is due, and keeps beside it what stood in the way. Answers with what
    /// is missing all the same, a sentence.
    ///
    /// # Errors
    /// What the log or the store answers.
    pub(crate) async fn sync_alerts(
        &self,
        workspace: &Workspace,
        all: bool,
        control: &Control,
    ) -> Result<Option<String>, Fault> {
        let name = workspace.name.clone();
        let kept = self.store(move |store| store.alerts_read(&name)).await?;
        let (now, until) = (self.wall.now(), self.now() - SETTLE);
        let whole = all || kept.whole.is_none_or(|at| at + WHOLE <= now);
        let since = kept.until.map(|at| (at - OVERLAP).min(until)).filter(|_| !whole);
        let range = (since.unwrap_or(OffsetDateTime::UNIX_EPOCH), until);
        match self.alerts_of(workspace, range, control).await {
            Ok(None) => {
                let whole = if whole { Some(now) } else { kept.whole };
                let read = AlertsRead { until: Some(until), whole, read_at: Some(now), trouble: None };
                self.set_alerts_read(workspace, read).await?;
                Ok(None)
            }
            // What was answered counts as read; how far that goes is not known, so it is asked again.
            Ok(Some(trouble)) => {
                let read = AlertsRead { read_at: Some(now), trouble: Some(trouble.clone()), ..kept };
                self.set_alerts_read(workspace, read).await?;
                Ok(Some(trouble))
            }
            Err(fault) => {
                self.refuse_alerts(workspace, &fault).await?;
                Err(fault)
            }
        }
    }

    /// Notes why they could not be asked for; what was read before stays.
    pub(crate) async fn refuse_alerts(&self, workspace: &Workspace, fault: &Fault) -> Result<(), Fault> {
        let name = workspace.name.clone();
        let kept = self.store(move |store| store.alerts_read(&name)).await?;
        let read = AlertsRead { trouble: Some(fault.sentence.clone()), ..kept };
        self.set_alerts_read(workspace, read).await
    }

    async fn set_alerts_read(&self, workspace: &Workspace, read: AlertsRead) -> Result<(), Fault> {
        let name = workspace.name.clone();
        self.store(move |store| store.set_alerts_read(&name, &read)).await
    }

    /// Asks for a range, in halves where the log gives a part; what is missing all the same is the answer.
    async fn alerts_of(
        &self,
        workspace: &Workspace,
        range: Range,
        control: &Control,
    ) -> Result<Option<String>, Fault> {
        let mut ranges = Ranges::new([range], range.1);
        let mut missing = None;
        while let Some(range) = ranges.next() {
            control.checkpoint().await;
            let (alerts, partial) = self.ask_alerts(workspace, range).await?;
            if partial.is_some() && ranges.halve(range) {
                continue;
            }
            let (name, whole) = (workspace.name.clone(), partial.is_none());
            self.store(move |store| store.put_alerts(&name, range, &alerts, whole)).await?;
            missing = missing.or(partial.map(|why| in_part(range, &why)));
        }
        Ok(missing)
    }

    async fn ask_alerts(
        &self,
        workspace: &Workspace,
        (from, until): Range,
    ) -> Result<(Vec<LogAlert>, Option<String>), Fault> {
        let query = Kql::alerts_without_incident(from, until);
        let answer = self.cloud()?.logs().query(&workspace.customer_id, &query).await;
        let table = answer.map_err(|error| error.fault())?;
        let alerts = translate::alert::log_alerts(&table.columns, &table.rows, &workspace.name);
        let alerts = alerts.ok_or_else(|| {
            Fault::new(Code::BadAnswer, "The log's answer lacks a column that was asked for.")
        })?;
        Ok((alerts, table.partial))
    }
}
