//! How long the other side asks to wait: a header in three forms, or a number in ARM's sentence.

use std::time::Duration;

use reqwest::header::{HeaderMap, RETRY_AFTER};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

/// Longer wishes are cut to a day, so that arithmetic with them is safe.
const LONGEST: f64 = 86_400.0;

/// Whole or decimal seconds (`Retry-After: 2.128` is Graph's own example,
/// <https://learn.microsoft.com/graph/throttling>), or an HTTP date. `None` where there is none or it makes no sense.
pub(crate) fn header(headers: &HeaderMap, now: OffsetDateTime) -> Option<Duration> {
    text(headers.get(RETRY_AFTER)?.to_str().ok()?, now)
}

pub(crate) fn text(value: &str, now: OffsetDateTime) -> Option<Duration> {
    let value = value.trim();
    let seconds = match value.parse::<f64>() {
        Ok(seconds) => seconds,
        Err(_) => (OffsetDateTime::parse(value, &Rfc2822).ok()? - now).as_seconds_f64().max(0.0),
    };
    (seconds.is_finite() && seconds >= 0.0).then(|| Duration::from_secs_f64(seconds.min(LONGEST)))
}

/// `… Please try again after '10' seconds.`: ARM's gateway says it so, with or without the header.
pub(crate) fn sentence(message: &str) -> Option<Duration> {
    let (_, after) = message.split_once("again after")?;
    let digits: String =
        after.trim_start_matches([' ', '\'', '"']).chars().take_while(char::is_ascii_digit).collect();
    text(&digits, OffsetDateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-24 10:00:00 UTC);

    #[test]
    fn whole_and_decimal_seconds_and_dates() {
        assert_eq!(text("17", NOW), Some(Duration::from_secs(17)));
        assert_eq!(text(" 2.128 ", NOW), Some(Duration::from_millis(2128)));
        assert_eq!(text("0", NOW), Some(Duration::ZERO));
        assert_eq!(text("Tue, 24 Nov 2026 10:01:30 GMT", NOW), Some(Duration::from_secs(90)));
        assert_eq!(text("Tue, 24 Nov 2026 09:00:00 GMT", NOW), Some(Duration::ZERO), "a date in the past");
    }

    #[test]
    fn nonsense_is_none_and_the_absurd_is_cut() {
        for bad in ["", "soon", "-3", "NaN", "inf", "1,5"] {
            assert_eq!(text(bad, NOW), None, "{bad}");
        }
        assert_eq!(text("1e300", NOW), Some(Duration::from_secs(86_400)));
    }

    #[test]
    fn the_gateways_sentence_names_the_seconds() {
        let said = "Number of 'read' requests for subscription 'x' actor 'y' exceeded. Please try again after '10' seconds.";
        assert_eq!(sentence(said), Some(Duration::from_secs(10)));
        assert_eq!(sentence("try again after a while"), None);
        assert_eq!(sentence("Too many requests."), None);
    }
}
