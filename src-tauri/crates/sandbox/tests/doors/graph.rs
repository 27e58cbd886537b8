//! Graph: paging, limits, filters, unknown enum members, redirects, changes.

use crate::client::{GRAPH, World, text};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::HashSet;

#[tokio::test]
async fn every_incident_once_newest_first() {
    let world = World::of(600).await;
    let all = world.all_graph("?$top=50").await;
    let ids: HashSet<&str> = all.iter().map(|one| text(one, "/id")).collect();
    assert_eq!(ids.len(), all.len(), "no incident twice");
    assert_eq!(world.sandbox.truth()["incidents"]["graph"], all.len());
    let created: Vec<&str> = all.iter().map(|one| text(one, "/createdDateTime")).collect();
    assert!(created.is_sorted_by(|a, b| a >= b));
}

#[tokio::test]
async fn a_page_holds_fifty_at_most() {
    let world = World::of(200).await;
    let answer = world.graph(Method::GET, "incidents?$top=51", None).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.body["error"]["code"], "", "the real service leaves the code empty");
    assert_eq!(
        answer.body["error"]["message"],
        "The query specified in the URI is not valid. The limit of '50' for Top query has been exceeded. The value \
         from the incoming request is '51'."
    );
    let skipped = world.graph(Method::GET, "incidents?$top=5&$skip=5&$count=true", None).await;
    let first = world.graph(Method::GET, "incidents?$top=10", None).await;
    assert_eq!(skipped.items(), &first.items()[5..]);
    assert_eq!(skipped.body["@odata.count"], world.sandbox.truth()["incidents"]["graph"]);
    let order = world.graph(Method::GET, "incidents?$orderby=createdDateTime", None).await;
    assert_eq!(order.status, 400, "options that are not documented are refused");
}

#[tokio::test]
async fn unknown_members_come_to_those_who_ask() {
    let world = World::of(3_000).await;
    let plain = world.all_graph("").await;
    let statuses: HashSet<&str> = plain.iter().map(|one| text(one, "/status")).collect();
    assert!(statuses.contains("unknownFutureValue") && !statuses.contains("awaitingAction"), "{statuses:?}");
    let url = format!(
        "{}/v1.0/security/incidents?$filter=status%20eq%20'awaitingAction'",
        world.sandbox.descriptor().graph
    );
    let request = world.http.get(url).bearer_auth(world.token(GRAPH).await);
    let told = world.send(request.header("Prefer", "include-unknown-enum-members")).await;
    assert!(!told.items().is_empty());
    assert!(told.items().iter().all(|one| one["status"] == "awaitingAction"));
}

#[tokio::test]
async fn alerts_come_apart_from_their_incidents_too() {
    let world = World::of(60).await;
    let inside = world.all_graph("?$expand=alerts").await;
    let mut inside: Vec<Value> =
        inside.iter().flat_map(|one| one["alerts"].as_array().unwrap().clone()).collect();
    let start = format!("{}/v1.0/security/alerts_v2?$top=7", world.sandbox.descriptor().graph);
    let (mut apart, mut next) = (Vec::new(), Some(start));
    while let Some(url) = next {
        let page = world.send(world.http.get(url).bearer_auth(world.token(GRAPH).await)).await;
        assert!(page.items().len() <= 7);
        apart.extend(page.items().iter().cloned());
        next = page.body["@odata.nextLink"].as_str().map(str::to_owned);
    }
    let id = |one: &Value| one["id"].as_str().unwrap().to_owned();
    inside.sort_by_key(id);
    apart.sort_by_key(id);
    assert!(!apart.is_empty());
    assert_eq!(apart, inside);
    let one = world
        .send(
            world
                .http
                .get(format!(
                    "{}/v1.0/security/alerts_v2/{}",
                    world.sandbox.descriptor().graph,
                    id(&apart[0])
                ))
                .bearer_auth(world.token(GRAPH).await),
        )
        .await;
    assert_eq!(one.body["incidentId"], apart[0]["incidentId"]);
    let bad = format!("{}/v1.0/security/alerts_v2?$top=1001", world.sandbox.descriptor().graph);
    assert_eq!(world.send(world.http.get(bad).bearer_auth(world.token(GRAPH).await)).await.status, 400);
}

#[tokio::test]
async fn a_redirected_source_names_the_next_hop() {
    let world = World::of(1_000).await;
    let sources = world.all_graph("?$filter=status%20eq%20'redirected'").await;
    assert!(sources.len() >= 20);
    for source in &sources {
        assert!(text(source, "/redirectIncidentId").parse::<u32>().is_ok(), "{source}");
        assert!(text(source, "/lastModifiedBy").to_lowercase().contains("correlation"));
    }
    let live = world
        .graph(Method::GET, "incidents?$filter=status%20eq%20'active'&$top=1&$expand=alerts", None)
        .await;
    assert!(live.items()[0]["redirectIncidentId"].is_null());
    assert!(!live.items()[0]["alerts"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn get_patch_comment() {
    let world = World::of(200).await;
    let list = world.graph(Method::GET, "incidents?$top=1&$filter=status%20eq%20'active'", None).await;
    let before = &list.items()[0];
    let path = format!("incidents/{}", text(before, "/id"));
    let change = json!({
        "status": "inProgress", "classification": "truePositive", "determination": "phishing",
        "assignedTo": "pia@contoso.example", "customTags": ["INC1"],
    });
    let after = world.graph(Method::PATCH, &path, Some(change)).await;
    assert_eq!(after.status, 200, "{}", after.body);
    assert_eq!(text(&after.body, "/determination"), "phishing");
    assert_eq!(after.body["customTags"], json!(["INC1"]));
    assert!(text(&after.body, "/lastUpdateDateTime") > text(before, "/lastUpdateDateTime"));
    let comment = json!({"@odata.type": "microsoft.graph.security.alertComment", "comment": "done"});
    let comments = world.graph(Method::POST, &format!("{path}/comments"), Some(comment)).await;
    assert_eq!(comments.items().len(), 1, "the answer is the whole list");
    let now = world.graph(Method::GET, &path, None).await;
    assert_eq!(text(&now.body, "/comments/0/comment"), "done");
    for bad in
        [json!({"status": "redirected"}), json!({"determination": "clean"}), json!({"severity": "huge"})]
    {
        assert_eq!(world.graph(Method::PATCH, &path, Some(bad.clone())).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn a_change_in_one_api_shows_in_the_other() {
    let world = World::of(300).await;
    let list = world.all(&world.sentinel("soc-primary", "incidents?api-version=2025-09-01&$top=1000")).await;
    let twin = list.iter().find(|one| {
        text(one, "/properties/providerName") == "Microsoft XDR"
            && one.pointer("/properties/additionalData/providerIncidentUrl").is_some()
            && text(one, "/properties/status") == "New"
    });
    let twin = twin.unwrap();
    let id = text(twin, "/properties/providerIncidentId");
    world.graph(Method::PATCH, &format!("incidents/{id}"), Some(json!({"status": "resolved"}))).await;
    let url =
        world.sentinel("soc-primary", &format!("incidents/{}?api-version=2025-09-01", text(twin, "/name")));
    let now = world.get(&url).await.body;
    assert_eq!(text(&now, "/properties/status"), "Closed");
    assert_ne!(now["etag"], twin["etag"]);
}

#[tokio::test]
async fn what_is_missing_or_forbidden() {
    let world = World::of(100).await;
    let missing = world.graph(Method::GET, "incidents/1", None).await;
    assert_eq!((missing.status, text(&missing.body, "/error/code")), (404, "NotFound"));
    assert!(missing.body["error"]["innerError"]["request-id"].is_string());
    let denied = World::story("denied", 10).await;
    assert_eq!(denied.graph(Method::GET, "incidents", None).await.status, 403);
    let typed = world.token_of("denied", GRAPH).await;
    let url = format!("{}/v1.0/security/incidents", world.sandbox.descriptor().graph);
    assert_eq!(world.send(world.http.get(url).bearer_auth(typed)).await.status, 403);
}

#[tokio::test]
async fn json_is_called_json() {
    let world = World::of(10).await;
    let answer = world.graph(Method::GET, "incidents", None).await;
    assert!(answer.header("content-type").starts_with("application/json"), "the SDK wants it so");
    assert!(matches!(answer.body, Value::Object(_)));
}
