//! The readiness checks: what in a tenant, or in a folder of its files, changes or breaks in the Defender portal.
//!
//! Pure: rules in, findings out. Never here: reading files, asking a tenant, the clock (`now` is an argument).

mod verdict;

pub use verdict::{Severity, Verdict};
