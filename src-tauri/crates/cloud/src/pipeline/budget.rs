//! How long the next request has to stand back so that a published limit is kept, and that nobody storms a service
//! that has just asked for patience.
//!
//! One budget per purpose, shared by all jobs of a connection. It is kept by this process alone: two programs at once
//! share Microsoft's counters, not ours; then the answer 429 does the rest, and slows down everybody here.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::endpoints::{Budget, Purpose, Row};
use crate::pace::Pace;

/// The slowest that refusals make us: a quarter of what is published.
const SLOWEST: f64 = 0.25;

/// What each answer gives back of the speed that a refusal took.
const RECOVERY: f64 = 0.02;

/// The budgets of one connection.
pub(super) struct Budgets {
    meters: HashMap<Purpose, Mutex<Meter>>,
    pace: Arc<dyn Pace>,
}

/// A request that has had its turn; until it goes, its answer is awaited.
pub(super) struct Turn<'a>(&'a dyn Pace);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.answered();
    }
}

impl Budgets {
    pub(super) fn new(table: &[Row], pace: Arc<dyn Pace>) -> Self {
        let meters = table.iter().map(|row| (row.purpose, Mutex::new(Meter::new(row.budget))));
        Self { meters: meters.collect(), pace }
    }

    fn meter(&self, purpose: Purpose) -> Option<MutexGuard<'_, Meter>> {
        // A meter is plain numbers, good even if somebody panicked elsewhere.
        self.meters.get(&purpose).map(|meter| meter.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes the next turn of this purpose: how long to wait for it.
    pub(super) fn reserve(&self, purpose: Purpose) -> Duration {
        let now = self.pace.now();
        self.meter(purpose).map_or(Duration::ZERO, |mut meter| meter.reserve(now).saturating_sub(now))
    }

    /// How long to stand back although the turn has come, because the service asked everybody to.
    pub(super) fn held(&self, purpose: Purpose) -> Option<Duration> {
        let meter = self.meter(purpose)?;
        meter.not_before.checked_sub(self.pace.now()).filter(|wait| !wait.is_zero())
    }

    pub(super) fn under_way(&self) -> Turn<'_> {
        self.pace.sent();
        Turn(&*self.pace)
    }

    /// The service answered 429: everybody waits `pause`, then goes on more slowly.
    pub(super) fn refused(&self, purpose: Purpose, pause: Duration) {
        let now = self.pace.now();
        if let Some(mut meter) = self.meter(purpose) {
            meter.refused(now, pause);
        }
    }

    pub(super) fn answered(&self, purpose: Purpose) {
        if let Some(mut meter) = self.meter(purpose) {
            meter.speed = (meter.speed + RECOVERY).min(1.0);
        }
    }

    /// How long `requests` more would take by the budget alone, from now on.
    pub(super) fn takes(&self, purpose: Purpose, requests: u64) -> Duration {
        let now = self.pace.now();
        let Some(mut meter) = self.meter(purpose).map(|meter| meter.clone()) else { return Duration::ZERO };
        (0..requests).map(|_| meter.reserve(now)).last().unwrap_or(now).saturating_sub(now)
    }
}

/// One limit, what was used of it, and what the service said of it.
#[derive(Clone)]
struct Meter {
    limit: Limit,
    not_before: Duration,
    /// Share of the published speed.
    speed: f64,
}

#[derive(Clone)]
enum Limit {
    None,
    /// `level` may go below zero: that many requests are waiting.
    Bucket {
        size: f64,
        per_second: f64,
        level: f64,
        at: Option<Duration>,
    },
    /// The last `count` turns, some of them still to come.
    Window {
        count: usize,
        span: Duration,
        turns: VecDeque<Duration>,
    },
}

impl Meter {
    fn new(budget: Option<Budget>) -> Self {
        let limit = match budget {
            None => Limit::None,
            Some(Budget::Bucket { size, per_second }) => {
                Limit::Bucket { size: size.into(), per_second, level: size.into(), at: None }
            }
            Some(Budget::Window { count, span }) => {
                Limit::Window { count: count as usize, span, turns: VecDeque::with_capacity(count as usize) }
            }
        };
        Self { limit, not_before: Duration::ZERO, speed: 1.0 }
    }

    /// Takes the next turn and says when it is.
    fn reserve(&mut self, now: Duration) -> Duration {
        let now = now.max(self.not_before);
        match &mut self.limit {
            Limit::None => now,
            Limit::Bucket { size, per_second, level, at } => {
                let rate = *per_second * self.speed;
                let passed = at.map_or(Duration::ZERO, |at| now.saturating_sub(at));
                *level = (*level + passed.as_secs_f64() * rate).min(*size) - 1.0;
                *at = Some(now);
                now + Duration::from_secs_f64((-*level).max(0.0) / rate)
            }
            Limit::Window { count, span, turns } => {
                let most = ((*count as f64 * self.speed) as usize).max(1);
                let due = turns.len().checked_sub(most).and_then(|at| turns.get(at).copied());
                // In order, also where the speed has changed: only then is every span kept.
                let last = turns.back().copied().unwrap_or_default();
                let due = due.map_or(now, |earlier| now.max(earlier + *span)).max(last);
                turns.push_back(due);
                if turns.len() > *count {
                    turns.pop_front();
                }
                due
            }
        }
    }

    /// Other programs used the service's counter too: ours says nothing until it has run full again.
    fn refused(&mut self, now: Duration, pause: Duration) {
        // Requests that were under way together are refused together; that is one refusal.
        if self.not_before <= now {
            self.speed = (self.speed / 2.0).max(SLOWEST);
        }
        self.not_before = self.not_before.max(now + pause);
        if let Limit::Bucket { level, at, .. } = &mut self.limit {
            *level = level.min(0.0);
            *at = Some(self.not_before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoints::Endpoints;
    use crate::pace;

    const NOON: Duration = Duration::from_secs(1_000);
    const ARM: Budget = Budget::Bucket { size: 250, per_second: 25.0 };
    const GRAPH: Budget = Budget::Window { count: 50, span: Duration::from_secs(60) };

    fn turns(meter: &mut Meter, now: Duration, count: usize) -> Vec<f64> {
        (0..count).map(|_| (meter.reserve(now) - now).as_secs_f64()).collect()
    }

    #[test]
    fn a_bucket_lets_its_size_pass_and_then_its_rate() {
        let turns = turns(&mut Meter::new(Some(ARM)), NOON, 300);
        assert_eq!(turns[249], 0.0);
        assert!((turns[299] - 2.0).abs() < 0.001, "50 beyond the bucket take 2 s, not {}", turns[299]);
    }

    #[test]
    fn a_window_never_holds_more_than_its_count() {
        let turns = turns(&mut Meter::new(Some(GRAPH)), NOON, 151);
        assert_eq!(
            (turns[49], turns[50], turns[99], turns[100], turns[150]),
            (0.0, 60.0, 60.0, 120.0, 180.0)
        );
    }

    #[test]
    fn a_refusal_holds_everybody_back_and_slows_them_down() {
        let mut arm = Meter::new(Some(ARM));
        arm.refused(NOON, Duration::from_secs(17));
        let after = turns(&mut arm, NOON, 26);
        assert!((after[0] - 17.08).abs() < 0.001, "the bucket is empty after the pause: {}", after[0]);
        assert!((after[25] - after[0] - 2.0).abs() < 0.001, "25 more take two seconds at half the speed");
        let mut graph = Meter::new(Some(GRAPH));
        graph.refused(NOON, Duration::from_secs(17));
        graph.refused(NOON, Duration::from_secs(17));
        let after = turns(&mut graph, NOON, 26);
        assert_eq!((after[0], after[24], after[25]), (17.0, 17.0, 77.0), "refused together is refused once");
    }

    #[test]
    fn a_purpose_without_limit_still_obeys_a_wish() {
        let mut free = Meter::new(None);
        assert_eq!(turns(&mut free, NOON, 1_000).last(), Some(&0.0));
        free.refused(NOON, Duration::from_secs(3));
        assert_eq!(turns(&mut free, NOON, 1), [3.0]);
    }

    #[tokio::test(start_paused = true)]
    async fn what_a_plan_says_is_what_the_turns_take() {
        let table = Endpoints::public().unwrap().table();
        let budgets = Budgets::new(&table, pace::real());
        let planned = budgets.takes(Purpose::Incidents, 120);
        assert_eq!(planned, Duration::from_secs(120));
        let waits: Vec<_> = (0..120).map(|_| budgets.reserve(Purpose::Incidents)).collect();
        let last = waits[119];
        assert_eq!(last, planned, "asking for a plan uses nothing up");
        assert_eq!(budgets.takes(Purpose::Mail, 9), Duration::ZERO);
    }

    #[tokio::test(start_paused = true)]
    async fn speed_comes_back_with_answers() {
        let budgets = Budgets::new(&Endpoints::public().unwrap().table(), pace::real());
        budgets.refused(Purpose::Arm, Duration::from_secs(5));
        assert_eq!(budgets.held(Purpose::Arm), Some(Duration::from_secs(5)));
        assert_eq!(budgets.held(Purpose::Logs), None, "another API's limit is another's");
        tokio::time::advance(Duration::from_secs(5)).await;
        assert_eq!(budgets.held(Purpose::Arm), None);
        assert_eq!(budgets.takes(Purpose::Arm, 100), Duration::from_secs(8));
        (0..25).for_each(|_| budgets.answered(Purpose::Arm));
        assert_eq!(budgets.takes(Purpose::Arm, 100), Duration::from_secs(4));
    }
}
