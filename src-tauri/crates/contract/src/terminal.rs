//! What `xwalk --json` prints: stable shapes for schedulers and CI.

use serde::{Deserialize, Serialize};

use crate::incident::IncidentRow;
use crate::incident_part::IncidentParts;
use crate::readiness::{Coverage, Offence, Verdict};
use crate::redirect::{KnownBy, UnresolvedReason};

/// `xwalk sync`. APIs that were not asked for are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sync {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentinel: Option<SyncApi>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub graph: Option<SyncApi>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logs: Option<SyncApi>,
    pub elapsed_ms: u64,
    /// What could not be read, a sentence each.
    pub troubles: Vec<String>,
    /// What was read in another way than usual, a sentence each.
    pub notes: Vec<String>,
    /// What a long sync said beforehand that it would ask; what it did ask stands above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<SyncPlan>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SyncPlan {
    /// Single requests behind the sync, at most: where merged incidents went.
    pub singles: u64,
    /// The plan in words.
    pub sentence: String,
    pub requests: u64,
    pub rows: u64,
    /// By the budgets alone.
    pub seconds: f64,
    pub sentinel: Option<SyncPart>,
    pub graph: Option<SyncPart>,
    pub logs: Option<SyncPart>,
}

/// One API's part of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SyncPart {
    pub requests: u64,
    pub rows: u64,
    pub seconds: f64,
}

/// What the next sync would ask; null where only changes would be read, which nobody can count beforehand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Planned {
    pub plan: Option<SyncPlan>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SyncApi {
    /// Incidents in the store from this API; for the log, identities read.
    pub incidents: u64,
    /// Rows read in this run.
    pub read: u64,
    pub requests: u64,
    /// Bodies after decompression.
    pub bytes: u64,
    pub retries: u64,
}

/// `xwalk incident`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    pub row: IncidentRow,
    pub parts: IncidentParts,
}

/// One row of `xwalk redirects`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Redirect {
    pub source: RedirectEnd,
    pub target: Option<RedirectEnd>,
    pub hops: u32,
    pub known_by: KnownBy,
    pub unresolved_reason: Option<UnresolvedReason>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RedirectEnd {
    pub sentinel_id: Option<String>,
    pub graph_id: Option<String>,
    pub number: Option<i64>,
}

/// `xwalk readiness`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Readiness {
    /// `crosswalk.readiness/1`.
    pub schema: String,
    pub checks: Vec<ReadinessCheck>,
    pub files: Vec<ReadinessFile>,
    pub coverage: Coverage,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadinessCheck {
    pub id: String,
    pub title: String,
    pub verdict: Verdict,
    pub severity: crate::readiness::CheckSeverity,
    pub reason: String,
    pub objects: Vec<Offence>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadinessFile {
    pub file: String,
    pub read: bool,
    pub reason: String,
}

/// `xwalk connect`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Connected {
    pub name: String,
    pub demo: bool,
    pub stored: Vec<crate::account::Stored>,
}
