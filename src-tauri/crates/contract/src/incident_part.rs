//! What belongs to one incident and is read when it is opened: alerts, entities, comments, tasks, and all of
//! it in time.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Who tells something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Teller {
    Sentinel,
    Graph,
    /// This program.
    Crosswalk,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Alert {
    pub id: String,
    pub title: String,
    /// `high` `medium` `low` `informational`, or any other value that was seen.
    pub severity: String,
    pub status: Option<String>,
    pub product: Option<String>,
    pub tactics: Vec<String>,
    /// First activity, RFC 3339 UTC.
    pub first: Option<String>,
    pub last: Option<String>,
    pub teller: Teller,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Entity {
    /// `Host`, `Account`, `Ip`, `Url`, `FileHash`, or any other kind that was seen.
    pub kind: String,
    pub name: String,
    pub aliases: Vec<String>,
    pub teller: Teller,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Comment {
    pub text: String,
    pub author: Option<String>,
    pub at: Option<String>,
    pub teller: Teller,
    /// The other API tells it too.
    pub in_both: bool,
}

/// A step somebody is to take, or took; Sentinel alone tells of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Task {
    pub title: String,
    pub description: Option<String>,
    /// `new` `completed`, or any other value that was seen.
    pub status: String,
    /// RFC 3339 UTC.
    pub created: Option<String>,
    pub created_by: Option<String>,
    pub changed: Option<String>,
    pub changed_by: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TimelineMoment {
    pub at: String,
    pub teller: Teller,
    pub what: String,
    pub text: String,
}

/// How old a part is, and what was refused for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PartAge {
    /// Of the oldest answer in it, RFC 3339 UTC; null = never read.
    pub read_at: Option<String>,
    /// A sentence for each API that refused; what the other told still stands.
    pub trouble: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentAlerts {
    pub items: Vec<Alert>,
    pub age: PartAge,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentEntities {
    pub items: Vec<Entity>,
    pub age: PartAge,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentComments {
    pub items: Vec<Comment>,
    pub age: PartAge,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentTasks {
    pub items: Vec<Task>,
    pub age: PartAge,
    /// False where Sentinel does not have the incident, so that nobody can tell of tasks.
    pub kept: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentParts {
    pub alerts: IncidentAlerts,
    pub entities: IncidentEntities,
    pub comments: IncidentComments,
    pub tasks: IncidentTasks,
    /// Both sides merged, newest first.
    pub timeline: Vec<TimelineMoment>,
    /// Whether somebody can be asked: false where only files are open.
    pub readable: bool,
}
