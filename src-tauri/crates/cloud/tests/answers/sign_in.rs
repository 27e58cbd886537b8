//! Tokens: how often they are asked for, and why there is none.

use cloud::{Audience, CloudError, SignInFault};
use domain::fault::Code;

use crate::Rig;
use crate::server::{Reply, Server, token};

async fn refused(status: u16, body: &'static str) -> SignInFault {
    let server = Server::with_entra(move |_, _| Reply::new(status, body), |_, _| Reply::new(200, "{}")).await;
    let rig = Rig::new(&server);
    let error = rig.cloud.access_token(Audience::Graph).await.unwrap_err();
    assert_eq!(
        (server.tokens(), error.fault().code),
        (1, Code::SignIn),
        "a refusal is not asked again: {error:?}"
    );
    match error {
        CloudError::SignIn(fault) => *fault,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_wrong_secret_says_where_the_right_one_is() {
    let fault = refused(
        401,
        r#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided.\r\nTrace ID: t-1\r\nCorrelation ID: c-1","error_codes":[7000215],
            "timestamp":"2026-11-24 09:00:00Z","trace_id":"t-1","correlation_id":"c-1"}"#,
    )
    .await;
    assert_eq!((fault.aadsts, fault.trace_id.as_deref()), (Some(7_000_215), Some("t-1")));
    assert_eq!(fault.said, "AADSTS7000215: Invalid client secret provided.");
    assert!(fault.sentence.contains("`app-1`") && fault.hint.contains("Value"), "{fault:?}");
}

#[tokio::test]
async fn an_unknown_tenant_is_named() {
    let fault = refused(
        400,
        r#"{"error":"invalid_request","error_description":"AADSTS90002: Tenant 'contoso' not found.","error_codes":[90002]}"#,
    )
    .await;
    assert!(
        fault.sentence.starts_with("No such tenant") && fault.sentence.contains("`contoso`"),
        "{fault:?}"
    );
}

#[tokio::test]
async fn a_secrets_id_is_refused_before_anything_is_sent() {
    let server = Server::start(|_, _| Reply::new(200, "{}")).await;
    let error = Rig::signing_in_with(&server, "5b1d0c3e-7f0a-4d52-9a0b-0123456789ab").err().unwrap();
    assert!(error.to_string().contains("is a GUID"), "{error}");
    assert!(!error.to_string().contains("5b1d0c3e"), "not even a secret's id is repeated");
    assert_eq!(server.journal().len(), 0);
}

#[tokio::test]
async fn many_calls_share_one_token_and_it_is_listed_without_its_body() {
    let server = Server::start(|_, _| Reply::new(200, "{}")).await;
    let rig = Rig::new(&server);
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let cloud = rig.cloud.clone();
        calls.spawn(async move { cloud.access_token(Audience::Graph).await });
    }
    for token in calls.join_all().await {
        assert_eq!(token.unwrap().claims.roles.items(), ["Mail.Send"]);
    }
    assert_eq!(server.tokens(), 1, "fifty calls at once are one token request");
    rig.cloud.access_token(Audience::Exchange).await.unwrap();
    let asked = server.journal();
    assert!(
        asked[0].body.contains("scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"),
        "{}",
        asked[0].body
    );
    assert!(asked[1].body.contains("outlook.office365.com"), "another audience is another token");
    let listed = format!("{:?}", rig.requests());
    assert!(!listed.contains("s3cr3t") && !listed.contains("fake-"), "{listed}");
    assert_eq!(rig.requests()[0].path_and_query, "/contoso/oauth2/v2.0/token");
    assert_eq!(rig.cloud.apart().tokens, 2);
}

#[tokio::test]
async fn a_busy_entra_is_waited_for() {
    let server = Server::with_entra(
        |_, count| match count {
            0 => Reply::new(503, "<html>busy</html>").header("Retry-After", "3"),
            1 => Reply::new(429, "{}").header("Retry-After", "1.5"),
            _ => token(count),
        },
        |_, _| Reply::new(200, "{}"),
    )
    .await;
    let rig = Rig::new(&server);
    rig.cloud.access_token(Audience::Arm).await.unwrap();
    assert_eq!((server.tokens(), rig.waits()), (3, vec![3.0, 1.5]));
}

#[tokio::test]
async fn an_entra_that_stays_away_is_offline_and_no_fault_of_the_account() {
    let server = Server::with_entra(|_, _| Reply::new(500, "oops"), |_, _| Reply::new(200, "{}")).await;
    let error = Rig::new(&server).cloud.access_token(Audience::Arm).await.unwrap_err();
    assert_eq!(error.fault().code, Code::Offline, "{error:?}");
    assert_eq!(server.tokens(), 4);
}

#[tokio::test]
async fn an_answer_that_is_not_entras_is_said_to_be_so() {
    let server = Server::with_entra(
        |_, _| Reply::new(200, "<html>log in to the hotel</html>"),
        |_, _| Reply::new(200, "{}"),
    )
    .await;
    let error = Rig::new(&server).cloud.access_token(Audience::Arm).await.unwrap_err();
    assert!(matches!(error, CloudError::BadAnswer { .. }), "{error:?}");
}

#[tokio::test]
async fn a_tenants_metadata_is_found_or_its_refusal_is_the_outcome() {
    let server = Server::start(|_, count| match count {
        0 => Reply::new(200, r#"{"issuer":"https://sts/contoso/"}"#),
        _ => Reply::new(
            400,
            r#"{"error":"invalid_tenant","error_description":"AADSTS90002: Tenant 'contoso' not found."}"#,
        ),
    })
    .await;
    let rig = Rig::new(&server);
    let found = rig.cloud.metadata().await.unwrap();
    assert_eq!(found.value.unwrap().issuer.as_deref(), Some("https://sts/contoso/"));
    let missing = rig.cloud.metadata().await.unwrap();
    assert_eq!((missing.outcome.status, missing.outcome.code.as_str()), (400, "invalid_tenant"));
    assert!(missing.outcome.message.starts_with("AADSTS90002") && missing.value.is_none());
    assert_eq!(server.asked()[0].path, "/contoso/v2.0/.well-known/openid-configuration");
    assert!(server.asked()[0].header("authorization").is_none());
}
