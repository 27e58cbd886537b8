//! The SMTP door judged by strangers: Python's smtplib, and curl where it is.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use sandbox::{Options, Sandbox};
use std::process::Command;
use std::time::Duration;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/real/smtp_strangers.py");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn python_and_curl_are_answered_as_by_exchange() {
    let options = Options { incidents: 0, smtp_pause: Duration::ZERO, ..Options::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("descriptor.json");
    std::fs::write(&path, serde_json::to_vec(sandbox.descriptor()).unwrap()).unwrap();
    let run = move || Command::new("python3").arg(SCRIPT).arg(path).output().expect("apt package python3");
    let output = tokio::task::spawn_blocking(run).await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let failed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{failed}");
    assert!(said.lines().filter(|line| line.starts_with("ok ")).count() >= 12, "{said}");
}
