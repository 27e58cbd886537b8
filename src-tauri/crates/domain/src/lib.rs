//! The nouns and rules of Crosswalk: pure data and pure functions.
//!
//! Never here: serde, async, a clock, randomness, I/O. Whatever needs one of those takes it as an argument.
//! Start reading at [`incident`], then [`redirect`]; [`readiness`] holds the checks, [`mail`] the catalogue of causes,
//! [`account`] the rights that a tenant's account needs, [`sign_in`] why a sign-in is refused and [`change`] what may be
//! written to an incident.

pub mod account;
pub mod alert;
pub mod analytics_rule;
pub mod automation;
pub mod change;
pub mod fault;
pub mod incident;
pub mod mail;
pub mod playbook;
pub mod readiness;
pub mod redirect;
pub mod secret;
pub mod sign_in;
pub mod tree;
