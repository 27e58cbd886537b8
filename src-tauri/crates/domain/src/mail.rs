//! Mail: what a mailer's error means, and what each test of the move from SMTP passwords to Microsoft Graph proves.
//!
//! Two halves. [`explain`] reads any pasted text and names the cause out of one catalogue of SMTP replies, Graph errors,
//! Entra errors and the disguises libraries put on them. [`ladder`] judges each test from what was observed, and says
//! where going on makes no sense. Both are pure: nothing here connects, waits, or reads a clock.
//!
//! Never here: a secret that outlives its judging, a fact without its certainty, a verdict from a code alone where the
//! sentence decides (`535 5.7.139` means five different things).
//! Start reading at [`cause`], then [`catalogue`], then [`ladder`].

pub mod catalogue;
pub mod cause;
pub mod evidence;
mod explain;
pub mod ladder;
mod nearest;
mod reading;
pub mod redact;
pub mod reply;

pub use cause::{Cause, Certainty, Match, Owner, Retry, Source};
pub use evidence::{Direction, EvidenceLine};
pub use explain::{explain, found};
pub use redact::redact;
pub use reply::{Broken, Reply};

/// What Microsoft's message MC786329 says in its version of 27 January 2026, in our words.
/// It isn't a cut-off: administrators can switch Basic back on, and no removal date is known yet.
pub const DEADLINE: &str = "Basic authentication for SMTP AUTH goes off by default for existing tenants at the end of \
     December 2026; administrators may switch it back on; the removal date is to be announced in the second half of 2027";
