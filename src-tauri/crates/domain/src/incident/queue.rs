//! The queue: one row per incident over both APIs, and the questions that can be asked of it.

use time::OffsetDateTime;

/// In which APIs an incident was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Twins: one incident in both.
    Both,
    /// Another provider's: it has no Defender side by design.
    SentinelOnly,
    /// Nothing proves a Defender side, and nothing is claimed.
    TwinNotProved,
    /// Should have a Defender side; Graph was read without finding it.
    TwinMissing,
    /// Should have a Defender side; Graph was not read yet.
    DefenderNotRead,
    DefenderOnly,
}

impl Presence {
    pub const ALL: [Presence; 6] = [
        Presence::Both,
        Presence::SentinelOnly,
        Presence::TwinNotProved,
        Presence::TwinMissing,
        Presence::DefenderNotRead,
        Presence::DefenderOnly,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::SentinelOnly => "sentinel_only",
            Self::TwinNotProved => "twin_not_proved",
            Self::TwinMissing => "twin_missing",
            Self::DefenderNotRead => "defender_not_read",
            Self::DefenderOnly => "defender_only",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|presence| presence.as_str() == text)
    }
}

/// Columns the queue can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    pub column: Column,
    pub descending: bool,
}

/// What narrows the queue. Empty lists and `None` do not narrow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Words, or an id of any kind.
    pub text: String,
    pub severity: Vec<String>,
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
    /// Sentinel's words; an empty one is what nobody classified.
    pub classification: Vec<String>,
    /// Names of products that raised its alerts, as Sentinel tells them.
    pub product: Vec<String>,
    /// Whether the two tellings name different owners.
    pub owner_differs: Option<bool>,
    pub updated_since: Option<OffsetDateTime>,
    /// Up to this instant and without it.
    pub updated_until: Option<OffsetDateTime>,
}

/// What the queue can be grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
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

/// One line of the queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// `s:` + workspace + `/` + GUID, or `g:` + Graph id.
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
    pub created: Option<OffsetDateTime>,
    pub updated: Option<OffsetDateTime>,
    pub presence: Presence,
    pub redirected: bool,
    pub target: Option<String>,
    pub unresolved: Option<String>,
    pub absorbed: u32,
}

/// Rows that match, and how many there are.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub rows: Vec<Row>,
    pub total: u64,
    pub of: u64,
    /// Rows whose text can't be searched yet.
    pub unindexed: u64,
    /// Incidents whose entities were read, so that their names are searched.
    pub with_entities: u64,
}

/// A value and how many rows have it.
pub type Count = (String, u64);

/// Counts per value, each facet without its own narrowing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facets {
    pub severity: Vec<Count>,
    pub status: Vec<Count>,
    pub workspace: Vec<Count>,
    pub presence: Vec<Count>,
    pub classification: Vec<Count>,
    pub product: Vec<Count>,
    /// The most frequent ones.
    pub tag: Vec<Count>,
    pub redirected: u64,
    pub owner_differs: u64,
    pub strip: Vec<Bucket>,
}

/// Changed incidents in a span of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Bucket {
    pub from: OffsetDateTime,
    pub count: u64,
    pub redirected: u64,
}
