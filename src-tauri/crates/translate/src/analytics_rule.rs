//! Analytics rules: `Microsoft.SecurityInsights/alertRules`, as served or as a file holds them.

use domain::analytics_rule::AnalyticsRule;
use domain::tree::{Field, Tree};

use crate::node::Node;

/// A rule from a tenant's answer.
pub fn from_answer(tree: &Tree) -> AnalyticsRule {
    read(&Node::answer(tree))
}

/// The kinds that are analytics rules whatever else a file leaves out.
const KINDS: [&str; 6] = [
    "Scheduled",
    "NRT",
    "Fusion",
    "MicrosoftSecurityIncidentCreation",
    "MLBehaviorAnalytics",
    "ThreatIntelligence",
];

/// Whether this is a rule by its kind and properties, without a type. Connectors share the word `ThreatIntelligence`
/// and playbook templates the word `kind`, so a rule must also say whether it is enabled, or make alerts.
pub fn has_shape(tree: &Tree) -> bool {
    let properties = tree.get("properties");
    let kind = tree.get("kind").or_else(|| properties.and_then(|p| p.get("kind"))).and_then(Tree::text);
    let known = kind.is_some_and(|kind| KINDS.iter().any(|k| k.eq_ignore_ascii_case(kind)));
    known
        && properties.is_some_and(|p| {
            p.has("enabled") || p.has("query") || p.has("alertRuleTemplateName") || p.has("productFilter")
        })
}

/// A rule at a place. Never fails: what can't be read is unknown.
pub fn read(node: &Node<'_>) -> AnalyticsRule {
    let inner = node.get("properties");
    let incidents = inner.get("incidentConfiguration");
    let grouping = incidents.get("groupingConfiguration");
    AnalyticsRule {
        id: node.get("id").id(),
        name: name(node, &inner),
        resource_name: node.get("name").last_segment(),
        source: node.source(),
        kind: kind(node, &inner),
        enabled: inner.get("enabled").field(Node::boolean),
        description: inner.get("description").field(Node::text),
        product_filter: inner.get("productFilter").field(Node::text),
        filters: filters(&inner),
        creates_incident: incidents.get("createIncident").field(Node::boolean),
        grouping: grouping.get("enabled").field(Node::boolean),
        reopens: grouping.get("reopenClosedIncident").field(Node::boolean),
        title_format: inner.at(&["alertDetailsOverride", "alertDisplayNameFormat"]).field(Node::text),
    }
}

fn kind(node: &Node<'_>, inner: &Node<'_>) -> Field<String> {
    let own = node.get("kind");
    if own.is_there() { own.field(Node::text) } else { inner.get("kind").field(Node::text) }
}

fn filters(inner: &Node<'_>) -> Vec<Field<Vec<String>>> {
    ["severitiesFilter", "displayNamesFilter", "displayNamesExcludeFilter"]
        .iter()
        .map(|key| inner.get(key))
        .filter(|node| node.tree().is_some_and(|t| t.list() != Some(&[])))
        .map(|node| node.field(|n| n.list(|item| item.shown().unwrap_or_default())))
        .collect()
}

fn name(node: &Node<'_>, inner: &Node<'_>) -> String {
    inner
        .get("displayName")
        .shown()
        .or_else(|| node.get("name").last_segment().known().cloned())
        .or_else(|| node.get("name").shown())
        .unwrap_or_else(|| "analytics rule without a name".to_owned())
}
