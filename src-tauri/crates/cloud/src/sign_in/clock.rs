//! How far this machine's clock is from Entra's, as the `Date` of its last answer says.

use std::sync::{Mutex, PoisonError};

use reqwest::header::{DATE, HeaderMap};
use time::format_description::well_known::Rfc2822;
use time::{Duration, OffsetDateTime};

/// What Entra forgives: <https://learn.microsoft.com/entra/identity-platform/reference-error-codes> (AADSTS700024).
const FORGIVEN: Duration = Duration::minutes(5);

#[derive(Debug, Default)]
pub(super) struct Clock(Mutex<Option<Duration>>);

impl Clock {
    /// Compares an answer's date with `now`.
    pub(super) fn heard(&self, headers: &HeaderMap, now: OffsetDateTime) {
        let date = headers.get(DATE).and_then(|value| value.to_str().ok());
        let date = date.and_then(|text| OffsetDateTime::parse(text.trim(), &Rfc2822).ok());
        if let Some(date) = date {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(now - date);
        }
    }

    /// "61 minutes ahead", to the nearest: only where it is more than what Entra forgives.
    pub(super) fn wrong(&self) -> Option<String> {
        let ahead = (*self.0.lock().unwrap_or_else(PoisonError::into_inner))?;
        let way = if ahead.is_positive() { "ahead of" } else { "behind" };
        // An answer tells whole seconds and takes a while, so an hour is never seen to the second.
        let minutes = (ahead.abs() + Duration::seconds(30)).whole_minutes();
        (ahead.abs() > FORGIVEN).then(|| format!("{minutes} minutes {way}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn told(date: &'static str) -> Option<String> {
        let clock = Clock::default();
        let headers = [(DATE, date.parse().unwrap())].into_iter().collect();
        clock.heard(&headers, datetime!(2026-11-24 09:30:00 UTC));
        clock.wrong()
    }

    #[test]
    fn an_hour_is_told_and_a_minute_is_not() {
        assert_eq!(told("Tue, 24 Nov 2026 08:30:00 GMT").as_deref(), Some("60 minutes ahead of"));
        assert_eq!(told("Tue, 24 Nov 2026 10:31:00 GMT").as_deref(), Some("61 minutes behind"));
        assert_eq!(told("Tue, 24 Nov 2026 09:29:00 GMT"), None);
        assert_eq!(told("Tue, 24 Nov 2026 10:29:58 GMT").as_deref(), Some("60 minutes behind"));
        assert_eq!(told("yesterday"), None, "what is no date says nothing");
    }
}
