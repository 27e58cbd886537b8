//! Alerts of the log that no incident holds: in neither portal, in no ticket.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::incident::FacetValue;

/// What narrows the list; an empty list lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct AlertFilter {
    /// Beginnings of words of title, rule, entity, product or id; all of them are due.
    pub text: String,
    pub severity: Vec<String>,
    pub workspace: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AlertListRequest {
    pub filter: AlertFilter,
    pub offset: u64,
    /// 1 to 500.
    pub limit: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LogAlert {
    /// Workspace and `SystemAlertId`.
    pub key: String,
    /// `SystemAlertId`.
    pub id: String,
    pub workspace: String,
    pub title: String,
    /// `high` `medium` `low` `informational`, or any other value that was seen.
    pub severity: String,
    pub status: Option<String>,
    pub product: Option<String>,
    /// Name of the analytics rule that raised it.
    pub rule: Option<String>,
    pub entity: Option<String>,
    pub tactics: Vec<String>,
    pub description: Option<String>,
    /// First activity, RFC 3339 UTC.
    pub first: Option<String>,
    pub last: Option<String>,
    /// When its newest row was written.
    pub written: String,
    /// Sentinel raised it, so that no other portal shows it.
    pub nowhere_else: bool,
}

/// How a workspace's log was read for them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AlertReading {
    pub workspace: String,
    /// RFC 3339 UTC; null = never.
    pub read_at: Option<String>,
    /// Why it was refused, or answered in part; what was read before still stands.
    pub trouble: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AlertPage {
    pub rows: Vec<LogAlert>,
    /// How many the filter lets through, of how many.
    pub total: u64,
    pub of: u64,
    pub severity: Vec<FacetValue>,
    pub workspace: Vec<FacetValue>,
    /// One for each workspace that was ever asked; none = never read.
    pub readings: Vec<AlertReading>,
    /// Whether somebody can be asked: false where only files are open.
    pub readable: bool,
}
