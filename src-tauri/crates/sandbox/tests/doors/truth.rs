//! The truth against what the doors serve, read here by hand and not by the product.

use crate::client::{World, text};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

async fn arm_incidents(world: &World) -> Vec<Value> {
    let mut all = Vec::new();
    for name in &world.sandbox.descriptor().workspaces {
        all.extend(world.all(&world.sentinel(name, "incidents?api-version=2025-09-01&$top=1000")).await);
    }
    all
}

fn redirected(incident: &Value) -> bool {
    let labels = incident["properties"]["labels"].as_array().unwrap();
    labels.iter().any(|label| label["labelName"] == "Redirected")
}

#[tokio::test]
async fn sources_are_closed_labelled_empty_and_name_their_last_target() {
    let world = World::of(1_000).await;
    let truth = world.sandbox.truth();
    let rows: HashMap<&str, &Value> = truth["redirects"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| Some((row["source"]["sentinel_id"].as_str()?, row)))
        .collect();
    let sources: Vec<Value> = arm_incidents(&world).await.into_iter().filter(redirected).collect();
    assert_eq!(sources.len(), rows.len(), "one row for each source that ARM shows");
    for source in &sources {
        let row = rows[text(source, "/name")];
        assert_eq!(text(source, "/properties/status"), "Closed");
        assert_eq!(source["properties"]["additionalData"]["alertsCount"], 0);
        let named = text(source, "/properties/providerIncidentId");
        let url = text(source, "/properties/additionalData/providerIncidentUrl");
        assert!(url.contains(&format!("/incidents/{named}?")), "{url}");
        if row["target"].is_object() {
            assert_eq!(row["target"]["graph_id"], named, "F1: the target, over all hops");
        }
        assert_eq!(row["source"]["number"], source["properties"]["incidentNumber"]);
    }
}

#[tokio::test]
async fn in_the_other_reading_sources_keep_their_own_id() {
    let world = World::story("own-id", 1_000).await;
    let truth = world.sandbox.truth();
    let own: HashMap<&str, &str> = truth["redirects"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| Some((row["source"]["sentinel_id"].as_str()?, row["source"]["graph_id"].as_str()?)))
        .collect();
    let mut seen = 0;
    for source in arm_incidents(&world).await.iter().filter(|one| redirected(one)) {
        if let Some(id) = own.get(text(source, "/name")) {
            assert_eq!(text(source, "/properties/providerIncidentId"), *id);
            seen += 1;
        }
    }
    assert_eq!(seen, own.len());
}

#[tokio::test]
async fn chains_that_graph_tells_end_where_the_truth_says() {
    for seed in 1..=3 {
        let world = World::start(sandbox::Options { seed, ..crate::client::options(1_000) }).await;
        let truth = world.sandbox.truth();
        let all = world.all_graph("").await;
        let next: HashMap<&str, &Value> =
            all.iter().map(|one| (text(one, "/id"), &one["redirectIncidentId"])).collect();
        for row in truth["redirects"].as_array().unwrap() {
            let Some(mut id) = row["source"]["graph_id"].as_str() else { continue };
            let (mut hops, mut seen) = (0, HashSet::new());
            let end = loop {
                if !seen.insert(id) {
                    break "cycle";
                }
                match next.get(id) {
                    None => break "missing",
                    Some(Value::Null) => break "live",
                    Some(to) => id = to.as_str().unwrap(),
                }
                hops += 1;
            };
            assert_eq!(row["hops"], hops, "{row}");
            match row["unresolved_reason"].as_str() {
                None => assert_eq!((end, row["target"]["graph_id"].as_str()), ("live", Some(id)), "{row}"),
                Some("cycle") => assert_eq!(end, "cycle"),
                Some(_) => assert_eq!(end, "missing"),
            }
            assert_eq!(row["target"].is_null(), row["unresolved_reason"].is_string());
        }
    }
}

#[tokio::test]
async fn a_target_of_another_workspace_is_held_there() {
    let world = World::of(1_000).await;
    let truth = world.sandbox.truth();
    let retail = world.all(&world.sentinel("retail", "incidents?api-version=2025-09-01&$top=1000")).await;
    let held: HashSet<&str> = retail
        .iter()
        .filter(|one| text(one, "/properties/providerName") != "Azure Sentinel" && !redirected(one))
        .map(|one| text(one, "/properties/providerIncidentId"))
        .collect();
    let primary =
        world.all(&world.sentinel("soc-primary", "incidents?api-version=2025-09-01&$top=1000")).await;
    let named: HashMap<&str, &str> =
        primary.iter().map(|one| (text(one, "/name"), text(one, "/properties/providerIncidentId"))).collect();
    let rows = truth["redirects"].as_array().unwrap();
    let other: Vec<&Value> =
        rows.iter().filter(|row| row["unresolved_reason"] == "other_workspace").collect();
    assert!(!other.is_empty());
    for row in other {
        assert_eq!(row["source"]["workspace"], "soc-primary");
        assert!(row["source"]["graph_id"].is_string(), "always joined by a row from before the merge");
        assert!(held.contains(named[row["source"]["sentinel_id"].as_str().unwrap()]), "{row}");
    }
}

#[tokio::test]
async fn counts_titles_and_checks() {
    let world = World::of(1_000).await;
    let truth = world.sandbox.truth();
    assert_eq!(truth["schema"], "crosswalk.truth/1");
    assert_eq!(truth["incidents"]["sentinel"], 1_000);
    let titles: HashSet<&str> =
        truth["titles"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(titles.len(), 20);
    let all = arm_incidents(&world).await;
    for title in titles {
        assert!(title.len() >= 20);
        let found = all.iter().filter(|one| text(one, "/properties/title") == title).count();
        assert_eq!(found, 1, "{title}");
    }
    for (id, verdict) in [("IN-01", "review"), ("IN-02", "review"), ("IN-03", "fail")] {
        assert_eq!(truth["checks"][id]["verdict"], verdict, "{id}");
    }
    let outside: HashSet<&str> =
        truth["checks"]["IN-03"]["objects"].as_array().unwrap().iter().map(|one| text(one, "/id")).collect();
    let unproved = all.iter().filter(|one| {
        text(one, "/properties/providerName") != "Azure Sentinel"
            && one.pointer("/properties/additionalData/providerIncidentUrl").is_none()
    });
    let unproved: Vec<&str> = unproved.map(|one| text(one, "/id")).collect();
    assert_eq!(unproved.len(), 5);
    assert!(unproved.iter().all(|id| outside.contains(id)));
}

#[tokio::test]
async fn numbers_meet_the_ids_of_strangers() {
    let world = World::of(1_000).await;
    let graph: HashMap<String, String> = world
        .all_graph("")
        .await
        .iter()
        .map(|one| (text(one, "/id").to_owned(), text(one, "/displayName").to_owned()))
        .collect();
    let met = arm_incidents(&world)
        .await
        .iter()
        .filter(|one| text(one, "/properties/providerName") == "Azure Sentinel")
        .filter(|one| graph.contains_key(text(one, "/properties/providerIncidentId")))
        .count();
    assert!(met >= 5, "a join on the number alone would pair {met} strangers");
}

#[tokio::test]
async fn the_ready_story_is_ready() {
    let world = World::story("ready", 1_000).await;
    let truth = world.sandbox.truth();
    let rows = truth["redirects"].as_array().unwrap();
    assert!(rows.len() >= 20);
    assert!(
        rows.iter()
            .all(|row| row["target"]["sentinel_id"].is_string() && row["source"]["graph_id"].is_string())
    );
    let failed: Vec<(&String, &Value)> =
        truth["checks"].as_object().unwrap().iter().filter(|(_, check)| check["verdict"] == "fail").collect();
    assert!(failed.is_empty(), "{failed:?}");
}

#[tokio::test]
async fn the_truth_is_served_to_anybody() {
    let world = World::of(100).await;
    let served = world.send(world.http.get(&world.sandbox.descriptor().truth)).await;
    assert_eq!(served.body, world.sandbox.truth());
    assert_eq!(json!(served.body["mail"].is_array()), true);
}
