//! Trouble on a schedule: throttling, failures and broken answers, by door, path and count.
//!
//! A schedule is data, so the same requests in the same order meet the same trouble.

use crate::journal::Door;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// 429; the text stands in `Retry-After` as it is (`"3"`, `"2.128"`), or the header is absent.
    Throttle(Option<String>),
    /// This status with a body of the door's own error shape.
    Fail(u16),
    /// The answer ends in its middle.
    Cut,
    /// The answer's beginning, then something that isn't JSON, with the length to fit.
    NotJson,
    /// The link to the next page leads to another host.
    ForeignLink,
    /// A log's answer holds half of its rows and says that it is a part.
    Partial,
    /// The door says that the token has expired.
    ExpiredToken,
    /// 401 with a claims challenge, for whoever's token does not answer one already.
    Challenge,
    /// The answer comes late, and is well.
    Late(Duration),
}

/// One entry of a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weather {
    pub door: Door,
    /// Part of the path and query; empty for any.
    pub path: String,
    /// The first matching request that is hit, counted from 0.
    pub first: u64,
    /// Then every so many; 0 hits the first only.
    pub every: u64,
    /// How many are hit at most.
    pub times: u64,
    pub trouble: Trouble,
}

impl Weather {
    /// Hits the first request whose path contains `path`, once.
    #[must_use]
    pub fn new(door: Door, path: &str, trouble: Trouble) -> Self {
        Self { door, path: path.to_owned(), first: 0, every: 0, times: 1, trouble }
    }

    /// Hits from the n-th matching request on, counted from 0.
    #[must_use]
    pub fn from(mut self, first: u64) -> Self {
        self.first = first;
        self
    }

    /// Hits every n-th matching request, for ever.
    #[must_use]
    pub fn every(mut self, every: u64) -> Self {
        self.every = every;
        self.times = u64::MAX;
        self
    }

    /// Hits so many in a row.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.every = self.every.max(1);
        self.times = times;
        self
    }

    /// Throttling as services mix it: a whole number, a decimal one, none.
    #[must_use]
    pub fn storm() -> Vec<Self> {
        let kinds = [Some("1"), Some("0.35"), None];
        let entry = |door: Door, at: usize, after: Option<&str>| {
            let throttle = Trouble::Throttle(after.map(str::to_owned));
            Self::new(door, "", throttle).from(1 + 4 * at as u64).every(12)
        };
        let doors = [Door::Arm, Door::Graph, Door::Logs];
        let all = doors.iter().flat_map(|door| (0..).zip(kinds).map(move |(at, after)| (*door, at, after)));
        all.map(|(door, at, after)| entry(door, at, after)).collect()
    }

    fn hits(&self, count: u64) -> bool {
        let Some(since) = count.checked_sub(self.first) else { return false };
        match since.checked_rem(self.every) {
            None => since == 0,
            Some(rest) => rest == 0 && since / self.every < self.times,
        }
    }
}

/// A schedule with its counters; it can be changed while the doors are open.
#[derive(Debug, Default)]
pub struct Forecast(RwLock<Vec<(Weather, AtomicU64)>>);

impl Forecast {
    pub fn new(schedule: Vec<Weather>) -> Self {
        Self(RwLock::new(counted(schedule)))
    }

    /// From now on, this schedule instead; it counts from 0.
    pub fn set(&self, schedule: Vec<Weather>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = counted(schedule);
    }

    /// The trouble that this request meets. Every entry that matches counts it.
    pub fn next(&self, door: Door, path: &str) -> Option<Trouble> {
        let entries = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let matching = entries.iter().filter(|(entry, _)| entry.door == door && path.contains(&entry.path));
        let mut met = None;
        for (entry, count) in matching {
            if entry.hits(count.fetch_add(1, Ordering::Relaxed)) {
                met = met.or_else(|| Some(entry.trouble.clone()));
            }
        }
        met
    }
}

fn counted(schedule: Vec<Weather>) -> Vec<(Weather, AtomicU64)> {
    schedule.into_iter().map(|entry| (entry, AtomicU64::new(0))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(weather: Weather, requests: usize) -> Vec<usize> {
        let forecast = Forecast::new(vec![weather]);
        (0..requests).filter(|_| forecast.next(Door::Arm, "/x/incidents").is_some()).collect()
    }

    #[test]
    fn schedules_hit_what_they_say() {
        let base = || Weather::new(Door::Arm, "/incidents", Trouble::Cut);
        assert_eq!(hits(base(), 5), [0]);
        assert_eq!(hits(base().from(3), 6), [3]);
        assert_eq!(hits(base().from(1).every(3), 8), [1, 4, 7]);
        assert_eq!(hits(base().from(2).times(2), 9), [2, 3]);
    }

    #[test]
    fn another_schedule_counts_from_the_beginning() {
        let forecast = Forecast::new(vec![Weather::new(Door::Arm, "", Trouble::Cut).from(1)]);
        assert_eq!(forecast.next(Door::Arm, "/x"), None);
        forecast.set(vec![Weather::new(Door::Arm, "", Trouble::NotJson)]);
        assert_eq!(forecast.next(Door::Arm, "/x"), Some(Trouble::NotJson));
        forecast.set(Vec::new());
        assert_eq!(forecast.next(Door::Arm, "/x"), None);
    }

    #[test]
    fn other_doors_and_paths_are_spared() {
        let forecast = Forecast::new(vec![Weather::new(Door::Arm, "/incidents", Trouble::Cut)]);
        assert_eq!(forecast.next(Door::Graph, "/incidents"), None);
        assert_eq!(forecast.next(Door::Arm, "/watchlists"), None);
        assert_eq!(forecast.next(Door::Arm, "/incidents"), Some(Trouble::Cut));
    }

    #[test]
    fn a_storm_has_whole_decimal_and_absent_waits() {
        let storm = Forecast::new(Weather::storm());
        let met: Vec<Trouble> = (0..12).filter_map(|_| storm.next(Door::Graph, "/any")).collect();
        let waits: Vec<Option<&str>> = met
            .iter()
            .map(|trouble| match trouble {
                Trouble::Throttle(after) => after.as_deref(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(waits, [Some("1"), Some("0.35"), None]);
    }
}
