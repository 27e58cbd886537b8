//! The mail ladder, end to end over sockets: every mailbox of the sandbox ends as planted, and nothing secret shows.
//!
//! Never here: a verdict worked out anew. The expected ones are the sandbox's own list of what it planted.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod ladders;
mod leaks;
mod servers;
#[allow(dead_code, reason = "what is counted is counted in the tests of real programs")]
#[path = "../real/traces.rs"]
mod traces;
mod world;
