//! The forms in which rules lie in files, one small document each.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;

use domain::analytics_rule::AnalyticsRule;
use domain::readiness::{Report, Verdict, run};
use domain::tree::Setting;
use import::Import;
use time::macros::datetime;

fn import(documents: &[(&str, &str)]) -> Import {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in documents {
        fs::write(folder.path().join(name), text).unwrap();
    }
    import::read(&[folder.path().to_owned()])
}

fn report(import: &Import) -> Report {
    let now = datetime!(2026-11-24 09:00 UTC);
    let ledger = import.ledger(now);
    run(&import.subject(&ledger, None, now))
}

fn places(import: &Import, check: &str) -> Vec<(String, String, Option<String>)> {
    let report = report(import);
    let found = report.checks.iter().find(|c| c.id == check).unwrap();
    found.objects.iter().map(|o| (o.name.clone(), o.path.clone(), o.value.clone())).collect()
}

fn verdict(import: &Import, check: &str) -> Verdict {
    report(import).checks.iter().find(|c| c.id == check).unwrap().verdict
}

const LOGIC: &str = r#""triggeringLogic": {"isEnabled": true, "triggersOn": "Incidents", "triggersWhen": "Created",
  "conditions": [{"conditionType": "Property", "conditionProperties":
    {"propertyName": "IncidentProviderName", "operator": "Equals", "propertyValues": ["x"]}}]},
  "actions": [{"order": 1, "actionType": "RunPlaybook", "actionConfiguration": {"logicAppResourceId": "/a/b"}}]"#;

#[test]
fn a_rule_is_known_by_its_shape_alone() {
    for document in [
        format!("{{{LOGIC}, \"displayName\": \"r\"}}"),
        format!("{{\"properties\": {{{LOGIC}, \"displayName\": \"r\"}}}}"),
        format!("[{{\"properties\": {{{LOGIC}, \"displayName\": \"r\"}}}}]"),
        format!("{{\"export\": {{\"rules\": [{{{LOGIC}, \"displayName\": \"r\"}}]}}}}"),
    ] {
        let import = import(&[("rule.json", &document)]);
        let places = places(&import, "AU-01");
        assert_eq!(places.len(), 1, "{document}");
        assert_eq!(places[0].0, "r");
        assert!(places[0].1.ends_with("triggeringLogic.conditions[0].conditionProperties"));
        assert_eq!(
            places[0].2.as_deref(),
            Some(r#"{"propertyName":"IncidentProviderName","operator":"Equals","propertyValues":["x"]}"#)
        );
        assert_eq!(import.objects.automation_rules[0].id, None);
    }
}

#[test]
fn request_and_answers_of_one_example_are_one_rule() {
    let body =
        format!("{{\"id\": \"/w/automationRules/1\", \"properties\": {{{LOGIC}, \"displayName\": \"r\"}}}}");
    let example = format!(
        "{{\"parameters\": {{\"api-version\": \"2025-09-01\", \"automationRule\": {body}}},
           \"responses\": {{\"200\": {{\"body\": {body}}}, \"201\": {{\"body\": {body}}}}}}}"
    );
    let import = import(&[("example.json", &example)]);
    assert_eq!(import.objects.automation_rules.len(), 1);
    assert_eq!(
        places(&import, "AU-01")[0].1,
        "responses['200'].body.properties.triggeringLogic.conditions[0].conditionProperties"
    );
    let request = format!(
        "{{\"parameters\": {{\"automationRule\": {{\"properties\": {{{LOGIC}}}}}}}, \"responses\": {{\"204\": {{}}}}}}"
    );
    let import = self::import(&[("request.json", &request)]);
    assert_eq!(import.objects.automation_rules.len(), 1);
}

#[test]
fn a_list_holds_several_and_says_which() {
    let list = format!(
        "{{\"value\": [{{\"type\": \"X/other\"}}, {{\"properties\": {{{LOGIC}}}}}], \"nextLink\": null}}"
    );
    let import = import(&[("list.json", &list)]);
    assert_eq!(import.files[0].reason, "1 automation rule");
    assert!(places(&import, "AU-01")[0].1.starts_with("value[1].properties."));
}

#[test]
fn a_template_is_resolved_as_far_as_the_file_tells() {
    let template = r#"{
      // A template with everything that can be known, and some that can't.
      "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
      "parameters": {
        "workspace": {"type": "string"},
        "field": {"type": "string", "defaultValue": "[concat('Incident', variables('suffix'))]"},
        "on": {"type": "bool", "defaultValue": false},
        "open": {"type": "string"},
      },
      "variables": {
        "suffix": "ProviderName",
        "values": ["[format('{0}-{1}', 'a', 1)]", "[parameters('open')]"],
        "loop": "[variables('loop')]"
      },
      "resources": [
        {"type": "Microsoft.Resources/deployments", "name": "inner", "properties": {
          "expressionEvaluationOptions": {"scope": "inner"},
          "parameters": {"field": {"value": "[parameters('field')]"}},
          "template": {"parameters": {"field": {"type": "string"}, "title": {"type": "string", "defaultValue": "[[literal]"}},
            "resources": [
            {"type": "Microsoft.SecurityInsights/automationRules", "name": "n", "properties": {
              "displayName": "[parameters('title')]", "order": "[parameters('order')]",
              "triggeringLogic": {"isEnabled": "[parameters('unknown')]", "triggersOn": "Incidents", "triggersWhen": "Created",
                "conditions": [{"conditionType": "Property", "conditionProperties": {
                  "propertyName": "[parameters('field')]", "operator": "Equals", "propertyValues": ["x"]}}]},
              "actions": []}}]}}},
        {"type": "Microsoft.OperationalInsights/workspaces/providers/automationRules", "condition": "[parameters('on')]",
         "name": "off", "properties": {"triggeringLogic": {}, "actions": []}},
        {"type": "Microsoft.OperationalInsights/workspaces/providers/automationRules",
         "name": "[concat(parameters('workspace'), '/Microsoft.SecurityInsights/rule-', copyIndex())]",
         "copy": {"name": "c", "count": 2},
         "properties": {"displayName": "[concat('copy ', copyIndex(1))]",
           "triggeringLogic": {"isEnabled": true, "triggersOn": "Incidents", "triggersWhen": "Updated",
             "conditions": [{"conditionType": "Property", "conditionProperties": {
               "propertyName": "[parameters('field')]", "operator": "Equals", "propertyValues": "[variables('values')]"}}]},
           "actions": [{"order": 1, "actionType": "RunPlaybook", "actionConfiguration": {
             "logicAppResourceId": "[resourceId('Microsoft.Logic/workflows', 'answer')]"}}]}},
        {"type": "Microsoft.Logic/workflows", "name": "answer", "properties": {"state": "Enabled", "definition": {
          "triggers": {"t": {"type": "ApiConnectionWebhook", "inputs": {"path": "/subscribe"}}}, "actions": {}}}},
        {"type": "Microsoft.OperationalInsights/workspaces/providers/alertRules", "kind": "Scheduled",
         "name": "[concat(parameters('workspace'),'/Microsoft.SecurityInsights/8c9d')]",
         "properties": {"displayName": "[variables('loop')]", "enabled": "[parameters('on')]"}}
      ]
    }"#;
    let import = import(&[("azuredeploy.json", template)]);
    assert_eq!(import.files[0].reason, "3 automation rules, 1 analytics rule, 1 playbook");
    let nested = "resources[0].properties.template.resources[0].properties.triggeringLogic.conditions[0].conditionProperties";
    let found = places(&import, "AU-01");
    let named: Vec<_> = found.iter().map(|(name, path, _)| (name.as_str(), path.as_str())).collect();
    let copied = "resources[2].properties.triggeringLogic.conditions[0].conditionProperties";
    assert_eq!(named, [("[literal]", nested), ("copy 1", copied), ("copy 2", copied)]);
    // The raw value is the file's, not the resolved one.
    assert!(found[0].2.as_deref().unwrap().contains("[parameters('field')]"));
    let rule = &import.objects.automation_rules[0];
    assert!(rule.enabled.is.unknown().unwrap().because.contains("`unknown`"));
    assert_eq!(rule.order.is.unknown().unwrap().raw, "[parameters('order')]");
    let values = import.objects.automation_rules[1].walk()[0].values().to_vec();
    assert_eq!(values[0], Setting::Known("a-1".to_owned()));
    assert!(values[1].unknown().is_some());
    // Joined by the name that is known, although the id is not.
    assert_eq!(verdict(&import, "PB-02"), Verdict::Fail);
    let analytics: &AnalyticsRule = &import.objects.analytics_rules[0];
    assert_eq!(analytics.resource_name, Setting::Known("8c9d".to_owned()));
    assert_eq!(analytics.name, "[variables('loop')]");
    assert_eq!(analytics.enabled.is, Setting::Known(false));
}

#[test]
fn a_parameter_file_beside_its_template_gives_the_values() {
    let template = format!(
        "{{\"$schema\": \"https://x/deploymentTemplate.json#\", \"parameters\": {{\"name\": {{\"type\": \"string\"}}}},
          \"resources\": [{{\"type\": \"Microsoft.SecurityInsights/automationRules\",
            \"properties\": {{{LOGIC}, \"displayName\": \"[parameters('name')]\"}}}}]}}"
    );
    let values =
        r#"{"$schema": "https://x/deploymentParameters.json#", "parameters": {"NAME": {"value": "given"}}}"#;
    let import =
        import(&[("a.json", &template), ("a.parameters.json", values), ("b.parameters.json", values)]);
    assert_eq!(import.objects.automation_rules[0].name, "given");
    assert!(import.files[1].reason.starts_with("parameter values for `"));
    assert!(import.files[2].reason.contains("no template of that name"));
}

#[test]
fn an_expression_where_a_value_is_due_is_unknown_and_never_compared() {
    let rule = r#"{"properties": {"displayName": "r", "order": "[expr: each.value.order]",
      "triggeringLogic": {"isEnabled": "[expr: var.on]", "triggersOn": "Incidents", "triggersWhen": "Created",
        "conditions": [
          {"conditionType": "Property", "conditionProperties": {"propertyName": "IncidentTitle", "operator": "Contains",
            "propertyValues": "[expr: each.value.titles]"}},
          {"conditionType": "Property", "conditionProperties": {"propertyName": "IncidentUpdatedBySource",
            "operator": "Equals", "propertyValues": ["[expr: var.microsoft_365_defender]"]}}]},
      "actions": [{"order": 1, "actionType": "ModifyProperties", "actionConfiguration": {"status": "[expr: var.closed]"}}]}}"#;
    let import = import(&[("r.json", rule)]);
    let rule = &import.objects.automation_rules[0];
    assert!(rule.counts(), "an unreadable switch counts as on");
    assert!(rule.order.is.unknown().is_some());
    assert!(!rule.closes());
    assert_eq!(verdict(&import, "AU-02"), Verdict::Review, "the title is compared, whatever its values");
    // Undecided: Review without an offending object, and the reason names the place.
    let report = report(&import);
    let updated_by = report.checks.iter().find(|c| c.id == "AU-04").unwrap();
    assert_eq!((updated_by.verdict, updated_by.objects.len()), (Verdict::Review, 0));
    assert!(updated_by.reason.contains("Can't be decided for `r`"), "{}", updated_by.reason);
}

#[test]
fn a_title_in_brackets_is_a_title() {
    let rule = format!("{{\"properties\": {{{LOGIC}, \"displayName\": \"[HIGH] (test)\"}}}}");
    let import = import(&[("r.json", &rule)]);
    assert_eq!(import.objects.automation_rules[0].name, "[HIGH] (test)");
}

#[test]
fn a_workflow_is_read_as_resource_code_view_or_bare_definition() {
    let bare = r#"{"triggers": {"t": {"inputs": {"path": "/incident-creation"}}},
      "actions": {"s": {"type": "Switch", "cases": {"c": {"actions": {"put it": {"inputs":
        {"method": "PUT", "path": "/Incidents/subscriptions/@{encodeURIComponent('x')}"}}}}}, "default": {"actions": {}}}}}"#;
    for document in [
        bare.to_owned(),
        format!("{{\"definition\": {bare}, \"parameters\": {{}}}}"),
        format!("{{\"properties\": {{\"definition\": {bare}}}}}"),
    ] {
        let import = import(&[("workflow.json", &document)]);
        let places = places(&import, "PB-05");
        assert_eq!(places.len(), 1, "{document}");
        assert!(places[0].1.ends_with("actions.s.cases.c.actions['put it'].inputs.path"), "{}", places[0].1);
    }
}

#[test]
fn a_terraform_plan_is_read() {
    let plan = r#"{"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {"root_module": {
      "resources": [{"type": "azurerm_sentinel_automation_rule", "values": {"name": "n", "display_name": "by plan",
        "order": 1, "enabled": true, "triggers_on": "Incidents", "triggers_when": "Created", "expiration": null,
        "condition_json": "[{\"conditionType\":\"Property\",\"conditionProperties\":{\"propertyName\":\"IncidentTitle\",\"operator\":\"Contains\",\"propertyValues\":[\"x\"]}}]",
        "action_incident": [{"order": 1, "status": "Closed", "classification": "BenignPositive_SuspiciousButExpected", "owner_id": ""}],
        "action_playbook": []}}],
      "child_modules": [{"resources": [{"type": "azapi_resource", "values": {"name": "flow",
        "type": "Microsoft.Logic/workflows@2019-05-01",
        "body": {"properties": {"definition": {"triggers": {}, "actions": {}}}}}}]}]}}}"#;
    let import = import(&[("plan.json", plan)]);
    assert_eq!(import.files[0].reason, "1 automation rule, 1 playbook");
    assert_eq!(verdict(&import, "AU-02"), Verdict::Fail, "it closes by title");
    assert_eq!(verdict(&import, "AU-12"), Verdict::Review, "it closes as benign positive");
    assert_eq!(import.objects.playbooks[0].name, "flow");
}
