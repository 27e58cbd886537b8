//! What the one window may do, read from what Tauri reads.

use serde_json::{Value, json};

use crate::tree::{read, root, texts};

const CSP: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; \
    img-src 'self' data:; connect-src ipc: http://ipc.localhost; object-src 'none'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

fn config() -> Value {
    serde_json::from_str(&read("src-tauri/tauri.conf.json")).unwrap()
}

#[test]
fn the_policy_lets_nothing_in_and_nothing_out() {
    assert_eq!(config()["app"]["security"]["csp"], CSP);
    assert_eq!(config()["app"]["security"]["dangerousDisableAssetCspModification"], Value::Null);
}

#[test]
fn the_window_may_call_one_command_hear_events_and_open_two_dialogs() {
    let folder = texts("src-tauri/capabilities", &["json", "toml"]);
    assert_eq!(folder.len(), 1, "one window, one capability");
    let capability: Value = serde_json::from_str(&folder[0].1).unwrap();
    assert_eq!(config()["app"]["security"]["capabilities"], json!(["main"]));
    assert_eq!(capability["windows"], json!(["main"]));
    assert_eq!(capability["remote"], Value::Null, "no page from elsewhere has a right");
    let allowed = [
        "allow-rpc",
        "core:event:allow-listen",
        "core:event:allow-unlisten",
        "dialog:allow-open",
        "dialog:allow-save",
    ];
    assert_eq!(capability["permissions"], json!(allowed));
}

#[test]
fn the_shell_has_one_command() {
    let commands: usize = texts("src-tauri/src", &["rs"])
        .iter()
        .map(|(_, text)| text.matches("#[tauri::command]").count())
        .sum();
    assert_eq!(commands, 1, "everything goes through `rpc`");
    assert!(
        read("src-tauri/build.rs").contains(".commands(&[\"rpc\"])"),
        "an unlisted command needs no permission"
    );
}

#[test]
fn the_linker_keeps_our_sqlite_to_ourselves() {
    assert!(read("src-tauri/build.rs").contains("--exclude-libs,ALL"));
}

#[test]
fn every_icon_is_there() {
    for icon in config()["bundle"]["icon"].as_array().unwrap() {
        let path = root().join("src-tauri").join(icon.as_str().unwrap());
        assert!(path.is_file(), "{} is missing", path.display());
    }
}
