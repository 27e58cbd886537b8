//! Checks: what will break in the move, with the place and the raw value.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::redirect::Evidence;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Pass,
    Fail,
    Review,
    CouldNotRun,
    NotApplicable,
    Waived,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CheckSeverity {
    Critical,
    High,
    Medium,
    Low,
    Info,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Offence {
    pub kind: String,
    /// ARM resource id as served, or the Graph id; null where a file gives none.
    pub id: Option<String>,
    pub name: String,
    pub file: Option<String>,
    /// JSON path.
    pub path: Option<String>,
    /// Raw value at that path.
    pub value: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CheckRow {
    pub id: String,
    pub title: String,
    /// `Automation rules`, `Analytics rules`, `Playbooks`, `Incidents`.
    pub area: String,
    pub verdict: Verdict,
    pub severity: CheckSeverity,
    pub reason: String,
    /// Offending objects.
    pub objects: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FileRow {
    pub file: String,
    pub read: bool,
    pub reason: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Coverage {
    pub ran: u32,
    pub could_not_run: u32,
    pub total: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ReadinessList {
    /// When the checks ran, RFC 3339 UTC; null = not yet.
    pub run_at: Option<String>,
    pub checks: Vec<CheckRow>,
    pub coverage: Coverage,
    pub files: Vec<FileRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CheckKey {
    pub id: String,
}

/// The text of a check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CheckText {
    /// Plain paragraphs.
    pub why: String,
    pub changes: String,
    pub fix: String,
    /// Microsoft's pages: title or address, and date. Two where two pages disagree.
    pub pages: Vec<CheckPage>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CheckPage {
    pub address: String,
    pub date: Option<String>,
    /// What this page says, where pages disagree.
    pub says: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CheckDetail {
    pub row: CheckRow,
    pub text: CheckText,
    pub objects: Vec<Offence>,
}

/// One offence of one check, to show where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct OffenceKey {
    pub check: String,
    /// Position in the check's list, from 0.
    pub index: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct OffenceEvidence {
    pub evidence: Option<Evidence>,
}
