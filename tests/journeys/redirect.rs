//! Every chain ends where the world planted it, and every check finds what was planted.

use std::collections::BTreeMap;

use host::Apis;
use sandbox::{Door, Trouble, Weather};
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
    desk.host.read_ends(|_| {}).await.expect("ends are read");
    let (found, planted) = (found(&desk).await, planted(&desk));
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
async fn of_a_large_tenant_ends_are_read_behind_the_sync_and_told_as_unread_until_then() {
    let desk = Desk::open(world(1, 9_000)).await;
    desk.host.sync(Apis::ALL).await.expect("the sync ends");
    let single = || desk.sandbox.journal().matching(Door::Graph, SINGLE);
    assert_eq!(single(), 0, "the sync asks for lists alone");
    let truth = planted(&desk);
    let first = found(&desk).await;
    let not_read = |rows: &BTreeMap<String, Value>| {
        rows.values().filter(|row| row["reason"] == "target_not_read").count()
    };
    let unread = not_read(&first);
    assert!(unread > 60, "more than one turn: {unread}");
    for (key, row) in &first {
        assert!(row["reason"] == "target_not_read" || Some(row) == truth.get(key), "{key}: {row}");
    }
    let overview = desk.get("overview_get", json!({})).await;
    let lost = first.values().filter(|row| !row["reason"].is_null()).count() - unread;
    assert_eq!((&overview["unresolved"], &overview["not_read"]), (&json!(lost), &json!(unread)));
    let list = desk.get("redirect_list", json!({})).await;
    let rows = list["unresolved"].as_array().expect("rows").iter();
    for row in rows.filter(|row| row["unresolved_reason"] == "target_not_read") {
        assert!(
            row["named"].is_string()
                && row["reason"].as_str().is_some_and(|why| why.contains("not read yet")),
            "{row}"
        );
    }

    // Opened, one is read at once.
    let key = list["unresolved"].as_array().and_then(|rows| {
        rows.iter().find(|row| row["unresolved_reason"] == "target_not_read").map(|row| row["key"].clone())
    });
    assert_eq!(desk.run("incident_read", json!({ "key": key })).await.1, None);
    assert!(not_read(&found(&desk).await) < unread);

    // Broken off, it goes on where it was.
    let asked = single();
    desk.sandbox.set_weather(vec![Weather::new(Door::Graph, SINGLE, Trouble::Fail(403)).from(20)]);
    desk.run("sync_older", json!({})).await;
    let left = not_read(&found(&desk).await);
    assert!(left > 0 && left < unread, "{left} of {unread}");
    desk.sandbox.set_weather(Vec::new());
    assert_eq!(desk.run("sync_older", json!({})).await.1, None);
    assert_eq!(found(&desk).await, truth, "all are read now");
    assert!(single() - asked <= unread + 24, "and none twice: {} for {unread}", single() - asked);
}

/// What a request for one incident has in its path.
const SINGLE: &str = "/security/incidents/";

async fn found(desk: &Desk) -> BTreeMap<String, Value> {
    let found = serde_json::to_value(desk.host.redirects().await.expect("redirects")).expect("JSON");
    found.as_array().expect("a list").iter().map(told).collect()
}

fn planted(desk: &Desk) -> BTreeMap<String, Value> {
    desk.sandbox.truth()["redirects"].as_array().expect("a list").iter().map(told).collect()
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
