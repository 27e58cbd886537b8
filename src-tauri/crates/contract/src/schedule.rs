//! Reading in the background while a tenant is open, and what is told of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a reading can bring that somebody wants to be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// Incidents of high severity that were not there before.
    HighSeverity,
    /// Incidents that were merged into others.
    Redirected,
    /// Merged incidents whose target can't be seen.
    Unresolved,
    /// A source can't be read any more.
    Trouble,
}

/// How this tenant is kept current. Lives with its data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ScheduleSet {
    /// Minutes between two readings, 5 to 1,440; null = only when asked.
    pub every: Option<u32>,
    /// Whether it waits while the machine runs on battery or its network is metered.
    pub spare: bool,
    pub tell: Vec<News>,
}

/// Why a reading that is due waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    Battery,
    Metered,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Schedule {
    pub set: ScheduleSet,
    /// When the next reading is due, RFC 3339 UTC; null = only when asked.
    pub next: Option<String>,
    pub waiting: Option<Waiting>,
    /// Null = the system does not say.
    pub battery: Option<bool>,
    pub metered: Option<bool>,
    /// Defender's incidents that last changed before this, RFC 3339 UTC, are still to be read; null = none are left.
    pub unread_before: Option<String>,
}
