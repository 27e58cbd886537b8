//! Notices of ends: 30, 7 and 1 days before, each once, however often the account is opened.

use std::path::Path;

use contract::Event;
use contract::account::WayIn;
use contract::job::JobState;
use host::Host;
use serde_json::{Value, json};
use tests::{Desk, account, finish, get, host, world};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};
use tokio::sync::broadcast::error::TryRecvError;

/// Moves the story's instant of a stored sandbox, in the file that holds it.
fn wait(folder: &Path, days: i64) {
    let path = folder.join("lab/connection.json");
    let mut kept: Value = serde_json::from_slice(&std::fs::read(&path).expect("it is kept")).expect("JSON");
    let now = kept["sandbox"]["now"].as_str().expect("an instant");
    let now = OffsetDateTime::parse(now, &Rfc3339).expect("an instant") + Duration::days(days);
    kept["sandbox"]["now"] = now.format(&Rfc3339).expect("a text").into();
    std::fs::write(&path, kept.to_string()).expect("it is written");
}

/// Opens the account, and what is told until its end dates were looked at a second time.
async fn told(host: &Host) -> Vec<String> {
    let mut events = host.events();
    let mut told = Vec::new();
    for _ in 0..2 {
        get(host, "session_open", json!({ "name": "lab" })).await;
        assert_eq!(finish(host, "doctor_run", json!({})).await, (JobState::Done, None));
        loop {
            match events.try_recv() {
                Ok(Event::Notice { notice }) => told.push(notice.title),
                Ok(_) | Err(TryRecvError::Lagged(_)) => {}
                Err(_) => break,
            }
        }
    }
    told.retain(|title| !title.contains("has ended"));
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_is_told_at_thirty_seven_and_one_days_and_once_each() {
    let desk = Desk::beside(world(1, 20)).await;
    let folder = tempfile::tempdir().expect("a folder");
    let host = host(Some(folder.path().to_owned()), false);
    let lab = account("lab", WayIn::ClientSecret);
    host.connect_descriptor(&desk.descriptor(), &lab).await.expect("it is stored");
    // The secret in use ends in 24 days; the first opening has not asked yet.
    for (days, due) in [(0, Some("30 days")), (1, None), (17, Some("7 days")), (1, None), (5, Some("a day"))]
    {
        get(&host, "session_close", json!({})).await;
        wait(folder.path(), days);
        let told = told(&host).await;
        match due {
            Some(due) => assert!(told.len() == 1 && told[0].ends_with(due), "{days} days on: {told:?}"),
            None => assert!(told.is_empty(), "{days} days on: told again: {told:?}"),
        }
    }
}
