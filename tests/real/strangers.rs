//! Clients that others wrote, on our sandbox: Microsoft's SDKs for both APIs, its sign-in libraries, Python's smtplib
//! and curl.
//!
//! Each script lists, pages and updates as its library's documentation says, and ends with a status of its own.

use std::path::PathBuf;
use std::process::Command;

use crate::xwalk::Sandbox;

#[test]
fn microsofts_sdks_list_page_and_update() {
    judged_by("sdk_clients.py", "200", &["token, cache, wrong secret, unknown tenant"]);
}

#[test]
fn microsofts_sign_in_libraries_take_every_way_in() {
    let ways = [
        "certificate: pem, SHA-1, pem, SHA-256, pfx",
        "device code: signed in, refreshed for another resource, declined",
        "code with PKCE: signed in, wrong state, blocked by policy",
        "secret, pem, pfx, device code, managed identity",
        "a claims challenge was answered",
    ];
    judged_by("entra_clients.py", "50", &ways);
}

#[test]
fn mail_clients_get_microsofts_sentences() {
    judged_by("smtp_strangers.py", "50", &[]);
}

/// `tells`: what it says of itself when it did all of it.
fn judged_by(script: &str, incidents: &str, tells: &[&str]) {
    let sandbox = Sandbox::start(&["--incidents", incidents, "--smtp-pause-ms", "0"]);
    let folder = tempfile::tempdir().unwrap();
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("real").join(script);
    let output = Command::new(python())
        .arg(&script)
        .arg(sandbox.descriptor_file(folder.path()))
        .env_remove("HTTPS_PROXY")
        .env_remove("https_proxy")
        .output()
        .unwrap();
    let told = [output.stdout, output.stderr].concat();
    let told = String::from_utf8_lossy(&told);
    assert!(output.status.success(), "{} ended with {}:\n{told}", script.display(), output.status);
    assert!(!told.trim().is_empty(), "{} checked nothing", script.display());
    for part in tells {
        assert!(told.contains(part), "{} left out `{part}`:\n{told}", script.display());
    }
}

/// The environment that `cargo xtask test real` makes beside the programs.
fn python() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let python = test.ancestors().nth(3).unwrap().join("venv/bin/python");
    assert!(python.is_file(), "{} is missing: `cargo xtask test real` makes it", python.display());
    python
}
