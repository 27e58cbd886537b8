//! How many incidents each window has, by the log and by the listing.
//!
//! Fewer listed than logged: deleted, as the log keeps what Sentinel forgets, or not visible to this account. More:
//! the log is late. Told apart per window, so that one can't hide the other.

use time::OffsetDateTime;

/// The log's counts, and ours beside them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Counted {
    /// When each window begins, in order, with its counts: the log's, then the listing's.
    windows: Vec<(OffsetDateTime, u64, u64)>,
}

/// What the two counts differ by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Difference {
    pub only_in_log: u64,
    pub not_in_log_yet: u64,
}

impl Counted {
    pub(super) fn new(windows: &[(OffsetDateTime, u64)]) -> Self {
        Self { windows: windows.iter().map(|(begin, logged)| (*begin, *logged, 0)).collect() }
    }

    /// Counts an incident that was listed.
    pub(super) fn add(&mut self, made: Option<OffsetDateTime>) {
        let at = self.windows.partition_point(|(begin, _, _)| Some(*begin) <= made);
        // What is older than the log belongs to its first window, which is open.
        if let Some((_, _, listed)) = self.windows.get_mut(at.saturating_sub(1)) {
            *listed += 1;
        }
    }

    pub(super) fn difference(&self) -> Difference {
        let sum = |of: fn(u64, u64) -> u64| {
            self.windows.iter().map(|(_, logged, listed)| of(*logged, *listed)).sum()
        };
        Difference {
            only_in_log: sum(|logged, listed| logged.saturating_sub(listed)),
            not_in_log_yet: sum(|logged, listed| listed.saturating_sub(logged)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;
    use time::macros::datetime;

    #[test]
    fn one_window_never_hides_another() {
        let noon = datetime!(2026-11-24 12:00 UTC);
        let later = noon + Duration::HOUR;
        let mut counted = Counted::new(&[(noon, 2), (later, 1)]);
        for made in [noon - Duration::HOUR, later, later + Duration::HOUR] {
            counted.add(Some(made));
        }
        assert_eq!(counted.difference(), Difference { only_in_log: 1, not_in_log_yet: 1 });
        assert_eq!(Counted::default().difference(), Difference::default());
    }
}
