//! Microsoft Graph v1.0: Defender's incidents and alerts, mail, the directory's objects about an app.
//!
//! Casing of enum values differs between answers, and members after `unknownFutureValue` come only with
//! `Prefer: include-unknown-enum-members`; both are translate's business.

pub mod alert;
pub mod comment;
pub mod directory;
pub mod error;
pub mod incident;
pub mod message;
pub mod page;
pub mod send_mail;

pub use error::{ErrorAnswer, ErrorBody};
pub use page::Page;
