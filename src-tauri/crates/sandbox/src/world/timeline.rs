//! When things happened: 180 days before the story's now, in the order of the units.
//!
//! Each unit has a slot of its own, so both APIs' lists are sorted by creation without sorting anything.

use crate::moment::{self, DAY, SECOND, Ticks};
use crate::seed;
use time::OffsetDateTime;

/// Days of history.
const DAYS: i64 = 180;
/// Nothing is newer than this before now.
const QUIET: Ticks = 600 * SECOND;
/// Defender's incidents reach Sentinel a little later.
const LAG: Ticks = 40 * SECOND;

/// The history's clock.
#[derive(Clone, Copy, Debug)]
pub struct Timeline {
    seed: u64,
    start: Ticks,
    slot: Ticks,
    now: Ticks,
}

impl Timeline {
    pub fn new(seed: u64, now: OffsetDateTime, units: usize) -> Self {
        let now = moment::of(now);
        let span = DAYS * DAY - QUIET;
        let slot = span / i64::try_from(units.max(1)).unwrap_or(i64::MAX);
        Self { seed, start: now - DAYS * DAY, slot: slot.max(1), now }
    }

    pub fn now(&self) -> Ticks {
        self.now
    }

    /// When Graph says that the incident was made.
    pub fn graph_created(&self, at: u32) -> Ticks {
        self.slot_start(at) + self.jitter("graph", at, self.slot)
    }

    /// When ARM says that the incident was made.
    pub fn arm_created(&self, at: u32) -> Ticks {
        self.slot_start(at) + LAG + self.jitter("arm", at, self.slot)
    }

    /// The last change that an incident saw by itself; most changes come soon.
    pub fn changed(&self, at: u32) -> Ticks {
        self.later(self.arm_created(at), at)
    }

    /// A moment after `from`, soon rather than late, and before now.
    pub fn later(&self, from: Ticks, at: u32) -> Ticks {
        let share = (seed::mix(self.seed, "changed", u64::from(at)) >> 11) as f64 / (1u64 << 53) as f64;
        let room = (self.now - 60 * SECOND - from).max(0) as f64;
        from + (room * share * share * share * share) as Ticks
    }

    /// Whole days between creation and now.
    pub fn age_days(&self, at: u32) -> i64 {
        (self.now - self.graph_created(at)) / DAY
    }

    /// First activity behind the incident.
    pub fn first_activity(&self, at: u32) -> Ticks {
        self.graph_created(at) - (300 + self.jitter("first", at, 7_200)) * SECOND
    }

    /// Last activity behind the incident.
    pub fn last_activity(&self, at: u32) -> Ticks {
        self.graph_created(at) - self.jitter("last", at, 300) * SECOND
    }

    fn slot_start(&self, at: u32) -> Ticks {
        self.start + i64::from(at) * self.slot
    }

    fn jitter(&self, stream: &str, at: u32, bound: Ticks) -> Ticks {
        let bound = u64::try_from(bound).unwrap_or(1);
        i64::try_from(seed::below(self.seed, stream, u64::from(at), bound)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn both_lists_are_in_order_and_nothing_is_newer_than_now() {
        let line = Timeline::new(9, datetime!(2026-11-24 0:00 UTC), 300);
        for at in 1..300 {
            assert!(line.graph_created(at - 1) < line.graph_created(at));
            assert!(line.arm_created(at - 1) < line.arm_created(at));
            assert!(line.changed(at) >= line.arm_created(at) && line.changed(at) < line.now());
            assert!(line.first_activity(at) < line.last_activity(at));
        }
    }
}
