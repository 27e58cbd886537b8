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
    Host::new(Options {
        data_dir: Some(folder),
        keychain: Arc::new(OsKeychain::new()),
        demo_only: false,
        demo_incidents: None,
        machine: None,
        opener: None,
    })
}

fn run(work: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(work);
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
