//! What goes in comes out, whatever its shape.

use serde_json::{Value, json};

use super::{Census, Maybe, Shape};
use crate::arm::automation_rule::{Action, AutomationRule, Condition, TriggeringLogic};
use crate::arm::incident::{Incident, Owner};
use crate::loganalytics::Table;

fn back(read: impl serde::Serialize) -> Value {
    serde_json::to_value(read).unwrap()
}

#[test]
fn left_out_and_null_stay_apart() {
    let owner: Owner = serde_json::from_str(r#"{"email":null,"assignedTo":"Tier 2"}"#).unwrap();
    assert!(owner.email.is_null());
    assert!(owner.object_id.is_absent());
    assert_eq!(owner.assigned_to.as_deref(), Some("Tier 2"));
    assert_eq!(back(owner), json!({"email": null, "assignedTo": "Tier 2"}));
}

#[test]
fn an_expression_where_a_boolean_is_due_is_kept() {
    let text = r#"{"isEnabled":"[parameters('on')]","conditions":"[variables('c')]","order":1.0}"#;
    let logic: TriggeringLogic = serde_json::from_str(text).unwrap();
    assert_eq!(logic.is_enabled.other(), Some(&json!("[parameters('on')]")));
    assert_eq!(logic.is_enabled.copied(), None);
    assert!(logic.conditions.items().is_empty());
    assert_eq!(back(logic), serde_json::from_str::<Value>(text).unwrap());
}

#[test]
fn one_odd_item_keeps_the_whole_list() {
    let body = json!({"properties": {"relatedAnalyticRuleIds": ["a", 7, null, "b"]}});
    let incident: Incident = serde_json::from_value(body.clone()).unwrap();
    let ids = &incident.properties.as_ref().unwrap().related_analytic_rule_ids;
    assert_eq!(ids.other(), Some(&json!(["a", 7, null, "b"])));
    assert_eq!(back(incident), body);
}

#[test]
fn an_expression_among_actions_is_an_unknown_action() {
    let body =
        json!({"properties": {"actions": ["[parameters('a')]", {"actionType": "Sing"}, {"order": 1}]}});
    let rule: AutomationRule = serde_json::from_value(body.clone()).unwrap();
    let actions = rule.properties.as_ref().unwrap().actions.items();
    assert_eq!(actions.len(), 3);
    assert!(actions.iter().all(|action| matches!(action, Action::Other(_))));
    assert_eq!(back(rule), body);
}

#[test]
fn a_cell_may_be_null() {
    let body = json!({"rows": [["a", null], [null, 1]]});
    let table: Table = serde_json::from_value(body.clone()).unwrap();
    assert_eq!(table.rows.items().len(), 2);
    assert_eq!(back(table), body);
}

#[test]
fn conditions_nest() {
    let leaf = json!({"conditionType": "Property", "conditionProperties": {"propertyName": "IncidentTitle"}});
    let body = (0..30).fold(leaf, |inner, _| {
        json!({"conditionType": "Boolean", "conditionProperties": {"operator": "And", "innerConditions": [inner]}})
    });
    let read: Condition = serde_json::from_value(body.clone()).unwrap();
    let mut condition = &read;
    let mut depth = 0;
    while let Condition::Boolean(case) = condition {
        condition = &case.condition_properties.as_ref().unwrap().inner_conditions.items()[0];
        depth += 1;
    }
    assert_eq!(depth, 30);
    assert!(matches!(condition, Condition::Property(_)));
    assert_eq!(back(read), body);
}

#[test]
fn numbers_come_back_as_they_were() {
    for number in ["30", "-1", "9223372036854775807", "18446744073709551615", "30.0", "1e3", "-0.5"] {
        let text = format!(r#"{{"properties":{{"incidentNumber":{number}}}}}"#);
        let incident: Incident = serde_json::from_str(&text).unwrap();
        assert_eq!(back(incident), serde_json::from_str::<Value>(&text).unwrap(), "{number}");
    }
}

#[test]
fn the_census_names_what_has_no_field() {
    let body = json!({"new": 1, "properties": {"title": 5, "owner": {"pager": "0"}}});
    let incident: Incident = serde_json::from_value(body).unwrap();
    let mut census = Census::default();
    incident.census("body", &mut census);
    let strays: Vec<&str> = census.strays.iter().map(String::as_str).collect();
    assert_eq!(
        strays,
        [
            "wire::arm::incident::IncidentProperties.title (another shape)",
            "wire::arm::incident::Owner.pager",
            "wire::arm::resource::Resource.new",
        ]
    );
    assert_eq!(census.fields.get("wire::arm::resource::Resource.properties"), Some(&true));
    assert_eq!(census.fields.get("wire::arm::resource::Resource.etag"), Some(&false));
}

#[test]
fn an_object_in_place_of_a_text_is_kept() {
    let title: Maybe<String> = serde_json::from_str(r#"{"concat":["a"]}"#).unwrap();
    assert_eq!(title, Maybe::Other(json!({"concat": ["a"]})));
}

#[test]
fn text_that_is_no_json_is_refused() {
    assert!(serde_json::from_str::<Incident>(r#"{"properties":{"title":"cut of"#).is_err());
    assert!(serde_json::from_str::<Incident>("[]").is_err());
}
