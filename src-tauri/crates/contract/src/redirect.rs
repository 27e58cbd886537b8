//! Chains: where merged incidents went, and the proof of each hop.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KnownBy {
    Graph,
    Arm,
    Both,
    Disagree,
    Earlier,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UnresolvedReason {
    Cycle,
    TargetNotVisible,
    OtherWorkspace,
    ChainTooLong,
    /// Named, and its Defender side not read yet: a large tenant's is read behind the sync.
    TargetNotRead,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TargetRef {
    pub sentinel_id: Option<String>,
    pub graph_id: String,
    pub number: Option<i64>,
    pub workspace: Option<String>,
    pub title: Option<String>,
    pub severity: Option<String>,
    pub alerts: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RedirectRow {
    /// The source's row key in the queue: `s:` + workspace + `/` + GUID, or `g:` + Graph id.
    pub key: String,
    pub sentinel_id: Option<String>,
    pub graph_id: Option<String>,
    pub number: Option<i64>,
    pub workspace: Option<String>,
    pub title: Option<String>,
    pub severity: Option<String>,
    /// When the source was last changed: about the time of its merge. RFC 3339 UTC.
    pub merged: Option<String>,
    pub target: Option<TargetRef>,
    /// Without a target: the last id that was named.
    pub named: Option<String>,
    pub unresolved_reason: Option<UnresolvedReason>,
    /// The reason in words, with the id that could not be followed.
    pub reason: Option<String>,
    pub hops: u32,
    pub known_by: KnownBy,
    /// Depth below the target in the tree: 1 = merged straight into it.
    pub depth: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RedirectGroup {
    pub target: TargetRef,
    /// In tree order: each row follows the row it was merged into.
    pub rows: Vec<RedirectRow>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RedirectList {
    pub unresolved: Vec<RedirectRow>,
    pub groups: Vec<RedirectGroup>,
    pub sources: u64,
    pub resolved: u64,
    /// Sources per way of knowing, most first.
    pub known_by: Vec<(KnownBy, u64)>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RedirectKey {
    pub key: String,
}

/// One line of a shown document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct EvidenceLine {
    /// Line in the whole document, from 1.
    pub number: u32,
    pub text: String,
    /// What the claim rests on.
    pub hit: bool,
}

/// A piece of an answer, a stored row or a file that a claim rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Evidence {
    /// `sentinel`, `graph`, `logs` or `file`.
    pub source: String,
    /// `GET /v1.0/security/incidents/21836`, or the file's path.
    pub request: String,
    /// RFC 3339 UTC; null for a file.
    pub read_at: Option<String>,
    /// JSON path of the hit.
    pub path: Option<String>,
    pub lines: Vec<EvidenceLine>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RedirectProof {
    pub row: RedirectRow,
    /// What the evidence adds up to, in words.
    pub statement: String,
    pub evidence: Vec<Evidence>,
    /// Graph ids from the source to the end, as followed.
    pub path: Vec<String>,
}
