//! What goes wrong, and the sentence for it: what failed, for whom, what still works.

use contract::Code;
use host::{Apis, Fault, Source};
use serde_json::{Value, json};
use tests::{Desk, world};

/// Opens a sandbox with something changed in its line, and syncs.
async fn sync_with(change: impl Fn(&mut Value)) -> Result<(), Fault> {
    let desk = Desk::beside(world(1, 200)).await;
    desk.host.open(Source::Descriptor(desk.descriptor_with(change))).await?;
    desk.host.sync(Apis::ALL).await.map(|_| ())
}

async fn fault(change: impl Fn(&mut Value)) -> Fault {
    sync_with(change).await.expect_err("it can't work")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_is_named() {
    let fault = fault(|line| line["client_secret"] = json!("wrong-secret-0123456789")).await;
    assert_eq!(Code::from(fault.code), Code::SignIn);
    assert!(fault.sentence.contains("secret"), "{fault}");
    assert!(fault.hint.is_some(), "it says what to do");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secrets_id_is_recognised_before_anything_is_sent() {
    let desk = Desk::beside(world(1, 200)).await;
    let line =
        desk.descriptor_with(|line| line["client_secret"] = json!("73e01a99-5cd7-4139-a149-9f2736ff2ab5"));
    let fault = desk.host.open(Source::Descriptor(line)).await.expect_err("it is refused");
    assert!(fault.to_string().contains("ID"), "{fault}");
    assert!(desk.sandbox.journal().entries().is_empty(), "nothing was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_tenant_is_named() {
    let fault = fault(|line| line["tenant_id"] = json!("00000000-0000-0000-0000-00000000dead")).await;
    assert_eq!(Code::from(fault.code), Code::SignIn);
    assert!(fault.sentence.to_lowercase().contains("tenant"), "{fault}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_descriptor_that_leaves_loopback_is_refused() {
    let fault = fault(|line| line["graph"] = json!("https://graph.example.com")).await;
    assert!(fault.sentence.contains("graph.example.com"), "{fault}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_right_the_rest_carries_on_and_nothing_stored_is_lost() {
    let desk = Desk::open(sandbox::Options { story: "denied".into(), ..world(1, 600) }).await;
    let sync = desk.host.sync(Apis::ALL).await.expect("what may be read is read");
    assert!(!sync.troubles.is_empty(), "what is missing is told");
    assert!(sync.sentinel.is_some_and(|part| part.incidents > 0), "{sync:?}");
    let report = desk.host.readiness().await.expect("a report");
    let told = |id: &str| {
        report.checks.iter().find(|check| check.id == id).is_some_and(|check| {
            check.reason.contains("Not all of it could be read") && check.reason.contains("retail")
        })
    };
    assert!(told("AU-01") && told("IN-01"), "a check over a part says so: {:?}", report.checks);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sandbox_that_went_away_leaves_what_was_read() {
    let Desk { host, sandbox, .. } = &mut Desk::open(world(1, 300)).await;
    host.sync(Apis::ALL).await.expect("the first sync");
    let total = sandbox.truth()["incidents"]["sentinel"].as_u64();
    let stopped = std::mem::replace(sandbox, sandbox::Sandbox::start(world(1, 0)).await.expect("another"));
    stopped.stop().await;
    let fault = host.sync(Apis::ALL).await.expect_err("nobody answers");
    assert_eq!(Code::from(fault.code), Code::Offline, "{fault}");
    let state = host.call("session_get", json!({})).await.expect("the session is still open");
    assert_eq!(state["sources"][0]["rows"].as_u64(), total);
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_titles_stay_text() {
    let desk = Desk::open(world(1, 1_500)).await;
    desk.host.sync(Apis::ALL).await.expect("the sync ends");
    desk.host.index_text().await.expect("indexed");
    let filter = json!({
        "text": "script", "severity": [], "status": [], "workspace": [], "presence": [], "redirected": null,
        "updated_hours": null
    });
    let sort = json!({ "column": "title", "descending": false });
    let request = json!({ "filter": filter, "sort": sort, "offset": 0, "limit": 50 });
    let page = desk.get("incident_list", request).await;
    let titles: Vec<&str> =
        page["rows"].as_array().expect("rows").iter().filter_map(|row| row["title"].as_str()).collect();
    assert!(titles.iter().any(|title| title.contains("<script")), "as served, byte for byte: {titles:?}");
}
