//! A keyring that vanishes, or is locked, while the host works: what goes on, what does not, and the sentence for it.

use std::path::PathBuf;
use std::sync::Arc;

use contract::Code;
use contract::account::WayIn;
use contract::job::JobState;
use host::{Host, Options};
use keychain::OsKeychain;
use serde_json::json;
use tests::{Desk, account, finish, get};

use crate::session::{GnomeKeyring, Session, inside};

fn host(folder: PathBuf) -> Host {
    Host::new(Options { data_dir: Some(folder), ..Options::new(Arc::new(OsKeychain::new())) })
}

fn run(work: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(work);
}

#[test]
fn without_a_keyring_an_account_lives_in_memory_and_leaves_nothing() {
    const TEST: &str = "keyring_gone::without_a_keyring_an_account_lives_in_memory_and_leaves_nothing";
    inside(Session::NoBus, TEST, || {
        run(async {
            let folder = tempfile::tempdir().unwrap();
            let host = host(folder.path().to_owned());
            let list = get(&host, "account_list", json!({})).await;
            assert_eq!(list["keychain_ready"], false, "{list}");
            let typed = |name: &str, cloud: &str, keep: bool| {
                json!({
                    "name": name, "tenant": "contoso.example", "client": "0f7bbf7c-56a5-4b6b-a7f0-4c6b0a5b6e2d",
                    "cloud": cloud, "custom": null, "way": "client_secret", "secret": "s3cr3t-value~of.an.app",
                    "certificate": null, "keep": keep
                })
            };
            let refused = host.call("account_connect", typed("kept", "public", true)).await.unwrap_err();
            assert_eq!(refused.code, Code::Keychain, "{}", refused.message);
            let hint = refused.hint.unwrap_or_default();
            assert!(hint.contains("without keeping") && hint.contains("in memory"), "the way on: {hint}");

            let mut lab = typed("lab", "demo", false);
            (lab["tenant"], lab["client"], lab["secret"]) = (json!(""), json!(""), json!(null));
            get(&host, "account_connect", lab).await;
            assert_eq!(finish(&host, "sync_run", json!({})).await, (JobState::Done, None));
            let row = &get(&host, "account_list", json!({})).await["accounts"][0];
            assert_eq!((&row["name"], &row["kept"]), (&json!("lab"), &json!(false)));
            assert_eq!(get(&host, "session_get", json!({})).await["store"], "memory");
            let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().flatten().collect();
            assert!(left.is_empty(), "something was kept: {left:?}");
            get(&host, "session_close", json!({})).await;
            let list = get(&host, "account_list", json!({})).await;
            assert_eq!(list["accounts"], json!([]), "it is gone with its session");
        });
    });
}

/// What the host says of an account that it has to open anew.
async fn refused(host: &Host) {
    get(host, "session_close", json!({})).await;
    let fault = host.call("session_open", json!({ "name": "lab" })).await.unwrap_err();
    assert_eq!(fault.code, Code::Keychain, "{}", fault.message);
    assert!(fault.hint.is_some(), "it says what to do: {}", fault.message);
    let list = get(host, "account_list", json!({})).await;
    assert_eq!(list["keychain_ready"], false, "{list}");
}

#[test]
fn what_is_open_goes_on_without_a_keyring_and_the_rest_waits_for_it() {
    const TEST: &str = "keyring_gone::what_is_open_goes_on_without_a_keyring_and_the_rest_waits_for_it";
    inside(Session::BareBus, TEST, || {
        run(async {
            let daemon = GnomeKeyring::unlocked("pw");
            let (desk, folder) = (Desk::beside(tests::world(1, 50)).await, tempfile::tempdir().unwrap());
            let host = host(folder.path().to_owned());
            let lab = account("lab", WayIn::ClientSecret);
            host.connect_descriptor(&desk.descriptor(), &lab).await.unwrap();
            get(&host, "session_open", json!({ "name": "lab" })).await;
            drop(daemon);
            assert_eq!(finish(&host, "sync_run", json!({})).await, (JobState::Done, None), "mid-run");
            refused(&host).await;
            let late = account("late", WayIn::ClientSecret);
            let fault = host.connect_descriptor(&desk.descriptor(), &late).await.unwrap_err();
            assert_eq!(Code::from(fault.code), Code::Keychain, "{fault}");
            assert!(!folder.path().join("late").exists(), "a half-made connection stayed");

            let locked = GnomeKeyring::locked();
            refused(&host).await;
            drop(locked);
            let _daemon = GnomeKeyring::unlocked("pw");
            get(&host, "session_open", json!({ "name": "lab" })).await;
            assert_eq!(finish(&host, "sync_run", json!({})).await, (JobState::Done, None), "it came back");
        });
    });
}
