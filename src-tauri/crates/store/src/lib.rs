//! The local encrypted database of one connection: SQLCipher with a raw key, WAL, one writer and a few readers.
//!
//! Never here: a plain copy of anything, a key in a message, text from a user inside SQL. Start at [`Store::open`];
//! each noun has a file.

mod alert;
mod audit;
mod care;
mod change;
mod document;
mod error;
mod identity;
mod incident;
mod listing;
mod marks;
mod memory;
mod object;
mod open;
mod redirect;
mod repair;
mod request;
mod setting;
mod stretch;
mod text;
mod time_stamp;

pub use alert::AlertsRead;
pub use audit::AuditRow;
pub use care::Size;
pub use change::{ChangeFilter, ChangeIntent, ChangeRow, ChangeStretch};
pub use error::StoreError;
pub use incident::{ArmRow, Body, Fact, GraphRow, KeptPart, PartAnswer, Sides, Tally};
pub use listing::Listing;
pub use object::{Collection, Object};
pub use open::{Aside, Key, Opened, Store};
pub use redirect::{KnownIdentity, Redirects, Shown, Stored as StoredRedirect};
pub use request::{HostTally, RequestRow};
pub use stretch::Stretch;
