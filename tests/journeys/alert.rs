//! Alerts that no incident holds: read with the log, compared with what was planted, and told when they can't be.

use std::collections::BTreeSet;

use contract::job::JobState;
use host::Apis;
use sandbox::{Door, Trouble, Weather};
use serde_json::{Value, json};
use tests::{Desk, world};

async fn list(desk: &Desk, filter: Value) -> Value {
    desk.get("alert_list", json!({ "filter": filter, "offset": 0, "limit": 500 })).await
}

/// What makes an alert the same: where it is, what it says, how grave it is, whether Sentinel raised it.
fn told(rows: &Value, sentinels: &str) -> BTreeSet<String> {
    let text = |row: &Value, name: &str| row[name].as_str().expect("a text").to_lowercase();
    let rows = rows.as_array().expect("rows").iter();
    rows.map(|row| {
        let words = ["workspace", "id", "severity", "title"].map(|name| text(row, name));
        format!("{} {}", words.join(" "), row[sentinels])
    })
    .collect()
}

fn id_of(rows: &Value, at: usize) -> String {
    rows[at]["id"].as_str().expect("an id").to_owned()
}

fn queries(desk: &Desk) -> usize {
    desk.sandbox.journal().entries().iter().filter(|entry| entry.door == Door::Logs).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_finds_exactly_the_alerts_that_were_planted() {
    let desk = Desk::open(world(1, 300)).await;
    let never = list(&desk, json!({})).await;
    assert_eq!((&never["of"], &never["readings"]), (&json!(0), &json!([])), "nothing was read yet");
    desk.host.sync(Apis::ALL).await.expect("it is read");
    let page = list(&desk, json!({})).await;
    assert_eq!(told(&page["rows"], "nowhere_else"), told(&desk.sandbox.truth()["alerts"], "sentinels"));
    assert_eq!(page["total"], page["of"]);
    let written: Vec<_> =
        page["rows"].as_array().expect("rows").iter().map(|row| row["written"].as_str()).collect();
    assert!(written.is_sorted_by(|one, other| one >= other), "newest first");
    let titles = page["rows"].to_string();
    assert!(titles.contains("<img src=x onerror=alert(document.domain)>"), "a title stays what it is");
    for reading in page["readings"].as_array().expect("readings") {
        assert!(reading["read_at"].is_string() && reading["trouble"].is_null(), "{reading}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_narrowed_and_paged() {
    let desk = Desk::open(world(1, 300)).await;
    desk.host.sync(Apis::ALL).await.expect("it is read");
    let all = list(&desk, json!({})).await;
    let count = |facet: &str, value: &str| {
        let values = all[facet].as_array().expect("values");
        values.iter().find(|one| one["value"] == value).map(|one| one["count"].clone())
    };
    let retail = list(&desk, json!({ "workspace": ["retail"] })).await;
    assert_eq!(Some(retail["total"].clone()), count("workspace", "retail"));
    let medium = list(&desk, json!({ "severity": ["medium"] })).await;
    assert_eq!(Some(medium["total"].clone()), count("severity", "medium"));
    let honeypot = list(&desk, json!({ "text": "DENIED traffic to a honeypot" })).await;
    assert_eq!(honeypot["total"], 12, "a rule's name is searched");
    let id = id_of(&all["rows"], 0);
    assert_eq!(list(&desk, json!({ "text": id })).await["total"], 1);
    assert_eq!(list(&desk, json!({ "text": "' OR 1=1 --" })).await["total"], 0);
    let second = desk.get("alert_list", json!({ "filter": {}, "offset": 1, "limit": 1 })).await;
    assert_eq!(id_of(&second["rows"], 0), id_of(&all["rows"], 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_that_gets_an_incident_leaves_the_list() {
    let desk = Desk::open(world(1, 300)).await;
    desk.host.sync(Apis::ALL).await.expect("it is read");
    let before = list(&desk, json!({})).await;
    let gone = id_of(&before["rows"], 3);
    desk.sandbox.adopt_alert(&gone);
    desk.host.sync(Apis::ALL).await.expect("what is new is read");
    assert_eq!(list(&desk, json!({ "text": gone })).await["total"], 1, "what is old is read once a day");
    assert_eq!(desk.run("alert_read", json!({})).await, (JobState::Done, None));
    let after = list(&desk, json!({})).await;
    assert_eq!(after["of"].as_u64(), before["of"].as_u64().map(|of| of - 1));
    assert_eq!(list(&desk, json!({ "text": gone })).await["total"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_refuses_is_told_and_not_asked_twice() {
    let desk = Desk::open(sandbox::Options { story: "no-log-reader".into(), ..world(1, 300) }).await;
    desk.host.sync(Apis::ALL).await.expect("the rest is read");
    let page = list(&desk, json!({})).await;
    let readings = page["readings"].as_array().expect("readings");
    assert_eq!((readings.len(), &page["of"]), (2, &json!(0)));
    assert!(readings.iter().all(|one| one["read_at"].is_null() && one["trouble"].is_string()), "{page}");
    let asked = queries(&desk);
    assert!(asked <= 4, "windows and identities alone: {asked}");
    let (state, failure) = desk.run("alert_read", json!({})).await;
    assert_eq!((state, failure.is_some()), (JobState::Failed, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_stays_while_the_log_is_out_of_order() {
    let desk = Desk::open(world(1, 300)).await;
    desk.host.sync(Apis::ALL).await.expect("it is read");
    let before = list(&desk, json!({})).await;
    desk.sandbox.set_weather(vec![Weather::new(Door::Logs, "", Trouble::Fail(403)).every(1)]);
    let (state, _) = desk.run("alert_read", json!({})).await;
    assert_eq!(state, JobState::Failed);
    let after = list(&desk, json!({})).await;
    assert_eq!(after["rows"], before["rows"]);
    assert!(after["readings"][0]["trouble"].is_string() && after["readings"][0]["read_at"].is_string());
    desk.sandbox.set_weather(Vec::new());
    assert_eq!(desk.run("alert_read", json!({})).await, (JobState::Done, None));
    assert!(list(&desk, json!({})).await["readings"][0]["trouble"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn where_every_rule_creates_incidents_there_is_none() {
    let desk = Desk::open(sandbox::Options { story: "ready".into(), ..world(1, 200) }).await;
    desk.host.sync(Apis::ALL).await.expect("it is read");
    let page = list(&desk, json!({})).await;
    assert_eq!(page["of"], 0);
    assert!(page["readings"].as_array().expect("readings").iter().all(|one| one["read_at"].is_string()));
}
