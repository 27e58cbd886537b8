//! How often the doors may be asked, where a session keeps Microsoft's published limits; default: as often as one likes.
//!
//! ARM: buckets of 250 reads and 200 writes that regain 25 and 10 a second
//! (<https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling>). Graph names no
//! limit for incidents; 50 a minute is what the older Defender incidents API allows
//! (<https://learn.microsoft.com/defender-xdr/api-list-incidents>). Log Analytics: 200 queries in 30 seconds
//! (<https://learn.microsoft.com/azure/azure-monitor/service-limits>).

use crate::journal::Door;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

type Clock = Arc<dyn Fn() -> Duration + Send + Sync>;

/// The published limits, counted by a clock.
#[derive(Clone)]
pub struct Budgets(Clock);

impl Budgets {
    /// By the machine's clock.
    #[must_use]
    pub fn published() -> Self {
        let start = Instant::now();
        Self::published_by(Arc::new(move || start.elapsed()))
    }

    /// By a clock of the caller's, which may jump forward.
    #[must_use]
    pub fn published_by(clock: Clock) -> Self {
        Self(clock)
    }
}

impl fmt::Debug for Budgets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Budgets")
    }
}

/// The counters of one session.
pub(crate) struct Counters {
    clock: Clock,
    reads: Mutex<Bucket>,
    writes: Mutex<Bucket>,
    incidents: Mutex<Window>,
    queries: Mutex<Window>,
}

impl Counters {
    pub(crate) fn new(budgets: Budgets) -> Self {
        Self {
            clock: budgets.0,
            reads: Mutex::new(Bucket { size: 250.0, per_second: 25.0, level: 250.0, at: Duration::ZERO }),
            writes: Mutex::new(Bucket { size: 200.0, per_second: 10.0, level: 200.0, at: Duration::ZERO }),
            incidents: Mutex::new(Window { most: 50, span: Duration::from_secs(60), seen: VecDeque::new() }),
            queries: Mutex::new(Window { most: 200, span: Duration::from_secs(30), seen: VecDeque::new() }),
        }
    }

    /// Counts a request; `Err` is the whole seconds to wait where there are too many.
    pub(crate) fn admit(&self, door: Door, method: &str, path: &str) -> Result<(), u64> {
        let now = (self.clock)();
        match door {
            Door::Arm if method == "GET" => locked(&self.reads).admit(now),
            Door::Arm => locked(&self.writes).admit(now),
            Door::Graph if path.contains("/security/incidents") => locked(&self.incidents).admit(now),
            Door::Logs => locked(&self.queries).admit(now),
            _ => Ok(()),
        }
    }
}

fn locked<T>(counter: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    counter.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a client that is as exact as we are may be off by.
const ROUNDING: f64 = 1e-6;

struct Bucket {
    size: f64,
    per_second: f64,
    level: f64,
    at: Duration,
}

impl Bucket {
    fn admit(&mut self, now: Duration) -> Result<(), u64> {
        let passed = now.saturating_sub(self.at).as_secs_f64();
        self.level = (self.level + passed * self.per_second).min(self.size);
        self.at = self.at.max(now);
        if self.level + ROUNDING < 1.0 {
            return Err(((1.0 - self.level) / self.per_second).ceil() as u64);
        }
        self.level -= 1.0;
        Ok(())
    }
}

struct Window {
    most: usize,
    span: Duration,
    seen: VecDeque<Duration>,
}

impl Window {
    fn admit(&mut self, now: Duration) -> Result<(), u64> {
        while self.seen.front().is_some_and(|first| *first + self.span <= now) {
            self.seen.pop_front();
        }
        match self.seen.front() {
            Some(first) if self.seen.len() >= self.most => {
                Err((*first + self.span).saturating_sub(now).as_secs_f64().ceil() as u64)
            }
            _ => {
                self.seen.push_back(now);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn what_is_published_is_admitted_and_no_more() {
        let seconds = Arc::new(AtomicU64::new(0));
        let read = seconds.clone();
        let clock = Arc::new(move || Duration::from_secs(read.load(Ordering::Relaxed)));
        let counters = Counters::new(Budgets::published_by(clock));
        let admitted =
            |door, path| (0..300).take_while(|_| counters.admit(door, "GET", path).is_ok()).count();
        assert_eq!(admitted(Door::Arm, "/subscriptions"), 250);
        assert_eq!(admitted(Door::Graph, "/v1.0/security/incidents/7"), 50);
        assert_eq!(admitted(Door::Graph, "/v1.0/users/x/sendMail"), 300, "mail is counted elsewhere");
        assert_eq!(admitted(Door::Logs, "/v1/workspaces/w/query"), 200);
        assert_eq!(counters.admit(Door::Graph, "GET", "/v1.0/security/incidents"), Err(60));
        assert_eq!(counters.admit(Door::Arm, "GET", "/x"), Err(1));
        seconds.store(30, Ordering::Relaxed);
        assert_eq!(admitted(Door::Arm, "/subscriptions"), 250, "a bucket runs full again");
        assert_eq!(admitted(Door::Logs, "/v1/workspaces/w/query"), 200);
        assert_eq!(admitted(Door::Graph, "/v1.0/security/incidents"), 0, "30 seconds are left");
    }
}
