//! `xwalk` as whoever `az login` signed in: a stand-in `az` on the PATH hands out the sandbox's own tokens.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::session::{GnomeKeyring, Session, inside};
use crate::xwalk::{Sandbox, program};

/// What `az` has for Graph: a user's token that may not see incidents. Nobody signed it; it must not be sent.
const BLIND: &str = "eyJhbGciOiJub25lIn0.eyJzY3AiOiJVc2VyLlJlYWQifQ.x";

#[test]
fn azure_cli_reads_sentinel_and_the_log_and_what_its_token_lacks_is_said() {
    const TEST: &str = "azure_cli::azure_cli_reads_sentinel_and_the_log_and_what_its_token_lacks_is_said";
    inside(Session::Desktop, TEST, || {
        let _daemon = GnomeKeyring::unlocked("pw");
        let sandbox = Sandbox::start(&["--incidents", "300"]);
        let folder = tempfile::tempdir().unwrap();
        let descriptor = sandbox.descriptor_file(folder.path());
        stand_in(&sandbox, folder.path());
        let connect = ["connect", "cli", "--descriptor", &descriptor, "--way", "azure-cli"];
        let (code, said) = xwalk(folder.path(), &connect);
        assert_eq!(code, Some(0), "{said}");

        let (code, said) = xwalk(folder.path(), &["sync", "--connection", "cli", "--json"]);
        let sync: Value = serde_json::from_str(said.lines().next().unwrap_or_default()).unwrap_or_default();
        assert_eq!((code, &sync["sentinel"]["incidents"]), (Some(1), &json!(300)), "{said}");
        assert!(sync["logs"]["incidents"].as_u64() > Some(0), "{said}");
        assert_eq!(sync["graph"]["requests"], 0, "a token that can't see incidents is not sent: {said}");
        assert!(sync["troubles"].to_string().contains("SecurityIncident.Read.All"), "{said}");
    });
}

/// Writes `az` and what it hands out.
fn stand_in(sandbox: &Sandbox, folder: &Path) {
    for (name, audience) in [("arm", "management.azure.com"), ("logs", "api.loganalytics.io")] {
        hand_out(folder, name, &token(sandbox, audience));
    }
    hand_out(folder, "graph", BLIND);
    let script = format!(
        "#!/bin/sh\ncase \"$*\" in *management*) of=arm;; *loganalytics*) of=logs;; *) of=graph;; esac\ncat {}/$of\n",
        folder.display()
    );
    let az = folder.join("az");
    std::fs::write(&az, script).unwrap();
    std::fs::set_permissions(&az, PermissionsExt::from_mode(0o755)).unwrap();
}

fn hand_out(folder: &Path, name: &str, token: &str) {
    let answer = json!({ "accessToken": token, "expires_on": 4_102_444_800_i64, "tokenType": "Bearer" });
    std::fs::write(folder.join(name), answer.to_string()).unwrap();
}

fn token(sandbox: &Sandbox, audience: &str) -> String {
    let authority = std::fs::read(sandbox.text("ca_cert")).unwrap();
    let form = format!(
        "grant_type=client_credentials&client_id={}&client_secret={}&scope=https://{audience}/.default",
        sandbox.text("client_id"),
        sandbox.text("client_secret")
    );
    let url = format!("{}/{}/oauth2/v2.0/token", sandbox.text("authority"), sandbox.text("tenant_id"));
    let fetch = async move {
        let trusted = reqwest::Certificate::from_pem(&authority).unwrap();
        let client = reqwest::Client::builder().tls_certs_only([trusted]).no_proxy().build().unwrap();
        let asked = client.post(url).header("content-type", "application/x-www-form-urlencoded").body(form);
        asked.send().await.unwrap().text().await.unwrap()
    };
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let answer: Value = serde_json::from_str(&runtime.block_on(fetch)).unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

/// Its exit code, and what it printed.
fn xwalk(folder: &Path, words: &[&str]) -> (Option<i32>, String) {
    let path = format!("{}:/usr/bin:/bin", folder.display());
    let mut command = Command::new(program());
    command.args(words).arg("--data-dir").arg(folder.join("data")).env("PATH", path);
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}
