//! The audit: what is asked of a tenant stands in that tenant's own store, however one came there, and in no other.

use std::path::Path;
use std::sync::Arc;

use contract::account::WayIn;
use engine::scope::{Key, open_store};
use host::secret::{Item, Keychain, Purpose, SessionMemory};
use host::{Host, Options};
use serde_json::{Value, json};
use tests::{Desk, account, finish, get, world};

/// Command, detail and outcome of every line in an account's store, oldest first.
fn lines(folder: &Path, name: &str, keychain: &dyn Keychain) -> Vec<(String, Value, String)> {
    let file = std::fs::read(folder.join(name).join("connection.json")).expect("it is stored");
    let vault = serde_json::from_slice::<Value>(&file).expect("JSON")["vault"].clone();
    let item = Item::new(vault.as_str().expect("a vault"), Purpose::StoreKey);
    let key = keychain.get(&item).expect("it answers").expect("a key");
    let key = Key::new(key.expose().try_into().expect("32 bytes"));
    let store = open_store(&folder.join(name), key).expect("it opens").store;
    let rows = store.audit(100).expect("the store reads").into_iter().rev();
    rows.map(|row| {
        let detail = serde_json::from_str(&row.detail).expect("JSON");
        (row.command, detail, row.outcome.unwrap_or_default())
    })
    .collect()
}

fn asked(lines: &[(String, Value, String)]) -> Vec<&str> {
    lines.iter().map(|(command, ..)| command.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_tenant_keeps_what_was_asked_of_it_and_nothing_of_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let keychain: Arc<dyn Keychain> = Arc::new(SessionMemory::new());
    let host =
        Host::new(Options { data_dir: Some(folder.path().to_owned()), ..Options::new(keychain.clone()) });
    let (north, south) = (Desk::beside(world(1, 20)).await, Desk::beside(world(2, 20)).await);
    for (name, desk) in [("north", &north), ("south", &south)] {
        let typed = account(name, WayIn::ClientSecret);
        host.connect_descriptor(&desk.descriptor(), &typed).await.expect("it is stored");
    }
    let edit = |name: &str| {
        json!({
            "name": name, "title": "Renamed", "colour": null, "production": null, "tier": null, "mail": null,
            "primary": null, "secret_ends": null
        })
    };
    get(&host, "session_open", json!({ "name": "north" })).await;
    finish(&host, "connection_test", json!({ "name": "north" })).await;
    // Of another account than the open one.
    get(&host, "account_edit", edit("south")).await;
    host.call("connection_test", json!({ "name": "south" })).await.expect_err("it is not open");
    // Opens its account itself.
    finish(&host, "account_sign_in", json!({ "name": "south" })).await;
    get(&host, "account_edit", edit("south")).await;
    get(&host, "session_files", json!({ "paths": [folder.path()] })).await;
    get(&host, "session_open", json!({ "name": "north" })).await;
    get(&host, "session_close", json!({})).await;

    let of_north = lines(folder.path(), "north", keychain.as_ref());
    assert_eq!(asked(&of_north), ["session_open", "connection_test", "session_open", "session_close"]);
    let of_south = lines(folder.path(), "south", keychain.as_ref());
    assert_eq!(asked(&of_south), ["account_sign_in", "account_edit"]);
    let named = |lines: &[(String, Value, String)], stranger: &str| {
        lines.iter().any(|(_, detail, _)| detail["name"] == stranger)
    };
    assert!(!named(&of_north, "south") && !named(&of_south, "north"), "{of_north:?} {of_south:?}");
    assert_eq!((of_south[0].2.as_str(), of_south[1].2.as_str()), ("started", "done"));
}
