//! How long the next request has to stand back so that a published limit is kept.
//!
//! The limit is kept by this process alone: two programs at once share Microsoft's counters, not ours; then the
//! retry does the rest.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::endpoints::{Budget, Purpose, Row};

/// The budgets of one connection, one for each purpose that has a limit.
pub(super) struct Budgets(HashMap<Purpose, Mutex<Meter>>);

impl Budgets {
    pub(super) fn new(table: &[Row]) -> Self {
        let meters = table.iter().filter_map(|row| Some((row.purpose, Mutex::new(Meter::new(row.budget?)))));
        Self(meters.collect())
    }

    /// Returns when the next request of this purpose may go.
    pub(super) async fn turn(&self, purpose: Purpose) {
        let Some(meter) = self.0.get(&purpose) else { return };
        let due = meter.lock().unwrap_or_else(PoisonError::into_inner).reserve(Instant::now());
        sleep_until(due).await;
    }
}

/// One limit and what was used of it.
enum Meter {
    /// `level` may go below zero: that many requests are waiting.
    Bucket { size: f64, per_second: f64, level: f64, at: Option<Instant> },
    /// The last `count` turns, some of them still to come.
    Window { count: usize, span: Duration, turns: VecDeque<Instant> },
}

impl Meter {
    fn new(budget: Budget) -> Self {
        match budget {
            Budget::Bucket { size, per_second } => {
                Self::Bucket { size: size.into(), per_second, level: size.into(), at: None }
            }
            Budget::Window { count, span } => {
                Self::Window { count: count as usize, span, turns: VecDeque::with_capacity(count as usize) }
            }
        }
    }

    /// Takes the next turn and says when it is.
    fn reserve(&mut self, now: Instant) -> Instant {
        match self {
            Self::Bucket { size, per_second, level, at } => {
                let passed = at.map_or(Duration::ZERO, |at| now.duration_since(at));
                *level = (*level + passed.as_secs_f64() * *per_second).min(*size) - 1.0;
                *at = Some(now);
                now + Duration::from_secs_f64((-*level).max(0.0) / *per_second)
            }
            Self::Window { count, span, turns } => {
                let due = if turns.len() < *count { None } else { turns.pop_front() };
                let due = due.map_or(now, |oldest| now.max(oldest + *span));
                turns.push_back(due);
                due
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoints::Endpoints;

    fn turns(budget: Budget, count: usize) -> Vec<f64> {
        let now = Instant::now();
        let mut meter = Meter::new(budget);
        (0..count).map(|_| meter.reserve(now).duration_since(now).as_secs_f64()).collect()
    }

    #[test]
    fn a_bucket_lets_its_size_pass_and_then_its_rate() {
        let turns = turns(Budget::Bucket { size: 250, per_second: 25.0 }, 300);
        assert_eq!(turns[249], 0.0);
        assert!((turns[299] - 2.0).abs() < 0.001, "50 beyond the bucket take 2 s, not {}", turns[299]);
    }

    #[test]
    fn a_window_never_holds_more_than_its_count() {
        let turns = turns(Budget::Window { count: 50, span: Duration::from_secs(60) }, 151);
        assert_eq!(
            (turns[49], turns[50], turns[99], turns[100], turns[150]),
            (0.0, 60.0, 60.0, 120.0, 180.0)
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_turn_is_waited_for() {
        let budget = Some(Budget::Window { count: 1, span: Duration::from_secs(7) });
        let row = Row { budget, ..Endpoints::public().unwrap().row(Purpose::Logs) };
        let budgets = Budgets::new(&[row]);
        let began = Instant::now();
        budgets.turn(Purpose::Logs).await;
        budgets.turn(Purpose::Arm).await;
        assert_eq!(began.elapsed(), Duration::ZERO, "the first turn, and a purpose without limit, are free");
        budgets.turn(Purpose::Logs).await;
        assert!(began.elapsed() >= Duration::from_secs(7));
    }
}
