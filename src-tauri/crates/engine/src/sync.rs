//! Reads both APIs and the log into the store, and resumes where it stopped.
//!
//! Each page and the state of its listing are one transaction. A listing that came to its end leaves a watermark, and
//! the next one asks only for what changed since, with an overlap. Where one source refuses, the others carry on.
//! Start at [`Scope::sync`], then `list` (how lists are read side by side), `arm`, `graph`, `logs`.

use std::time::Instant;

use cloud::CloudError;
use cloud::arm::Workspace;
use domain::fault::{Code, Fault};
use domain::incident::Api;
use store::{Listing, Stretch};
use time::{Duration, OffsetDateTime};

use crate::Scope;
use crate::job::Control;
use arm::Arm;
use list::{Ended, List};
use logs::Windows;

mod arm;
mod graph;
mod keep;
mod list;
mod logs;
mod plan;
mod stretch;

pub use plan::{Part, SyncPlan};

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
    /// What a first sync said that it would ask; held against what it did ask, above.
    pub plan: Option<SyncPlan>,
    /// What was read in another way than usual, a sentence each.
    pub notes: Vec<String>,
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
        let counted = match apis.logs {
            true => self.log_windows(&workspaces).await,
            false => vec![None; workspaces.len()],
        };
        let (plan, outcomes) = self.read_all(apis, &workspaces, &counted, control).await?;
        let report = SyncReport { plan, ..self.report(apis, &outcomes, began).await? };
        self.resolve_redirects(apis.graph && outcomes[1].faults.is_empty(), control).await?;
        self.flush_log().await?;
        match first_fault(&outcomes) {
            Some(fault) if outcomes.iter().all(|outcome| outcome.read == 0 && !outcome.completed) => {
                Err(fault)
            }
            _ => Ok(SyncReport { elapsed: began.elapsed(), ..self.recount(apis, report) }),
        }
    }

    /// Reads the three sources side by side, behind the plan where there is one.
    async fn read_all(
        &self,
        apis: Apis,
        workspaces: &[Workspace],
        counted: &[Option<Windows>],
        control: &Control,
    ) -> Result<(Option<SyncPlan>, [Outcome; 3]), Fault> {
        control.step("Counting incidents");
        let (lists, sentinel) = self.arm_lists(apis, workspaces, counted).await?;
        let logs = counted.iter().flatten().map(|windows| 1 + windows.queries()).sum();
        let logs = (logs > 0).then_some(Part { requests: logs, ..Part::default() });
        let graph = if apis.graph { Some(self.graph_list(apis).await) } else { None };
        let part = graph.as_ref().and_then(|list| list.as_ref().ok()).and_then(|(_, part)| *part);
        let plan = SyncPlan::new(self.cloud()?, sentinel, part, logs);
        match &plan {
            Some(plan) => {
                control.expect(plan.rows());
                control.step(format!("Reading incidents. {}", plan.sentence()));
            }
            None => control.step("Reading incidents"),
        }
        let outcomes = tokio::join!(
            self.sync_arm(lists, control),
            self.sync_graph(graph, control),
            self.sync_log_of_each(apis, workspaces, counted, control),
        );
        Ok((plan, outcomes.into()))
    }

    /// A list for each workspace, cut where the log was counted; and what reading them will take.
    async fn arm_lists(
        &self,
        apis: Apis,
        workspaces: &[Workspace],
        counted: &[Option<Windows>],
    ) -> Result<(Vec<List<Arm>>, Option<Part>), Fault> {
        let mut part = Part::default();
        let mut lists = Vec::new();
        for (workspace, windows) in workspaces.iter().zip(counted).filter(|_| apis.sentinel) {
            let name = workspace.name.clone();
            let kept = self.store(move |store| store.listing(Api::Sentinel, &name)).await?;
            let mut listing = begin(kept, self.wall.now());
            if let Some(windows) = windows {
                listing.left = stretch::cut_at(&Stretch::default(), windows.edges());
                part.requests += listing.left.len() as u64;
                part.rows += windows.incidents;
            }
            let source = Arm { cloud: self.cloud()?.clone(), workspace: workspace.clone() };
            lists.push(List::new(source, listing));
        }
        Ok((lists, (part.requests > 0).then_some(part)))
    }

    async fn sync_arm(&self, lists: Vec<List<Arm>>, control: &Control) -> Outcome {
        let mut outcome = Outcome::default();
        for ended in list::read(self, lists, control).await {
            self.note(&mut outcome, Api::Sentinel, ended).await;
        }
        outcome
    }

    async fn sync_graph(&self, list: Option<GraphList>, control: &Control) -> Outcome {
        let mut outcome = Outcome::default();
        let ended = match list {
            None => return outcome,
            Some(Err(fault)) => vec![Ended { name: String::new(), read: Err(fault), refused: false }],
            Some(Ok((list, _))) => list::read(self, vec![list], control).await,
        };
        for mut ended in ended {
            if let Err(fault) = self.settle(ended.read.is_ok()).await {
                ended.read = Err(fault);
            }
            self.note(&mut outcome, Api::Graph, ended).await;
        }
        outcome
    }

    /// Behind a whole listing of Graph's, a twin that it did not hold is missing; behind a part, it is unread.
    async fn settle(&self, whole: bool) -> Result<(), Fault> {
        if !whole {
            return Ok(());
        }
        self.store(|store| match store.listing(Api::Graph, "")?.unread_before {
            Some(_) => Ok(()),
            None => store.settle_twins(),
        })
        .await
    }

    async fn sync_log_of_each(
        &self,
        apis: Apis,
        workspaces: &[Workspace],
        counted: &[Option<Windows>],
        control: &Control,
    ) -> Outcome {
        let mut outcome = Outcome::default();
        for (workspace, windows) in workspaces.iter().zip(counted).filter(|_| apis.logs) {
            let read = self.sync_logs(workspace, windows.as_ref(), control).await;
            let ended = Ended { name: workspace.name.clone(), read, refused: false };
            self.note(&mut outcome, Api::Logs, ended).await;
        }
        outcome
    }

    /// Keeps the trouble of a listing beside its data, so that every screen can say how old that is and why.
    async fn note(&self, outcome: &mut Outcome, api: Api, ended: Ended) {
        if ended.refused {
            outcome.notes.push(slower(api, &ended.name));
        }
        match ended.read {
            Ok(rows) => {
                outcome.read += rows;
                outcome.completed = true;
            }
            Err(fault) => {
                let (name, trouble) = (ended.name.clone(), fault.sentence.clone());
                let noted = self
                    .store(move |store| {
                        let state = Listing { trouble: Some(trouble), ..store.listing(api, &name)? };
                        store.set_listing(api, &name, &state)
                    })
                    .await;
                outcome.faults.push((ended.name.clone(), fault));
                outcome.faults.extend(noted.err().map(|fault| (ended.name, fault)));
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
            notes: outcomes.iter().flat_map(|outcome| outcome.notes.clone()).collect(),
            plan: None,
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
    notes: Vec<String>,
}

/// Graph's list as it was opened, with its part of the plan.
type GraphList = Result<(List<graph::Graph>, Option<Part>), Fault>;

/// What reading without a filter means for the user.
fn slower(api: Api, workspace: &str) -> String {
    let (whose, list) = match api {
        Api::Graph => ("Graph".to_owned(), "Defender's incidents"),
        _ => (format!("ARM, in `{workspace}`,"), "the incidents"),
    };
    format!("{whose} refused a filter, so {list} were read from the top, one page after the other: slower.")
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

/// A listing about to start: where the last one got to, or what a crash left of it.
fn begin(kept: Listing, now: OffsetDateTime) -> Listing {
    match kept.left.is_empty() {
        false => kept,
        true => Listing { started: Some(now), newest: None, ..kept },
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
    left: Vec<Stretch>,
    now: OffsetDateTime,
) -> Listing {
    let newest = newest.max(listing.newest);
    if !left.is_empty() {
        return Listing { newest, left, ..listing.clone() };
    }
    let took = listing.started.map_or(Duration::ZERO, |started| now - started).max(Duration::ZERO);
    Listing {
        watermark: newest.map(|newest| newest - took).max(listing.watermark),
        unread_before: listing.unread_before,
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
        let left = vec![Stretch { next: Some("https://x".into()), ..Stretch::default() }];
        let open = Listing { left, started: Some(NOON), ..Listing::default() };
        assert_eq!(begin(open.clone(), NOON + Duration::hours(1)), open);
    }

    #[test]
    fn the_watermark_moves_only_at_the_end_and_never_back() {
        let open = begin(Listing { watermark: Some(NOON), ..Listing::default() }, NOON);
        let middle = after_page(&open, Some(NOON + Duration::hours(3)), vec![Stretch::default()], NOON);
        assert_eq!(middle.watermark, Some(NOON));
        let end = after_page(&middle, None, Vec::new(), NOON + Duration::minutes(2));
        assert_eq!(end.watermark, Some(NOON + Duration::hours(3) - Duration::minutes(2)));
        let quiet = after_page(&begin(end.clone(), NOON), Some(NOON), Vec::new(), NOON);
        assert_eq!(quiet.watermark, end.watermark);
    }

    #[test]
    fn filters_carry_whole_seconds() {
        assert_eq!(literal(datetime!(2026-11-24 12:00:01.987 UTC)), "2026-11-24T12:00:01Z");
    }
}
