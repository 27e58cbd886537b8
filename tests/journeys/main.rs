//! Stories through the host: command in, snapshot out, with a sandbox on the other side of real sockets.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails where it stands")]

mod account;
mod alert;
mod audit;
mod background;
mod cache;
mod change;
mod change_trouble;
mod crash;
mod doctor;
mod export;
mod fault;
mod incident;
mod incident_part;
mod main_job;
mod notice;
mod redirect;
mod scale;
mod sign_in;
mod soak;
mod sync;
mod two_copies;
mod view;
mod way_fault;
mod way_in;
