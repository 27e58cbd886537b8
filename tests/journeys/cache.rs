//! The local copy: how large it is, what it forgets, and what it says of damage.

use host::Apis;
use serde_json::json;
use tests::{Desk, finish, get, host, world};

#[tokio::test(flavor = "multi_thread")]
async fn closed_incidents_go_after_their_time_and_merged_ones_stay() {
    let desk = Desk::open(world(1, 2_000)).await;
    desk.host.sync(Apis::ALL).await.expect("the sync ends");
    let before = desk.get("cache_get", json!({})).await;
    let redirects = desk.host.redirects().await.expect("rows");
    assert_eq!((&before["retention_days"], &before["sound_at"]), (&json!(null), &json!(null)));

    let refused = desk.ask("cache_retain", json!({ "days": 3 })).await.expect_err("too few days");
    assert!(refused.message.contains("at least 30 days"), "{}", refused.message);
    desk.get("cache_retain", json!({ "days": 30 })).await;
    let (state, failure) = desk.run("cache_tidy", json!({})).await;
    assert_eq!((state, failure), (contract::job::JobState::Done, None));

    let after = desk.get("cache_get", json!({})).await;
    assert!(after["rows"].as_u64() < before["rows"].as_u64(), "{before} then {after}");
    assert!(after["bytes"].as_u64() < before["bytes"].as_u64() && after["sound_at"].is_string(), "{after}");
    assert_eq!(desk.host.redirects().await.expect("rows"), redirects, "chains lead on");
    let closed = json!({ "filter": { "status": ["closed"], "redirected": false },
        "sort": { "column": "updated", "descending": false }, "offset": 0, "limit": 500 });
    let page = desk.get("incident_list", closed).await;
    let least = (time::OffsetDateTime::now_utc() - time::Duration::days(32)).date().to_string();
    for row in page["rows"].as_array().expect("rows") {
        let young = row["updated"].as_str().is_none_or(|at| at >= least.as_str());
        assert!(young || row["absorbed"] != 0, "{row} is older than {least}");
    }

    desk.host.sync(Apis::ALL).await.expect("the sync ends");
    assert_eq!(desk.get("cache_get", json!({})).await["rows"], after["rows"], "a delta brings nothing back");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_copy_is_set_aside_and_the_next_sync_rebuilds_it() {
    let desk = Desk::beside(world(1, 600)).await;
    let folder = tempfile::tempdir().expect("a folder");
    let keeping = host(Some(folder.path().into()), false);
    keeping
        .connect_descriptor(
            &desk.descriptor(),
            &tests::account("soc", contract::account::WayIn::ClientSecret),
        )
        .await
        .expect("stored");
    keeping.open(host::Source::Connection("soc".into())).await.expect("it opens");
    keeping.sync(Apis::ALL).await.expect("the sync ends");
    get(&keeping, "cache_retain", json!({ "days": 90 })).await;
    finish(&keeping, "cache_tidy", json!({})).await;
    let rows = get(&keeping, "cache_get", json!({})).await["rows"].clone();
    get(&keeping, "session_close", json!({})).await;

    spoil(folder.path());
    keeping.open(host::Source::Connection("soc".into())).await.expect("nobody read the damaged page");
    let (_, failure) = finish(&keeping, "cache_tidy", json!({})).await;
    let failure = failure.expect("the check finds it");
    assert!(failure.message.contains("is damaged") && failure.hint.is_some(), "{failure:?}");
    get(&keeping, "session_close", json!({})).await;

    keeping.open(host::Source::Connection("soc".into())).await.expect("repaired");
    let state = get(&keeping, "session_get", json!({})).await;
    assert!(state["notice"].as_str().is_some_and(|notice| notice.contains("set aside")), "{state}");
    let empty = get(&keeping, "cache_get", json!({})).await;
    assert_eq!(
        (&empty["rows"], &empty["retention_days"]),
        (&json!(0), &json!(90)),
        "settings were carried over"
    );
    keeping.sync(Apis::ALL).await.expect("the sync ends");
    assert_eq!(get(&keeping, "cache_get", json!({})).await["rows"], rows);
}

/// Turns the bytes over in the middle of the one database under a folder.
fn spoil(folder: &std::path::Path) {
    let mut found = Vec::new();
    databases(folder, &mut found);
    let [file] = found.as_slice() else { panic!("one database, not {found:?}") };
    let mut bytes = std::fs::read(file).expect("read");
    let middle = bytes.len() / 2 / 4_096 * 4_096;
    bytes[middle..middle + 4_096].iter_mut().for_each(|byte| *byte ^= 0xff);
    std::fs::write(file, bytes).expect("written");
}

fn databases(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path() {
            path if path.is_dir() => databases(&path, found),
            path if path.extension().is_some_and(|end| end == "db") => found.push(path),
            _ => {}
        }
    }
}
