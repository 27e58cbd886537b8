//! The doors' clock: the real one, off by what the session was started with.
//!
//! Tokens, assertions, codes and the `Date` header are judged by it; the story has a clock of its own.

use time::{Duration, OffsetDateTime};

/// How far the doors' clock is off from this machine's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock(Duration);

impl Clock {
    #[must_use]
    pub fn off_by(skew: Duration) -> Self {
        Self(skew)
    }

    /// The doors' now.
    #[must_use]
    pub fn now(self) -> OffsetDateTime {
        OffsetDateTime::now_utc() + self.0
    }

    /// The same as seconds since 1970.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.now().unix_timestamp()
    }
}
