//! What is served, read by `wire`: nothing is lost, and no member lands where nobody looks for it.

use crate::client::{World, text};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use wire::arm::{alert_rule::AlertRule, automation_rule::AutomationRule, incident, logic};
use wire::{Census, Shape, graph};

/// Reads each item, writes it back, and lists what the record does not know.
fn read<T: Shape + Serialize + DeserializeOwned>(items: &[Value], what: &str) {
    assert!(!items.is_empty(), "no {what}");
    let mut census = Census::default();
    for item in items {
        let record: T = serde_json::from_value(item.clone()).unwrap();
        assert_eq!(&serde_json::to_value(&record).unwrap(), item, "{what}");
        record.census("", &mut census);
    }
    // Definitions and evidence are languages of their own, kept as JSON on purpose.
    census.strays.retain(|name| !name.ends_with("(raw)"));
    assert!(census.strays.is_empty(), "{what}: {:?}", census.strays);
}

const V: &str = "api-version=2025-07-01-preview";

#[tokio::test]
async fn incidents_of_both_apis() {
    let world = World::of(1_000).await;
    for name in &world.sandbox.descriptor().workspaces {
        let all = world.all(&world.sentinel(name, "incidents?api-version=2025-09-01&$top=1000")).await;
        read::<incident::Incident>(&all, "incidents");
    }
    read::<graph::incident::Incident>(&world.all_graph("?$expand=alerts").await, "Graph incidents");
}

#[tokio::test]
async fn what_the_tenant_has_set_up() {
    let world = World::of(0).await;
    let at = |path: &str| world.sentinel("soc-primary", &format!("{path}?{V}"));
    read::<AutomationRule>(&world.all(&at("automationRules")).await, "automation rules");
    read::<AlertRule>(&world.all(&at("alertRules")).await, "analytics rules");
    let group = at("x");
    let (group, _) = group.split_once("/providers/Microsoft.OperationalInsights").unwrap();
    let workflows = format!("{group}/providers/Microsoft.Logic/workflows?api-version=2019-05-01");
    read::<logic::Workflow>(&world.all(&workflows).await, "workflows");
    let connections = format!("{group}/providers/Microsoft.Web/connections?api-version=2016-06-01");
    read::<logic::Connection>(&world.all(&connections).await, "connections");
}

#[tokio::test]
async fn a_two_megabyte_description_comes_back_whole() {
    let world = World::of(10).await;
    let url =
        world.sentinel("retail", "incidents/7d4e9c74-2f60-4c81-9c77-2b5e8d4c3f32?api-version=2025-09-01");
    let huge = "Lang. ".repeat(350_000);
    let body = serde_json::json!({"properties": {
        "title": "Huge", "severity": "Low", "status": "New", "description": huge,
    }});
    assert_eq!(world.arm(reqwest::Method::PUT, &url, Some(body)).await.status, 201);
    assert_eq!(text(&world.get(&url).await.body, "/properties/description").len(), huge.len());
}
