//! The codebase checked as data: arrows between crates, what sources may not hold, what the window may do.
//!
//! Never here: a check of behaviour. Start at [`arrows`], which is the table of ARCHITECTURE.md.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod arrows;
mod coverage;
mod manifest;
mod shell;
mod sources;
mod tree;
