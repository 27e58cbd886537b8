//! Whether to try again, and when.
//!
//! Bounded in tries and in time. What the other side asks for is obeyed whole or not at all: a wish beyond the rest
//! of the patience ends the call and is handed on with it.

use std::time::Duration;

use super::client::{PROXY_ASKS, PROXY_REFUSES};
use super::trouble::Trouble;

/// Attempts while the other side asks to wait.
const MOST_WAITS: u32 = 30;
/// Attempts after faults of other kinds.
const MOST_FAULTS: u32 = 4;
/// All pauses of one call together.
const LONGEST: Duration = Duration::from_secs(300);
const FIRST_PAUSE: f64 = 0.5;
const LONGEST_PAUSE: f64 = 30.0;

/// What to do after a failed attempt.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Next {
    Wait(Duration),
    /// Get another token, then try at once.
    Renew,
    Stop,
}

/// What is left of one call's patience.
#[derive(Debug)]
pub(crate) struct Patience {
    /// Asking twice does no more than asking once.
    safe: bool,
    waits: u32,
    faults: u32,
    waited: Duration,
    renewed: bool,
    reread: bool,
}

impl Patience {
    pub(crate) fn new(safe: bool) -> Self {
        Self { safe, waits: 0, faults: 0, waited: Duration::ZERO, renewed: false, reread: false }
    }

    /// `unit` is a random number from 0 to 1, so that many clients don't come back in step.
    pub(crate) fn after(&mut self, trouble: &Trouble, unit: f64) -> Next {
        match trouble {
            Trouble::Final(_) => Next::Stop,
            Trouble::Status { status: 401, .. } => self.renew(),
            // Log Analytics says so of a token that has expired.
            Trouble::Status { status: 403, said, .. } if said.code == "InvalidTokenError" => self.renew(),
            Trouble::Status { status: 429, retry_after, .. } => self.asked_to_wait(*retry_after, unit),
            Trouble::Status { status: 503, retry_after, .. } if self.safe => {
                self.asked_to_wait(*retry_after, unit)
            }
            Trouble::Status { status: 408 | 500 | 502 | 504, .. } if self.safe => self.fault(unit),
            Trouble::Status { .. } => Next::Stop,
            Trouble::Unreachable { why, .. } if [PROXY_ASKS, PROXY_REFUSES].contains(&why.as_str()) => {
                Next::Stop
            }
            Trouble::Unreachable { sent, .. } if self.safe || !sent => self.fault(unit),
            Trouble::Cut { .. } if self.safe => self.fault(unit),
            Trouble::Unreadable { .. } if self.safe && !self.reread => {
                self.reread = true;
                self.fault(unit)
            }
            Trouble::Unreachable { .. } | Trouble::Cut { .. } | Trouble::Unreadable { .. } => Next::Stop,
        }
    }

    fn renew(&mut self) -> Next {
        if self.renewed {
            return Next::Stop;
        }
        self.renewed = true;
        Next::Renew
    }

    fn asked_to_wait(&mut self, wish: Option<Duration>, unit: f64) -> Next {
        let pause = wish.unwrap_or_else(|| backoff(self.waits, unit));
        self.waits += 1;
        if self.waits > MOST_WAITS { Next::Stop } else { self.pause(pause) }
    }

    fn fault(&mut self, unit: f64) -> Next {
        let pause = backoff(self.faults, unit);
        self.faults += 1;
        if self.faults >= MOST_FAULTS { Next::Stop } else { self.pause(pause) }
    }

    fn pause(&mut self, pause: Duration) -> Next {
        self.waited += pause;
        if self.waited > LONGEST { Next::Stop } else { Next::Wait(pause) }
    }
}

/// 0.5 s, 1 s, 2 s … 30 s, of which the second half is left to chance.
fn backoff(earlier: u32, unit: f64) -> Duration {
    let full = (FIRST_PAUSE * f64::from(2_u32.saturating_pow(earlier))).min(LONGEST_PAUSE);
    Duration::from_secs_f64(full * (0.5 + unit.clamp(0.0, 1.0) / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::said::Said;

    fn status(status: u16, retry_after: Option<u64>) -> Trouble {
        let retry_after = retry_after.map(Duration::from_secs);
        Trouble::Status { status, said: Said::default(), retry_after, request_id: None, challenge: None }
    }

    fn unreachable(sent: bool) -> Trouble {
        Trouble::Unreachable { host: "h".into(), why: "w".into(), sent }
    }

    #[test]
    fn a_wish_is_obeyed_to_the_second_and_no_longer_than_patience_lasts() {
        let mut patience = Patience::new(true);
        assert_eq!(patience.after(&status(429, Some(17)), 1.0), Next::Wait(Duration::from_secs(17)));
        assert_eq!(patience.after(&status(503, Some(283)), 1.0), Next::Wait(Duration::from_secs(283)));
        assert_eq!(patience.after(&status(429, Some(1)), 1.0), Next::Stop, "300 s are used up");
        assert_eq!(Patience::new(true).after(&status(429, Some(301)), 1.0), Next::Stop);
    }

    #[test]
    fn a_storm_without_a_wish_is_waited_out_ever_longer_and_ends() {
        let mut patience = Patience::new(true);
        let mut pauses = vec![];
        while let Next::Wait(pause) = patience.after(&status(429, None), 1.0) {
            pauses.push(pause.as_secs_f64());
        }
        assert_eq!(pauses[..8], [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]);
        assert!(pauses.iter().sum::<f64>() <= LONGEST.as_secs_f64(), "{pauses:?}");
        let mut short = Patience::new(true);
        let wish = Trouble::Status {
            status: 429,
            said: Said::default(),
            retry_after: Some(Duration::from_millis(1)),
            request_id: None,
            challenge: None,
        };
        let count =
            std::iter::repeat_with(|| short.after(&wish, 1.0)).take_while(|next| *next != Next::Stop).count();
        assert_eq!(count, MOST_WAITS as usize, "short wishes end too");
        assert_eq!(backoff(0, 0.0), Duration::from_millis(250), "half of a pause is chance");
        assert_eq!(backoff(u32::MAX, 1.0), Duration::from_secs(30));
    }

    #[test]
    fn what_can_not_be_repeated_safely_is_not() {
        let mut write = Patience::new(false);
        assert_eq!(write.after(&status(500, None), 1.0), Next::Stop);
        assert_eq!(write.after(&status(503, None), 1.0), Next::Stop);
        assert_eq!(write.after(&unreachable(true), 1.0), Next::Stop);
        assert_eq!(write.after(&Trouble::Cut { bytes: 1 }, 1.0), Next::Stop);
        assert!(matches!(write.after(&unreachable(false), 1.0), Next::Wait(_)), "it was never sent");
        assert!(matches!(write.after(&status(429, None), 1.0), Next::Wait(_)), "it was not acted on");
    }

    #[test]
    fn a_token_is_renewed_once_and_bad_json_read_once_more() {
        let mut patience = Patience::new(true);
        assert_eq!(patience.after(&status(401, None), 1.0), Next::Renew);
        assert_eq!(patience.after(&status(401, None), 1.0), Next::Stop);
        let mut expired = status(403, None);
        if let Trouble::Status { said, .. } = &mut expired {
            said.code = "InvalidTokenError".into();
        }
        assert_eq!(Patience::new(true).after(&expired, 1.0), Next::Renew, "Log Analytics' way to say it");
        let unreadable = Trouble::Unreadable { why: String::new() };
        assert!(matches!(patience.after(&unreadable, 1.0), Next::Wait(_)));
        assert_eq!(patience.after(&unreadable, 1.0), Next::Stop);
    }

    #[test]
    fn a_refusal_is_not_repeated() {
        for refusal in [400, 403, 404, 409, 412, 501] {
            assert_eq!(Patience::new(true).after(&status(refusal, None), 1.0), Next::Stop, "{refusal}");
        }
    }
}
