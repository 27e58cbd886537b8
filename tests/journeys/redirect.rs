//! Every chain ends where the world planted it, and every check finds what was planted.

use std::collections::BTreeMap;

use host::Apis;
use serde_json::{Value, json};
use tests::{Desk, world};

/// What must be equal: the end, and the hops where the source's own Graph id is known.
fn told(row: &Value) -> (String, Value) {
    let source = &row["source"];
    let key = format!("{} {} {}", source["sentinel_id"], source["graph_id"], source["number"]);
    let target = &row["target"];
    let target = match target.is_null() {
        true => Value::Null,
        false => json!([target["sentinel_id"], target["graph_id"], target["number"]]),
    };
    let hops = if source["graph_id"].is_null() { Value::Null } else { row["hops"].clone() };
    (key, json!({ "target": target, "hops": hops, "reason": row["unresolved_reason"] }))
}

async fn compare(seed: u64, story: &str, incidents: u32) {
    let desk = Desk::open(sandbox::Options { story: story.to_owned(), ..world(seed, incidents) }).await;
    desk.host.sync(Apis::ALL).await.expect("the sync ends");
    let found = serde_json::to_value(desk.host.redirects().await.expect("redirects")).expect("JSON");
    let truth = desk.sandbox.truth();
    let rows = |list: &Value| -> BTreeMap<String, Value> {
        list.as_array().expect("a list").iter().map(told).collect()
    };
    let (found, planted) = (rows(&found), rows(&truth["redirects"]));
    assert!(planted.len() > 30, "{story} {seed} plants redirects");
    for (key, want) in &planted {
        assert_eq!(found.get(key), Some(want), "{story} {seed}: source {key}");
    }
    assert_eq!(found.len(), planted.len(), "{story} {seed}: no source beyond those planted");
}

#[tokio::test(flavor = "multi_thread")]
async fn chains_end_where_they_were_planted() {
    for seed in 1..=5 {
        compare(seed, "half-migrated", 1_500).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sources_that_carry_their_own_id_end_there_too() {
    for seed in 1..=5 {
        compare(seed, "own-id", 1_500).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn chains_end_there_where_graph_is_read_in_part() {
    for (seed, story) in [(1, "half-migrated"), (2, "own-id"), (3, "half-migrated")] {
        compare(seed, story, 9_000).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn checks_find_what_was_planted_and_nothing_else() {
    for seed in [1, 2] {
        let desk = Desk::open(world(seed, 1_500)).await;
        desk.host.sync(Apis::ALL).await.expect("the sync ends");
        let report = serde_json::to_value(desk.host.readiness().await.expect("a report")).expect("JSON");
        let truth = desk.sandbox.truth();
        for check in report["checks"].as_array().expect("checks") {
            let id = check["id"].as_str().expect("an id");
            let planted = &truth["checks"][id];
            assert_eq!(check["verdict"], planted["verdict"], "{id} {seed}: {}", check["reason"]);
            assert_eq!(objects(check), objects(planted), "{id} {seed}");
        }
    }
}

fn objects(check: &Value) -> std::collections::BTreeSet<String> {
    let list = check["objects"].as_array().expect("objects");
    list.iter().map(|one| format!("{} {} {}", one["kind"], one["id"], one["name"])).collect()
}
