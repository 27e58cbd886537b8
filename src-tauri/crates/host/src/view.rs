//! From the engine's answers to the contract's words, one file per noun. Nothing is decided here.

pub(crate) mod account;
pub(crate) mod alert;
pub(crate) mod change;
pub(crate) mod export;
pub(crate) mod incident;
pub(crate) mod incident_part;
pub(crate) mod mail;
pub(crate) mod overview;
pub(crate) mod readiness;
pub(crate) mod redirect;
pub(crate) mod request;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// RFC 3339 in UTC.
pub(crate) fn instant(at: OffsetDateTime) -> String {
    at.format(&Rfc3339).unwrap_or_default()
}
