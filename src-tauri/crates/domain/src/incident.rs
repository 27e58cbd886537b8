//! An incident as each of Microsoft's APIs tells it, and how the two tellings are paired.
//!
//! Never here: joining by title or time, or by a number whose provider was not looked at.

use time::OffsetDateTime;

use crate::change::CLASSIFICATIONS;

pub mod part;
pub mod queue;

/// Which API told a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Api {
    /// Azure Resource Manager, `Microsoft.SecurityInsights`.
    Sentinel,
    /// Microsoft Graph, `/security/incidents`.
    Graph,
    /// Log Analytics, `SecurityIncident`.
    Logs,
}

impl Api {
    pub const ALL: [Api; 3] = [Api::Sentinel, Api::Graph, Api::Logs];

    pub fn as_str(self) -> &'static str {
        match self {
            Api::Sentinel => "sentinel",
            Api::Graph => "graph",
            Api::Logs => "logs",
        }
    }
}

/// Severity in the queue. Microsoft adds values; an unknown one is kept, never dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Severity {
    High,
    Medium,
    Low,
    Informational,
    Other(String),
}

impl Severity {
    /// Reads ARM's `High` and Graph's `high` alike.
    pub fn parse(text: &str) -> Self {
        match text.to_ascii_lowercase().as_str() {
            "high" => Self::High,
            "medium" => Self::Medium,
            "low" => Self::Low,
            "informational" => Self::Informational,
            _ => Self::Other(text.to_owned()),
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Informational => "informational",
            Self::Other(text) => text,
        }
    }

    /// Sort weight: 4 high … 1 informational, 0 unknown.
    pub fn rank(&self) -> u8 {
        match self {
            Self::High => 4,
            Self::Medium => 3,
            Self::Low => 2,
            Self::Informational => 1,
            Self::Other(_) => 0,
        }
    }
}

/// Status over both APIs. ARM knows New, Active, Closed; Graph active, inProgress, resolved, redirected, awaitingAction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    New,
    Active,
    InProgress,
    AwaitingAction,
    /// ARM `Closed`, Graph `resolved`.
    Closed,
    /// Merged into another incident.
    Redirected,
    Other(String),
}

impl Status {
    pub fn parse(text: &str) -> Self {
        match text.to_ascii_lowercase().as_str() {
            "new" => Self::New,
            "active" => Self::Active,
            "inprogress" => Self::InProgress,
            "awaitingaction" => Self::AwaitingAction,
            "closed" | "resolved" => Self::Closed,
            "redirected" => Self::Redirected,
            _ => Self::Other(text.to_owned()),
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::New => "new",
            Self::Active => "active",
            Self::InProgress => "in_progress",
            Self::AwaitingAction => "awaiting_action",
            Self::Closed => "closed",
            Self::Redirected => "redirected",
            Self::Other(text) => text,
        }
    }
}

/// What ARM says of an incident. Times are UTC; text is verbatim and hostile.
#[derive(Clone, Debug, PartialEq)]
pub struct SentinelIncident {
    /// Name of the workspace it lies in.
    pub workspace: String,
    /// The incident's GUID, ARM `name`.
    pub sentinel_id: String,
    /// The resource id as served.
    pub arm_id: String,
    pub etag: Option<String>,
    /// `incidentNumber`, unique within a workspace only.
    pub number: i64,
    pub title: String,
    pub description: Option<String>,
    pub severity: Severity,
    pub status: Status,
    pub classification: Option<String>,
    pub owner: Option<String>,
    pub labels: Vec<String>,
    pub created: Option<OffsetDateTime>,
    pub modified: Option<OffsetDateTime>,
    pub provider_name: Option<String>,
    pub provider_incident_id: Option<String>,
    pub provider_incident_url: Option<String>,
    pub incident_url: Option<String>,
    pub alerts: Option<i64>,
    pub tactics: Vec<String>,
    pub products: Vec<String>,
}

/// What Graph says of an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphIncident {
    /// Numeric string, unique in the tenant.
    pub graph_id: String,
    pub title: String,
    pub description: Option<String>,
    pub severity: Severity,
    pub status: Status,
    pub classification: Option<String>,
    pub determination: Option<String>,
    pub owner: Option<String>,
    pub tags: Vec<String>,
    pub created: Option<OffsetDateTime>,
    pub modified: Option<OffsetDateTime>,
    pub modified_by: Option<String>,
    pub url: Option<String>,
    /// The next hop; only on a redirected incident.
    pub redirect_incident_id: Option<String>,
    /// Known only where the alerts were asked for.
    pub alerts: Option<i64>,
}

/// One reading that says which Graph incident an ARM incident was before any merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub sentinel_id: String,
    pub graph_id: String,
}

/// How an ARM incident stands to Graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Provider {
    /// A twin: the Graph incident of this id is the same incident.
    Twin(String),
    /// Named Microsoft XDR but without a Defender address: made by API it looks alike, so nothing is claimed.
    TwinNotProved(String),
    /// Merged: the id names the target (as posted from the field), or still its own.
    Source(Option<String>),
    /// Another provider's: the id is Sentinel's own number.
    Foreign,
}

/// The provider names under which Defender writes into Sentinel; the second is the older one.
/// <https://learn.microsoft.com/azure/sentinel/move-to-defender>
pub const DEFENDER_PROVIDERS: [&str; 2] = ["Microsoft XDR", "Microsoft 365 Defender"];

/// A classification in Sentinel's word, whichever API told it. Graph's `unknown` is none: an incident has it until
/// somebody decides.
pub fn classification(told: &str) -> Option<&str> {
    if told.is_empty() || told.eq_ignore_ascii_case("unknown") {
        return None;
    }
    let known = CLASSIFICATIONS
        .iter()
        .find(|(arm, graph)| told.eq_ignore_ascii_case(arm) || told.eq_ignore_ascii_case(graph));
    Some(known.map_or(told, |(arm, _)| arm))
}

/// Whether two tellings name different owners; nobody is an owner like another, and case says nothing.
pub fn owners_differ(sentinel: Option<&str>, graph: Option<&str>) -> bool {
    !sentinel.unwrap_or_default().eq_ignore_ascii_case(graph.unwrap_or_default())
}

/// Whether `name` is one of Defender's provider names.
pub fn is_defender(name: Option<&str>) -> bool {
    name.is_some_and(|name| DEFENDER_PROVIDERS.iter().any(|known| known.eq_ignore_ascii_case(name)))
}

impl SentinelIncident {
    /// Closed and labelled `Redirected`, in any spelling.
    /// <https://learn.microsoft.com/defender-xdr/alerts-incidents-correlation>
    pub fn is_redirected(&self) -> bool {
        self.status == Status::Closed
            && self.labels.iter().any(|label| label.eq_ignore_ascii_case("redirected"))
    }

    /// Reads the provider fields; the id alone is never enough.
    pub fn provider(&self) -> Provider {
        let ours = is_defender(self.provider_name.as_deref());
        let id = self.provider_incident_id.clone().filter(|id| !id.is_empty());
        match (self.is_redirected(), ours, id) {
            (true, true, id) => Provider::Source(id),
            (true, false, _) => Provider::Source(None),
            (false, true, Some(id)) if self.provider_incident_url.is_some() => Provider::Twin(id),
            (false, true, Some(id)) => Provider::TwinNotProved(id),
            (false, _, _) => Provider::Foreign,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incident(provider: &str, id: &str, url: Option<&str>) -> SentinelIncident {
        SentinelIncident {
            workspace: "soc".into(),
            sentinel_id: "a".into(),
            arm_id: "/a".into(),
            etag: None,
            number: 7,
            title: "t".into(),
            description: None,
            severity: Severity::High,
            status: Status::Active,
            classification: None,
            owner: None,
            labels: vec![],
            created: None,
            modified: None,
            provider_name: Some(provider.into()),
            provider_incident_id: Some(id.into()),
            provider_incident_url: url.map(Into::into),
            incident_url: None,
            alerts: None,
            tactics: vec![],
            products: vec![],
        }
    }

    #[test]
    fn a_number_of_another_provider_is_no_twin() {
        assert_eq!(incident("Azure Sentinel", "7", Some("https://x")).provider(), Provider::Foreign);
    }

    #[test]
    fn a_twin_needs_an_address() {
        assert_eq!(incident("Microsoft XDR", "7", None).provider(), Provider::TwinNotProved("7".into()));
        assert_eq!(incident("microsoft 365 defender", "7", Some("u")).provider(), Provider::Twin("7".into()));
    }

    #[test]
    fn a_merged_incident_names_its_target_only_under_defenders_name() {
        let mut source = incident("Microsoft XDR", "9", Some("u"));
        source.status = Status::Closed;
        source.labels = vec!["rEDIRECTED".into()];
        assert_eq!(source.provider(), Provider::Source(Some("9".into())));
        source.provider_name = Some("Azure Sentinel".into());
        assert_eq!(source.provider(), Provider::Source(None));
        source.labels.clear();
        assert_eq!(source.provider(), Provider::Foreign);
    }

    #[test]
    fn both_apis_classify_in_one_word() {
        assert_eq!(classification("informationalExpectedActivity"), Some("BenignPositive"));
        assert_eq!(classification("truepositive"), Some("TruePositive"));
        assert_eq!(classification("Undetermined"), Some("Undetermined"));
        assert_eq!([classification("unknown"), classification("")], [None, None]);
        assert_eq!(classification("Parked"), Some("Parked"));
    }

    #[test]
    fn an_owner_on_one_side_alone_differs() {
        assert!(owners_differ(Some("lena"), None) && owners_differ(Some("lena"), Some("ravi")));
        assert!(!owners_differ(Some("Lena"), Some("lena")) && !owners_differ(None, Some("")));
    }

    #[test]
    fn unknown_values_are_kept() {
        assert_eq!(Status::parse("parked").as_str(), "parked");
        assert_eq!(Severity::parse("Dire").as_str(), "Dire");
    }
}
