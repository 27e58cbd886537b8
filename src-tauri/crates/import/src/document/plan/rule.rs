//! azurerm's attributes of Sentinel rules, in ARM's form.

use domain::tree::Tree;

use super::parsed;

/// `azurerm_sentinel_automation_rule`: `condition_json` holds ARM's own list; an action is a block of its kind.
pub(super) fn automation(values: &Tree) -> Tree {
    let conditions = match values.get("condition_json") {
        Some(Tree::Text(text)) => parsed(text),
        _ => legacy_conditions(values),
    };
    let logic = map([
        ("isEnabled", get(values, "enabled")),
        ("expirationTimeUtc", get(values, "expiration")),
        ("triggersOn", get(values, "triggers_on")),
        ("triggersWhen", get(values, "triggers_when")),
        ("conditions", conditions),
    ]);
    map([
        ("name", get(values, "name")),
        (
            "properties",
            map([
                ("displayName", get(values, "display_name")),
                ("order", get(values, "order")),
                ("triggeringLogic", logic),
                ("actions", actions(values)),
            ]),
        ),
    ])
}

/// Blocks `condition { property, operator, values }` of older versions.
fn legacy_conditions(values: &Tree) -> Tree {
    let one = |block: &Tree| {
        map([
            ("conditionType", Tree::Text("Property".into())),
            (
                "conditionProperties",
                map([
                    ("propertyName", get(block, "property")),
                    ("operator", get(block, "operator")),
                    ("propertyValues", get(block, "values")),
                ]),
            ),
        ])
    };
    Tree::List(blocks(values, "condition").iter().map(one).collect())
}

fn actions(values: &Tree) -> Tree {
    let changes = blocks(values, "action_incident").iter().map(incident_action);
    let runs = blocks(values, "action_playbook").iter().map(playbook_action);
    let tasks =
        blocks(values, "action_incident_task").iter().map(|block| action(block, "AddIncidentTask", map([])));
    Tree::List(changes.chain(runs).chain(tasks).collect())
}

/// `classification` joins ARM's classification and reason: `BenignPositive_SuspiciousButExpected`.
fn incident_action(block: &Tree) -> Tree {
    let class = match block.get("classification").and_then(Tree::text) {
        Some("") | None => Tree::Null,
        Some(both) => Tree::Text(both.split('_').next().unwrap_or(both).to_owned()),
    };
    let configuration = map([
        ("status", filled(block, "status")),
        ("severity", filled(block, "severity")),
        ("classification", class),
        ("owner", map([("objectId", filled(block, "owner_id"))])),
    ]);
    action(block, "ModifyProperties", configuration)
}

fn playbook_action(block: &Tree) -> Tree {
    let configuration = map([("logicAppResourceId", filled(block, "logic_app_id"))]);
    action(block, "RunPlaybook", configuration)
}

fn action(block: &Tree, kind: &str, configuration: Tree) -> Tree {
    map([
        ("order", get(block, "order")),
        ("actionType", Tree::Text(kind.to_owned())),
        ("actionConfiguration", configuration),
    ])
}

/// The alert rule resources of azurerm.
pub(super) fn analytics(values: &Tree, kind: &str) -> Tree {
    let incident = first(values, &["incident", "incident_configuration"]);
    let grouping = incident.map(|i| first(i, &["grouping"]).unwrap_or(&Tree::Null));
    let details = first(values, &["alert_details_override"]).unwrap_or(&Tree::Null);
    map([
        ("name", get(values, "name")),
        ("kind", Tree::Text(kind.to_owned())),
        (
            "properties",
            map([
                ("displayName", get(values, "display_name")),
                ("description", get(values, "description")),
                ("enabled", get(values, "enabled")),
                ("productFilter", get(values, "product_filter")),
                ("severitiesFilter", get(values, "severity_filter")),
                ("displayNamesFilter", get(values, "display_name_filter")),
                ("displayNamesExcludeFilter", get(values, "display_name_exclude_filter")),
                (
                    "incidentConfiguration",
                    map([
                        ("createIncident", incident.map_or(Tree::Null, created)),
                        ("groupingConfiguration", grouping.map_or(Tree::Null, grouped)),
                    ]),
                ),
                (
                    "alertDetailsOverride",
                    map([("alertDisplayNameFormat", filled(details, "display_name_format"))]),
                ),
            ]),
        ),
    ])
}

/// Renamed between major versions of the provider.
fn created(incident: &Tree) -> Tree {
    either(incident, "create_incident_enabled", "create_incident")
}

fn grouped(grouping: &Tree) -> Tree {
    map([
        ("enabled", get(grouping, "enabled")),
        ("reopenClosedIncident", either(grouping, "reopen_closed_incidents", "reopen_closed_incident")),
    ])
}

fn either(tree: &Tree, first: &str, second: &str) -> Tree {
    if tree.has(first) { get(tree, first) } else { get(tree, second) }
}

fn first<'a>(values: &'a Tree, names: &[&str]) -> Option<&'a Tree> {
    names.iter().find_map(|name| blocks(values, name).first())
}

/// A block is a list in a plan, even when there may be only one.
fn blocks<'a>(values: &'a Tree, name: &str) -> &'a [Tree] {
    values.get(name).and_then(Tree::list).unwrap_or(&[])
}

fn get(values: &Tree, name: &str) -> Tree {
    values.get(name).cloned().unwrap_or(Tree::Null)
}

/// Terraform writes unset texts as "".
fn filled(values: &Tree, name: &str) -> Tree {
    match get(values, name) {
        Tree::Text(text) if text.is_empty() => Tree::Null,
        other => other,
    }
}

fn map<const N: usize>(members: [(&str, Tree); N]) -> Tree {
    let members = members.into_iter().map(|(key, value)| (key.to_owned(), value));
    Tree::Map(members.collect())
}
