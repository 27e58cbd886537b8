//! What changed since the start: edits over computed incidents, incidents made, merged or deleted, and comments.
//!
//! Nothing else of the world changes, so a restart with the same seed and clock is the same world again.

use super::facts::Facts;
use super::merge::Redirects;
use super::unit::Unit;
use crate::moment::Ticks;
use std::collections::{HashMap, HashSet};

/// A comment, as both APIs show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// ARM's name of it; a GUID unless the client chose otherwise.
    pub name: String,
    pub text: String,
    pub author: String,
    pub created: Ticks,
}

/// The state of one changed incident.
#[derive(Clone, Debug)]
pub struct Edit {
    pub facts: Facts,
    /// Counts up; part of the etag.
    pub version: u32,
    pub changed: Ticks,
    pub comments: Vec<Comment>,
}

/// An incident that was made since the start, by a client or by the tenant itself.
#[derive(Clone, Debug)]
pub struct Made {
    pub name: String,
    pub unit: Unit,
    pub created: Ticks,
}

/// All changes of a session.
#[derive(Debug, Default)]
pub struct Changes {
    pub edits: HashMap<u32, Edit>,
    pub made: Vec<Made>,
    /// What was merged, or whose end moved on; before what was planted.
    pub merged: Redirects,
    /// No longer in ARM; the log keeps their rows.
    pub deleted: HashSet<u32>,
    /// Counts every change, so that sorted lists know when they are stale.
    pub stamp: u64,
}
