//! Analytics rules as `alertRules` serves them: 120 in the first workspace, 80 in the second.
//!
//! Shapes: AlertRules of api-version 2025-09-01, and 2025-07-01-preview for NRT, MLBehaviorAnalytics and
//! ThreatIntelligence. The queries are for reading only; nothing runs them.

mod catalogue;
mod fault;
mod fixed;

use super::place::{Place, stamp};
use super::planted::{Offence, PlantedObject};
use super::{AlertRule, Faults};
use crate::scope::Scope;
use catalogue::{Detection, NRT, SCHEDULED, SHARED};
use fault::{TOUCHES, Touch, plain};
use fixed::{FIXED, Fixed};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Name of the built-in Fusion rule: a word, not a GUID.
pub(super) const FUSION: &str = "BuiltInFusion";

/// Rules that still carry a playbook attached to the rule itself, which Microsoft ended in March 2026.
const ATTACHED: [(usize, &str, &str); 3] = [
    (0, "Shadow copies deleted", "Alert-Enrich-Entities"),
    (0, "Reverse shell started", "Alert-Enrich-Entities"),
    (1, "Security log cleared", "Alert-Enrich-Entities"),
];

enum Kind {
    Scheduled(&'static Detection),
    Nrt(&'static Detection),
    Fixed(&'static Fixed),
}

/// One rule of one workspace.
struct Row {
    kind: Kind,
    touch: Touch,
}

/// The rules of the workspace at position `at`, in the order they are served.
fn rows(at: usize) -> Vec<Row> {
    let (scheduled, nrt) = match at {
        0 => (SCHEDULED.len(), NRT.len()),
        1 => (SHARED, NRT.len() - 1),
        _ => (0, 0),
    };
    let row = |kind, name| Row { kind, touch: touch(at, name) };
    let fixed = FIXED.iter().filter(|rule| rule.at == at);
    (SCHEDULED[..scheduled].iter().map(|d| row(Kind::Scheduled(d), d.name)))
        .chain(NRT[..nrt].iter().map(|d| row(Kind::Nrt(d), d.name)))
        .chain(fixed.map(|rule| Row { kind: Kind::Fixed(rule), touch: rule.touch() }))
        .collect()
}

fn touch(at: usize, name: &'static str) -> Touch {
    let found = TOUCHES.iter().find(|touch| touch.at == at && touch.name == name);
    found.copied().unwrap_or_else(|| plain(at, name))
}

fn kept(place: &Place, faults: Faults) -> impl Iterator<Item = Row> {
    rows(place.at).into_iter().filter(move |row| faults == Faults::All || row.touch.offends.is_empty())
}

pub(super) fn rules(place: &Place, faults: Faults) -> Vec<AlertRule> {
    kept(place, faults).map(|row| row.rule(place)).collect()
}

/// A rule that raises alerts and creates no incident of them.
#[derive(Clone, Copy, Debug)]
pub struct AlertOnly {
    pub name: &'static str,
    pub severity: &'static str,
    pub tactic: &'static str,
}

/// Those that run in the workspace at position `at`.
pub fn alert_only(scope: &Scope, at: usize) -> Vec<AlertOnly> {
    let place = Place::nth(scope, at);
    let rows = place.into_iter().flat_map(|place| rows(place.at));
    let rows = rows.filter(|row| row.touch.enabled && !row.touch.creates);
    rows.filter_map(|row| match row.kind {
        Kind::Scheduled(one) | Kind::Nrt(one) => {
            Some(AlertOnly { name: one.name, severity: one.severity, tactic: one.tactic })
        }
        Kind::Fixed(_) => None,
    })
    .collect()
}

/// Legacy attachments by rule name, for the rules that are served.
pub(super) fn actions(place: &Place, faults: Faults) -> HashMap<String, Vec<Value>> {
    kept(place, faults)
        .filter_map(|row| {
            let (.., playbook) =
                ATTACHED.iter().find(|(at, rule, _)| *at == place.at && *rule == row.touch.name)?;
            Some((row.name(place), vec![attachment(place, &row.name(place), playbook)]))
        })
        .collect()
}

fn attachment(place: &Place, rule: &str, playbook: &str) -> Value {
    let key = format!("actions/{rule}");
    let name = place.guid(&key);
    json!({
        "id": format!("{}/actions/{name}", place.id("alertRules", rule)),
        "name": name,
        "etag": place.etag(&key),
        "type": "Microsoft.SecurityInsights/alertRules/actions",
        "properties": {
            "workflowId": place.guid(&format!("{key}/workflow")).replace('-', ""),
            "logicAppResourceId": place.scope.workflow_id(playbook),
        },
    })
}

/// ARM id of a rule by its display name; it need not exist.
pub(super) fn id(place: &Place, display_name: &str) -> String {
    place.id("alertRules", &guid(place, display_name))
}

fn guid(place: &Place, display_name: &str) -> String {
    place.guid(&format!("alertRules/{display_name}"))
}

/// The blueprints that offend, with their notes.
pub(super) fn offenders(scope: &Scope) -> Vec<(PlantedObject, &'static [Offence])> {
    let places = (0..2).filter_map(|at| Place::nth(scope, at));
    places
        .flat_map(|place| {
            let offending = rows(place.at).into_iter().filter(|row| !row.touch.offends.is_empty());
            offending.map(|row| (row.object(&place), row.touch.offends)).collect::<Vec<_>>()
        })
        .collect()
}

impl Row {
    fn name(&self, place: &Place) -> String {
        match self.kind {
            Kind::Fixed(rule) if rule.is_fusion() => FUSION.to_owned(),
            _ => guid(place, self.touch.name),
        }
    }

    fn object(&self, place: &Place) -> PlantedObject {
        PlantedObject {
            kind: "analytics_rule",
            id: place.id("alertRules", &self.name(place)),
            name: self.touch.name.to_owned(),
        }
    }

    fn rule(&self, place: &Place) -> AlertRule {
        let key = format!("alertRules/{}", self.touch.name);
        let (kind, properties) = match self.kind {
            Kind::Scheduled(detection) => ("Scheduled", scheduled(detection, &self.touch, place, &key)),
            Kind::Nrt(detection) => ("NRT", query_rule(detection, &self.touch, place, &key)),
            Kind::Fixed(rule) => (rule.kind(), rule.properties(place, &key)),
        };
        let name = self.name(place);
        let json = json!({
            "id": place.id("alertRules", &name),
            "name": name,
            "etag": place.etag(&key),
            "type": "Microsoft.SecurityInsights/alertRules",
            "kind": kind,
            "properties": properties,
        });
        AlertRule {
            json,
            preview_only: !matches!(kind, "Scheduled" | "Fusion" | "MicrosoftSecurityIncidentCreation"),
        }
    }
}

/// Scheduled = what NRT has, and a schedule.
fn scheduled(detection: &Detection, touch: &Touch, place: &Place, key: &str) -> Value {
    const RHYTHM: [(&str, &str); 4] = [("PT5M", "PT5M"), ("PT1H", "PT1H"), ("PT1H", "PT4H"), ("P1D", "P1D")];
    let (frequency, period) = RHYTHM[usize::try_from(place.below(key, 4)).unwrap_or(0)];
    let mut properties = query_rule(detection, touch, place, key);
    properties["queryFrequency"] = json!(frequency);
    properties["queryPeriod"] = json!(period);
    properties["triggerOperator"] = json!("GreaterThan");
    properties["triggerThreshold"] = json!(0);
    properties
}

fn query_rule(detection: &Detection, touch: &Touch, place: &Place, key: &str) -> Value {
    let (kind, identifier, column) = detection.feed.other;
    json!({
        "alertRuleTemplateName": null,
        "displayName": detection.name,
        "description": describe(detection, touch),
        "severity": detection.severity,
        "enabled": touch.enabled,
        "tactics": [detection.tactic],
        "techniques": [detection.technique],
        "query": query(detection),
        "suppressionDuration": "PT5H",
        "suppressionEnabled": false,
        "lastModifiedUtc": stamp(place.changed(key), 7),
        "eventGroupingSettings": {"aggregationKind": if touch.title.is_some() { "AlertPerResult" } else { "SingleAlert" }},
        "customDetails": null,
        "entityMappings": [
            {"entityType": "Account", "fieldMappings": [{"identifier": "Name", "columnName": detection.feed.account}]},
            {"entityType": kind, "fieldMappings": [{"identifier": identifier, "columnName": column}]},
        ],
        "alertDetailsOverride": overrides(touch),
        "incidentConfiguration": incidents(touch),
    })
}

fn describe(detection: &Detection, touch: &Touch) -> String {
    let table = detection.feed.table;
    format!(
        "{}Raises an alert on {table} rows: {}.{}",
        touch.before,
        detection.name.to_lowercase(),
        touch.after
    )
}

fn query(detection: &Detection) -> String {
    let (feed, filter) = (detection.feed, detection.filter);
    format!(
        "{}\n| where TimeGenerated > ago(1h)\n| where {filter}\n| summarize Hits = count() by {}, {}\n| where Hits > 3",
        feed.table, feed.account, feed.other.2
    )
}

fn overrides(touch: &Touch) -> Value {
    if touch.title.is_none() && touch.text.is_none() {
        return Value::Null;
    }
    json!({
        "alertDisplayNameFormat": touch.title,
        "alertDescriptionFormat": touch.text,
        "alertTacticsColumnName": null,
        "alertSeverityColumnName": null,
    })
}

fn incidents(touch: &Touch) -> Value {
    json!({
        "createIncident": touch.creates,
        "groupingConfiguration": {
            "enabled": touch.groups,
            "reopenClosedIncident": touch.reopens,
            "lookbackDuration": "PT5H",
            "matchingMethod": "AllEntities",
            "groupByEntities": [],
            "groupByAlertDetails": null,
            "groupByCustomDetails": null,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_touch_names_a_rule_of_its_workspace() {
        for touch in TOUCHES {
            let rows = rows(touch.at);
            let found = rows.iter().filter(|row| row.touch.name == touch.name).count();
            assert_eq!(found, 1, "{} in workspace {}", touch.name, touch.at);
        }
    }

    #[test]
    fn every_attachment_names_an_enabled_rule() {
        for (at, name, _) in ATTACHED {
            let rows = rows(at);
            assert!(rows.iter().any(|row| row.touch.name == name && row.touch.enabled), "{name}");
        }
    }
}
