//! A small Microsoft on loopback: Entra, ARM, Graph, Log Analytics and SMTP, for demo, tests and benchmarks.
//!
//! It knows no crate of ours but `wire`, and that only to read requests: every answer is JSON text of its own,
//! so that Microsoft's SDKs and our readers judge it independently. It must never listen beyond 127.0.0.1,
//! write its authority's private key to disk, or compute the truth from what it served.
//! Start reading at [`scope`] (what one session is about), then `world` (what is in it), then the doors.

mod alert;
mod answer;
mod arm;
mod authority;
mod budget;
mod certificate;
mod clock;
pub mod content;
mod descriptor;
mod door;
mod entra;
mod form;
mod graph;
mod imds;
mod journal;
mod json;
mod logs;
pub mod mail;
mod moment;
mod odata;
mod random;
mod right;
mod sandbox;
pub mod scope;
pub mod seed;
mod session;
pub mod smtp;
pub mod story;
mod token;
mod truth;
mod weather;
mod world;

pub use authority::AuthorityError;
pub use budget::Budgets;
pub use descriptor::{Certificate, Descriptor, Identity, Mailboxes, PasswordMailbox, Smtp, User};
pub use journal::{Count, Door, Entry, Journal};
pub use logs::Limits;
pub use sandbox::{Error, Options, Sandbox};
pub use weather::{Trouble, Weather};
pub use world::Mutation;
