//! A claims challenge in the middle of a session: answered once where that can be done, told exactly where not.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloud::arm::IncidentsQuery;
use cloud::endpoints::Url;
use cloud::{CloudError, SignInFault, Way};
use domain::secret::Secret;

use crate::desk::{TestDesk, browser, form, granted};
use crate::server::{Asked, Reply, Server, token};
use crate::{Rig, workspace};

const CLAIMS: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;

fn challenge() -> Reply {
    let header = format!(
        r#"Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="{}""#,
        STANDARD.encode(CLAIMS)
    );
    Reply::new(401, r#"{"error":{"code":"InvalidAuthenticationToken","message":"Claims."}}"#)
        .header("WWW-Authenticate", &header)
}

fn once(_: &Asked, count: usize) -> Reply {
    if count == 0 { challenge() } else { Reply::new(200, r#"{"value":[]}"#) }
}

async fn list(rig: &Rig) -> Result<usize, SignInFault> {
    match rig.cloud.arm().incidents(&workspace(), &IncidentsQuery::default()).await {
        Ok(page) => Ok(page.items.len()),
        Err(CloudError::SignIn(fault)) => Err(*fault),
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_secret_answers_with_a_fresh_token_that_carries_the_claims() {
    let server = Server::start(once).await;
    list(&Rig::new(&server)).await.unwrap();
    let sent: Vec<_> =
        server.journal().iter().filter(|asked| asked.verb == "POST").map(|asked| form(&asked.body)).collect();
    assert_eq!(sent.len(), 2);
    assert_eq!((sent[0].get("claims"), sent[1]["claims"].as_str()), (None, CLAIMS));
}

#[tokio::test]
async fn a_certificate_answers_with_a_fresh_assertion_beside_the_claims() {
    let server = Server::start(once).await;
    let (key, certificate) = crate::certificate::pair();
    let file = Secret::from(format!("{key}{certificate}"));
    list(&Rig::way(&server, Way::Certificate { file, password: None }).unwrap()).await.unwrap();
    let sent: Vec<_> =
        server.journal().iter().filter(|asked| asked.verb == "POST").map(|asked| form(&asked.body)).collect();
    assert_eq!((sent.len(), sent[0].get("claims"), sent[1]["claims"].as_str()), (2, None, CLAIMS));
    assert_ne!(sent[0]["client_assertion"], sent[1]["client_assertion"], "an assertion is used once");
}

#[tokio::test]
async fn a_challenge_that_stays_ends_after_one_answer() {
    let server = Server::start(|_, _| challenge()).await;
    let fault = list(&Rig::new(&server)).await.unwrap_err();
    assert_eq!((server.tokens(), server.asked().len(), fault.error.as_str()), (2, 2, "insufficient_claims"));
    assert!(fault.sentence.contains("workspace `soc`"), "{fault:?}");
}

/// The challenge, beside what a person's client says of itself.
fn with_capability() -> String {
    let mut claims: serde_json::Value = serde_json::from_str(CLAIMS).unwrap();
    claims["access_token"]["xms_cc"] = serde_json::json!({ "values": ["cp1"] });
    claims.to_string()
}

#[tokio::test]
async fn a_person_answers_silently_where_entra_allows_it() {
    let server = Server::with_entra(|_, count| granted("", "r", &format!("a-{count}")), once).await;
    let (desk, mut shown) = TestDesk::new(Some("r-0"));
    let rig = Rig::way(&server, browser(&desk)).unwrap();
    list(&rig).await.unwrap();
    let sent = form(&server.journal()[2].body);
    assert_eq!(sent["grant_type"], "refresh_token");
    assert_eq!(sent["claims"], with_capability());
    let first = form(&server.journal()[0].body);
    assert_eq!(
        first["claims"], r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#,
        "declared from the first"
    );
    assert!(shown.try_recv().is_err(), "nobody was asked");
}

#[tokio::test]
async fn a_person_who_is_needed_finds_the_claims_in_the_next_sign_in() {
    let refuse =
        r#"{"error":"interaction_required","error_description":"AADSTS50076: MFA.","error_codes":[50076]}"#;
    let server = Server::with_entra(
        move |_, count| if count == 0 { granted("", "r", "a") } else { Reply::new(400, refuse) },
        once,
    )
    .await;
    let (desk, mut shown) = TestDesk::new(Some("r-0"));
    let rig = Rig::way(&server, browser(&desk)).unwrap();
    let fault = list(&rig).await.unwrap_err();
    assert!(fault.needs_person && fault.aadsts == Some(50_076), "{fault:?}");
    let cloud = rig.cloud.clone();
    let asking = tokio::spawn(async move { cloud.sign_in().await });
    let prompt = shown.recv().await.unwrap().unwrap();
    let url = Url::parse(&prompt.address).unwrap();
    let claims = url.query_pairs().find(|(name, _)| name == "claims").map(|(_, value)| value.into_owned());
    assert_eq!(claims, Some(with_capability()));
    asking.abort();
}

#[tokio::test]
async fn a_header_that_can_not_be_read_is_no_challenge() {
    let server = Server::start(|_, _| {
        Reply::new(401, "{}")
            .header("WWW-Authenticate", r#"Bearer claims="%%%", error="insufficient_claims""#)
    })
    .await;
    let fault = list(&Rig::new(&server)).await.unwrap_err();
    assert_eq!(fault.error, "invalid_token");
    assert!(server.journal().iter().all(|asked| !asked.body.contains("claims=")));
}

#[tokio::test]
async fn tokens_without_a_challenge_carry_no_claims() {
    let server = Server::with_entra(|_, count| token(count), |_, _| Reply::new(200, r#"{"value":[]}"#)).await;
    list(&Rig::new(&server)).await.unwrap();
    assert!(!server.journal()[0].body.contains("claims"));
}
