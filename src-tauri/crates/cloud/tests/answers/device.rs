//! A person with a code to type: pending, too fast, declined, expired.

use std::sync::Arc;

use cloud::{CloudError, SignInFault, SignedIn};

use crate::Rig;
use crate::desk::{Prompts, TestDesk, device, form, granted};
use crate::server::{Reply, Server};

const CODE: &str = r#"{"device_code":"d-1~secret","user_code":"ABCD1234","verification_uri":"https://login.example/device",
    "expires_in":900,"interval":0,"message":"m"}"#;

fn refusal(error: &str, number: u32) -> Reply {
    Reply::new(
        400,
        format!(
            r#"{{"error":"{error}","error_description":"AADSTS{number}: Words.\r\nTrace ID: t-1","error_codes":[{number}],"trace_id":"t-1","correlation_id":"c-1"}}"#
        ),
    )
}

async fn server(token: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Server {
    Server::with_entra(move |_, count| token(count), |_, _| Reply::new(200, CODE)).await
}

async fn sign_in(server: &Server) -> (Result<SignedIn, CloudError>, Arc<TestDesk>, Prompts) {
    let (desk, shown) = TestDesk::new(None);
    let rig = Rig::way(server, device(&desk)).unwrap();
    (rig.cloud.sign_in().await, desk, shown)
}

async fn fault(server: &Server) -> SignInFault {
    match sign_in(server).await.0 {
        Err(CloudError::SignIn(fault)) => *fault,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_code_is_shown_and_waited_for() {
    let server = server(|count| match count {
        0 | 1 => refusal("authorization_pending", 70_016),
        _ => granted("", "r-1", "a-1"),
    })
    .await;
    let (signed_in, desk, mut shown) = sign_in(&server).await;
    assert_eq!(signed_in.unwrap().user.as_deref(), Some("ada@contoso.example"));
    let prompt = shown.recv().await.unwrap().unwrap();
    assert_eq!(
        (prompt.address.as_str(), prompt.code.as_deref()),
        ("https://login.example/device", Some("ABCD1234"))
    );
    assert_eq!(shown.recv().await, Some(None), "the prompt is taken away");
    assert_eq!(desk.holds().as_deref(), Some("r-1"));
    let asked = server.journal();
    assert_eq!(asked[0].path, "/contoso/oauth2/v2.0/devicecode");
    let sent = form(&asked[1].body);
    assert_eq!(sent["grant_type"], "urn:ietf:params:oauth:grant-type:device_code");
    assert_eq!((sent["device_code"].as_str(), sent["client_id"].as_str()), ("d-1~secret", "app-1"));
}

#[tokio::test]
async fn declined_and_expired_have_their_sentences_and_end_the_polling() {
    let declined = server(|_| refusal("authorization_declined", 0)).await;
    let said = fault(&declined).await;
    assert!(said.needs_person && said.error == "authorization_declined", "{said:?}");
    assert_eq!(said.trace_id.as_deref(), Some("t-1"));
    let expired = server(|_| refusal("expired_token", 70_019)).await;
    assert!(fault(&expired).await.sentence.contains("expired"));
    assert_eq!((declined.tokens(), expired.tokens()), (1, 1));
}

#[tokio::test]
async fn a_policy_against_device_codes_is_recognised() {
    let server = server(|_| refusal("access_denied", 53_003)).await;
    let said = fault(&server).await;
    assert!(said.sentence.contains("Conditional Access") && said.hint.contains("browser"), "{said:?}");
}

#[tokio::test]
async fn nobody_typing_the_code_ends_with_it() {
    let code = CODE.replace("900", "0");
    let pending = |_: &crate::server::Asked, _: usize| refusal("authorization_pending", 70_016);
    let server = Server::with_entra(pending, move |_, _| Reply::new(200, code.clone())).await;
    let said = fault(&server).await;
    assert!(said.needs_person && said.error == "expired_token", "{said:?}");
}

#[tokio::test]
async fn an_app_that_is_no_public_client_is_said_to_be_so() {
    let refuse = |_: &crate::server::Asked, _: usize| refusal("invalid_client", 7_000_218);
    let server = Server::with_entra(refuse, refuse).await;
    let said = fault(&server).await;
    assert_eq!((said.aadsts, said.needs_person), (Some(7_000_218), true));
}
