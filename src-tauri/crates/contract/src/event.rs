//! What the core tells without being asked.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::job::JobView;

/// What a query shows and an action changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    Session,
    Incidents,
    Redirects,
    Readiness,
    Mail,
    Accounts,
    Requests,
    Jobs,
}

/// One message on the event stream.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Queries that show these topics are stale.
    Changed { topics: Vec<Topic> },
    /// A job moved on or ended.
    Job { job: JobView },
}
