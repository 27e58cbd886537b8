//! Reads lists of one API: several stretches at once, the pages of a stretch one by one.
//!
//! One loop holds the state of all lists; requests are tasks of their own, and pages are kept behind them (see
//! [`super::keep`]). A stretch that fails ends its own list after what is under way; other lists carry on. Start at
//! [`read`].

use std::collections::{HashSet, VecDeque};
use std::future::Future;
use std::hash::{BuildHasher, RandomState};

use cloud::{CloudError, Trail};
use domain::fault::{Code, Fault};
use store::{Listing, Store, StoreError, Stretch};
use time::OffsetDateTime;
use tokio::task::JoinSet;

use super::counted::{Counted, Difference};
use super::keep::{Keeper, Kept};
use super::stretch::REFUSED;
use super::{after_page, since, stale};
use crate::Scope;
use crate::job::Control;

/// What a page tells besides its rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Facts {
    /// As served, also those that could not be read.
    pub items: usize,
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

    fn id<'a>(&self, row: &'a Self::Row) -> &'a str;

    fn made(&self, row: &Self::Row) -> Option<OffsetDateTime>;

    /// What is left of a stretch behind a page of it; `idle` requests more could be under way.
    fn left(&self, stretch: &Stretch, facts: &Facts, idle: usize, now: OffsetDateTime) -> Vec<Stretch>;

    /// Whether a page behind which nothing is left may not have been the last.
    fn is_cut_off(&self, facts: &Facts) -> bool;

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
    source: S,
    listing: Listing,
    narrow: Narrow,
    /// Nobody has taken these yet.
    waiting: VecDeque<Job>,
    /// Held against the log's counts; absent where they are not known, or the list is not read from its beginning.
    counted: Option<Counted>,
    hasher: RandomState,
    read: u64,
    fault: Option<Fault>,
    /// The service left something out; the rest is read all the same.
    cut_off: Option<Fault>,
}

/// A stretch to go on with.
#[derive(Default)]
struct Job {
    stretch: Stretch,
    trail: Trail,
    /// Its page was named in an earlier run, and may be forgotten by now.
    resumed: bool,
    /// Ids of the page before, hashed.
    before: HashSet<u64>,
    /// An id came twice in two pages of this stretch: the list moved, and something may have slipped past.
    moved: bool,
    /// It is read for the second time, because it moved.
    again: bool,
}

/// How a list ended.
pub(super) struct Ended {
    pub name: String,
    pub read: Result<u64, Fault>,
    pub refused: bool,
    /// What the log counted otherwise.
    pub difference: Difference,
}

impl Ended {
    pub(super) fn new(name: &str, read: Result<u64, Fault>) -> Self {
        Self { name: name.to_owned(), read, refused: false, difference: Difference::default() }
    }
}

impl<S: Source> List<S> {
    /// A list that goes on with what is left of it; where nothing is, it begins.
    pub(super) fn new(source: S, listing: Listing, counted: Option<Counted>) -> Self {
        let job = |stretch: &Stretch| Job { stretch: stretch.clone(), resumed: true, ..Job::default() };
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
            counted,
            hasher: RandomState::new(),
            read: 0,
            fault: None,
            cut_off: None,
        }
    }

    pub(super) fn began_before(&self, at: OffsetDateTime) -> bool {
        self.listing.started.is_some_and(|started| started < at)
    }

    /// Takes a page in: what is to be kept of it.
    fn turn(
        &mut self,
        at: usize,
        mut job: Job,
        page: (Vec<S::Row>, Facts),
        idle: usize,
        scope: &Scope,
    ) -> Kept<S> {
        let (rows, facts) = page;
        self.look_at(&mut job, &rows);
        let left = self.left(&mut job, &facts, idle, scope);
        let mut rest = self.listing.left.clone();
        let place = rest.iter().position(|one| *one == job.stretch).unwrap_or(rest.len());
        rest.splice(place..(place + 1).min(rest.len()), left.iter().cloned());
        // A clock that was set back must not make what was just read older than its listing.
        let now = scope.wall.now().max(self.listing.started.unwrap_or(OffsetDateTime::UNIX_EPOCH));
        self.listing = after_page(&self.listing, facts.newest, rest, now);
        self.read += rows.len() as u64;
        if self.fault.is_none() {
            self.go_on(left, job);
        }
        Kept { list: at, source: self.source.clone(), rows, state: self.listing.clone(), at: now }
    }

    /// Counts the rows that are new, and notes whether one came twice.
    fn look_at(&mut self, job: &mut Job, rows: &[S::Row]) {
        let mut here = HashSet::with_capacity(rows.len());
        for row in rows {
            let id = self.hasher.hash_one(self.source.id(row));
            let before = job.before.contains(&id);
            // Behind a full page the same second is read again: nothing has moved there.
            job.moved |= !here.insert(id) || (before && job.stretch.next.is_some());
            if let Some(counted) = self.counted.as_mut().filter(|_| !before) {
                counted.add(self.source.made(row));
            }
        }
        job.before = here;
    }

    fn left(&mut self, job: &mut Job, facts: &Facts, idle: usize, scope: &Scope) -> Vec<Stretch> {
        let idle = if self.narrow.refused { 0 } else { idle };
        let mut left = self.source.left(&job.stretch, facts, idle, scope.now());
        if self.narrow.refused {
            // Only a link leads on where no filter may be asked.
            left.retain(|stretch| stretch.next.is_some());
        }
        if left.is_empty() && self.source.is_cut_off(facts) {
            self.cut_off.get_or_insert_with(|| cut_off(self.source.name()));
            self.listing.whole = false;
        }
        if job.moved && !job.again && left.iter().all(|stretch| stretch.next.is_none()) {
            self.counted = None;
            job.again = true;
            return vec![Stretch { next: None, ..job.stretch.clone() }];
        }
        left
    }

    fn go_on(&mut self, left: Vec<Stretch>, job: Job) {
        let pages = left.len() == 1 && left.iter().all(|one| one.next.is_some());
        let mut before = Some(job.before);
        // Only a page of the same list can lead in a circle.
        let mut trail = Some(job.trail).filter(|_| pages);
        let (moved, again) = (pages && job.moved, job.again);
        let next = left.into_iter().map(|stretch| Job {
            stretch,
            trail: trail.take().unwrap_or_default(),
            resumed: false,
            before: before.take().unwrap_or_default(),
            moved,
            again,
        });
        let next: Vec<Job> = next.collect();
        next.into_iter().rev().for_each(|job| self.waiting.push_front(job));
    }

    /// Begins again without filters, where the service refuses them.
    fn without_filter(&mut self) {
        self.narrow = Narrow { changed: None, refused: true };
        self.listing.left = vec![Stretch::default()];
        self.listing.unread_before = None;
        self.counted = None;
        self.waiting = VecDeque::from([Job::default()]);
    }

    fn is_refusal(&self, error: &CloudError) -> bool {
        !self.narrow.refused && matches!(error, CloudError::Rejected { status: REFUSED, .. })
    }
}

fn cut_off(name: &str) -> Fault {
    let whose = if name.is_empty() { "Graph's".to_owned() } else { format!("The list of `{name}`") };
    Fault::new(
        Code::BadAnswer,
        format!("{whose} ended at a full page without a link, and could not be cut smaller."),
    )
    .hint("What was read is kept. What lies behind that page is missing.")
}

/// An answer, the job it belongs to, and how the request was narrowed.
struct Arrived<S: Source> {
    list: usize,
    job: Job,
    narrow: Narrow,
    /// It is an answer to our own words, not to a link of the service's.
    first: bool,
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
    let fault = list.fault.or_else(|| written.as_ref().err().cloned()).or(list.cut_off);
    Ended {
        name: list.source.name().to_owned(),
        read: fault.map_or(Ok(list.read), Err),
        refused: list.narrow.refused,
        difference: list.counted.map(|counted| counted.difference()).unwrap_or_default(),
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
    let followed = match job.stretch.next.clone() {
        None => None,
        Some(next) => match source.follow(&next, &mut job.trail).await {
            // From the stretch's top: rows are put over rows.
            Err(error) if job.resumed && stale(&error) => None,
            answer => Some(answer),
        },
    };
    let first = followed.is_none();
    let answer = match followed {
        Some(answer) => answer,
        None => source.first(&narrow, &job.stretch).await,
    };
    Arrived { list, job, narrow, first, answer }
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
        Err(error) if arrived.first && list.is_refusal(&error) => {
            list.without_filter();
            None
        }
        Err(error) => {
            list.waiting.clear();
            list.fault.get_or_insert_with(|| error.fault());
            None
        }
        Ok(page) => Some(list.turn(arrived.list, arrived.job, page, idle, scope)),
    }
}
