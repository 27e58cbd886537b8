//! Changes when something comes between: somebody else, a missing right, a lost answer, a kill; and many at once.

use std::process::{Command, Stdio};

use contract::job::JobState;
use host::Apis;
use sandbox::{Door, Trouble, Weather};
use serde_json::{Value, json};
use store::{Key, Store};
use tests::{Desk, finish, world};

use crate::change::{apply, change, items, last_batch, one, preview, raw, rows, writing};

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_change_is_a_conflict_at_both_apis_and_nothing_is_written() {
    let desk = writing(world(1, 600)).await;
    for presence in ["both", "sentinel_only"] {
        let key = one(&desk, presence).await;
        let wish = json!({ "owner": "me@contoso.example", "comment": "Mine." });
        let seen = items(&preview(&desk, std::slice::from_ref(&key), &wish).await);
        change(&desk, &key, &json!({ "owner": "them@contoso.example" })).await;
        let row = apply(&desk, &seen, &wish).await.remove(0);
        assert_eq!((&row["outcome"], &row["comment"]), (&json!("conflict"), &json!("Mine.")), "{row}");
        let clash = &row["clashes"][0];
        assert_eq!(clash["yours"], json!(["me@contoso.example"]));
        assert_eq!(clash["theirs"], json!(["them@contoso.example"]));
        let detail = desk.get("incident_get", json!({ "key": key })).await;
        assert_eq!(detail["row"]["owner"], "them@contoso.example", "theirs stands");
        // A comment replaces nothing, so it meets no conflict.
        let only = json!({ "comment": "Beside." });
        assert_eq!(apply(&desk, &seen, &only).await[0]["outcome"], "done");
        // Decided anew on what stands there now, it goes through.
        assert_eq!(change(&desk, &key, &wish).await["outcome"], "done");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_right_the_sentence_names_it() {
    let desk = writing(sandbox::Options { story: "look-only".into(), ..world(1, 600) }).await;
    for (presence, right) in
        [("both", "SecurityIncident.ReadWrite.All"), ("sentinel_only", "Microsoft Sentinel Responder")]
    {
        let key = one(&desk, presence).await;
        for wish in [json!({ "severity": "low" }), json!({ "comment": "x" })] {
            let row = change(&desk, &key, &wish).await;
            let said = row["said"].as_str().unwrap();
            assert_eq!(row["outcome"], "failed", "{row}");
            assert!(
                said.contains(right) && said.contains("Respond") && said.contains("no right to change"),
                "{said}"
            );
        }
    }
}

/// Graph ids stand in the seed: what a first desk finds, a second one of the same seed has too.
async fn twin() -> (String, String) {
    let desk = writing(world(1, 600)).await;
    let row = rows(&desk, "both", false, 1).await.remove(0);
    (row["key"].as_str().unwrap().to_owned(), row["graph_id"].as_str().unwrap().to_owned())
}

fn comments(raw: &Value, text: &str) -> usize {
    raw["comments"].as_array().expect("comments").iter().filter(|one| one["comment"] == text).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_looked_up_and_nothing_is_sent_twice() {
    let (key, id) = twin().await;
    let path = format!("/security/incidents/{id}");
    // The first answer is the reading before, the second the write's.
    let cut = vec![
        Weather::new(Door::Graph, &path, Trouble::Cut).from(1),
        Weather::new(Door::Graph, "/comments", Trouble::Cut),
    ];
    let desk = writing(sandbox::Options { weather: cut, ..world(1, 600) }).await;
    let row = change(&desk, &key, &json!({ "severity": "low" })).await;
    assert_eq!(row["outcome"], "done", "read and found: {row}");
    let row = change(&desk, &key, &json!({ "comment": "Once." })).await;
    assert_eq!(row["outcome"], "done", "{row}");
    let sent = desk.sandbox.journal().entries();
    assert_eq!(sent.iter().filter(|entry| entry.method == "PATCH").count(), 1);
    assert_eq!(comments(&raw(&desk, &key, "graph").await, "Once."), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_not_be_looked_up_is_unknown_until_the_next_sync_reads_it() {
    let (key, id) = twin().await;
    let weather = vec![
        Weather::new(Door::Graph, "/comments", Trouble::Cut),
        Weather::new(Door::Graph, &format!("/security/incidents/{id}"), Trouble::Fail(500)).from(2).times(8),
    ];
    let desk = writing(sandbox::Options { weather, ..world(1, 600) }).await;
    let row = change(&desk, &key, &json!({ "comment": "Once." })).await;
    assert_eq!(row["outcome"], "unknown", "{row}");
    let said = row["said"].as_str().unwrap();
    assert!(said.contains("may have been written") && said.contains("Check the incident"), "{said}");
    assert_eq!(
        row["sent"],
        json!([{ "verb": "POST", "path": format!("/v1.0/security/incidents/{id}/comments") }])
    );
    desk.host.sync(Apis::ALL).await.expect("the next sync");
    let row = last_batch(&desk).await.remove(0);
    assert_eq!(row["outcome"], "done", "{row}");
    assert_eq!(comments(&raw(&desk, &key, "graph").await, "Once."), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_outcome_is_settled_where_its_incident_is_read_again() {
    let (key, id) = twin().await;
    let weather = vec![
        Weather::new(Door::Graph, "/comments", Trouble::Cut),
        Weather::new(Door::Graph, &format!("/security/incidents/{id}"), Trouble::Fail(500)).from(2).times(8),
    ];
    let desk = writing(sandbox::Options { weather, ..world(1, 600) }).await;
    assert_eq!(change(&desk, &key, &json!({ "comment": "Once." })).await["outcome"], "unknown");
    let (end, failure) = desk.run("incident_read", json!({ "key": key })).await;
    assert_eq!((end, failure), (JobState::Done, None));
    let row = last_batch(&desk).await.remove(0);
    assert_eq!(row["outcome"], "done", "{row}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_etag_alone_is_no_conflict() {
    let desk = writing(world(1, 600)).await;
    let key = one(&desk, "sentinel_only").await;
    let wish = json!({ "severity": "low" });
    let seen = items(&preview(&desk, std::slice::from_ref(&key), &wish).await);
    // A comment moves the etag and changes no field.
    assert_eq!(change(&desk, &key, &json!({ "comment": "x" })).await["outcome"], "done");
    assert_eq!(apply(&desk, &seen, &wish).await[0]["outcome"], "done");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_changed_and_one_that_fails_stops_no_other() {
    let desk = writing(world(1, 2_000)).await;
    let mut keys: Vec<String> = Vec::new();
    for presence in ["both", "sentinel_only"] {
        let found = rows(&desk, presence, false, 95).await;
        keys.extend(found.iter().map(|row| row["key"].as_str().unwrap().to_owned()));
    }
    let wish = json!({ "owner": "team@contoso.example", "add_tags": ["bulk"] });
    let mut all = items(&preview(&desk, &keys, &wish).await).as_array().unwrap().clone();
    for stale in all.iter_mut().take(5) {
        stale["seen"]["severity"] = json!("other");
    }
    let seen = all[0]["seen"].clone();
    let merged = rows(&desk, "both", true, 5).await;
    all.extend(merged.iter().map(|row| json!({ "key": row["key"], "seen": seen })));
    let rows = apply(&desk, &json!(all), &wish).await;
    let count = |outcome: &str| rows.iter().filter(|row| row["outcome"] == outcome).count();
    let failed = |why: &str| rows.iter().filter(|row| row["said"].as_str().unwrap().contains(why)).count();
    assert_eq!((rows.len(), count("conflict")), (all.len(), 5));
    // A severity that is no word of Microsoft's is put back as it was served, and refused.
    assert_eq!(count("failed"), merged.len() + failed("Microsoft answers 400"), "{rows:?}");
    assert_eq!(failed("It was merged into"), merged.len());
    assert!(count("done") >= 170 && count("unknown") == 0, "{} of {}", count("done"), all.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_ends_the_list_and_leaves_no_change_in_its_middle() {
    let options = sandbox::Options { latency: std::time::Duration::from_millis(40), ..world(1, 900) };
    let desk = writing(options).await;
    let keys: Vec<String> =
        rows(&desk, "both", false, 60).await.iter().map(|row| row["key"].as_str().unwrap().into()).collect();
    let wish = json!({ "add_tags": ["stop"] });
    let items = items(&preview(&desk, &keys, &wish).await);
    let mut events = desk.host.events();
    let request = json!({ "items": items, "wish": wish, "typed": null });
    let job = desk.get("change_apply", request.clone()).await;
    let second = desk.ask("change_apply", request).await;
    assert!(second.is_err_and(|error| error.message.contains("being written")), "no second one joins");
    while last_batch(&desk).await.len() < 3 {
        events.recv().await.expect("it tells where it is");
    }
    desk.get("job_cancel", json!({ "id": job["id"] })).await;
    // The one under way is brought to its end.
    while last_batch(&desk).await.iter().any(|row| row["outcome"] == "under_way") {
        tokio::task::yield_now().await;
    }
    let rows = last_batch(&desk).await;
    assert!(rows.len() < 60 && rows.iter().all(|row| row["outcome"] == "done"), "{}", rows.len());
}

fn once(descriptor: &std::path::Path, folder: &std::path::Path, key: Option<&str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sync-once"));
    command.args([descriptor, folder]).args(key).stdin(Stdio::null());
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_intent_and_outcome_it_is_unknown_and_the_next_start_reads() {
    let options = sandbox::Options { latency: std::time::Duration::from_millis(150), ..world(1, 200) };
    let desk = Desk::beside(options).await;
    let folder = tempfile::tempdir().expect("a folder");
    let (descriptor, place) = (desk.descriptor(), folder.path().to_owned());
    let outcome = tokio::task::spawn_blocking(move || {
        assert!(once(&descriptor, &place, None).status().expect("it runs").success());
        let store = Store::open(&place, Key::new([7; 32])).expect("the store opens").store;
        let key = first_twin(&store);
        let mut child = once(&descriptor, &place, Some(&key)).spawn().expect("it starts");
        while store.changes(&Default::default(), 0, 1).expect("changes").rows.is_empty() {
            std::thread::yield_now();
        }
        child.kill().expect("it can be killed");
        child.wait().expect("and ends");
        let cut = store.changes(&Default::default(), 0, 1).expect("changes").rows.remove(0);
        assert_eq!(cut.outcome, None, "the intent survives without an outcome");
        drop(store);
        assert!(once(&descriptor, &place, None).status().expect("it runs").success());
        let store = Store::open(&place, Key::new([7; 32])).expect("the store opens").store;
        let settled = store.changes(&Default::default(), 0, 1).expect("changes").rows.remove(0);
        let id = store.incident(&key).expect("a row").expect("it is there").graph_id.expect("a twin");
        let body = store.body("graph", &id).expect("a body").expect("it was read");
        (settled.outcome, serde_json::from_str::<Value>(&body.json).expect("JSON"))
    })
    .await
    .expect("the runs end");
    let there = comments(&outcome.1, "Seen once.");
    assert_eq!(outcome.0.as_deref(), Some(if there == 1 { "done" } else { "failed" }), "{there} comments");
    assert!(there <= 1);
}

fn first_twin(store: &Store) -> String {
    use domain::incident::queue::{Column, Filter, Presence, Sort};
    let filter = Filter { presence: vec![Presence::Both], redirected: Some(false), ..Filter::default() };
    let sort = Sort { column: Column::Created, descending: true };
    store.incidents(&filter, sort, 0, 1).expect("the queue").rows.remove(0).key
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_changed_as_any_tenant() {
    let host = tests::host(None, true);
    host.call("session_demo", json!({})).await.expect("it opens");
    assert_eq!(finish(&host, "sync_run", json!({})).await.0, JobState::Done);
    host.call("account_edit", json!({ "name": "demo tenant", "tier": "respond" }))
        .await
        .expect("it is chosen");
    let sort = json!({ "column": "created", "descending": true });
    let request = json!({ "filter": { "presence": ["both"], "redirected": false }, "sort": sort, "offset": 0, "limit": 1 });
    let page = host.call("incident_list", request).await.expect("rows");
    assert_eq!(page["rows"][0]["can"], json!({ "change": "graph", "why_not": null }));
}
