//! What goes wrong on each way in, through the host: how the job ends, and the sentence that is shown.

use std::path::{Path, PathBuf};

use contract::account::{AccountConnect, WayIn};
use contract::job::JobState;
use contract::{Code, ErrorView};
use host::Host;
use openssl::asn1::Asn1Time;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::x509::X509;
use reqwest::Url;
use sandbox::{Door, Options, Sandbox, Trouble, Weather};
use serde_json::{Value, json};
use tests::{Desk, account, finish, get, host, world};

use crate::sign_in::browse;
use crate::way_in::prompt;

/// Encrypted with RC2, as Windows did for decades.
const OLD_PFX: &[u8] = include_bytes!("../../src-tauri/crates/cloud/src/sign_in/certificate/legacy.pfx");

const ANALYST: &str = "analyst@contoso.example";

/// A host with one account of a sandbox.
struct Lab {
    host: Host,
    desk: Desk,
    _folder: tempfile::TempDir,
}

impl Lab {
    async fn connect(options: Options, account: &AccountConnect) -> Self {
        let desk = Desk::beside(options).await;
        let folder = tempfile::tempdir().expect("a folder");
        let host = host(Some(folder.path().to_owned()), false);
        host.connect_descriptor(&desk.descriptor(), account).await.expect("it is stored");
        Self { host, desk, _folder: folder }
    }

    async fn by_person(way: WayIn) -> Self {
        let options = Options { poll: std::time::Duration::ZERO, ..world(1, 20) };
        Self::connect(options, &account("ada", way)).await
    }

    /// Signs in as somebody who meets these answers on the page, one after the other.
    async fn sign_in(&self, user: &str, answers: &[&str]) -> (JobState, Option<ErrorView>) {
        let page = async {
            let prompt = prompt(&self.host).await;
            for answer in answers {
                browse(&self.desk.sandbox, &answered(&prompt, user, answer)).await;
            }
        };
        tokio::join!(finish(&self.host, "account_sign_in", json!({ "name": "ada" })), page).0
    }

    async fn sync(&self) -> (JobState, Option<ErrorView>) {
        self.host.call("session_open", json!({ "name": "ada" })).await.expect("it opens");
        finish(&self.host, "sync_run", json!({})).await
    }

    async fn row(&self) -> Value {
        get(&self.host, "account_list", json!({})).await["accounts"][0].clone()
    }
}

/// The address of a prompt, with what a person would do there.
fn answered(prompt: &Value, user: &str, answer: &str) -> String {
    let mut address = Url::parse(prompt["address"].as_str().expect("an address")).expect("it is one");
    let code = prompt["code"].as_str().map(|code| ("user_code", code));
    address
        .query_pairs_mut()
        .extend_pairs([("sandbox_answer", answer), ("login_hint", user)])
        .extend_pairs(code);
    address.into()
}

/// Where the browser will bring the answer.
fn port(prompt: &Value) -> u16 {
    let address = Url::parse(prompt["address"].as_str().expect("an address")).expect("it is one");
    let redirect = address.query_pairs().find(|(name, _)| name == "redirect_uri").expect("a way back").1;
    Url::parse(&redirect).expect("an address").port().expect("a port of its own")
}

fn sentence(end: (JobState, Option<ErrorView>)) -> String {
    assert_eq!(end.0, JobState::Failed);
    let fault = end.1.expect("a reason");
    assert_eq!(fault.code, Code::SignIn, "{}", fault.message);
    assert!(fault.hint.is_some(), "it says what to do: {}", fault.message);
    fault.message
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_meets_on_the_page_ends_the_sign_in_with_its_sentence() {
    let (browser, code) = (Lab::by_person(WayIn::Browser).await, Lab::by_person(WayIn::DeviceCode).await);
    for (lab, user, answer, part) in [
        (&browser, ANALYST, "deny", "declined"),
        (&browser, "blocked@contoso.example", "accept", "Conditional Access"),
        (&browser, ANALYST, "stale", "sign-in"),
        (&code, ANALYST, "decline", "declined"),
        (&code, ANALYST, "expire", "valid any more"),
    ] {
        let said = sentence(lab.sign_in(user, &[answer]).await);
        assert!(said.contains(part), "{user} {answer}: {said}");
        let row = lab.row().await;
        assert_eq!(row["sign_in_needed"], true, "{user} {answer}: {row}");
    }
    for lab in [&browser, &code] {
        assert_eq!(lab.sign_in(ANALYST, &["accept"]).await, (JobState::Done, None), "in place, again");
        assert_eq!(lab.row().await["user"], ANALYST);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_with_another_state_is_not_taken_and_the_wait_goes_on() {
    let lab = Lab::by_person(WayIn::Browser).await;
    assert_eq!(lab.sign_in(ANALYST, &["wrong_state", "accept"]).await, (JobState::Done, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_copies_wait_for_two_browsers_on_ports_of_their_own() {
    let (first, second) = (Lab::by_person(WayIn::Browser).await, Lab::by_person(WayIn::Browser).await);
    let begin = async |lab: &Lab| {
        lab.host.call("account_sign_in", json!({ "name": "ada" })).await.expect("it begins");
        prompt(&lab.host).await
    };
    let (one, other) = (begin(&first).await, begin(&second).await);
    assert_ne!(port(&one), port(&other), "a port that is taken is not waited for");
    for (lab, shown) in [(&second, &other), (&first, &one)] {
        browse(&lab.desk.sandbox, &answered(shown, ANALYST, "accept")).await;
        let end = finish(&lab.host, "account_sign_in", json!({ "name": "ada" })).await;
        assert!(end.0 == JobState::Done || lab.row().await["user"] == ANALYST, "{end:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_was_closed_is_given_up_by_cancelling() {
    let lab = Lab::by_person(WayIn::Browser).await;
    let job = lab.host.call("account_sign_in", json!({ "name": "ada" })).await.expect("it begins");
    let port = port(&prompt(&lab.host).await);
    let mut events = lab.host.events();
    lab.host.call("job_cancel", json!({ "id": job["id"] })).await.expect("it ends");
    while !get(&lab.host, "sign_in_get", json!({})).await["prompt"].is_null() {
        events.recv().await.expect("the host goes on");
    }
    let open = std::net::TcpStream::connect((std::net::Ipv4Addr::LOCALHOST, port));
    assert!(open.is_err(), "the port is closed with the sign-in");
    assert_eq!(lab.sign_in(ANALYST, &["accept"]).await, (JobState::Done, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_off_by_an_hour_is_named_with_its_hour() {
    for (hours, part) in [(1, "60 minutes behind"), (-1, "60 minutes ahead of")] {
        let options = Options { skew: time::Duration::hours(hours), ..world(1, 20) };
        let lab = Lab::connect(options, &account("ada", WayIn::Certificate)).await;
        let said = sentence(lab.sync().await);
        assert!(said.contains(part), "{said}");
        assert_eq!(lab.row().await["trouble"]["sentence"], said);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_endpoint_that_fails_for_a_moment_is_waited_for() {
    let weather =
        [500, 503].map(|status| Weather::new(Door::Entra, "oauth2/v2.0/token", Trouble::Fail(status)));
    let options = Options { weather: weather.into(), ..world(1, 20) };
    let lab = Lab::connect(options, &account("ada", WayIn::ClientSecret)).await;
    assert_eq!(lab.sync().await, (JobState::Done, None));
    let failed = lab.desk.sandbox.journal().entries().into_iter().filter(|one| one.status >= 500).count();
    assert!(failed > 0, "nothing failed, so this proves nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_has_expired_in_entra_says_so() {
    let mut typed = account("ada", WayIn::Certificate);
    typed.tenant = "expired-certificate".into();
    let lab = Lab::connect(world(1, 20), &typed).await;
    let said = sentence(lab.sync().await);
    assert!(said.contains("expired"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_can_not_sign_in_is_refused_before_anything_is_sent_or_kept() {
    let sandbox = Sandbox::start(world(1, 0)).await.expect("a sandbox starts");
    let files = &sandbox.descriptor().certificate;
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let host = host(Some(data.clone()), false);
    for (file, password, part) in [
        (PathBuf::from(&files.pfx), Some("wrong"), "password does not open"),
        (PathBuf::from(&files.pfx), None, "protected by a password"),
        (without_key(folder.path(), &files.pem), None, "without its private key"),
        (signed(folder.path(), "expired", &rsa(), -60), None, "expired on"),
        (signed(folder.path(), "curve", &curve(), 3_600), None, "no RSA key"),
        (written(folder.path(), "old", OLD_PFX), Some("legacy"), "RC2"),
        (sandbox.descriptor().ca_cert.clone().into(), None, "private key"),
    ] {
        let mut typed = account("contoso", WayIn::Certificate);
        typed.tenant = "contoso.example".into();
        typed.client = "0f7bbf7c-56a5-4b6b-a7f0-4c6b0a5b6e2d".into();
        typed.certificate = Some(file.display().to_string());
        typed.secret = password.map(str::to_owned);
        let typed = serde_json::to_value(&typed).expect("it is JSON");
        let refused = host.call("account_connect", typed).await.expect_err(part);
        assert!(refused.message.contains(part), "{}: {}", file.display(), refused.message);
        assert!(refused.hint.is_some(), "it says what to do: {}", refused.message);
        assert!(!data.join("contoso").exists(), "{part}: something was kept");
    }
}

fn rsa() -> PKey<Private> {
    PKey::from_rsa(Rsa::generate(2048).expect("a key")).expect("a key")
}

fn curve() -> PKey<Private> {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).expect("a curve");
    PKey::from_ec_key(EcKey::generate(&group).expect("a key")).expect("a key")
}

/// A PEM file with a certificate that ends in so many seconds, and its key.
fn signed(folder: &Path, name: &str, key: &PKey<Private>, ends: i64) -> PathBuf {
    let now = time::OffsetDateTime::now_utc().unix_timestamp();
    let mut builder = X509::builder().expect("a certificate");
    builder.set_not_before(&Asn1Time::from_unix(now - 86_400).expect("a time")).expect("set");
    builder.set_not_after(&Asn1Time::from_unix(now + ends).expect("a time")).expect("set");
    builder.set_pubkey(key).expect("set");
    builder.sign(key, MessageDigest::sha256()).expect("signed");
    let mut pem = key.private_key_to_pem_pkcs8().expect("a PEM");
    pem.extend(builder.build().to_pem().expect("a PEM"));
    written(folder, name, &pem)
}

/// The public half alone, as it is uploaded.
fn without_key(folder: &Path, pem: &str) -> PathBuf {
    let both = std::fs::read(pem).expect("the sandbox wrote it");
    let public = X509::from_pem(&both).expect("a certificate").to_pem().expect("a PEM");
    written(folder, "public", &public)
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("the folder can be written");
    path
}
