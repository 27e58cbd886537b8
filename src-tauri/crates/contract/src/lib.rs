//! The words that the core and a user interface exchange.
//!
//! [`commands`] is the menu: one line per command. The nouns' files hold what goes in and out. Never here: a rule, a
//! lookup, a transport. `cargo xtask gen` writes the TypeScript from these types.

pub mod account;
pub mod alert;
pub mod cache;
pub mod change;
pub mod commands;
pub mod error;
pub mod event;
pub mod export;
pub mod incident;
pub mod incident_part;
pub mod job;
pub mod mail;
pub mod network;
pub mod overview;
pub mod readiness;
pub mod redirect;
pub mod request;
pub mod schedule;
pub mod session;
pub mod terminal;
pub mod typescript;
pub mod view;

pub use commands::{COMMANDS, Command, Kind, Menu, dispatch};
pub use error::{Code, ErrorView};
pub use event::{Event, Topic};
