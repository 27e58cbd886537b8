//! The finer points of the checks, each told by two small rules.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;

use domain::readiness::{CheckResult, Given, Verdict, run};
use import::Import;
use serde_json::{Value, json};
use time::macros::datetime;

const WORKSPACE: &str =
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/w";

fn import(objects: Value) -> Import {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("all.json"), objects.to_string()).unwrap();
    import::read(&[folder.path().to_owned()])
}

fn judge(objects: Value, id: &str) -> CheckResult {
    judge_with(&import(objects), None, id)
}

fn judge_with(import: &Import, tenant_correlates: Option<bool>, id: &str) -> CheckResult {
    let now = datetime!(2026-11-24 09:00 UTC);
    let ledger = import.ledger(now);
    let report = run(&import.subject(&ledger, tenant_correlates, now));
    report.checks.into_iter().find(|c| c.id == id).unwrap()
}

fn names(result: &CheckResult) -> Vec<&str> {
    result.objects.iter().map(|o| o.name.as_str()).collect()
}

fn id(collection: &str, name: &str) -> String {
    format!("{WORKSPACE}/providers/Microsoft.SecurityInsights/{collection}/{name}")
}

fn rule(name: &str, order: u32, when: &str, conditions: Value, configuration: Value) -> Value {
    json!({"id": id("automationRules", name), "name": name, "properties": {
        "displayName": name, "order": order,
        "triggeringLogic": {"isEnabled": true, "triggersOn": "Incidents", "triggersWhen": when, "conditions": conditions},
        "actions": [{"order": 1, "actionType": "ModifyProperties", "actionConfiguration": configuration}]}})
}

fn property(name: &str, operator: &str, values: Value) -> Value {
    json!({"conditionType": "Property", "conditionProperties":
        {"propertyName": name, "operator": operator, "propertyValues": values}})
}

fn group(operator: &str, inner: Value) -> Value {
    json!({"conditionType": "Boolean", "conditionProperties": {"operator": operator, "innerConditions": inner}})
}

fn added(array: &str) -> Value {
    json!({"conditionType": "PropertyArrayChanged", "conditionProperties": {"arrayType": array, "changeType": "Added"}})
}

#[test]
fn a_create_rule_that_only_leaves_rules_out_is_open() {
    let scope = |operator: &str| property("IncidentRelatedAnalyticRuleIds", operator, json!(["/r"]));
    let high = property("IncidentSeverity", "Equals", json!(["High"]));
    let result = judge(
        json!([
            rule("all but", 1, "Created", json!([scope("NotContains")]), json!({"severity": "Low"})),
            rule("both", 2, "Created", json!([group("And", json!([high, scope("Contains")]))]), json!({})),
            rule("or", 3, "Created", json!([group("Or", json!([high, scope("Contains")]))]), json!({})),
            rule("and or", 4, "Created", json!([scope("Contains"), group("Or", json!([high]))]), json!({})),
            rule("updated", 5, "Updated", json!([]), json!({})),
        ]),
        "AU-05",
    );
    assert_eq!(names(&result), ["all but", "or"]);
    assert_eq!(result.verdict, Verdict::Review, "neither closes nor runs a playbook");
}

#[test]
fn what_cannot_be_read_may_narrow_a_rule_but_not_beside_an_open_branch() {
    let unread = || json!("[expr: var.condition]");
    let high = || property("IncidentSeverity", "Equals", json!(["High"]));
    let result = judge(
        json!([
            rule("may be narrow", 1, "Created", json!([high(), unread()]), json!({"status": "Closed"})),
            rule(
                "open",
                2,
                "Created",
                json!([group("Or", json!([high(), unread()]))]),
                json!({"severity": "Low"})
            ),
        ]),
        "AU-05",
    );
    assert_eq!((result.verdict, names(&result)), (Verdict::Review, vec!["open"]));
    assert!(result.reason.contains("Can't be decided for `may be narrow`"), "{}", result.reason);
}

#[test]
fn a_guard_counts_on_its_own_path_only() {
    let guard = || property("IncidentLabel", "NotEquals", json!(["REDIRECTED"]));
    let result = judge(
        json!([
            rule("beside", 1, "Updated", json!([added("Alerts"), guard()]), json!({})),
            rule(
                "above",
                2,
                "Updated",
                json!([guard(), group("Or", json!([added("Labels"), added("Alerts")]))]),
                json!({})
            ),
            rule(
                "in another branch",
                3,
                "Updated",
                json!([group("Or", json!([added("Labels"), guard()]))]),
                json!({})
            ),
            rule(
                "in each branch",
                4,
                "Updated",
                json!([group("Or", json!([group("And", json!([added("Labels"), guard()])), guard()]))]),
                json!({})
            ),
            rule("other array", 5, "Updated", json!([added("Comments")]), json!({})),
            rule("created", 6, "Created", json!([added("Labels")]), json!({})),
        ]),
        "AU-09",
    );
    assert_eq!(names(&result), ["in another branch"]);
}

#[test]
fn order_clashes_inside_one_workspace_and_trigger_only() {
    let low = json!({"severity": "Low"});
    let high = json!({"severity": "High"});
    let mut elsewhere = rule("elsewhere", 1, "Created", json!([]), high.clone());
    elsewhere["id"] = json!(id("automationRules", "elsewhere").replace("workspaces/w", "workspaces/v"));
    let mut off = rule("off", 1, "Created", json!([]), high.clone());
    off["properties"]["triggeringLogic"]["isEnabled"] = json!(false);
    let alone = json!([
        rule("low", 1, "Created", json!([]), low.clone()),
        rule("low too", 1, "Created", json!([]), low.clone()),
        rule("on update", 1, "Updated", json!([]), high.clone()),
        rule("other field", 1, "Created", json!([]), json!({"status": "Active"})),
        elsewhere,
        off,
    ]);
    assert_eq!(judge(alone, "AU-12").verdict, Verdict::Pass);
    let clash = judge(
        json!([rule("low", 1, "Created", json!([]), low), rule("high", 1, "Created", json!([]), high),]),
        "AU-12",
    );
    assert_eq!(names(&clash), ["low", "high"]);
    assert_eq!(clash.objects[0].path, "[0].properties.order");
    assert_eq!(clash.objects[0].value.as_deref(), Some("1"));
}

#[test]
fn closing_needs_a_reason_and_an_expired_rule_is_told() {
    let scoped = || json!([property("IncidentRelatedAnalyticRuleIds", "Contains", json!(["/r"]))]);
    let mut expired = rule("expired", 3, "Created", scoped(), json!({"severity": "Low"}));
    expired["properties"]["triggeringLogic"]["expirationTimeUtc"] =
        json!("2026-11-24T09:00:00.0000000+00:00");
    let result = judge(
        json!([
            rule("bare", 1, "Created", scoped(), json!({"status": "Closed", "classification": null})),
            rule("open", 2, "Created", scoped(), json!({"status": "Active"})),
            expired,
        ]),
        "AU-12",
    );
    assert_eq!(names(&result), ["bare", "expired"]);
}

#[test]
fn fusion_and_disabled_rules_are_dead_ends() {
    let to = |name: &str| {
        json!([property("IncidentRelatedAnalyticRuleIds", "Contains", json!([id("alertRules", name)]))])
    };
    let analytics = |name: &str, kind: &str, enabled: bool| {
        json!({"id": id("alertRules", name), "name": name, "kind": kind,
               "properties": {"displayName": name, "enabled": enabled}})
    };
    let result = judge(
        json!([
            rule("fusion", 1, "Created", to("BuiltInFusion"), json!({})),
            rule("disabled", 2, "Created", to("off"), json!({})),
            rule("fine", 3, "Created", to("ON"), json!({})),
            analytics("BuiltInFusion", "Fusion", true),
            analytics("off", "Scheduled", false),
            analytics("on", "Scheduled", true),
        ]),
        "AU-07",
    );
    assert_eq!(names(&result), ["fusion", "disabled"]);
}

#[test]
fn a_playbook_that_was_not_read_keeps_the_join_from_passing() {
    let run = json!({"properties": {"displayName": "runs", "order": 1,
        "triggeringLogic": {"isEnabled": true, "triggersOn": "Incidents", "triggersWhen": "Created", "conditions": []},
        "actions": [{"order": 1, "actionType": "RunPlaybook",
            "actionConfiguration": {"logicAppResourceId": "/subscriptions/s/providers/Microsoft.Logic/workflows/gone"}}]}});
    let other = json!({"name": "other", "properties": {"definition": {"triggers": {}, "actions": {}}}});
    let result = judge(json!([run, other]), "PB-02");
    assert_eq!(result.verdict, Verdict::CouldNotRun, "{}", result.reason);
    assert_eq!(result.reason, "Could not run: 1 of the playbooks that rules run are not among those read");
}

#[test]
fn both_outcomes_are_shown_until_the_default_is_known() {
    let grouped = |name: &str, description: &str| {
        json!({"name": name, "kind": "Scheduled", "properties": {"displayName": name, "enabled": true,
            "description": description,
            "incidentConfiguration": {"createIncident": true, "groupingConfiguration": {"enabled": true}}}})
    };
    let import =
        import(json!(
            [grouped("in", "#INC_CORR# x"), grouped("out", "#DONT_CORR# x"), grouped("open", "x"),]
        ));
    let unknown = judge_with(&import, None, "AR-05");
    assert_eq!((unknown.verdict, names(&unknown)), (Verdict::Review, vec!["in", "open"]));
    assert!(unknown.reason.contains("With the default off, 1 of 2"), "{}", unknown.reason);
    assert_eq!(names(&judge_with(&import, Some(false), "AR-05")), ["in"]);
    assert_eq!(names(&judge_with(&import, Some(true), "AR-05")), ["in", "open"]);
}

#[test]
fn a_rule_that_is_read_twice_is_counted_without_a_slip() {
    let rule = json!({"id": id("alertRules", "a"), "name": "a", "kind": "NRT", "properties": {"displayName": "a",
        "enabled": true, "incidentConfiguration": {"createIncident": true, "groupingConfiguration": {"enabled": true}}}});
    let result = judge(json!([rule, rule]), "AR-05");
    assert!(result.reason.starts_with("Found in 1 of 2 analytics rules."), "{}", result.reason);
    assert_eq!(result.objects.len(), 2, "once per path");
}

#[test]
fn incidents_that_a_playbook_keeps_making_fail() {
    let incident = |name: &str, provider: &str, url: Option<&str>, day: u8| {
        json!({"id": id("Incidents", name), "name": name, "properties": {"title": name, "incidentNumber": 1,
            "severity": "Low", "status": "New", "providerName": provider,
            "additionalData": {"providerIncidentUrl": url},
            "createdTimeUtc": format!("2026-11-{day:02}T00:00:00Z")}})
    };
    let maker = json!({"name": "maker", "properties": {"definition": {"triggers": {}, "actions": {
        "make": {"inputs": {"method": "put", "path": "/Incidents/subscriptions/x"}}}}}});
    let mut objects = vec![
        incident("before", "Azure Sentinel", None, 1),
        incident("proof", "Microsoft 365 Defender", Some("https://security.microsoft.com/incidents/1"), 2),
        incident("by api", "Azure Sentinel", None, 3),
        incident("looks alike", "Microsoft XDR", None, 4),
    ];
    let alone = judge(json!(objects), "IN-03");
    assert_eq!((alone.verdict, names(&alone)), (Verdict::Review, vec!["by api", "looks alike"]));
    objects.push(maker);
    let made = judge(json!(objects), "IN-03");
    assert_eq!(made.verdict, Verdict::Fail);
    assert!(made.reason.contains("`maker`"), "{}", made.reason);
}

#[test]
fn a_gap_is_no_pass_and_hides_no_finding() {
    let now = datetime!(2026-11-24 09:00 UTC);
    let clean = import(json!([rule("clean", 1, "Updated", json!([]), json!({}))]));
    let ledger = clean.ledger(now);
    let mut subject = clean.subject(&ledger, None, now);
    let gap = "workspace `law-b` may not be read".to_owned();
    subject.automation_rules = Given::Partly(&clean.objects.automation_rules, gap);
    let report = run(&subject);
    let au = |id: &str| report.checks.iter().find(|c| c.id == id).unwrap();
    assert_eq!(au("AU-01").verdict, Verdict::CouldNotRun);
    assert_eq!(au("AU-01").reason, "Could not run: workspace `law-b` may not be read");
    let total = report.checks.len();
    let missing = report.checks.iter().filter(|c| c.verdict == Verdict::CouldNotRun).count();
    assert_eq!(
        (report.coverage.ran, report.coverage.could_not_run, report.coverage.total),
        (total - missing, missing, total)
    );
    subject.automation_rules = Given::Read(&[]);
    let empty = run(&subject);
    let first = empty.checks.iter().find(|c| c.id == "AU-01").unwrap();
    assert_eq!(
        (first.verdict, first.reason.as_str()),
        (Verdict::NotApplicable, "There are no automation rules.")
    );
}
