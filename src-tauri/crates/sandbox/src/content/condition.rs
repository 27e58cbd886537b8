//! Conditions of automation rules: blueprints and their wire form.
//!
//! Shapes: AutomationRules of api-version 2025-09-01 (`conditionType` and `conditionProperties`).

use super::analytics;
use super::place::Place;
use serde_json::{Value, json};

/// A condition of a blueprint.
pub(super) enum Cond {
    /// `Property`: name, operator, values.
    Is(&'static str, &'static str, &'static [&'static str]),
    /// `Property` on `IncidentRelatedAnalyticRuleIds`.
    Rules(&'static [Target]),
    /// `Property` on `AlertAnalyticRuleIds`.
    AlertRules(&'static [Target]),
    /// `PropertyChanged`: name, `ChangedTo` or `ChangedFrom`, values.
    Changed(&'static str, &'static str, &'static [&'static str]),
    /// `PropertyChanged` on the owner: any change, so the rest is null.
    OwnerChanged,
    /// `PropertyArrayChanged`: something was added to this array.
    Added(&'static str),
    /// `PropertyArray`: array type, then conditions on any item.
    Item(&'static str, &'static [Cond]),
    /// `Boolean` `And`.
    All(&'static [Cond]),
    /// `Boolean` `Or`.
    Any(&'static [Cond]),
}

/// An analytics rule that a condition names.
pub(super) enum Target {
    /// By display name.
    Rule(&'static str),
    /// The same id in other capitals: ARM ids compare without case.
    OtherCase(&'static str),
    /// A rule that was deleted.
    Gone(&'static str),
    /// The built-in Fusion rule.
    Fusion,
}

impl Cond {
    pub(super) fn json(&self, place: &Place) -> Value {
        match self {
            Self::Is(name, operator, values) => property(name, operator, json!(values)),
            Self::Rules(targets) => {
                property("IncidentRelatedAnalyticRuleIds", "Contains", ids(targets, place))
            }
            Self::AlertRules(targets) => property("AlertAnalyticRuleIds", "Contains", ids(targets, place)),
            Self::Changed(name, change, values) => {
                changed(name, json!(change), json!("Equals"), json!(values))
            }
            Self::OwnerChanged => changed("IncidentOwner", Value::Null, Value::Null, Value::Null),
            Self::Added(array) => {
                node("PropertyArrayChanged", json!({"arrayType": array, "changeType": "Added"}))
            }
            Self::Item(array, inner) => node(
                "PropertyArray",
                json!({"arrayType": array, "arrayConditionType": "AnyItem", "itemConditions": list(inner, place)}),
            ),
            Self::All(inner) => group("And", inner, place),
            Self::Any(inner) => group("Or", inner, place),
        }
    }
}

/// The wire form of several conditions.
pub(super) fn list(conditions: &[Cond], place: &Place) -> Value {
    conditions.iter().map(|condition| condition.json(place)).collect()
}

fn node(kind: &str, properties: Value) -> Value {
    json!({"conditionType": kind, "conditionProperties": properties})
}

fn property(name: &str, operator: &str, values: Value) -> Value {
    node("Property", json!({"propertyName": name, "operator": operator, "propertyValues": values}))
}

fn changed(name: &str, change: Value, operator: Value, values: Value) -> Value {
    node(
        "PropertyChanged",
        json!({"propertyName": name, "changeType": change, "operator": operator, "propertyValues": values}),
    )
}

fn group(operator: &str, inner: &[Cond], place: &Place) -> Value {
    node("Boolean", json!({"operator": operator, "innerConditions": list(inner, place)}))
}

fn ids(targets: &[Target], place: &Place) -> Value {
    targets.iter().map(|target| target.id(place)).collect()
}

impl Target {
    fn id(&self, place: &Place) -> String {
        match self {
            Self::Rule(name) => analytics::id(place, name),
            Self::OtherCase(name) => other_case(&analytics::id(place, name)),
            Self::Gone(key) => place.id("alertRules", &place.guid(&format!("gone/{key}"))),
            Self::Fusion => place.id("alertRules", analytics::FUSION),
        }
    }
}

/// Path in small letters, last segment in capitals.
pub(super) fn other_case(id: &str) -> String {
    match id.rsplit_once('/') {
        Some((path, name)) => format!("{}/{}", path.to_lowercase(), name.to_uppercase()),
        None => id.to_uppercase(),
    }
}
