//! Reads both APIs and the log into the store, and resumes where it stopped.
//!
//! Each page and the state of its listing are one transaction. A listing that came to its end leaves a watermark, and
//! the next one asks only for what changed since, with an overlap. What disappeared is noticed by a whole listing of
//! ARM alone, daily, on demand, and after one that failed. Where one source refuses, the others carry on. Start at
//! [`Scope::sync`], then `list` (how lists are read side by side), `arm`, `graph`, `logs`.

use std::time::Instant;

use cloud::CloudError;
use cloud::arm::Workspace;
use domain::fault::{Code, Fault};
use domain::incident::Api;
use store::{Listing, Stretch};
use time::{Duration, OffsetDateTime};

use crate::job::Control;
use crate::{Scope, alert};
use arm::Arm;
use counted::{Counted, Difference};
use list::{Ended, List};
use logs::Windows;

mod arm;
mod counted;
mod graph;
pub(crate) mod halve;
mod keep;
mod list;
mod logs;
mod older;
mod plan;
mod stretch;

pub use plan::{Part, SyncPlan};

/// Changes that reach the service late are read again: Defender's reach Sentinel within about ten minutes.
/// <https://learn.microsoft.com/azure/sentinel/microsoft-365-defender-sentinel-integration>
const OVERLAP: Duration = Duration::minutes(10);

/// How old a whole listing of ARM may grow before the next one.
const RECONCILE: Duration = Duration::days(1);

/// Twins that a listing of Graph's did not hold and that one sync asks for: less than a minute's budget.
const MOST_ASKED: u32 = 40;

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
    /// What a long sync said that it would ask; held against what it did ask, above.
    pub plan: Option<SyncPlan>,
    /// What was read in another way than usual, a sentence each.
    pub notes: Vec<String>,
    pub elapsed: std::time::Duration,
}

impl SyncReport {
    pub fn requests(&self) -> u64 {
        [self.sentinel, self.graph, self.logs].into_iter().flatten().map(|part| part.requests).sum()
    }
}

impl Scope {
    /// Reads what is new, and once a day all that ARM has. Dropping the future stops it; what was kept stays kept.
    ///
    /// # Errors
    /// Sign-in and discovery; a source's own failure only where every source failed.
    pub async fn sync(&self, apis: Apis, control: &Control) -> Result<SyncReport, Fault> {
        let survey = self.survey(apis, false, control).await?;
        self.read_surveyed(survey, control).await
    }

    /// As [`Scope::sync`], with all that ARM has, so that what is no longer there is noticed.
    ///
    /// # Errors
    /// As [`Scope::sync`].
    pub async fn reconcile(&self, apis: Apis, control: &Control) -> Result<SyncReport, Fault> {
        let survey = self.survey(apis, true, control).await?;
        self.read_surveyed(survey, control).await
    }

    /// What the next sync would ask, where that can be counted beforehand. Nothing is kept of it.
    ///
    /// # Errors
    /// Sign-in and discovery.
    pub async fn plan_sync(
        &self,
        apis: Apis,
        all: bool,
        control: &Control,
    ) -> Result<Option<SyncPlan>, Fault> {
        Ok(self.survey(apis, all, control).await?.plan)
    }

    /// What is to be put to a person before anything of this is read: the plan of a long first reading, a sentence.
    ///
    /// # Errors
    /// The store's.
    pub async fn to_ask(&self, survey: &Survey) -> Result<Option<String>, Fault> {
        let Some(plan) = survey.plan.filter(SyncPlan::is_long) else { return Ok(None) };
        Ok(self.never_begun().await?.then(|| plan.sentence()))
    }

    /// Reads what was surveyed; nothing else may read the same lists in between.
    ///
    /// # Errors
    /// As [`Scope::sync`].
    pub async fn read_surveyed(&self, survey: Survey, control: &Control) -> Result<SyncReport, Fault> {
        let Survey { apis, all, plan, began, since, .. } = survey;
        let resumed = survey.began_before(since);
        control.step(match &plan {
            Some(plan) => format!("Reading incidents. {}", plan.sentence()),
            None => "Reading incidents".to_owned(),
        });
        if let Some(plan) = &plan {
            control.expect(plan.rows());
        }
        self.store(|store| store.lay_orders_aside()).await?;
        let mut outcomes = self.read_all(survey, control).await;
        control.step("Putting the queue in order");
        self.store(|store| store.make_orders()).await?;
        if resumed && outcomes.iter().all(|outcome| outcome.faults.is_empty()) {
            self.catch_up(apis, all, &mut outcomes, control).await?;
        }
        self.settle_changes(None, control).await?;
        let report = SyncReport { plan, ..self.report(apis, &outcomes, began).await? };
        // Of a large tenant the ends are read behind the sync.
        let asks = apis.graph && outcomes[1].faults.is_empty() && self.unread_before()?.is_none();
        self.resolve_redirects(if asks { usize::MAX } else { 0 }, control).await?;
        self.forget_old().await?;
        self.flush_log().await?;
        let report = self.recount(apis, report);
        if let Some(plan) = &plan {
            control.step(plan.beside(report.requests()));
            control.answer(plan.beside(report.requests()));
        }
        match first_fault(&outcomes) {
            Some(fault) if outcomes.iter().all(|outcome| outcome.read == 0 && !outcome.completed) => {
                Err(fault)
            }
            _ => Ok(SyncReport { elapsed: began.elapsed(), ..report }),
        }
    }

    /// Whether no list was ever read, not even in part: what goes on was said to begin.
    async fn never_begun(&self) -> Result<bool, Fault> {
        let listings = self.store(|store| store.listings()).await?;
        Ok(listings.iter().all(|(_, _, state)| state.started.is_none() && state.completed.is_none()))
    }

    /// What there is to read, counted where it can be. A sync begins with it.
    ///
    /// # Errors
    /// Sign-in and discovery.
    pub async fn survey(&self, apis: Apis, all: bool, control: &Control) -> Result<Survey, Fault> {
        self.cloud()?.reset_counters();
        self.count(apis, all, control).await
    }

    async fn count(&self, apis: Apis, all: bool, control: &Control) -> Result<Survey, Fault> {
        let (began, since) = (Instant::now(), self.wall.now());
        control.step("Signing in");
        let workspaces =
            if apis.sentinel || apis.logs { self.discover_workspaces().await? } else { Vec::new() };
        control.step("Counting incidents");
        let counted = match apis.logs {
            true => self.log_windows(&workspaces, all).await,
            false => vec![None; workspaces.len()],
        };
        let (arm, sentinel) = match apis.sentinel {
            true => self.arm_lists(&workspaces, &counted, all).await?,
            false => (Vec::new(), None),
        };
        let requests = |windows: &Windows| windows.queries() + alert::QUERIES;
        let requests: u64 = counted.iter().flatten().map(requests).sum();
        let logs = (requests > 0).then_some(Part { requests, ..Part::default() });
        let graph = if apis.graph { Some(self.graph_list(apis).await) } else { None };
        let part = graph.as_ref().and_then(|list| list.as_ref().ok()).and_then(|(_, part)| *part);
        let plan = SyncPlan::new(self.cloud()?, sentinel, part, logs);
        let logs = if apis.logs { workspaces.into_iter().zip(counted).collect() } else { Vec::new() };
        Ok(Survey { apis, arm, graph, logs, all, plan, began, since })
    }

    /// What was broken off long ago and gone on with now does not hold what changed meanwhile; that is read behind it.
    async fn catch_up(
        &self,
        apis: Apis,
        all: bool,
        outcomes: &mut [Outcome; 3],
        control: &Control,
    ) -> Result<(), Fault> {
        let survey = self.count(apis, all, control).await?;
        for (outcome, more) in outcomes.iter_mut().zip(self.read_all(survey, control).await) {
            outcome.read += more.read;
            outcome.faults.extend(more.faults);
            outcome.notes.extend(
                more.notes.into_iter().filter(|note| !outcome.notes.contains(note)).collect::<Vec<_>>(),
            );
        }
        Ok(())
    }

    /// Reads the three sources side by side.
    async fn read_all(&self, survey: Survey, control: &Control) -> [Outcome; 3] {
        let outcomes = tokio::join!(
            self.sync_arm(survey.arm, control),
            self.sync_graph(survey.graph, control),
            self.sync_log_of_each(&survey.logs, survey.all, control),
        );
        outcomes.into()
    }

    /// A list for each workspace, cut where the log was counted; and what reading them will take.
    async fn arm_lists(
        &self,
        workspaces: &[Workspace],
        counted: &[Option<Windows>],
        all: bool,
    ) -> Result<(Vec<List<Arm>>, Option<Part>), Fault> {
        let mut part = Part::default();
        let mut lists = Vec::new();
        for (workspace, windows) in workspaces.iter().zip(counted) {
            let name = workspace.name.clone();
            let kept = self.store(move |store| store.listing(Api::Sentinel, &name)).await?;
            let now = self.wall.now();
            let whole = is_due(&kept, all, now);
            let mut listing = begin(kept, whole, now);
            if let Some(windows) = windows {
                listing.left = stretch::cut_at(&Stretch::default(), windows.edges());
                part.requests += listing.left.len() as u64;
                part.rows += windows.incidents();
            }
            let source = Arm { cloud: self.cloud()?.clone(), workspace: workspace.clone() };
            lists.push(List::new(
                source,
                listing,
                windows.as_ref().map(|windows| Counted::new(&windows.begins)),
            ));
        }
        Ok((lists, (part.requests > 0).then_some(part)))
    }

    async fn sync_arm(&self, lists: Vec<List<Arm>>, control: &Control) -> Outcome {
        let mut outcome = Outcome::default();
        for mut ended in list::read(self, lists, control).await {
            let name = ended.name.clone();
            let gone = match self.store(move |store| store.take_off_gone(&name)).await {
                Ok(gone) => gone,
                Err(fault) => {
                    ended.read = Err(fault);
                    0
                }
            };
            let notes = arm_notes(&ended, gone);
            self.note(&mut outcome, Api::Sentinel, ended, notes).await;
        }
        outcome
    }

    async fn sync_graph(&self, list: Option<GraphList>, control: &Control) -> Outcome {
        let mut outcome = Outcome::default();
        let ended = match list {
            None => return outcome,
            Some(Err(fault)) => vec![Ended::new("", Err(fault))],
            Some(Ok((list, _))) => list::read(self, vec![list], control).await,
        };
        for mut ended in ended {
            let settled = self.settle(ended.read.is_ok(), control).await;
            let unread = settled.unwrap_or_else(|fault| {
                ended.read = Err(fault);
                None
            });
            let slower = ended.refused.then(|| slower(Api::Graph, ""));
            let notes = slower.into_iter().chain(unread.map(unread_before)).collect();
            self.note(&mut outcome, Api::Graph, ended, notes).await;
        }
        outcome
    }

    /// Behind a whole listing of Graph's, the twins that it did not hold are asked for, some in each sync: only a 404
    /// tells that one is missing. Behind a part, the answer is since when changes were read.
    async fn settle(&self, ended: bool, control: &Control) -> Result<Option<OffsetDateTime>, Fault> {
        let unread = self.store(|store| Ok(store.listing(Api::Graph, "")?.unread_before)).await?;
        if ended && unread.is_none() {
            let twins = self.store(|store| store.unread_twins(MOST_ASKED)).await?;
            self.fetch_ends(twins, control).await?;
        }
        Ok(unread)
    }

    async fn sync_log_of_each(
        &self,
        logs: &[(Workspace, Option<Windows>)],
        all: bool,
        control: &Control,
    ) -> Outcome {
        let mut outcome = Outcome::default();
        for (workspace, windows) in logs {
            let read = self.sync_logs(workspace, windows.as_ref(), control).await;
            let refused = read.as_ref().err().cloned();
            self.note(&mut outcome, Api::Logs, Ended::new(&workspace.name, read), Vec::new()).await;
            let alerts = match refused {
                // A log that refuses one query is not asked another.
                Some(fault) => self.refuse_alerts(workspace, &fault).await.map(|()| None),
                None => self.sync_alerts(workspace, all, control).await,
            };
            match alerts {
                Ok(missing) => outcome.notes.extend(missing.map(|why| format!("{}: {why}", workspace.name))),
                Err(fault) => outcome.faults.push((workspace.name.clone(), fault)),
            }
        }
        outcome
    }

    /// Keeps trouble and notes of a listing beside its data, so that every screen can say how old that is and why.
    async fn note(&self, outcome: &mut Outcome, api: Api, ended: Ended, notes: Vec<String>) {
        let (name, failure) = (ended.name.clone(), ended.read.as_ref().err().cloned());
        let trouble = failure.as_ref().map(|fault| fault.sentence.clone());
        let told = (!notes.is_empty()).then(|| notes.join(" "));
        outcome.notes.extend(notes);
        if trouble.is_some() || told.is_some() {
            let noted = self
                .store(move |store| {
                    let state = store.listing(api, &name)?;
                    store.set_listing(api, &name, &noted(state, trouble, told))
                })
                .await;
            outcome.faults.extend(noted.err().map(|fault| (ended.name.clone(), fault)));
        }
        match ended.read {
            Ok(rows) => {
                outcome.read += rows;
                outcome.completed = true;
            }
            Err(fault) => outcome.faults.push((ended.name, fault)),
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

/// What a sync is about to read.
pub struct Survey {
    apis: Apis,
    arm: Vec<List<Arm>>,
    graph: Option<GraphList>,
    logs: Vec<(Workspace, Option<Windows>)>,
    /// Everything is asked for, whatever was read before.
    all: bool,
    plan: Option<SyncPlan>,
    began: Instant,
    since: OffsetDateTime,
}

impl Survey {
    /// Whether one of its lists goes on from an earlier run.
    fn began_before(&self, at: OffsetDateTime) -> bool {
        let graph = self.graph.as_ref().and_then(|list| list.as_ref().ok());
        self.arm.iter().any(|list| list.began_before(at))
            || graph.is_some_and(|(list, _)| list.began_before(at))
    }
}

/// Graph's list as it was opened, with its part of the plan.
type GraphList = Result<(List<graph::Graph>, Option<Part>), Fault>;

/// A listing with what its last reading left to say. One that failed is followed by a whole one.
fn noted(state: Listing, trouble: Option<String>, note: Option<String>) -> Listing {
    let reconciled = state.reconciled.filter(|_| trouble.is_none());
    Listing { reconciled, note: note.or(state.note), trouble: trouble.or(state.trouble), ..state }
}

/// What the log and the last whole listing say beside the rows.
fn arm_notes(ended: &Ended, gone: u64) -> Vec<String> {
    let name = &ended.name;
    let Difference { only_in_log, not_in_log_yet } = ended.difference;
    let mut notes = Vec::new();
    notes.extend(ended.refused.then(|| slower(Api::Sentinel, name)));
    notes.extend(
        (gone > 0).then(|| format!("{name}: {} no longer in Sentinel, and left the list.", are(gone))),
    );
    if ended.read.is_ok() {
        notes.extend((only_in_log > 0).then(|| {
            format!(
                "{name}: {only_in_log} only in the log: deleted in Sentinel, or not visible to this account."
            )
        }));
        notes.extend(
            (not_in_log_yet > 0)
                .then(|| format!("{name}: {} not in the log yet, which is late.", are(not_in_log_yet))),
        );
    }
    notes
}

fn are(incidents: u64) -> String {
    if incidents == 1 { "1 incident is".to_owned() } else { format!("{incidents} incidents are") }
}

/// What a large tenant's first sync leaves for later.
fn unread_before(at: OffsetDateTime) -> String {
    format!(
        "Of Defender's incidents, those that last changed before {} are not read yet, apart from merged ones. \
         Crosswalk reads where those went, and then some behind each reading in the background, `xwalk sync --api graph` reads them all.",
        at.date()
    )
}

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

/// Whether ARM is due to be listed whole.
fn is_due(kept: &Listing, all: bool, now: OffsetDateTime) -> bool {
    all || kept.watermark.is_none() || kept.reconciled.is_none_or(|at| at + RECONCILE <= now)
}

/// Whether a whole listing is about to begin, rather than one to be gone on with.
fn begins_whole(kept: &Listing, all: bool, now: OffsetDateTime) -> bool {
    match kept.left.is_empty() {
        true => is_due(kept, all, now),
        false => all && !kept.whole,
    }
}

/// A listing about to start: where the last one got to, or what a crash left of it. What is left of a listing of
/// changes is part of a whole one.
fn begin(kept: Listing, whole: bool, now: OffsetDateTime) -> Listing {
    match kept.left.is_empty() || (whole && !kept.whole) {
        false => kept,
        true => Listing { started: Some(now), newest: None, left: Vec::new(), whole, ..kept },
    }
}

/// What to ask for: changes since the watermark, less the overlap; `None` = everything.
fn since(listing: &Listing) -> Option<OffsetDateTime> {
    listing.watermark.filter(|_| !listing.whole).map(|watermark| watermark - OVERLAP)
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
    let whole = listing.whole;
    Listing {
        watermark: newest.map(|newest| newest - took).max(listing.watermark),
        unread_before: listing.unread_before.filter(|_| !whole),
        completed: Some(now),
        reconciled: if whole { Some(now) } else { listing.reconciled },
        // There is nothing older than a first listing.
        sweep: if whole && listing.completed.is_some() { listing.started } else { listing.sweep },
        // What the log counted holds until the next whole listing.
        note: listing.note.clone().filter(|_| !whole),
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

    fn open(whole: bool) -> Listing {
        let left = vec![Stretch { next: Some("https://x".into()), ..Stretch::default() }];
        Listing { left, started: Some(NOON), whole, ..Listing::default() }
    }

    #[test]
    fn a_listing_goes_on_with_its_page_after_a_crash() {
        let later = NOON + Duration::hours(1);
        assert_eq!(begin(open(true), true, later), open(true));
        assert_eq!(begin(open(false), false, later), open(false));
        assert_eq!(begin(open(true), false, later), open(true), "a whole listing stays one");
        let anew = begin(open(false), true, later);
        assert_eq!((anew.left.len(), anew.started, anew.whole), (0, Some(later), true));
    }

    #[test]
    fn arm_is_listed_whole_daily_on_demand_and_after_one_that_failed() {
        let kept = Listing { watermark: Some(NOON), reconciled: Some(NOON), ..Listing::default() };
        let due = |kept: &Listing, all, hours| begins_whole(kept, all, NOON + Duration::hours(hours));
        assert!(!due(&kept, false, 23) && due(&kept, false, 24) && due(&kept, true, 0));
        let failed = noted(kept.clone(), Some("It broke.".into()), None);
        assert!(due(&failed, false, 1), "what a window lacks may be what disappeared");
        assert!(due(&Listing::default(), false, 0), "nothing was listed yet");
        assert!(!due(&open(true), false, 99), "what is under way is gone on with");
    }

    #[test]
    fn only_a_whole_listing_tells_what_is_gone() {
        let before = Listing { completed: Some(NOON), note: Some("Counted.".into()), ..Listing::default() };
        let end = |whole| {
            after_page(&begin(before.clone(), whole, NOON), None, Vec::new(), NOON + Duration::MINUTE)
        };
        assert_eq!((end(true).sweep, end(true).note), (Some(NOON), None));
        assert_eq!((end(false).sweep, end(false).note), (None, before.note.clone()));
        let first = after_page(&begin(Listing::default(), true, NOON), None, Vec::new(), NOON);
        assert_eq!(first.sweep, None);
    }

    #[test]
    fn the_watermark_moves_only_at_the_end_and_never_back() {
        let open = begin(Listing { watermark: Some(NOON), ..Listing::default() }, false, NOON);
        let middle = after_page(&open, Some(NOON + Duration::hours(3)), vec![Stretch::default()], NOON);
        assert_eq!(middle.watermark, Some(NOON));
        let end = after_page(&middle, None, Vec::new(), NOON + Duration::minutes(2));
        assert_eq!(end.watermark, Some(NOON + Duration::hours(3) - Duration::minutes(2)));
        let quiet = after_page(&begin(end.clone(), false, NOON), Some(NOON), Vec::new(), NOON);
        assert_eq!(quiet.watermark, end.watermark);
    }

    #[test]
    fn filters_carry_whole_seconds() {
        assert_eq!(literal(datetime!(2026-11-24 12:00:01.987 UTC)), "2026-11-24T12:00:01Z");
    }
}
