//! Reads both APIs and the log into the store, and resumes where it stopped.
//!
//! Each page and the state of its listing are one transaction. A listing that came to its end leaves a watermark, and
//! the next one asks only for what changed since, with an overlap. Where one source refuses, the others carry on.

use std::time::Instant;

use cloud::CloudError;
use cloud::arm::Workspace;
use domain::fault::{Code, Fault};
use domain::incident::Api;
use store::Listing;
use time::{Duration, OffsetDateTime};

use crate::Scope;
use crate::job::Control;

mod arm;
mod graph;
mod logs;

/// Changes that reach the service late are read again: Defender's reach Sentinel within about ten minutes.
/// <https://learn.microsoft.com/azure/sentinel/microsoft-365-defender-sentinel-integration>
const OVERLAP: Duration = Duration::minutes(10);

/// Which APIs to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Apis {
    pub sentinel: bool,
    pub graph: bool,
    pub logs: bool,
}

impl Apis {
    pub const ALL: Apis = Apis { sentinel: true, graph: true, logs: true };

    fn has(self, api: Api) -> bool {
        match api {
            Api::Sentinel => self.sentinel,
            Api::Graph => self.graph,
            Api::Logs => self.logs,
        }
    }
}

/// What one API gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ApiReport {
    /// Incidents in the store from this API; for the log, identities read.
    pub incidents: u64,
    /// Rows read in this run.
    pub read: u64,
    pub requests: u64,
    pub bytes: u64,
    pub retries: u64,
}

/// What a sync did. APIs that were not asked for are absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SyncReport {
    pub sentinel: Option<ApiReport>,
    pub graph: Option<ApiReport>,
    pub logs: Option<ApiReport>,
    /// What could not be read, a sentence each, with the workspace it is about.
    pub troubles: Vec<String>,
    /// The first of them as it was met.
    pub first_fault: Option<Fault>,
    pub elapsed: std::time::Duration,
}

impl Scope {
    /// Reads what is new. Dropping the future stops it; what was kept stays kept.
    ///
    /// # Errors
    /// Sign-in and discovery; a source's own failure only where every source failed.
    pub async fn sync(&self, apis: Apis, control: &Control) -> Result<SyncReport, Fault> {
        let began = Instant::now();
        let cloud = self.cloud()?;
        cloud.reset_counters();
        control.step("Signing in");
        let workspaces =
            if apis.sentinel || apis.logs { self.discover_workspaces().await? } else { Vec::new() };
        control.step("Reading incidents");
        let (sentinel, graph, logs) = tokio::join!(
            self.sync_workspaces(Api::Sentinel, apis, &workspaces, control),
            self.sync_graph_if(apis, control),
            self.sync_workspaces(Api::Logs, apis, &workspaces, control),
        );
        let outcomes = [sentinel, graph, logs];
        self.settle_changes(control).await?;
        let report = self.report(apis, &outcomes, began).await?;
        self.resolve_redirects(apis.graph && outcomes[1].faults.is_empty(), control).await?;
        self.forget_old().await?;
        self.flush_log().await?;
        match first_fault(&outcomes) {
            Some(fault) if outcomes.iter().all(|outcome| outcome.read == 0 && !outcome.completed) => {
                Err(fault)
            }
            _ => Ok(SyncReport { elapsed: began.elapsed(), ..self.recount(apis, report) }),
        }
    }

    async fn sync_workspaces(
        &self,
        api: Api,
        apis: Apis,
        workspaces: &[Workspace],
        control: &Control,
    ) -> Outcome {
        let mut outcome = Outcome::default();
        for workspace in workspaces.iter().filter(|_| apis.has(api)) {
            let read = match api {
                Api::Logs => self.sync_logs(workspace, control).await,
                _ => self.sync_arm(workspace, control).await,
            };
            self.note(&mut outcome, api, &workspace.name, read).await;
        }
        outcome
    }

    async fn sync_graph_if(&self, apis: Apis, control: &Control) -> Outcome {
        let mut outcome = Outcome::default();
        if apis.graph {
            let read = self.sync_graph(control).await;
            self.note(&mut outcome, Api::Graph, "", read).await;
        }
        outcome
    }

    /// Keeps the trouble of a listing beside its data, so that every screen can say how old that is and why.
    async fn note(&self, outcome: &mut Outcome, api: Api, workspace: &str, read: Result<u64, Fault>) {
        match read {
            Ok(rows) => {
                outcome.read += rows;
                outcome.completed = true;
            }
            Err(fault) => {
                let (name, trouble) = (workspace.to_owned(), fault.sentence.clone());
                let noted = self
                    .store(move |store| {
                        let state = Listing { trouble: Some(trouble), ..store.listing(api, &name)? };
                        store.set_listing(api, &name, &state)
                    })
                    .await;
                outcome.faults.push((workspace.to_owned(), fault));
                outcome.faults.extend(noted.err().map(|fault| (workspace.to_owned(), fault)));
            }
        }
    }

    async fn report(&self, apis: Apis, outcomes: &[Outcome; 3], began: Instant) -> Result<SyncReport, Fault> {
        let tally = self.store(|store| store.tally()).await?;
        let identities = outcomes[2].read;
        let part = |api: Api, at: usize, incidents: u64| {
            apis.has(api).then(|| ApiReport { incidents, read: outcomes[at].read, ..ApiReport::default() })
        };
        Ok(SyncReport {
            sentinel: part(Api::Sentinel, 0, tally.sentinel),
            graph: part(Api::Graph, 1, tally.graph),
            logs: part(Api::Logs, 2, identities),
            troubles: outcomes.iter().flat_map(Outcome::sentences).collect(),
            first_fault: first_fault(outcomes),
            elapsed: began.elapsed(),
        })
    }

    /// Adds the requests: after the chains were followed, so that those are counted too.
    fn recount(&self, apis: Apis, mut report: SyncReport) -> SyncReport {
        let counters = self.cloud.as_ref().map(cloud::Cloud::counters).unwrap_or_default();
        for (api, part) in [
            (Api::Sentinel, &mut report.sentinel),
            (Api::Graph, &mut report.graph),
            (Api::Logs, &mut report.logs),
        ] {
            if let (Some(part), Some(counted), true) = (part.as_mut(), counters.get(&api), apis.has(api)) {
                (part.requests, part.bytes, part.retries) =
                    (counted.requests, counted.bytes, counted.retries);
            }
        }
        report
    }

    pub(crate) async fn flush_log(&self) -> Result<(), Fault> {
        let log = self.log.clone();
        let store = self.store.clone();
        tokio::task::spawn_blocking(move || log.flush(&store)).await.map_err(|broken| {
            Fault::new(Code::Internal, format!("The request log was not kept: {broken}."))
        })?
    }
}

/// How the listings of one API went.
#[derive(Default)]
struct Outcome {
    read: u64,
    completed: bool,
    faults: Vec<(String, Fault)>,
}

impl Outcome {
    fn sentences(&self) -> impl Iterator<Item = String> + '_ {
        self.faults.iter().map(|(workspace, fault)| match workspace.as_str() {
            "" => fault.sentence.clone(),
            name => format!("{name}: {}", fault.sentence),
        })
    }
}

fn first_fault(outcomes: &[Outcome; 3]) -> Option<Fault> {
    outcomes.iter().flat_map(|outcome| &outcome.faults).map(|(_, fault)| fault.clone()).next()
}

/// A listing about to start: where the last one got to, or the page after a crash.
fn begin(kept: Listing, now: OffsetDateTime) -> Listing {
    match kept.next {
        Some(_) => kept,
        None => Listing { started: Some(now), newest: None, ..kept },
    }
}

/// What to ask for: changes since the watermark, less the overlap; `None` = everything.
fn since(listing: &Listing) -> Option<OffsetDateTime> {
    listing.watermark.map(|watermark| watermark - OVERLAP)
}

/// The state after a page. At the last page the watermark moves to the newest change seen, less the time the listing
/// took: what changed behind its back is newer than that, whatever the two clocks say.
fn after_page(
    listing: &Listing,
    newest: Option<OffsetDateTime>,
    next: Option<String>,
    now: OffsetDateTime,
) -> Listing {
    let newest = newest.max(listing.newest);
    if next.is_some() {
        return Listing { newest, next, ..listing.clone() };
    }
    let took = listing.started.map_or(Duration::ZERO, |started| now - started).max(Duration::ZERO);
    Listing {
        watermark: newest.map(|newest| newest - took).max(listing.watermark),
        completed: Some(now),
        ..Listing::default()
    }
}

/// Whether a page that was kept from an earlier run can't be gone on with, so that its listing starts again.
fn stale(error: &CloudError) -> bool {
    match error {
        CloudError::Rejected { status, .. } => (400..=410).contains(status),
        CloudError::NotFound { .. } | CloudError::Refused { .. } => true,
        _ => false,
    }
}

/// An instant as both APIs' filters want it.
fn literal(at: OffsetDateTime) -> String {
    use time::format_description::well_known::Rfc3339;
    let whole = at.replace_nanosecond(0).unwrap_or(at);
    whole.format(&Rfc3339).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOON: OffsetDateTime = datetime!(2026-11-24 12:00 UTC);

    #[test]
    fn a_listing_goes_on_with_its_page_after_a_crash() {
        let open = Listing { next: Some("https://x".into()), started: Some(NOON), ..Listing::default() };
        assert_eq!(begin(open.clone(), NOON + Duration::hours(1)), open);
    }

    #[test]
    fn the_watermark_moves_only_at_the_end_and_never_back() {
        let open = begin(Listing { watermark: Some(NOON), ..Listing::default() }, NOON);
        let middle = after_page(&open, Some(NOON + Duration::hours(3)), Some("next".into()), NOON);
        assert_eq!(middle.watermark, Some(NOON));
        let end = after_page(&middle, None, None, NOON + Duration::minutes(2));
        assert_eq!(end.watermark, Some(NOON + Duration::hours(3) - Duration::minutes(2)));
        let quiet = after_page(&begin(end.clone(), NOON), Some(NOON), None, NOON);
        assert_eq!(quiet.watermark, end.watermark);
    }

    #[test]
    fn filters_carry_whole_seconds() {
        assert_eq!(literal(datetime!(2026-11-24 12:00:01.987 UTC)), "2026-11-24T12:00:01Z");
    }
}
