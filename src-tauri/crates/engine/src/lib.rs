//! The verbs of Crosswalk: what it does with a tenant or with files, one file per noun.
//!
//! Reads come from the store; the network only ever writes to the store. Never here: a transport, a word of the user
//! interface, SQL, JSON of Microsoft's. Start at [`Scope`]; [`sync`] is the main job.

pub mod account;
pub mod alert;
pub mod cache;
pub mod change;
pub mod clock;
pub mod export;
pub mod incident;
pub mod job;
pub mod mail;
pub mod news;
pub mod overview;
pub mod readiness;
pub mod redirect;
pub mod request;
pub mod scope;
pub mod sync;
pub mod workspace;

mod excerpt;

pub use clock::Clock;
pub use excerpt::Line;
pub use job::{Control, Progress};
pub use scope::Scope;
