//! A small Microsoft on loopback: Entra, ARM, Graph, Log Analytics and SMTP, for demo, tests and benchmarks.
//!
//! It knows no crate of ours but `wire`, and that only to read requests: every answer is JSON text of its own,
//! so that Microsoft's SDKs and our readers judge it independently. It must never listen beyond 127.0.0.1,
//! write a private key to disk, or compute the truth from what it served.
//! Start reading at [`scope`] (what one session is about), then `world` (what is in it), then the doors.

pub mod content;
pub mod mail;
pub mod scope;
pub mod seed;
pub mod smtp;
pub mod story;
pub mod token;
mod json;
mod moment;
mod world;
