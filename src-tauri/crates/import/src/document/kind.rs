//! Which kind of object a piece of a document is: by its type, else by its shape.

use domain::tree::Tree;

/// The kinds that checks read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    AutomationRule,
    AnalyticsRule,
    Playbook,
    Incident,
}

impl Kind {
    /// The kind of `tree`; `full` is its whole type in lower case where a template tells more than the piece.
    pub fn of(tree: &Tree, full: Option<&str>) -> Option<Kind> {
        let own = tree.get("type").and_then(Tree::text).map(str::to_ascii_lowercase);
        let named = full.filter(|f| !f.is_empty()).map(str::to_owned).or(own);
        let by_type = named.as_deref().and_then(Kind::of_type);
        match by_type {
            // A mere mention, such as an answer that gives ids only, holds nothing to read.
            Some(kind) => (tree.has("properties") || Kind::of_shape(tree) == Some(kind)).then_some(kind),
            None => Kind::of_shape(tree),
        }
    }

    /// By the end of the type, without case: the provider is spelled in several ways, and classic metric alerts
    /// (`microsoft.insights/alertrules`) are something else.
    fn of_type(kind: &str) -> Option<Kind> {
        let ends = |end: &str| kind.ends_with(end) || kind == &end[1..];
        if ends("/automationrules") {
            Some(Kind::AutomationRule)
        } else if ends("/alertrules") && !kind.starts_with("microsoft.insights/") {
            Some(Kind::AnalyticsRule)
        } else if kind == "microsoft.logic/workflows" {
            Some(Kind::Playbook)
        } else if ends("/incidents") && kind.contains("securityinsights") {
            Some(Kind::Incident)
        } else {
            None
        }
    }

    fn of_shape(tree: &Tree) -> Option<Kind> {
        if translate::automation_rule::has_shape(tree) {
            Some(Kind::AutomationRule)
        } else if translate::playbook::has_shape(tree) {
            Some(Kind::Playbook)
        } else if translate::analytics_rule::has_shape(tree) {
            Some(Kind::AnalyticsRule)
        } else if translate::incident_facts::has_shape(tree) {
            Some(Kind::Incident)
        } else {
            None
        }
    }

    /// "1 automation rule", "3 playbooks".
    pub fn counted(self, count: usize) -> String {
        let noun = match self {
            Kind::AutomationRule => "automation rule",
            Kind::AnalyticsRule => "analytics rule",
            Kind::Playbook => "playbook",
            Kind::Incident => "incident",
        };
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {noun}{plural}")
    }
}
