//! The queue: one row per incident, twins as one, merged sources dimmed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::change::IncidentCan;

/// In which APIs an incident was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Twins: one incident in both.
    Both,
    /// Sentinel's own number, another provider: it has no Defender side by design.
    SentinelOnly,
    /// Named Microsoft XDR without a Defender address: nothing is claimed.
    TwinNotProved,
    /// Should have a Defender side, and Graph was read without finding it.
    TwinMissing,
    /// Should have a Defender side, and Graph was not read yet.
    DefenderNotRead,
    DefenderOnly,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SortColumn {
    Severity,
    Title,
    Status,
    Owner,
    Number,
    Workspace,
    Created,
    Updated,
    Alerts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sort {
    pub column: SortColumn,
    pub descending: bool,
}

/// Empty lists and nulls do not narrow.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct IncidentFilter {
    /// Words of title, description, tags or owner; or a Defender id, Sentinel number, GUID or portal address.
    pub text: String,
    /// `high` `medium` `low` `informational`, or any other value that was seen.
    pub severity: Vec<String>,
    /// `new` `active` `in_progress` `awaiting_action` `closed` `redirected`, or any other value that was seen.
    pub status: Vec<String>,
    pub workspace: Vec<String>,
    pub presence: Vec<Presence>,
    pub redirected: Option<bool>,
    /// Owners, whatever their case; an empty one is nobody.
    pub owner: Vec<String>,
    /// Graph ids of incidents that hold the alerts of merged ones.
    pub target: Vec<String>,
    /// Tags, whatever their case.
    pub tag: Vec<String>,
    /// `TruePositive` `BenignPositive` `FalsePositive` `Undetermined`, or any other value that was seen; an empty one is
    /// what nobody classified.
    pub classification: Vec<String>,
    /// Products that raised its alerts, as Sentinel names them.
    pub product: Vec<String>,
    /// Whether Sentinel and Defender name different owners of one incident.
    pub owner_differs: Option<bool>,
    /// Only incidents changed in the last n hours of the session's clock.
    pub updated_hours: Option<u32>,
    /// Only incidents last changed on this day, UTC: `2026-11-24`.
    pub updated_day: Option<String>,
}

/// What the queue can be grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IncidentGroup {
    Severity,
    Status,
    Owner,
    Workspace,
    Presence,
    /// The incident that holds the alerts now.
    Target,
    /// UTC day of the last update.
    Day,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentGroupsRequest {
    pub filter: IncidentFilter,
    pub group: IncidentGroup,
}

/// Values and their counts in the order they are shown: what is most severe, latest or largest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentGroups {
    /// At most 1,000. An empty value is what has none.
    pub groups: Vec<FacetValue>,
    /// Groups there are.
    pub total: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentListRequest {
    pub filter: IncidentFilter,
    pub sort: Sort,
    pub offset: u64,
    /// 1 to 500.
    pub limit: u32,
}

/// A stretch of the view by keys alone: what a range or *all* of it ticks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentKeysRequest {
    pub filter: IncidentFilter,
    pub sort: Sort,
    pub first: u64,
    /// 1 to 10,000.
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentKeys {
    pub keys: Vec<String>,
    /// Rows that match the filter.
    pub total: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentRow {
    /// Stable and opaque: `s:` + workspace + `/` + GUID, or `g:` + Graph id.
    pub key: String,
    pub sentinel_id: Option<String>,
    pub graph_id: Option<String>,
    pub number: Option<i64>,
    pub workspace: Option<String>,
    pub title: String,
    pub severity: String,
    pub status: String,
    pub owner: Option<String>,
    pub alerts: Option<i64>,
    pub tags: Vec<String>,
    /// RFC 3339 UTC.
    pub created: Option<String>,
    pub updated: Option<String>,
    pub presence: Presence,
    pub redirected: bool,
    /// Graph id of the incident that holds the alerts now.
    pub target: Option<String>,
    /// Why a redirected row has no target.
    pub unresolved_reason: Option<String>,
    /// Merged sources whose alerts this incident holds.
    pub absorbed: u32,
    pub can: IncidentCan,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentPage {
    pub rows: Vec<IncidentRow>,
    /// Rows that match the filter.
    pub total: u64,
    /// Rows in the store.
    pub of: u64,
    /// Rows whose text is not searchable yet.
    pub unindexed: u64,
    /// Incidents whose entities were read, so that their names are searched.
    pub with_entities: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FacetValue {
    pub value: String,
    pub count: u64,
}

/// Counts beside the values of each filter, each facet without its own narrowing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentFacets {
    pub severity: Vec<FacetValue>,
    pub status: Vec<FacetValue>,
    pub workspace: Vec<FacetValue>,
    pub presence: Vec<FacetValue>,
    pub classification: Vec<FacetValue>,
    pub product: Vec<FacetValue>,
    /// The most frequent ones.
    pub tag: Vec<FacetValue>,
    pub redirected: u64,
    pub owner_differs: u64,
    /// Changed incidents per bucket, oldest first.
    pub strip: Vec<StripBucket>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct StripBucket {
    /// Start of the bucket, RFC 3339 UTC.
    pub from: String,
    pub count: u64,
    pub redirected: u64,
}

/// An incident by its row key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentKey {
    pub key: String,
}

/// How the two tellings of one field stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    Same,
    /// Differs as Microsoft documents.
    Documented,
    Differs,
    /// Only one API has the field, or only one side was read.
    OneSided,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CompareRow {
    pub field: String,
    pub sentinel: Option<String>,
    pub graph: Option<String>,
    pub relation: Relation,
    /// Why they differ, or why one side is empty.
    pub reason: Option<String>,
}

/// One side of an incident, verbatim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentSide {
    /// When it was read, RFC 3339 UTC.
    pub read_at: String,
    /// The request that read it, without host.
    pub request: String,
    /// JSON as served, pretty-printed.
    pub raw: String,
    pub description: Option<String>,
    /// Address in the side's portal: text to copy.
    pub portal: Option<String>,
}

/// Sentinel's last listing that read everything of the incident's workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentListed {
    /// RFC 3339 UTC.
    pub at: String,
    /// Whether the incident was in it.
    pub held: bool,
}

/// A portal of Microsoft's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Portal {
    Defender,
    Azure,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct IncidentDetail {
    pub row: IncidentRow,
    pub sentinel: Option<IncidentSide>,
    pub graph: Option<IncidentSide>,
    pub compare: Vec<CompareRow>,
    /// Null where Sentinel never told it, or a listing failed since the last whole one.
    pub listed: Option<IncidentListed>,
    /// Portals in which it has a page that `link_open` leads to.
    pub portals: Vec<Portal>,
}
