//! The queue as a file: exactly what the screen shows.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::incident::{IncidentFilter, Sort};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    Csv,
    Xlsx,
    Json,
    Html,
}

/// What does not leave with the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Redaction {
    None,
    /// Owners, and sign-in names and mail addresses in any text: `user-1`, the same in the whole file.
    Users,
    /// Those, and titles, ids, tags, workspaces, the tenant's name and what was searched for.
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IncidentColumn {
    Severity,
    Title,
    /// For a merged incident also where it went.
    Status,
    /// In which APIs it was seen.
    In,
    Owner,
    Alerts,
    Tags,
    Workspace,
    Created,
    Updated,
    /// Sentinel's number.
    Number,
    DefenderId,
    SentinelId,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentExport {
    pub filter: IncidentFilter,
    pub sort: Sort,
    /// In this order; none = all of them.
    pub columns: Vec<IncidentColumn>,
    pub format: ExportFormat,
    pub redaction: Redaction,
    /// Where the file goes: an absolute path that ends as the format does. Null: it is kept in a private folder and
    /// read by `export_part`, for a browser that saves it itself.
    pub path: Option<String>,
}

/// A stretch of the file that an export without a path wrote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ExportPartRequest {
    /// The job that wrote it.
    pub job: u32,
    pub offset: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ExportPart {
    /// A plain name for the file.
    pub name: String,
    /// Up to a megabyte.
    pub base64: String,
    /// Where the next stretch begins; null after the last one.
    pub next: Option<u64>,
}
