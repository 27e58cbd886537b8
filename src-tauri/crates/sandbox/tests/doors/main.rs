//! Every HTTP door from outside: real TLS on loopback, a client that trusts the session's authority alone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod access;
mod arm;
mod assertion;
mod client;
mod entra;
mod graph;
mod imds;
mod logs;
mod readers;
mod session;
mod sign_in;
mod truth;
mod weather;
