//! What a connection leaves on this machine: the secret in the keyring, and in the data folder nothing to read.

use std::path::Path;

use crate::session::{GnomeKeyring, Session, inside, stranger_lists};
use crate::traces;
use crate::xwalk::{Sandbox, answer, xwalk};

#[test]
fn the_keyring_holds_the_secret_and_no_file_holds_it_or_a_title() {
    inside(Session::Desktop, "at_rest::the_keyring_holds_the_secret_and_no_file_holds_it_or_a_title", || {
        let _daemon = GnomeKeyring::unlocked("pw");
        let sandbox = Sandbox::start(&["--incidents", "1000"]);
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        connect(&sandbox, folder.path(), &data);

        let secret = sandbox.text("client_secret");
        let kept = stranger_lists("Crosswalk");
        assert!(kept.contains(&format!("secret = {secret}")), "the keyring does not hold the client secret");
        assert!(
            kept.contains("attribute.username = lab-") && kept.contains("/client-secret"),
            "not under our names"
        );
        assert!(kept.contains("/store-key"), "the store's key is not in the keyring");
        let data_dir = data.to_string_lossy();
        let synced = answer(["sync", "--connection", "lab", "--data-dir", &data_dir, "--json"], &[0]);
        assert_eq!(synced["sentinel"]["incidents"], 1000, "nothing was stored that could be found: {synced}");

        assert!(!traces::files(&data).is_empty(), "the data folder is empty, so this proves nothing");
        let mut telling = vec![secret.to_owned()];
        telling.extend(titles(&sandbox));
        assert_eq!(traces::find(&data, &telling), [], "these files can be read by whoever takes the disk");
    });
}

#[test]
fn without_a_keychain_nothing_is_connected_and_nothing_written_down() {
    inside(
        Session::NoBus,
        "at_rest::without_a_keychain_nothing_is_connected_and_nothing_written_down",
        || {
            let sandbox = Sandbox::start(&["--incidents", "10"]);
            let folder = tempfile::tempdir().unwrap();
            let descriptor = sandbox.descriptor_file(folder.path());
            let data = folder.path().join("data");
            let output =
                xwalk(["connect", "lab", "--descriptor", &descriptor, "--data-dir", &data.to_string_lossy()]);
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains("secret store"), "the sentence names what is missing: {said}");
            if data.exists() {
                assert_eq!(traces::find(&data, &[sandbox.text("client_secret").to_owned()]), []);
            }
        },
    );
}

fn connect(sandbox: &Sandbox, folder: &Path, data: &Path) {
    let descriptor = sandbox.descriptor_file(folder);
    let output =
        xwalk(["connect", "lab", "--descriptor", &descriptor, "--data-dir", &data.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The titles that the sandbox says it planted.
fn titles(sandbox: &Sandbox) -> Vec<String> {
    let authority = std::fs::read(sandbox.text("ca_cert")).unwrap();
    let address = sandbox.text("truth").to_owned();
    let fetch = async move {
        let trusted = reqwest::Certificate::from_pem(&authority).unwrap();
        let client = reqwest::Client::builder().tls_certs_only([trusted]).no_proxy().build().unwrap();
        client.get(address).send().await.unwrap().json::<serde_json::Value>().await.unwrap()
    };
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let truth = runtime.block_on(fetch);
    let titles = truth["titles"].as_array().expect("truth names twenty titles");
    titles.iter().map(|title| title.as_str().unwrap().to_owned()).collect()
}
