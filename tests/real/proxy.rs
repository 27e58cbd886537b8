//! A proxy of others, tinyproxy, between us and a sandbox: with a password and without.
//!
//! Debian: `tinyproxy-bin`.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cloud::endpoints::{Proxy, Route, SmtpHost};
use cloud::probe::{ProbeOutcome, ProbeStep, probe};
use cloud::{Account, Audience, Cloud, Endpoints, Way};
use contract::ErrorView;
use contract::account::WayIn;
use contract::job::JobState;
use domain::secret::Secret;
use sandbox::Sandbox;
use serde_json::json;
use tests::Desk;

/// Set where a test runs itself again on a desktop that takes its proxy from a script.
const SCRIPTED: &str = "CROSSWALK_TEST_SCRIPT";

pub const PASSWORD: &str = "t1ny-hunter2";

/// A running tinyproxy; it ends with the value.
pub struct Tiny {
    child: Child,
    pub address: String,
    folder: tempfile::TempDir,
}

impl Tiny {
    pub fn start(user: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port();
        let log = folder.path().join("log");
        let auth = user.map_or(String::new(), |user| format!("BasicAuth {user} {PASSWORD}\n"));
        let config = folder.path().join("tinyproxy.conf");
        let text = format!(
            "Port {port}\nListen 127.0.0.1\nTimeout 60\nLogLevel Connect\nLogFile \"{}\"\n{auth}",
            log.display()
        );
        std::fs::write(&config, text).unwrap();
        let mut command = Command::new("tinyproxy");
        command.arg("-d").arg("-c").arg(&config).stdin(Stdio::null()).stdout(Stdio::null());
        let child = command.spawn().expect("tinyproxy starts (Debian package: tinyproxy-bin)");
        let mut tiny = Self { child, address: format!("127.0.0.1:{port}"), folder };
        tiny.wait();
        tiny
    }

    /// Until it takes connections; a port that nobody has answers at once.
    fn wait(&mut self) {
        let began = Instant::now();
        while TcpStream::connect(&self.address).is_err() {
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none(), "tinyproxy ended with {ended:?}: {}", self.log());
            assert!(began.elapsed() < Duration::from_secs(20), "tinyproxy takes no connection");
            std::thread::yield_now();
        }
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn choice(&self, user: Option<(&str, &str)>) -> Proxy {
        let user = user.map(|(name, password)| (name.to_owned(), Secret::from(password)));
        Proxy::explicit(&self.address, user).unwrap()
    }
}

impl Drop for Tiny {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// tinyproxy can't choose one itself.
fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

/// A cloud in front of a sandbox, by a proxy.
fn cloud(sandbox: &Sandbox, proxy: Proxy) -> Cloud {
    let line = sandbox.descriptor();
    let smtp = SmtpHost { host: line.smtp.host.clone(), port: line.smtp.port };
    let ca = std::fs::read_to_string(PathBuf::from(&line.ca_cert)).unwrap();
    let endpoints =
        Endpoints::sandbox(&line.authority, &line.arm, &line.graph, &line.logs, smtp, ca).unwrap();
    let account = Account {
        tenant: line.tenant_id.clone(),
        client: line.client_id.clone(),
        way: Way::Secret(Secret::from(line.client_secret.as_str())),
    };
    let route = Route { proxy, authorities: vec![] };
    Cloud::new(endpoints.via(route), account, Arc::new(|_| {}), Arc::new(|_| {})).unwrap()
}

async fn sandbox() -> Sandbox {
    Sandbox::start(tests::world(11, 20)).await.unwrap()
}

fn failed(steps: &[ProbeStep]) -> &ProbeStep {
    steps.iter().find(|step| step.outcome == ProbeOutcome::Fail).unwrap_or_else(|| panic!("{steps:#?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_goes_through_a_proxy_that_asks_for_nothing() {
    let (sandbox, tiny) = (sandbox().await, Tiny::start(None));
    let cloud = cloud(&sandbox, tiny.choice(None));
    let steps = probe(&cloud, |_| {}).await;
    assert!(steps.iter().all(|step| step.outcome == ProbeOutcome::Pass), "{steps:#?}");
    assert!(!cloud.arm().subscriptions().await.unwrap().is_empty());
    let log = tiny.log();
    for origin in [&sandbox.descriptor().authority, &sandbox.descriptor().arm, &sandbox.descriptor().graph] {
        let target = origin.trim_start_matches("https://").trim_end_matches('/');
        assert!(log.contains(&format!("CONNECT {target} ")), "{target} was reached beside the proxy:\n{log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_with_a_password_takes_the_right_one_and_names_the_wrong_one() {
    let (sandbox, tiny) = (sandbox().await, Tiny::start(Some("ada")));
    let right = cloud(&sandbox, tiny.choice(Some(("ada", PASSWORD))));
    assert!(right.access_token(Audience::Graph).await.is_ok());
    let steps = probe(&right, |_| {}).await;
    assert!(steps.iter().all(|step| step.outcome == ProbeOutcome::Pass), "{steps:#?}");

    // tinyproxy says 407 where a password is missing, and 401 where it is wrong.
    for (user, says, status) in
        [(None, "(407)", "(407)"), (Some(("ada", "wrong")), "the proxy refuses", "401 Unauthorized")]
    {
        let wrong = cloud(&sandbox, tiny.choice(user));
        let error = wrong.access_token(Audience::Graph).await.unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
        let steps = probe(&wrong, |_| {}).await;
        let step = failed(&steps);
        assert!(step.id == "proxy" && step.said.contains(status), "{step:?}");
        assert!(step.hint.as_ref().is_some_and(|hint| hint.contains("Network")), "{step:?}");
    }
    assert!(!format!("{:?}", right.endpoints()).contains(PASSWORD));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_doctor_reads_comes_through_a_proxy_too() {
    let (sandbox, tiny) = (sandbox().await, Tiny::start(None));
    let (cloud, line) = (cloud(&sandbox, tiny.choice(None)), sandbox.descriptor());
    let principal =
        cloud.graph().service_principal(&line.client_id).await.unwrap().expect("the app is in the tenant");
    let id = principal.wire.id.as_deref().unwrap();
    assert!(!cloud.graph().app_role_assignments(id).await.unwrap().is_empty(), "nothing was granted");
    let app = cloud.graph().application(&line.client_id).await.unwrap().expect("the app is registered here");
    assert!(app.wire.password_credentials.items().iter().all(|one| one.end_date_time.as_deref().is_some()));
    let roles = cloud.arm().role_assignments(&line.subscription_id, id).await.unwrap();
    assert!(
        roles.iter().any(|role| role
            .wire
            .properties
            .as_ref()
            .is_some_and(|all| all.scope.as_deref().is_some()))
    );
    let scope = format!("/subscriptions/{}/resourceGroups/{}", line.subscription_id, line.resource_group);
    let may = cloud.arm().permissions(&scope).await.unwrap();
    assert!(may.iter().any(|one| !one.wire.actions.items().is_empty()), "{may:?}");
}

/// Opens a sandbox through the host that keeps its data in `folder`, by a proxy that was typed; how a reading ended.
async fn read_by(
    folder: &Path,
    proxy: &str,
    user: &str,
    password: Option<&str>,
) -> (Desk, (JobState, Option<ErrorView>)) {
    let mut desk = Desk::beside(tests::world(11, 20)).await;
    desk.host = tests::host(Some(folder.to_owned()), false);
    let lab = tests::account("lab", WayIn::ClientSecret);
    desk.host.connect_descriptor(&desk.descriptor(), &lab).await.unwrap();
    let typed =
        json!({ "proxy": "explicit", "address": proxy, "user": user, "password": password, "ca_file": "" });
    let network = desk.get("network_set", typed).await;
    assert_eq!(network["password_kept"], password.is_some(), "{network}");
    if let Some(password) = password {
        let written = std::fs::read_to_string(folder.join("network.json")).unwrap();
        assert!(!written.contains(password) && !network.to_string().contains(password));
    }
    desk.get("session_open", json!({ "name": "lab" })).await;
    let end = desk.run("sync_run", json!({})).await;
    (desk, end)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_reads_by_a_typed_proxy_with_and_without_a_password() {
    for user in [None, Some("ada")] {
        let tiny = Tiny::start(user);
        let address = format!("http://{}", tiny.address);
        let folder = tempfile::tempdir().unwrap();
        let password = user.map(|_| PASSWORD);
        let (desk, end) = read_by(folder.path(), &address, user.unwrap_or_default(), password).await;
        assert_eq!(end, (JobState::Done, None), "{user:?}");
        let arm = desk.sandbox.descriptor().arm.trim_start_matches("https://").to_owned();
        assert!(tiny.log().contains(&format!("CONNECT {arm} ")), "{arm} was reached beside the proxy");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_names_a_proxy_that_refuses_or_signs_in_by_ntlm() {
    let tiny = Tiny::start(Some("ada"));
    let ntlm = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let (wrong, windows) = (tiny.address.clone(), ntlm.local_addr().unwrap().to_string());
    std::thread::spawn(move || ntlm.incoming().flatten().for_each(asks_for_ntlm));
    for (address, part, hint) in [(wrong, "401", "Network"), (windows, "NTLM", "cntlm")] {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("http://{address}");
        let (desk, end) = read_by(folder.path(), &address, "ada", Some("wr0ng-hunter")).await;
        assert_eq!(end.0, JobState::Failed);
        assert_eq!(desk.run("connection_test", json!({ "name": "lab" })).await.0, JobState::Done);
        let test = desk.get("connection_get", json!({ "name": "lab" })).await;
        let step = test["steps"].as_array().unwrap().iter().find(|step| step["verdict"] == "fail").unwrap();
        assert_eq!(step["id"], "proxy", "{test}");
        assert!(step.to_string().contains(part) && step.to_string().contains(hint), "{step}");
        assert!(!test.to_string().contains("wr0ng-hunter"), "the password is shown: {test}");
    }
}

#[test]
fn a_script_of_the_desktop_is_named_with_the_way_round_and_never_fetched() {
    if std::env::var_os(SCRIPTED).is_some() {
        return told_of_the_network();
    }
    let folder = tempfile::tempdir().unwrap();
    let place = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    place.set_nonblocking(true).unwrap();
    let script = format!("http://{}/proxy.pac", place.local_addr().unwrap());
    let told = on_a_desktop_with(&script, folder.path());
    let network: serde_json::Value =
        told.lines().find_map(|line| serde_json::from_str(line).ok()).unwrap_or_else(|| panic!("{told}"));
    assert_eq!(network["found"], json!([format!("GNOME: script {script}")]));
    let sentence = network["unsupported"].as_str().expect("it is said");
    assert!(
        sentence.contains("PAC") && sentence.contains(&script) && sentence.contains("cntlm"),
        "{sentence}"
    );
    assert!(place.accept().is_err(), "the script was fetched");
}

/// Prints what the host says of the way out.
fn told_of_the_network() {
    let ask = async { tests::get(&tests::host(None, false), "network_get", json!({})).await };
    println!("{}", tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(ask));
}

/// The test once more, where a stand-in `gsettings` says that a script decides.
fn on_a_desktop_with(script: &str, folder: &Path) -> String {
    const TEST: &str = "proxy::a_script_of_the_desktop_is_named_with_the_way_round_and_never_fetched";
    let proxy = "org.gnome.system.proxy";
    let says =
        format!("#!/bin/sh\necho \"{proxy} mode 'auto'\"\necho \"{proxy} autoconfig-url '{script}'\"\n");
    let settings = folder.join("gsettings");
    std::fs::write(&settings, says).unwrap();
    std::fs::set_permissions(&settings, PermissionsExt::from_mode(0o755)).unwrap();
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", TEST, "--nocapture"]).env(SCRIPTED, "1").env("XDG_CURRENT_DESKTOP", "GNOME");
    again.env("PATH", format!("{}:/usr/bin:/bin", folder.display()));
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        again.env_remove(name);
    }
    String::from_utf8_lossy(&again.output().unwrap().stdout).into_owned()
}

/// A proxy of a Windows domain, as far as it matters here.
fn asks_for_ntlm(mut stream: TcpStream) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read > 0) {
        head.extend(byte);
    }
    let _ = stream.write_all(b"HTTP/1.1 407 X\r\nProxy-Authenticate: NTLM\r\nConnection: close\r\n\r\n");
}
