//! Reads lists of one API: several stretches at once, the pages of a stretch one by one.
//!
//! One loop holds the state of all lists; requests are tasks of their own, and pages are kept behind them (see
//! [`super::keep`]). A stretch that fails ends its own list after what is under way; other lists carry on. Start at
//! [`read`].

use std::collections::VecDeque;
use std::future::Future;

use cloud::{CloudError, Trail};
use domain::fault::{Code, Fault};
use store::{Listing, Store, StoreError, Stretch};
use time::OffsetDateTime;
use tokio::task::JoinSet;

use super::keep::{Keeper, Kept};
use super::{after_page, since, stale};
use crate::Scope;
use crate::job::Control;

/// What a page tells besides its rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Facts {
    pub rows: usize,
    /// When the first and the last row were made, where the rows come in that order.
    pub made: Option<(OffsetDateTime, OffsetDateTime)>,
    /// Newest change.
    pub newest: Option<OffsetDateTime>,
    pub next: Option<String>,
    /// How many rows the whole stretch has.
    pub count: Option<u64>,
}

/// What narrows every request of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Narrow {
    /// Only what changed since.
    pub changed: Option<OffsetDateTime>,
    /// The service refused a filter: one listing from the top, without any.
    pub refused: bool,
}

pub(super) type Answer<R> = Result<(Vec<R>, Facts), CloudError>;

/// An API that lists incidents.
pub(super) trait Source: Clone + Send + Sync + 'static {
    type Row: Send + Sync + 'static;
    /// Requests under way at once.
    const AT_ONCE: usize;

    /// The workspace, or nothing for the tenant.
    fn name(&self) -> &str;

    fn first(&self, narrow: &Narrow, stretch: &Stretch) -> impl Future<Output = Answer<Self::Row>> + Send;

    fn follow(&self, next: &str, trail: &mut Trail) -> impl Future<Output = Answer<Self::Row>> + Send;

    /// What is left of a stretch behind a page of it; `idle` requests more could be under way.
    fn left(&self, stretch: &Stretch, facts: &Facts, idle: usize, now: OffsetDateTime) -> Vec<Stretch>;

    /// Pages and the state behind them, in one transaction.
    fn keep(
        &self,
        store: &Store,
        rows: &[Self::Row],
        state: &Listing,
        at: OffsetDateTime,
    ) -> Result<(), StoreError>;
}

/// One list under way.
pub(super) struct List<S> {
    pub source: S,
    pub listing: Listing,
    narrow: Narrow,
    /// Nobody has taken these yet.
    waiting: VecDeque<Job>,
    read: u64,
    fault: Option<Fault>,
}

/// A stretch to go on with.
struct Job {
    stretch: Stretch,
    trail: Trail,
    /// Its page was named in an earlier run, and may be forgotten by now.
    resumed: bool,
}

/// A page that was taken in.
pub(super) struct Page<S: Source> {
    pub facts: Facts,
    pub left: usize,
    pub kept: Kept<S>,
}

/// How a list ended.
pub(super) struct Ended {
    pub name: String,
    pub read: Result<u64, Fault>,
    pub refused: bool,
}

impl<S: Source> List<S> {
    /// A list that goes on with what is left of it; where nothing is, it begins.
    pub(super) fn new(source: S, listing: Listing) -> Self {
        let job = |stretch: &Stretch| Job { stretch: stretch.clone(), trail: Trail::new(), resumed: true };
        let left = match listing.left.is_empty() {
            true => vec![Stretch::default()],
            false => listing.left,
        };
        let listing = Listing { left, ..listing };
        Self {
            waiting: listing.left.iter().map(job).collect(),
            narrow: Narrow { changed: since(&listing), refused: false },
            source,
            listing,
            read: 0,
            fault: None,
        }
    }

    /// Takes a page in: what is to be kept of it, and how many stretches are left of its own.
    fn turn(
        &mut self,
        at: usize,
        job: Job,
        page: (Vec<S::Row>, Facts),
        idle: usize,
        scope: &Scope,
    ) -> Page<S> {
        let (rows, facts) = page;
        let idle = if self.narrow.refused { 0 } else { idle };
        let left = self.source.left(&job.stretch, &facts, idle, scope.now());
        let mut rest = self.listing.left.clone();
        let place = rest.iter().position(|one| *one == job.stretch).unwrap_or(rest.len());
        rest.splice(place..(place + 1).min(rest.len()), left.iter().cloned());
        let now = scope.wall.now();
        self.listing = after_page(&self.listing, facts.newest, rest, now);
        self.read += rows.len() as u64;
        let parts = left.len();
        if self.fault.is_none() {
            self.go_on(left, job.trail);
        }
        let state = self.listing.clone();
        Page {
            facts,
            left: parts,
            kept: Kept { list: at, source: self.source.clone(), rows, state, at: now },
        }
    }

    fn go_on(&mut self, left: Vec<Stretch>, trail: Trail) {
        // Only a page of the same stretch can lead in a circle.
        let mut trail = Some(trail).filter(|_| left.len() == 1);
        for stretch in left.into_iter().rev() {
            let trail = trail.take().unwrap_or_default();
            self.waiting.push_front(Job { stretch, trail, resumed: false });
        }
    }

    /// Reads the first page of a stretch that waits, ahead of the others; `None` where it does not wait.
    pub(super) async fn open(&mut self, scope: &Scope, stretch: &Stretch) -> Result<Option<Page<S>>, Fault> {
        let Some(at) = self.waiting.iter().position(|job| job.stretch == *stretch) else { return Ok(None) };
        let Some(job) = self.waiting.remove(at) else { return Ok(None) };
        let mut arrived = fetch(0, self.source.clone(), self.narrow.clone(), job).await;
        if let Err(error) = &arrived.answer
            && self.is_refusal(error)
        {
            self.without_filter();
            let Some(job) = self.waiting.pop_front() else { return Ok(None) };
            arrived = fetch(0, self.source.clone(), self.narrow.clone(), job).await;
        }
        let page = arrived.answer.map_err(|error| error.fault())?;
        Ok(Some(self.turn(0, arrived.job, page, 0, scope)))
    }

    /// Begins again without filters, where the service refuses them.
    fn without_filter(&mut self) {
        self.narrow = Narrow { changed: None, refused: true };
        self.listing.left = vec![Stretch::default()];
        self.waiting =
            VecDeque::from([Job { stretch: Stretch::default(), trail: Trail::new(), resumed: false }]);
    }

    fn is_refusal(&self, error: &CloudError) -> bool {
        !self.narrow.refused && matches!(error, CloudError::Rejected { status: 400, .. })
    }
}

/// An answer, the job it belongs to, and how the request was narrowed.
struct Arrived<S: Source> {
    list: usize,
    job: Job,
    narrow: Narrow,
    answer: Answer<S::Row>,
}

/// Reads all lists to their ends.
pub(super) async fn read<S: Source>(scope: &Scope, mut lists: Vec<List<S>>, control: &Control) -> Vec<Ended> {
    let keeper = Keeper::start(scope, control);
    let mut running = JoinSet::new();
    loop {
        control.checkpoint().await;
        send::<S>(&mut lists, &mut running);
        let Some(arrived) = running.join_next().await else { break };
        match arrived {
            Ok(arrived) => {
                let idle = S::AT_ONCE.saturating_sub(running.len() + 1 + waiting(&lists));
                let kept = arrive(scope, &mut lists, arrived, idle);
                if let Some(kept) = kept
                    && !keeper.keep(kept).await
                {
                    break;
                }
            }
            Err(broken) => {
                let fault = Fault::new(Code::Internal, format!("A page was not read: {broken}."));
                lists.iter_mut().for_each(|list| list.fault = Some(fault.clone()));
                break;
            }
        }
    }
    let written = keeper.end().await;
    lists.into_iter().map(|list| end(list, &written)).collect()
}

fn end<S: Source>(list: List<S>, written: &Result<(), Fault>) -> Ended {
    let fault = list.fault.or_else(|| written.as_ref().err().cloned());
    Ended {
        name: list.source.name().to_owned(),
        read: fault.map_or(Ok(list.read), Err),
        refused: list.narrow.refused,
    }
}

fn waiting<S>(lists: &[List<S>]) -> usize {
    lists.iter().map(|list| list.waiting.len()).sum()
}

/// Sends requests until as many are under way as may be.
fn send<S: Source>(lists: &mut [List<S>], running: &mut JoinSet<Arrived<S>>) {
    for (at, list) in lists.iter_mut().enumerate() {
        while running.len() < S::AT_ONCE {
            let Some(job) = list.waiting.pop_front() else { break };
            running.spawn(fetch(at, list.source.clone(), list.narrow.clone(), job));
        }
    }
}

async fn fetch<S: Source>(list: usize, source: S, narrow: Narrow, mut job: Job) -> Arrived<S> {
    let answer = match job.stretch.next.clone() {
        None => source.first(&narrow, &job.stretch).await,
        Some(next) => match source.follow(&next, &mut job.trail).await {
            // From the stretch's top: rows are put over rows.
            Err(error) if job.resumed && stale(&error) => source.first(&narrow, &job.stretch).await,
            answer => answer,
        },
    };
    Arrived { list, job, narrow, answer }
}

/// Takes an answer in: what is to be kept of it.
fn arrive<S: Source>(
    scope: &Scope,
    lists: &mut [List<S>],
    arrived: Arrived<S>,
    idle: usize,
) -> Option<Kept<S>> {
    let list = &mut lists[arrived.list];
    // Answers to what was asked before the filters were refused are read again from the top.
    if arrived.narrow != list.narrow {
        return None;
    }
    match arrived.answer {
        Err(error) if list.is_refusal(&error) => {
            list.without_filter();
            None
        }
        Err(error) => {
            list.waiting.clear();
            list.fault.get_or_insert_with(|| error.fault());
            None
        }
        Ok(page) => Some(list.turn(arrived.list, arrived.job, page, idle, scope).kept),
    }
}
