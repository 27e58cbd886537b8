//! Against real servers that are started for the test and end with it.
//!
//! Never here: a server of our own. What is missing on the machine fails the test and says which package brings it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[cfg(target_os = "linux")]
mod at_rest;
mod azure_cli;
#[cfg(target_os = "linux")]
mod copies;
#[cfg(target_os = "linux")]
mod crash;
#[cfg(target_os = "linux")]
mod keychain;
#[cfg(target_os = "linux")]
mod keyring_gone;
#[cfg(target_os = "linux")]
mod port;
#[cfg(target_os = "linux")]
mod processes;
#[cfg(target_os = "linux")]
mod proxy;
#[cfg(target_os = "linux")]
mod session;
#[cfg(target_os = "linux")]
mod strangers;
#[cfg(target_os = "linux")]
mod traces;
#[cfg(target_os = "linux")]
mod xwalk;
