//! Two copies of the app on one data folder: both read, neither spoils the other, and none removes what is in use.

use std::sync::Arc;
use std::time::Duration;

use contract::account::WayIn;
use contract::job::JobState;
use contract::{Code, Event};
use host::secret::{Keychain, SessionMemory};
use host::{Host, Options};
use sandbox::Door;
use serde_json::json;
use tests::{Desk, account, asks, finish, get, world};

#[tokio::test(flavor = "multi_thread")]
async fn both_read_and_only_the_last_one_removes() {
    let desk = Desk::beside(world(1, 200)).await;
    let folder = tempfile::tempdir().expect("a folder");
    let keychain: Arc<dyn Keychain> = Arc::new(SessionMemory::new());
    let copy =
        || Host::new(Options { data_dir: Some(folder.path().to_owned()), ..Options::new(keychain.clone()) });
    let (one, other) = (copy(), copy());
    let typed = account("lab", WayIn::ClientSecret);
    one.connect_descriptor(&desk.descriptor(), &typed).await.expect("it is stored");
    let again = other.connect_descriptor(&desk.descriptor(), &typed).await.expect_err("a name is one");
    assert_eq!(Code::from(again.code), Code::Conflict);
    for copy in [&one, &other] {
        copy.call("session_open", json!({ "name": "lab" })).await.expect("both have it open");
    }
    let ends = tokio::join!(finish(&one, "sync_run", json!({})), finish(&other, "sync_run", json!({})));
    assert_eq!(ends, ((JobState::Done, None), (JobState::Done, None)));
    for copy in [&one, &other] {
        let rows = get(copy, "session_get", json!({})).await["sources"][0]["rows"].clone();
        assert_eq!(rows, desk.sandbox.truth()["incidents"]["sentinel"], "each of them once");
    }
    let typed = json!({ "name": "lab", "typed": "lab" });
    let refused = one.call("account_remove", typed.clone()).await.expect_err("the other one has it open");
    assert_eq!(refused.code, Code::Conflict);
    assert!(refused.message.contains("Another copy"), "{}", refused.message);
    other.call("session_close", json!({})).await.expect("it closes");
    one.call("account_remove", typed).await.expect("nobody else has it");
    assert!(!folder.path().join("lab").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_was_read_is_shown_before_it_is_read_anew_and_left_closed() {
    let desk = Desk::beside(world(1, 200)).await;
    let folder = tempfile::tempdir().expect("a folder");
    let keychain: Arc<dyn Keychain> = Arc::new(SessionMemory::new());
    let copy = || {
        let data_dir = Some(folder.path().to_owned());
        Host::new(Options { data_dir, glance: Duration::from_hours(1), ..Options::new(keychain.clone()) })
    };
    let first = copy();
    let typed = account("lab", WayIn::ClientSecret);
    first.connect_descriptor(&desk.descriptor(), &typed).await.expect("it is stored");
    first.call("session_open", json!({ "name": "lab" })).await.expect("it opens");
    assert_eq!(
        finish(&first, "sync_run", json!({})).await,
        (JobState::Done, None),
        "nothing is there to glance at"
    );
    assert_eq!(finish(&first, "readiness_run", json!({})).await, (JobState::Done, None));
    first.index_text().await.expect("the words are written");
    first.close_session();
    let log = folder.path().join("lab/crosswalk.db-wal");
    assert!(!log.metadata().is_ok_and(|log| log.len() > 0), "no work is left for the next start");

    let next = copy();
    next.call("session_open", json!({ "name": "lab" })).await.expect("it opens");
    let asked = desk.sandbox.journal().entries().len();
    let rows = get(&next, "session_get", json!({})).await["sources"][0]["rows"].clone();
    assert_eq!(rows, desk.sandbox.truth()["incidents"]["sentinel"]);
    assert_eq!(get(&next, "job_list", json!({})).await["jobs"], json!([]), "it is only shown");
    assert_eq!(desk.sandbox.journal().entries().len(), asked);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_waits_for_a_person_keeps_nobody_from_reading_and_a_no_leaves_the_checks() {
    let desk = Desk::beside(world(1, 5_100)).await;
    let folder = tempfile::tempdir().expect("a folder");
    let keychain: Arc<dyn Keychain> = Arc::new(SessionMemory::new());
    let copy =
        || Host::new(Options { data_dir: Some(folder.path().to_owned()), ..Options::new(keychain.clone()) });
    let (one, other, third) = (copy(), copy(), copy());
    let typed = account("lab", WayIn::ClientSecret);
    one.connect_descriptor(&desk.descriptor(), &typed).await.expect("it is stored");
    for copy in [&one, &other, &third] {
        copy.call("session_open", json!({ "name": "lab" })).await.expect("it opens");
    }
    let (waiting, _) = asks(&one).await;

    let (refused, _) = asks(&other).await;
    get(&other, "job_cancel", json!({ "id": refused })).await;
    assert_eq!(finish(&other, "readiness_run", json!({})).await, (JobState::Done, None));
    let jobs = get(&other, "job_list", json!({})).await;
    let begun = jobs["jobs"].as_array().expect("jobs").iter().filter(|job| job["command"] == "readiness_run");
    assert_eq!(begun.count(), 1, "it had begun behind the no: {jobs}");
    let judged = get(&other, "readiness_get", json!({ "id": "IN-01" })).await.to_string();
    assert!(judged.contains("no incidents were read"), "what needs them says so");

    let (agreed, _) = asks(&third).await;
    get(&third, "job_resume", json!({ "id": agreed })).await;
    assert_eq!(
        finish(&third, "sync_run", json!({})).await,
        (JobState::Done, None),
        "nobody stands in its way"
    );

    let windows = || desk.sandbox.journal().matching(Door::Arm, "createdTimeUtc%20lt");
    let before = windows();
    get(&one, "job_resume", json!({ "id": waiting })).await;
    assert_eq!(finish(&one, "sync_run", json!({})).await, (JobState::Done, None));
    assert_eq!(windows(), before, "what was read meanwhile is not read again");
    let rows = get(&one, "session_get", json!({})).await["sources"][0]["rows"].clone();
    assert_eq!(rows, desk.sandbox.truth()["incidents"]["sentinel"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_reading_of_a_demo_waits_for_another() {
    let desk = Desk::open(sandbox::Options { latency: Duration::from_millis(5), ..world(1, 200) }).await;
    let mut events = desk.host.events();
    desk.get("sync_run", json!({})).await;
    assert_eq!(desk.run("sync_older", json!({})).await, (JobState::Done, None));
    assert_eq!(desk.run("sync_run", json!({})).await, (JobState::Done, None));
    let mut waited = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let Event::Job { job } = event
            && job.step.contains("waiting for it")
        {
            waited.push(job.command);
        }
    }
    assert!(!waited.is_empty(), "only one reads at a time");
}
