//! An analytics rule: what makes alerts and, from them, incidents.
//!
//! Only what the checks read. Shapes follow `Microsoft.SecurityInsights/alertRules`; an unknown `kind` is kept as its
//! word. Never here: the query, which no check of today reads.

use crate::tree::{Field, Setting, Source};

/// One rule, as the tenant serves it or a file holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct AnalyticsRule {
    /// ARM resource id as served; None where a file gives none.
    pub id: Option<String>,
    /// Display name; the resource name, or the unresolved text, where there is none.
    pub name: String,
    /// ARM `name`, its last part: what automation rules refer to.
    pub resource_name: Setting<String>,
    pub source: Source,
    /// Scheduled, NRT, Fusion, MicrosoftSecurityIncidentCreation, …
    pub kind: Field<String>,
    pub enabled: Field<bool>,
    pub description: Field<String>,
    /// Of a Microsoft incident-creation rule.
    pub product_filter: Field<String>,
    /// Of a Microsoft incident-creation rule: those filters that hold anything.
    pub filters: Vec<Field<Vec<String>>>,
    /// `incidentConfiguration.createIncident`; absent means true.
    pub creates_incident: Field<bool>,
    /// `incidentConfiguration.groupingConfiguration.enabled`.
    pub grouping: Field<bool>,
    /// `incidentConfiguration.groupingConfiguration.reopenClosedIncident`.
    pub reopens: Field<bool>,
    /// `alertDetailsOverride.alertDisplayNameFormat`.
    pub title_format: Field<String>,
}

impl Default for AnalyticsRule {
    fn default() -> Self {
        AnalyticsRule {
            id: None,
            name: String::new(),
            resource_name: Setting::Absent,
            source: Source::default(),
            kind: Field::default(),
            enabled: Field::default(),
            description: Field::default(),
            product_filter: Field::default(),
            filters: Vec::new(),
            creates_incident: Field::default(),
            grouping: Field::default(),
            reopens: Field::default(),
            title_format: Field::default(),
        }
    }
}

impl AnalyticsRule {
    /// Whether it runs, as far as anyone can tell: an unreadable or missing switch counts as on.
    pub fn counts(&self) -> bool {
        self.enabled.is.unless_false()
    }

    pub fn is_kind(&self, kind: &str) -> bool {
        self.kind.is.is(kind)
    }

    /// Scheduled or near real time: the kinds whose query and incident settings the customer owns.
    pub fn is_query_rule(&self) -> bool {
        self.is_kind("Scheduled") || self.is_kind("NRT")
    }
}
