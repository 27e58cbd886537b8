//! Reading in the background: when it is due, what makes it wait, and what is told of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use contract::event::{Event, Notice};
use contract::job::JobState;
use host::secret::SessionMemory;
use host::{Apis, Host, Machine, Options, Source};
use sandbox::{Door, Trouble, Weather};
use serde_json::{Value, json};
use tests::{Desk, finish, get, world};

/// A host on a machine whose plug can be pulled.
fn portable(battery: Arc<AtomicBool>) -> Host {
    Host::new(Options {
        machine: Some(Arc::new(move || Machine {
            battery: Some(battery.load(Ordering::Relaxed)),
            metered: None,
        })),
        ..Options::new(Arc::new(SessionMemory::new()))
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reading_that_is_due_waits_for_power_and_then_begins_once() {
    let desk = Desk::beside(world(1, 300)).await;
    let battery = Arc::new(AtomicBool::new(true));
    let host = portable(battery.clone());
    host.open(Source::Descriptor(desk.descriptor())).await.expect("it opens");
    assert!(!host.catch_up().await.expect("looked"), "it waits on battery");
    let schedule = get(&host, "schedule_get", json!({})).await;
    assert_eq!((&schedule["waiting"], &schedule["battery"]), (&json!("battery"), &json!(true)));
    let next = schedule["next"].as_str().expect("when");
    assert!(!next.starts_with("1970"), "what was never read is due now, not long ago: {next}");

    battery.store(false, Ordering::Relaxed);
    assert!(host.catch_up().await.expect("looked"), "never read, so it is due");
    assert_eq!(finish(&host, "sync_run", json!({})).await, (JobState::Done, None));
    assert!(!host.catch_up().await.expect("looked"), "just read");
    let next = get(&host, "schedule_get", json!({})).await["next"].clone();
    assert!(next.is_string(), "{next}");

    let refused = host.call("schedule_set", json!({ "every": 1, "spare": true, "tell": [] })).await;
    assert!(refused.is_err_and(|error| error.message.contains("5 to 1440 minutes")), "too often");
    let never = get(&host, "schedule_set", json!({ "every": null, "spare": true, "tell": [] })).await;
    assert_eq!((&never["next"], &never["set"]["every"]), (&Value::Null, &Value::Null));
    assert!(!host.catch_up().await.expect("looked"), "only when asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn news_is_told_in_counts_and_no_word_of_an_incident_leaves_the_window() {
    let desk = Desk::open(world(1, 300)).await;
    desk.host.sync(Apis::ALL).await.expect("the sync ends");
    make_incident(&desk, "<b>=cmd|calc</b>").await;
    let mut events = desk.host.events();
    desk.host.read_unasked().await.expect("it reads");
    assert_eq!(finish(&desk.host, "sync_run", json!({})).await.0, JobState::Done);
    let notice = heard(&mut events).await;
    assert_eq!(notice.text, "1 incident of high severity is new.");
    assert!(!notice.text.contains("cmd") && notice.route == "/incidents?severity=high", "{notice:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_large_tenant_left_unread_is_read_in_bounded_runs_behind_each_reading() {
    let desk = Desk::open(world(1, 9_000)).await;
    desk.host.sync(Apis::ALL).await.expect("the first sync");
    let unread = async || desk.get("schedule_get", json!({})).await["unread_before"].clone();
    let first = unread().await;
    assert!(first.is_string() && not_read(&desk).await > 500, "a part is left: {first}");

    desk.sandbox.set_weather(vec![Weather::new(Door::Graph, OLDER, Trouble::Fail(403)).from(12)]);
    assert_eq!(desk.run("sync_older", json!({})).await.0, JobState::Failed);
    let asked = || desk.sandbox.journal().matching(Door::Graph, OLDER);
    let mut before = unread().await;
    for run in 0.. {
        let (left, already) = (not_read(&desk).await, asked());
        let mut events = desk.host.events();
        desk.host.read_unasked().await.expect("it reads");
        ended(&mut events, "sync_older").await;
        assert!(asked() - already <= 42, "run {run} asked {} times", asked() - already);
        let now = unread().await;
        if now.is_null() {
            break;
        }
        assert!(now.as_str() < before.as_str(), "newest first, and on: {before} {now}");
        assert!(not_read(&desk).await < left && run < 9, "each run reads some");
        before = now;
    }
    while not_read(&desk).await > 0 {
        let left = not_read(&desk).await;
        desk.host.sync(Apis::ALL).await.expect("a sync of changes");
        assert!(not_read(&desk).await < left, "the twins that no list held are asked for");
    }
    let session = desk.get("session_get", json!({})).await;
    let graph = session["sources"].as_array().expect("sources").iter().find(|one| one["api"] == "graph");
    let graph = graph.expect("Graph was read");
    assert_eq!(graph["rows"], desk.sandbox.truth()["incidents"]["graph"]);
    assert_eq!(graph["note"], Value::Null, "nothing is told to be unread any more");
}

/// What only the reading of older incidents asks.
const OLDER: &str = "lastUpdateDateTime%20lt";

async fn not_read(desk: &Desk) -> u64 {
    let filter = json!({ "presence": ["defender_not_read"] });
    let sort = json!({ "column": "updated", "descending": true });
    let request = json!({ "filter": filter, "sort": sort, "offset": 0, "limit": 1 });
    desk.get("incident_list", request).await["total"].as_u64().expect("a count")
}

async fn ended(events: &mut tokio::sync::broadcast::Receiver<Event>, command: &str) {
    loop {
        match events.recv().await {
            Ok(Event::Job { job }) if job.command == command && job.state != JobState::Running => return,
            Err(tokio::sync::broadcast::error::RecvError::Closed) => panic!("the host is gone"),
            _ => {}
        }
    }
}

/// A stranger makes an incident by the API.
async fn make_incident(desk: &Desk, title: &str) {
    let told: Value = serde_json::to_value(desk.sandbox.descriptor()).expect("a descriptor is JSON");
    let text = |key: &str| told[key].as_str().expect("text").to_owned();
    let authority = reqwest::Certificate::from_pem(&std::fs::read(text("ca_cert")).expect("a file"));
    let client = reqwest::Client::builder().tls_certs_only([authority.expect("a certificate")]).build();
    let client = client.expect("a client");
    let form = format!(
        "grant_type=client_credentials&client_id={}&client_secret={}&scope=https://management.azure.com/.default",
        text("client_id"),
        text("client_secret"),
    );
    let asked = client
        .post(format!("{}/{}/oauth2/v2.0/token", text("authority"), text("tenant_id")))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form);
    let token: Value = asked.send().await.expect("an answer").json().await.expect("a token");
    let url = format!(
        "{}/subscriptions/{}/resourceGroups/{}/providers/Microsoft.OperationalInsights/workspaces/{}/providers/\
         Microsoft.SecurityInsights/incidents/a1b2c3d4-0000-4000-8000-000000000001?api-version=2024-09-01",
        text("arm"),
        text("subscription_id"),
        text("resource_group"),
        told["workspaces"][0].as_str().expect("a name"),
    );
    let body = json!({ "properties": { "title": title, "severity": "High", "status": "New" } });
    let put = client.put(url).bearer_auth(token["access_token"].as_str().expect("a token"));
    let put = put.header("content-type", "application/json").body(body.to_string()).send().await;
    assert_eq!(put.expect("an answer").status(), 201);
}

async fn heard(events: &mut tokio::sync::broadcast::Receiver<Event>) -> Notice {
    loop {
        if let Event::Notice { notice } = events.recv().await.expect("the host is there") {
            return notice;
        }
    }
}
