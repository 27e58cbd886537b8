//! What must hold for all content together: counts, bytes, shapes, and notes that point at things that are served.

use super::planted::CHECKS;
use super::*;
use std::collections::BTreeSet;
use std::time::Duration;
use time::macros::datetime;

fn scope(seed: u64) -> Scope {
    Scope::new(seed, datetime!(2026-11-24 0:00 UTC), Duration::ZERO)
}

fn all(scope: &Scope, make: fn(&Scope, &str) -> Content) -> Vec<Content> {
    scope.workspaces.iter().map(|workspace| make(scope, workspace)).collect()
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

fn is_true(value: &Value, pointer: &str) -> bool {
    value.pointer(pointer) == Some(&Value::Bool(true))
}

fn automation(scope: &Scope) -> Vec<Value> {
    all(scope, Content::make).into_iter().flat_map(|content| content.automation_rules).collect()
}

fn analytics(scope: &Scope) -> Vec<Value> {
    let rules = all(scope, Content::make).into_iter().flat_map(|content| content.alert_rules);
    rules.map(|rule| rule.json).collect()
}

fn names(scope: &Scope, check: &str) -> BTreeSet<String> {
    planted(scope)[check].objects.iter().map(|object| object.name.clone()).collect()
}

/// Enabled rules whose conditions hold `needle`.
fn saying(scope: &Scope, needle: &str) -> BTreeSet<String> {
    automation(scope)
        .iter()
        .filter(|rule| is_true(rule, "/properties/triggeringLogic/isEnabled"))
        .filter(|rule| rule["properties"]["triggeringLogic"]["conditions"].to_string().contains(needle))
        .map(|rule| text(rule, "/properties/displayName").to_owned())
        .collect()
}

#[test]
fn counts_are_what_the_story_promises() {
    let scope = scope(1);
    assert_eq!(automation(&scope).len(), 60);
    assert_eq!(analytics(&scope).len(), 200);
    assert_eq!(playbooks(&scope).workflows.len(), 30);
}

#[test]
fn the_same_scope_gives_the_same_bytes_and_seeds_differ() {
    let bytes = |scope: &Scope| {
        let rules: Vec<_> =
            all(scope, Content::make).into_iter().map(|c| (c.automation_rules, c.watchlists)).collect();
        format!("{rules:?}{:?}{:?}", analytics(scope), playbooks(scope))
    };
    assert_eq!(bytes(&scope(3)), bytes(&scope(3)));
    assert_ne!(bytes(&scope(3)), bytes(&scope(4)));
}

#[test]
fn ids_are_unique() {
    let scope = scope(1);
    let rules = automation(&scope).into_iter().chain(analytics(&scope)).chain(playbooks(&scope).workflows);
    let ids: Vec<String> = rules.map(|rule| text(&rule, "/id").to_lowercase()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}

#[test]
fn every_check_has_an_offender_that_is_served_switched_on_and_named_once() {
    let scope = scope(1);
    let rules = automation(&scope).into_iter().chain(analytics(&scope)).chain(playbooks(&scope).workflows);
    let served: HashMap<String, Value> = rules.map(|rule| (text(&rule, "/id").to_owned(), rule)).collect();
    let truth = planted(&scope);
    assert_eq!(truth.len(), CHECKS.len(), "no check outside the list");
    for (check, planted) in truth {
        assert!(!planted.objects.is_empty(), "{check} has no offender");
        assert!(matches!(planted.verdict, "fail" | "review"), "{check}");
        let ids: BTreeSet<_> = planted.objects.iter().map(|object| &object.id).collect();
        assert_eq!(ids.len(), planted.objects.len(), "{check} names an object twice");
        for object in &planted.objects {
            let rule =
                served.get(&object.id).unwrap_or_else(|| panic!("{check}: {} is not served", object.name));
            let name = if object.kind == "playbook" { "/name" } else { "/properties/displayName" };
            assert_eq!(text(rule, name), object.name);
            let on = is_true(rule, "/properties/triggeringLogic/isEnabled")
                || is_true(rule, "/properties/enabled")
                || text(rule, "/properties/state") == "Enabled";
            assert!(on, "{check}: {} is switched off", object.name);
        }
    }
}

#[test]
fn verdicts_are_the_worst_of_their_objects() {
    let truth = planted(&scope(1));
    let fails: Vec<_> =
        truth.iter().filter(|(_, planted)| planted.verdict == "fail").map(|(check, _)| *check).collect();
    let expected = ["AR-02", "AR-06", "AU-01", "AU-02", "AU-03", "AU-05", "AU-07", "AU-09", "PB-02", "PB-05"];
    assert_eq!(fails, expected);
}

#[test]
fn field_names_stand_where_the_notes_say_and_nowhere_else() {
    let scope = scope(1);
    assert_eq!(names(&scope, "AU-01"), saying(&scope, "IncidentProviderName"));
    assert_eq!(names(&scope, "AU-02"), saying(&scope, "IncidentTitle"));
    assert_eq!(names(&scope, "AU-03"), saying(&scope, "IncidentDescription"));
    assert_eq!(names(&scope, "AU-08"), saying(&scope, "\"PropertyChanged\""));
    let dynamic = analytics(&scope)
        .iter()
        .filter(|rule| is_true(rule, "/properties/enabled"))
        .filter(|rule| text(rule, "/properties/alertDetailsOverride/alertDisplayNameFormat").contains("{{"))
        .map(|rule| text(rule, "/properties/displayName").to_owned())
        .collect::<BTreeSet<_>>();
    assert_eq!(names(&scope, "AR-07"), dynamic);
}

#[test]
fn look_alikes_are_off_or_sound_and_not_planted() {
    let truth = planted(&scope(1));
    let planted: BTreeSet<_> =
        truth.values().flat_map(|planted| &planted.objects).map(|o| o.name.as_str()).collect();
    for name in [
        "Old Defender import rule",
        "Old alert enrichment",
        "Old close mirror",
        "Create-Jira-Issue",
        "Collect-Forensics",
        "Alert-Enrich-Entities",
        "Page the on-call for signs of ransomware",
    ] {
        assert!(!planted.contains(name), "{name}");
    }
}

#[test]
fn automation_rules_keep_the_published_limits() {
    for rule in automation(&scope(1)) {
        let name = text(&rule, "/properties/displayName").to_owned();
        let order = rule["properties"]["order"].as_u64().unwrap();
        assert!((1..=1000).contains(&order), "{name}");
        assert!(!name.is_empty() && name.len() <= 500, "{name}");
        let actions = rule["properties"]["actions"].as_array().unwrap();
        assert!((1..=20).contains(&actions.len()), "{name}");
        let mut count = 0;
        for condition in rule["properties"]["triggeringLogic"]["conditions"].as_array().unwrap() {
            walk(condition, &name, &mut count);
        }
        assert!(count <= 50, "{name} has {count} conditions");
        assert!(text(&rule, "/etag").starts_with('"') && text(&rule, "/etag").ends_with('"'), "{name}");
    }
}

fn walk(condition: &Value, rule: &str, count: &mut usize) {
    *count += 1;
    let properties = &condition["conditionProperties"];
    let inner = match text(condition, "/conditionType") {
        "Boolean" => {
            let inner = properties["innerConditions"].as_array().unwrap();
            assert!((2..=10).contains(&inner.len()), "{rule}: a group of {}", inner.len());
            inner.clone()
        }
        "PropertyArray" => properties["itemConditions"].as_array().unwrap().clone(),
        "Property" | "PropertyChanged" => {
            assert!(properties["propertyName"].is_string(), "{rule}");
            Vec::new()
        }
        "PropertyArrayChanged" => Vec::new(),
        other => panic!("{rule}: condition type {other}"),
    };
    inner.iter().for_each(|one| walk(one, rule, count));
}

#[test]
fn kinds_that_stable_versions_hide_are_marked() {
    let scope = scope(1);
    let contents = all(&scope, Content::make);
    let rules: Vec<_> = contents.iter().flat_map(|content| &content.alert_rules).collect();
    let preview: BTreeSet<_> =
        rules.iter().filter(|rule| rule.preview_only).map(|rule| text(&rule.json, "/kind")).collect();
    let stable: BTreeSet<_> =
        rules.iter().filter(|rule| !rule.preview_only).map(|rule| text(&rule.json, "/kind")).collect();
    assert_eq!(preview, BTreeSet::from(["MLBehaviorAnalytics", "NRT", "ThreatIntelligence"]));
    assert_eq!(stable, BTreeSet::from(["Fusion", "MicrosoftSecurityIncidentCreation", "Scheduled"]));
}

#[test]
fn a_ready_tenant_has_no_offender_and_nothing_that_points_into_the_void() {
    let scope = scope(1);
    assert!(planted_ready().values().all(|planted| planted.verdict == "pass" && planted.objects.is_empty()));
    let broken: BTreeSet<_> =
        planted(&scope).into_values().flat_map(|planted| planted.objects).map(|o| o.id).collect();
    let contents = all(&scope, Content::ready);
    let rules: Vec<_> = contents.iter().flat_map(|c| c.automation_rules.clone()).collect();
    let alert_rules: Vec<_> =
        contents.iter().flat_map(|c| c.alert_rules.iter().map(|rule| rule.json.clone())).collect();
    let workflows = playbooks_ready(&scope).workflows;
    let ids: BTreeSet<_> =
        rules.iter().chain(&alert_rules).chain(&workflows).map(|v| text(v, "/id").to_owned()).collect();
    assert!(ids.is_disjoint(&broken));
    assert!(rules.len() > 20 && alert_rules.len() > 150 && workflows.len() > 15);
    let lower: BTreeSet<_> = ids.iter().map(|id| id.to_lowercase()).collect();
    for rule in rules.iter().filter(|rule| is_true(rule, "/properties/triggeringLogic/isEnabled")) {
        for id in mentioned(rule) {
            assert!(lower.contains(&id), "{} names {id}", text(rule, "/properties/displayName"));
        }
    }
}

/// ARM ids that a rule's conditions and actions name, in small letters.
fn mentioned(value: &Value) -> Vec<String> {
    match value {
        Value::String(id)
            if id.to_lowercase().contains("/alertrules/") || id.to_lowercase().contains("/workflows/") =>
        {
            vec![id.to_lowercase()]
        }
        Value::Array(items) => items.iter().flat_map(mentioned).collect(),
        Value::Object(fields) => fields.values().flat_map(mentioned).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn only_noted_rules_name_what_is_missing_switched_off_or_fusion() {
    let scope = scope(1);
    let alive = analytics(&scope)
        .into_iter()
        .filter(|rule| is_true(rule, "/properties/enabled") && text(rule, "/kind") != "Fusion")
        .chain(playbooks(&scope).workflows);
    let alive: BTreeSet<_> = alive.map(|value| text(&value, "/id").to_lowercase()).collect();
    let dead: BTreeSet<_> = automation(&scope)
        .iter()
        .filter(|rule| is_true(rule, "/properties/triggeringLogic/isEnabled"))
        .filter(|rule| mentioned(rule).iter().any(|id| !alive.contains(id)))
        .map(|rule| text(rule, "/properties/displayName").to_owned())
        .collect();
    assert_eq!(names(&scope, "AU-07"), dead);
}

#[test]
fn attachments_belong_to_served_rules_and_name_served_playbooks() {
    let scope = scope(1);
    let workflows = playbooks(&scope).workflows;
    let mut seen = 0;
    for content in all(&scope, Content::make) {
        for (rule, actions) in &content.alert_rule_actions {
            assert!(content.alert_rules.iter().any(|one| text(&one.json, "/name") == rule));
            for action in actions {
                let id = text(action, "/properties/logicAppResourceId");
                assert!(workflows.iter().any(|workflow| text(workflow, "/id") == id), "{id}");
                seen += 1;
            }
        }
    }
    assert_eq!(seen, 3);
}

#[test]
fn list_shapes_follow_the_service() {
    let scope = scope(1);
    for content in all(&scope, Content::make) {
        assert!(
            content.watchlists.iter().all(|list| list.get("etag").is_none()),
            "lists show watchlists without etag"
        );
        assert!(content.watchlists.len() >= 3 && content.data_connectors.len() >= 5);
        assert_eq!(content.source_controls.len(), 1);
        assert_eq!(text(&content.onboarding_states[0], "/name"), "default");
        assert!(content.automation_rules.iter().all(|rule| text(rule, "/id").contains("/AutomationRules/")));
    }
    assert_eq!(Content::make(&scope, "unknown"), Content::default());
}

#[test]
fn every_connection_a_workflow_uses_is_served() {
    let made = playbooks(&scope(1));
    let ids: BTreeSet<_> = made.connections.iter().map(|connection| text(connection, "/id")).collect();
    for workflow in &made.workflows {
        let used = workflow["properties"]["parameters"]["$connections"]["value"].as_object().unwrap();
        for reference in used.values() {
            assert!(ids.contains(text(reference, "/connectionId")), "{}", text(workflow, "/name"));
        }
        let definition = workflow["properties"]["definition"].to_string();
        for part in definition.split("parameters('$connections')['").skip(1) {
            let api = part.split('\'').next().unwrap_or_default();
            assert!(used.contains_key(api), "{} names {api}", text(workflow, "/name"));
        }
    }
}
