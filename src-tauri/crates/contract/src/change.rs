//! Changing incidents: what is wanted, what would be sent, what became of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::incident::FacetValue;

/// Which API writes an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeApi {
    Sentinel,
    Graph,
}

/// What may be done to an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentCan {
    /// The API that would be written; null = it can't be changed.
    pub change: Option<ChangeApi>,
    /// Why it can't be changed, a sentence.
    pub why_not: Option<String>,
}

/// What is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ChangeWish {
    /// `new` `active` `in_progress` `awaiting_action` `closed`.
    pub status: Option<String>,
    /// User principal name, or for Sentinel an object id; empty = nobody.
    pub owner: Option<String>,
    /// `high` `medium` `low` `informational`.
    pub severity: Option<String>,
    /// `Undetermined` `TruePositive` `BenignPositive` `FalsePositive`.
    pub classification: Option<String>,
    /// Graph's own word, such as `phishing`; written to Defender alone.
    pub determination: Option<String>,
    /// `SuspiciousActivity` `SuspiciousButExpected` `IncorrectAlertLogic` `InaccurateData`; written to Sentinel alone.
    pub reason: Option<String>,
    pub comment: Option<String>,
    pub add_tags: Vec<String>,
    pub remove_tags: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangeRequest {
    /// Row keys, 1 to 500.
    pub keys: Vec<String>,
    pub wish: ChangeWish,
}

/// What an API said of an incident, in its own words. It goes back with [`ChangeApply`] as it came.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangeSeen {
    pub status: String,
    pub owner: Option<String>,
    pub severity: String,
    pub classification: Option<String>,
    pub determination: Option<String>,
    pub tags: Vec<String>,
    /// ARM's etag, Graph's `lastUpdateDateTime`.
    pub version: Option<String>,
}

/// One member of a body; an empty list = nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangeField {
    /// As the body spells it: `properties.status`.
    pub member: String,
    pub before: Vec<String>,
    pub after: Vec<String>,
}

/// One request that would be made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangeCall {
    pub verb: String,
    /// Without host.
    pub path: String,
    pub fields: Vec<ChangeField>,
    pub comment: Option<String>,
    /// What keeps it from overwriting somebody else's change, and what remains.
    pub guard: String,
    pub can_undo: bool,
}

/// What would be done to one incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangePlan {
    pub key: String,
    pub title: String,
    pub number: Option<i64>,
    pub graph_id: Option<String>,
    pub api: Option<ChangeApi>,
    pub seen: Option<ChangeSeen>,
    /// Empty where all is so already.
    pub calls: Vec<ChangeCall>,
    /// What is written otherwise than it was asked.
    pub notes: Vec<String>,
    /// Why nothing would be sent.
    pub refusal: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangePreview {
    /// What the chip shows.
    pub tenant: String,
    /// What has to be typed before anything is sent; null where the tenant is no production.
    pub confirm: Option<String>,
    pub plans: Vec<ChangePlan>,
    /// Requests that would change something.
    pub calls: u32,
}

/// An incident, with what was on screen when the change was decided on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangeItem {
    pub key: String,
    pub seen: ChangeSeen,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangeApply {
    pub items: Vec<ChangeItem>,
    pub wish: ChangeWish,
    /// Name of a production tenant, typed by hand.
    pub typed: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangeUndo {
    pub id: i64,
    /// Name of a production tenant, typed by hand.
    pub typed: Option<String>,
}

/// How a change ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeOutcome {
    UnderWay,
    Done,
    /// Nothing was written, or not all of it; `said` tells which.
    Failed,
    /// Somebody else changed it since it was seen; nothing was written.
    Conflict,
    /// It may have been written; whoever reads the incident next, or a sync, settles it.
    Unknown,
}

/// One member in three tellings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangeClash {
    pub member: String,
    pub before: Vec<String>,
    /// Null = it was to stay as it was.
    pub yours: Option<Vec<String>>,
    pub theirs: Vec<String>,
}

/// One request that wrote, or tried to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChangeSent {
    pub verb: String,
    /// Without host.
    pub path: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangeRow {
    pub id: i64,
    /// Those that were applied together.
    pub batch: i64,
    /// RFC 3339 UTC.
    pub at: String,
    /// Row key of the incident.
    pub key: String,
    pub title: String,
    pub api: Option<ChangeApi>,
    pub fields: Vec<ChangeField>,
    pub comment: Option<String>,
    /// Who was signed in, or the application's id; null where it is not known.
    pub by: Option<String>,
    /// What an application's account was called.
    pub by_name: Option<String>,
    /// The requests that were sent, or are about to be, in their order; empty where nothing was.
    pub sent: Vec<ChangeSent>,
    pub outcome: ChangeOutcome,
    pub said: String,
    pub clashes: Vec<ChangeClash>,
    /// The change that this one takes back.
    pub undoes: Option<i64>,
    /// Why it can't be taken back; null = it can be tried.
    pub no_undo: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangeListRequest {
    /// Row key of one incident; null = all.
    pub key: Option<String>,
    /// None = every outcome.
    #[serde(default)]
    pub outcome: Vec<ChangeOutcome>,
    /// In the title, or the number or id of the incident, or who made it; empty = all.
    #[serde(default)]
    pub text: String,
    pub offset: u64,
    /// 1 to 500.
    pub limit: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangePage {
    /// Newest first.
    pub rows: Vec<ChangeRow>,
    /// How many the filter lets through, of how many.
    pub total: u64,
    pub of: u64,
    /// Counts beside each outcome that there is, without its own narrowing.
    pub outcomes: Vec<FacetValue>,
    /// What has to be typed before one is taken back; null where the tenant is no production.
    pub confirm: Option<String>,
}
