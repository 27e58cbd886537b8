//! Ways in that belong to the machine: a certificate, a managed identity, Azure CLI.
//!
//! What is read from the environment is tested in a child process of this same binary: see [`inside`].

use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use cloud::arm::IncidentsQuery;
use cloud::graph::GraphQuery;
use cloud::{Audience, CloudError, SignInFault, Way};
use domain::secret::Secret;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::desk::form;
use crate::server::{Reply, Server};
use crate::{Rig, endpoints, workspace};

fn jwt(claims: &str) -> String {
    format!("h.{}.s", URL_SAFE_NO_PAD.encode(claims))
}

fn signed_out(error: CloudError) -> SignInFault {
    match error {
        CloudError::SignIn(fault) => *fault,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_certificate_signs_an_assertion_for_this_tenants_token_endpoint() {
    let (key, certificate) = crate::certificate::pair();
    let server = Server::start(|_, _| Reply::new(200, "{}")).await;
    let way = Way::Certificate { file: Secret::from(format!("{key}{certificate}")), password: None };
    let rig = Rig::way(&server, way).unwrap();
    rig.cloud.access_token(Audience::Arm).await.unwrap();
    let sent = form(&server.journal()[0].body);
    assert_eq!(sent["client_assertion_type"], "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    let body = sent["client_assertion"].split('.').nth(1).unwrap().trim_end_matches('=').to_owned();
    let claims: serde_json::Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).unwrap()).unwrap();
    assert_eq!(claims["iss"], "app-1");
    assert_eq!(claims["aud"], format!("{}/contoso/oauth2/v2.0/token", server.origin));
    let listed = format!("{:?}", rig.requests());
    assert!(!listed.contains("PRIVATE KEY") && !listed.contains(&sent["client_assertion"]), "{listed}");
}

#[tokio::test]
async fn a_certificate_without_its_key_is_refused_before_anything_is_sent() {
    let (_, certificate) = crate::certificate::pair();
    let server = Server::start(|_, _| Reply::new(200, "{}")).await;
    let way = Way::Certificate { file: Secret::from(certificate.as_str()), password: None };
    let fault = signed_out(Rig::way(&server, way).err().unwrap());
    assert!(fault.sentence.contains("without its private key"), "{fault:?}");
    assert_eq!(server.journal().len(), 0);
}

/// A machine's identity service: plain http, one answer, a journal of request lines and headers.
async fn service(status: u16, body: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let journal = Arc::new(Mutex::new(vec![]));
    let seen = Arc::clone(&journal);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") && stream.read_buf(&mut head).await.unwrap_or(0) > 0 {}
            seen.lock().unwrap().push(String::from_utf8_lossy(&head).into_owned());
            let answer = format!(
                "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (origin, journal)
}

const IDENTITY: &str = r#"{"access_token":"h.eyJ1dGkiOiJpZC0xIn0.s","expires_on":"4102444800","resource":"r","token_type":"Bearer"}"#;

async fn identity(origin: &str, client: &str) -> Rig {
    let server = Server::start(|_, _| Reply::new(200, "{}")).await;
    let endpoints = endpoints(&server.origin, &server.ca_pem).identity_at(origin).unwrap();
    Rig::by(endpoints, client, Way::ManagedIdentity).unwrap()
}

#[tokio::test]
async fn a_managed_identity_asks_the_metadata_service_and_no_other() {
    let (origin, journal) = service(200, IDENTITY).await;
    for (client, part) in [("", "resource=https%3A%2F%2Fmanagement.azure.com"), ("id-7", "client_id=id-7")] {
        let rig = identity(&origin, client).await;
        let token = rig.cloud.access_token(Audience::Arm).await.unwrap();
        assert_eq!(token.claims.uti.as_deref(), Some("id-1"));
        let asked = journal.lock().unwrap().pop().unwrap();
        assert!(asked.starts_with("GET /metadata/identity/oauth2/token?") && asked.contains(part), "{asked}");
        assert!(asked.to_lowercase().contains("metadata: true"), "{asked}");
        let listed = rig.requests();
        assert_eq!((listed.len(), listed[0].host.as_str()), (1, "169.254.169.254"));
    }
}

#[tokio::test]
async fn a_machine_without_that_identity_says_so() {
    let (origin, _) =
        service(400, r#"{"error":"invalid_request","error_description":"Identity not found"}"#).await;
    let rig = identity(&origin, "id-7").await;
    let fault = signed_out(rig.cloud.access_token(Audience::Arm).await.unwrap_err());
    assert!(fault.sentence.contains("`id-7`") && fault.said == "Identity not found", "{fault:?}");
    assert_eq!(rig.cloud.sign_in_trouble(), Some(fault));
}

#[tokio::test]
async fn a_sandbox_without_an_identity_service_never_asks_a_real_one() {
    let server = Server::start(|_, _| Reply::new(200, "{}")).await;
    let rig = Rig::way(&server, Way::ManagedIdentity).unwrap();
    let error = rig.cloud.access_token(Audience::Arm).await.unwrap_err();
    assert!(matches!(&error, CloudError::Refused { host, .. } if host == "169.254.169.254"), "{error:?}");
}

/// Runs [`inside`] in a child, with these variables, and gives back what it printed.
async fn child(job: &str, variables: &[(&str, String)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "machine::inside", "--nocapture"]).env("CROSSWALK_TEST_JOB", job);
    for (name, value) in variables {
        command.env(name, value);
    }
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    printed
}

/// The child's part; without a job there is nothing to do.
#[tokio::test]
async fn inside() {
    let Ok(job) = std::env::var("CROSSWALK_TEST_JOB") else { return };
    let claims = STANDARD.encode(r#"{"a":1}"#);
    let server = Server::start(move |asked, _| match asked.path.contains("challenged") {
        true => Reply::new(401, "{}").header("WWW-Authenticate", &format!(r#"Bearer claims="{claims}""#)),
        false => Reply::new(200, r#"{"value":[]}"#),
    })
    .await;
    let way = if job == "identity" { Way::ManagedIdentity } else { Way::AzureCli };
    let rig = Rig::by(endpoints(&server.origin, &server.ca_pem), "", way).unwrap();
    match job.as_str() {
        "graph" => println!("{:?}", rig.cloud.graph().incidents(&GraphQuery::default()).await.err()),
        "challenged" => {
            let mut there = workspace();
            there.id = "/challenged".into();
            println!("{:?}", rig.cloud.arm().incidents(&there, &IncidentsQuery::default()).await.err());
        }
        _ => println!("{:?}", rig.cloud.access_token(Audience::Arm).await.map(|token| token.claims.uti)),
    }
    println!("asked {}", server.journal().len());
}

#[tokio::test]
async fn a_managed_identity_of_app_service_is_found_by_the_environment() {
    let (origin, journal) = service(200, IDENTITY).await;
    let variables =
        [("IDENTITY_ENDPOINT", format!("{origin}/msi/token")), ("IDENTITY_HEADER", "h-1".to_owned())];
    let printed = child("identity", &variables).await;
    assert!(printed.contains("id-1"), "{printed}");
    let asked = journal.lock().unwrap()[0].clone();
    assert!(asked.starts_with("GET /msi/token?") && asked.contains("x-identity-header: h-1"), "{asked}");
    let elsewhere =
        [("IDENTITY_ENDPOINT", "http://192.0.2.7/msi".to_owned()), ("IDENTITY_HEADER", "h-1".to_owned())];
    let refused = child("identity", &elsewhere).await;
    assert!(refused.contains("Refused") && refused.contains("192.0.2.7"), "{refused}");
}

/// `az` as a shell script that says `answer` and ends with `code`; first on the PATH.
async fn az(job: &str, answer: &str, code: u8) -> String {
    let folder = tempfile::tempdir().unwrap();
    let script = format!(
        "#!/bin/sh\necho \"$@\" >> {0}/asked\ncat {0}/answer\ncat {0}/answer >&2\nexit {code}\n",
        folder.path().display()
    );
    std::fs::write(folder.path().join("answer"), answer).unwrap();
    std::fs::write(folder.path().join("az"), script).unwrap();
    std::fs::set_permissions(folder.path().join("az"), PermissionsExt::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let printed = child(job, &[("PATH", path)]).await;
    printed + &std::fs::read_to_string(folder.path().join("asked")).unwrap_or_default()
}

fn az_token(claims: &str) -> String {
    format!(r#"{{"accessToken":"{}","expires_on":4102444800,"tokenType":"Bearer"}}"#, jwt(claims))
}

#[tokio::test]
async fn azure_cli_gives_a_token_for_the_tenant() {
    let said = az("token", &az_token(r#"{"uti":"cli-1"}"#), 0).await;
    assert!(said.contains("cli-1") && said.contains("asked 0"), "{said}");
    assert!(said.contains("--scope https://management.azure.com/.default --tenant contoso"), "{said}");
}

#[tokio::test]
async fn azure_cli_signed_out_or_missing_says_what_to_type() {
    let out = az("token", "ERROR: Please run 'az login' to setup account.", 1).await;
    assert!(out.contains("az login --tenant") && out.contains("needs_person: true"), "{out}");
    let missing = child("token", &[("PATH", "/nowhere".to_owned())]).await;
    assert!(missing.contains("not installed"), "{missing}");
}

#[tokio::test]
async fn azure_clis_token_that_can_not_see_incidents_is_not_sent_to_graph() {
    let said = az("graph", &az_token(r#"{"scp":"User.Read Directory.Read.All"}"#), 0).await;
    assert!(said.contains("Denied") && said.contains("SecurityIncident.Read.All"), "{said}");
    assert!(said.contains("asked 0"), "{said}");
    let seen = az("graph", &az_token(r#"{"scp":"SecurityIncident.Read.All"}"#), 0).await;
    assert!(seen.contains("None") && seen.contains("asked 1"), "{seen}");
}

#[tokio::test]
async fn a_challenge_of_azure_cli_gives_the_exact_command() {
    let said = az("challenged", &az_token(r#"{"uti":"cli-1"}"#), 0).await;
    let claims = STANDARD.encode(r#"{"a":1}"#);
    assert!(said.contains("--claims-challenge") && said.contains(&claims), "{said}");
    assert!(said.contains("asked 1"), "asking again with the same token would change nothing: {said}");
}

#[tokio::test]
async fn a_challenge_of_a_managed_identity_names_both_ways_round() {
    let claims = STANDARD.encode(r#"{"a":1}"#);
    let header = format!(r#"Bearer claims="{claims}""#);
    let server = Server::start(move |_, _| Reply::new(401, "{}").header("WWW-Authenticate", &header)).await;
    let (origin, journal) = service(200, IDENTITY).await;
    let endpoints = endpoints(&server.origin, &server.ca_pem).identity_at(&origin).unwrap();
    let rig = Rig::by(endpoints, "", Way::ManagedIdentity).unwrap();
    let refused = rig.cloud.arm().incidents(&workspace(), &IncidentsQuery::default()).await;
    let fault = signed_out(refused.err().unwrap());
    assert!(fault.sentence.contains("a managed identity can't make"), "{fault:?}");
    let command = format!("az login --tenant \"contoso\" --claims-challenge \"{claims}\"");
    assert!(fault.hint.contains(&command) && fault.hint.contains("Exclude the identity"), "{fault:?}");
    assert_eq!(journal.lock().unwrap().len(), 1, "asking again with the same token would change nothing");
}
