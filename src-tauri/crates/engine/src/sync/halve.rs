//! Ranges of the log that are still to be asked. One that was answered in part is asked again in halves.
//!
//! Never here: more than [`MOST_CUTS`] cuts of one list, whatever the log answers.

use std::collections::VecDeque;

use time::{Duration, OffsetDateTime};

/// Half-open.
pub(crate) type Range = (OffsetDateTime, OffsetDateTime);

/// A shorter range is not cut.
const FLOOR: Duration = Duration::minutes(2);

/// A trouble that size has no part in would otherwise be met in every minute of the log.
const MOST_CUTS: u32 = 200;

/// How far back an open range is taken to reach; its first half stays open.
const REACH: Duration = Duration::days(180);

pub(crate) struct Ranges {
    left: VecDeque<Range>,
    cuts: u32,
    most: u32,
    now: OffsetDateTime,
}

impl Ranges {
    pub(crate) fn new(ranges: impl IntoIterator<Item = Range>, now: OffsetDateTime) -> Self {
        Self { left: ranges.into_iter().collect(), cuts: 0, most: MOST_CUTS, now }
    }

    /// The same with fewer cuts, for what can also be done without.
    pub(crate) fn cut_at_most(self, most: u32) -> Self {
        Self { most: most.min(MOST_CUTS), ..self }
    }

    pub(crate) fn next(&mut self) -> Option<Range> {
        self.left.pop_front()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// Puts a range's halves in front; false where it is too short, or enough was cut.
    pub(crate) fn halve(&mut self, (from, until): Range) -> bool {
        let last = until.min(self.now.max(from));
        let first = from.max(last - REACH);
        if last - first < FLOOR || self.cuts == self.most {
            return false;
        }
        self.cuts += 1;
        let middle = super::stretch::whole_second(first + (last - first) / 2);
        self.left.push_front((middle, until));
        self.left.push_front((from, middle));
        true
    }
}

/// What is left to say of a range that was answered in part and can't be cut smaller.
pub(crate) fn in_part(range: Range, why: &str) -> String {
    let (from, until) = (super::literal(range.0), super::literal(range.1));
    format!(
        "The log answered in part for {from} to {until}, a stretch that is not cut smaller: {why} \
         What it told is kept; the next reading asks again."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOON: OffsetDateTime = datetime!(2026-11-24 12:00 UTC);

    #[test]
    fn halves_meet_and_come_next() {
        let day = (NOON, NOON + Duration::DAY);
        let mut ranges = Ranges::new([day, (day.1, day.1 + Duration::DAY)], day.1 + Duration::DAY);
        let first = ranges.next().unwrap();
        assert!(ranges.halve(first));
        let (one, other) = (ranges.next().unwrap(), ranges.next().unwrap());
        assert_eq!((one.0, one.1, other.0, other.1), (NOON, NOON + Duration::hours(12), one.1, day.1));
        assert!(ranges.next().is_some() && ranges.next().is_none());
    }

    #[test]
    fn an_open_range_is_cut_where_the_log_has_rows() {
        let mut ranges = Ranges::new([], NOON);
        assert!(ranges.halve((OffsetDateTime::UNIX_EPOCH, datetime!(2100-01-01 0:00 UTC))));
        let first = ranges.next().unwrap();
        assert_eq!(first, (OffsetDateTime::UNIX_EPOCH, NOON - Duration::days(90)));
    }

    #[test]
    fn cutting_ends() {
        let mut ranges = Ranges::new([(OffsetDateTime::UNIX_EPOCH, NOON)], NOON);
        let (mut asked, mut uncut) = (0, 0);
        while let Some(range) = ranges.next() {
            asked += 1;
            uncut += u32::from(!ranges.halve(range));
        }
        assert_eq!((asked, uncut), (2 * MOST_CUTS + 1, MOST_CUTS + 1));
        assert!(!Ranges::new([], NOON).halve((NOON, NOON + Duration::minutes(1))));
        assert!(in_part((NOON, NOON), "PartialError: x.").contains("2026-11-24T12:00:00Z"));
    }
}
