//! The log of what left this machine.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RequestListRequest {
    pub offset: u64,
    /// 1 to 500.
    pub limit: u32,
    /// Part of host or path; empty = all.
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RequestRow {
    /// RFC 3339 UTC with milliseconds.
    pub at: String,
    /// `GET`, `POST`, … or `SMTP`.
    pub verb: String,
    pub host: String,
    /// Path and query; secrets masked.
    pub path: String,
    /// Why it was sent: `sign-in`, `incidents`, `mail test`, …
    pub purpose: String,
    /// HTTP status; null when nothing answered.
    pub status: Option<u16>,
    pub bytes: u64,
    pub took_ms: u64,
    /// Why it was not sent, or failed without an answer.
    pub refused: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RequestPage {
    pub rows: Vec<RequestRow>,
    pub total: u64,
    /// Requests and bytes per host, most first.
    pub hosts: Vec<RequestHost>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RequestHost {
    pub host: String,
    pub requests: u64,
    pub bytes: u64,
}
