//! Cuts a listing by the time of making, so that its parts can be read side by side.
//!
//! Parts are half-open and meet on whole seconds: together they hold each incident exactly once, because the time of
//! making never changes.

use cloud::CloudError;
use store::Stretch;
use time::{Duration, OffsetDateTime};

/// How far back an open stretch is taken to reach: Defender keeps incidents for 180 days. Its first part stays open.
/// <https://learn.microsoft.com/defender-xdr/data-privacy>
const REACH: Duration = Duration::days(180);

/// At most `parts` parts of equal width, of which the outer ones are as open as the whole.
pub(super) fn cut(whole: &Stretch, parts: u64, now: OffsetDateTime) -> Vec<Stretch> {
    cut_within(REACH, whole, parts, now)
}

/// The same for an open stretch most of which was made within `reach`.
pub(super) fn cut_within(reach: Duration, whole: &Stretch, parts: u64, now: OffsetDateTime) -> Vec<Stretch> {
    let until = whole.until.unwrap_or(now);
    let from = whole.from.unwrap_or(until - reach);
    let width = u64::try_from((until - from).whole_seconds()).unwrap_or_default();
    let parts = parts.min(width).max(1);
    let edge = |at: u64| from + std::time::Duration::from_secs(width * at / parts);
    cut_at(whole, (1..parts).map(edge))
}

/// One part more than there are edges; edges come in order.
pub(super) fn cut_at(whole: &Stretch, edges: impl Iterator<Item = OffsetDateTime>) -> Vec<Stretch> {
    let part = |from, until| Stretch { from, until, next: None, redirected: whole.redirected };
    let mut parts = Vec::new();
    let mut from = whole.from;
    for edge in edges.map(whole_second) {
        // Two edges in one second have nothing between them.
        if from < Some(edge) && whole.until.is_none_or(|until| edge < until) {
            parts.push(part(from, Some(edge)));
            from = Some(edge);
        }
    }
    parts.push(part(from, whole.until));
    parts
}

/// Filters carry whole seconds.
pub(super) fn whole_second(at: OffsetDateTime) -> OffsetDateTime {
    at.replace_nanosecond(0).unwrap_or(at)
}

/// What a stretch adds to a filter, with an API's name for the time of making.
pub(super) fn conditions(stretch: &Stretch, made: &str) -> Vec<String> {
    let from = stretch.from.map(|from| format!("{made} ge {}", super::literal(from)));
    let until = stretch.until.map(|until| format!("{made} lt {}", super::literal(until)));
    from.into_iter().chain(until).collect()
}

/// A filter that is not obeyed is as good as refused: windows over the whole list would read it again and again.
pub(super) fn obeyed(
    stretch: &Stretch,
    mut made: impl Iterator<Item = Option<OffsetDateTime>>,
) -> Result<(), CloudError> {
    // Whole seconds: a service may round, and rows a second off are put over themselves.
    let from = stretch.from.map(|from| from - Duration::SECOND);
    let until = stretch.until.map(|until| until + Duration::SECOND);
    let outside =
        |at: OffsetDateTime| from.is_some_and(|from| at < from) || until.is_some_and(|until| at > until);
    match made.any(|at| at.is_some_and(outside)) {
        false => Ok(()),
        true => Err(CloudError::Rejected {
            what: "a list of incidents".into(),
            status: REFUSED,
            code: String::new(),
            message: "the filter by time of making was not obeyed".into(),
            request_id: None,
        }),
    }
}

/// How both APIs refuse a filter.
pub(super) const REFUSED: u16 = 400;

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOON: OffsetDateTime = datetime!(2026-11-24 12:00 UTC);

    #[test]
    fn parts_meet_and_stay_as_open_as_the_whole() {
        let whole = Stretch { redirected: true, ..Stretch::default() };
        let parts = cut(&whole, 4, NOON);
        assert_eq!(parts.len(), 4);
        assert_eq!((parts[0].from, parts[3].until), (None, None));
        assert!(parts.windows(2).all(|pair| pair[0].until == pair[1].from), "{parts:?}");
        assert!(parts.iter().all(|part| part.redirected && part.next.is_none()));
        let again = cut(&parts[1], 2, NOON);
        assert_eq!((again[0].from, again[1].until), (parts[1].from, parts[1].until));
    }

    #[test]
    fn a_second_is_not_cut() {
        let second = Stretch { from: Some(NOON), until: Some(NOON + Duration::SECOND), ..Stretch::default() };
        assert_eq!(cut(&second, 8, NOON), std::slice::from_ref(&second));
        let late = Stretch { from: Some(NOON), ..Stretch::default() };
        assert_eq!(
            cut(&late, 8, NOON - Duration::HOUR),
            std::slice::from_ref(&late),
            "a clock that is late cuts nothing"
        );
    }

    #[test]
    fn rows_from_outside_a_stretch_are_a_refusal() {
        let hour = Stretch { from: Some(NOON), until: Some(NOON + Duration::HOUR), ..Stretch::default() };
        assert!(obeyed(&hour, [Some(NOON), None, Some(NOON + Duration::HOUR)].into_iter()).is_ok());
        assert!(obeyed(&hour, [Some(NOON - Duration::MINUTE)].into_iter()).is_err());
        assert!(obeyed(&Stretch::default(), [Some(NOON)].into_iter()).is_ok());
    }

    #[test]
    fn edges_in_one_second_make_one_part() {
        let half = Duration::milliseconds(500);
        let parts = cut_at(&Stretch::default(), [NOON, NOON + half, NOON + Duration::HOUR].into_iter());
        assert_eq!(parts.len(), 3);
        assert_eq!(
            conditions(&parts[1], "made"),
            ["made ge 2026-11-24T12:00:00Z".to_owned(), "made lt 2026-11-24T13:00:00Z".to_owned()]
        );
    }
}
