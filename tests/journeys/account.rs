//! Connections: secrets in the keychain, nothing of them in files, and nothing left after removing.

use std::path::Path;

use contract::Code;
use contract::account::WayIn;
use serde_json::json;
use tests::{Desk, account, host, world};

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .flat_map(|entry| if entry.path().is_dir() { files(&entry.path()) } else { vec![entry.path()] })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_kept_used_and_wiped() {
    let desk = Desk::beside(world(1, 300)).await;
    let folder = tempfile::tempdir().expect("a folder");
    let host = host(Some(folder.path().to_owned()), false);
    host.connect_descriptor(&desk.descriptor(), &account("lab", WayIn::ClientSecret))
        .await
        .expect("it is stored");
    host.call("session_open", json!({ "name": "lab" })).await.expect("it opens");
    let (end, failure) = tests::finish(&host, "sync_run", json!({})).await;
    assert_eq!((end, failure), (contract::job::JobState::Done, None));
    let accounts = host.call("account_list", json!({})).await.expect("listed");
    assert_eq!(
        (&accounts["accounts"][0]["name"], &accounts["accounts"][0]["open"]),
        (&json!("lab"), &json!(true))
    );

    let secret = desk.sandbox.descriptor().client_secret.clone();
    let titles = desk.sandbox.truth()["titles"].clone();
    for file in files(folder.path()) {
        let bytes = std::fs::read(&file).expect("a file");
        for hidden in titles
            .as_array()
            .expect("titles")
            .iter()
            .filter_map(|title| title.as_str())
            .chain([secret.as_str()])
        {
            let found = bytes.windows(hidden.len()).any(|window| window == hidden.as_bytes());
            assert!(!found, "{} holds `{hidden}`", file.display());
        }
    }

    let refused = host.call("account_remove", json!({ "name": "lab", "typed": "la" })).await;
    assert!(refused.is_err_and(|error| error.code == Code::Invalid), "the name must be typed");
    host.call("account_remove", json!({ "name": "lab", "typed": "lab" })).await.expect("it is removed");
    assert_eq!(files(folder.path()), Vec::<std::path::PathBuf>::new(), "nothing is left");
    assert!(host.call("session_open", json!({ "name": "lab" })).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_is_connected_by_hand_and_its_secret_is_answered_by_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let host = host(Some(folder.path().to_owned()), false);
    let request = json!({
        "name": "contoso", "tenant": "contoso.example", "client": "0f7bbf7c-56a5-4b6b-a7f0-4c6b0a5b6e2d",
        "cloud": "public", "custom": null, "way": "client_secret", "secret": "s3cr3t-value~of.an.app",
        "certificate": null, "keep": true
    });
    let answer = host.call("account_connect", request).await.expect("it is stored").to_string();
    assert!(answer.contains("contoso") && !answer.contains("s3cr3t"), "{answer}");
    for file in files(folder.path()) {
        assert!(!std::fs::read_to_string(file).expect("a file").contains("s3cr3t"));
    }
}

#[tokio::test]
async fn a_demo_only_host_opens_no_tenant() {
    let host = host(None, true);
    let refused = host.call("session_open", json!({ "name": "contoso" })).await;
    assert!(refused.is_err_and(|error| error.code == Code::ReadOnly));
    let connect = json!({ "name": "a", "tenant": "t", "client": "c", "secret": "s" });
    assert!(host.call("account_connect", connect).await.is_err());
}

#[tokio::test]
async fn a_name_that_would_leave_the_folder_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let host = host(Some(folder.path().to_owned()), false);
    for name in ["../up", "a/b", "", "Contoso", "."] {
        let request = json!({ "name": name, "tenant": "t.example", "client": "c", "secret": "s3cr3t-value" });
        let refused = host.call("account_connect", request).await;
        assert!(refused.is_err_and(|error| error.code == Code::Invalid), "{name:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tenants_in_one_folder_never_mix() {
    let folder = tempfile::tempdir().expect("a folder");
    let host = host(Some(folder.path().to_owned()), false);
    let (north, south) = (Desk::beside(world(1, 200)).await, Desk::beside(world(2, 120)).await);
    for (name, desk) in [("north", &north), ("south", &south)] {
        host.connect_descriptor(&desk.descriptor(), &account(name, WayIn::ClientSecret))
            .await
            .expect("it is stored");
    }
    // Switched back and forth while a reading is under way.
    for name in ["north", "south", "north", "south"] {
        host.call("session_open", json!({ "name": name })).await.expect("it opens");
    }
    for (name, desk) in [("north", &north), ("south", &south)] {
        host.call("session_open", json!({ "name": name })).await.expect("it opens");
        let (end, failure) = tests::finish(&host, "sync_run", json!({})).await;
        assert_eq!((end, failure), (contract::job::JobState::Done, None), "{name}");
        let rows = tests::get(&host, "session_get", json!({})).await["sources"][0]["rows"].clone();
        assert_eq!(
            rows,
            desk.sandbox.truth()["incidents"]["sentinel"],
            "{name} holds its own incidents alone"
        );
        let refused: Vec<_> =
            desk.sandbox.journal().entries().into_iter().filter(|one| one.status == 401).collect();
        assert_eq!(refused.len(), 0, "{name} was shown a stranger's token: {refused:?}");
    }
    host.call("session_close", json!({})).await.expect("it closes");
    let store = |name: &str| folder.path().join(name).join("crosswalk.db");
    std::fs::copy(store("south"), store("north")).expect("the store is put in the other's place");
    let opened = host.call("session_open", json!({ "name": "north" })).await.expect("it opens");
    assert!(
        opened["notice"].as_str().is_some_and(|notice| notice.contains("set aside")),
        "one key opens no other store"
    );
}
