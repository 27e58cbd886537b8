//! Tokens for a person who signed in before: silently, once, and no longer than Entra allows.

use std::sync::Arc;

use cloud::{Audience, CloudError, SignInFault};

use crate::Rig;
use crate::desk::{TestDesk, browser, form, granted};
use crate::server::{Reply, Server};

const GRAPH: &str = "openid profile offline_access https://graph.microsoft.com/SecurityIncident.Read.All";

async fn kept() -> (Rig, Server, Arc<TestDesk>) {
    let server = Server::with_entra(
        |asked, count| {
            assert!(asked.body.contains("grant_type=refresh_token"), "{}", asked.body);
            granted("", &format!("r-{}", count + 1), &format!("a-{count}"))
        },
        |_, _| Reply::new(200, "{}"),
    )
    .await;
    let (desk, _) = TestDesk::new(Some("r-0"));
    (Rig::way(&server, browser(&desk)).unwrap(), server, desk)
}

#[tokio::test]
async fn fifty_calls_at_once_are_one_token_request() {
    let (rig, server, desk) = kept().await;
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let cloud = rig.cloud.clone();
        calls.spawn(async move { cloud.access_token(Audience::Graph).await.map(|token| token.claims.uti) });
    }
    while let Some(done) = calls.join_next().await {
        assert_eq!(done.unwrap().unwrap().as_deref(), Some("a-0"));
    }
    assert_eq!((server.tokens(), desk.holds().as_deref()), (1, Some("r-1")));
}

#[tokio::test]
async fn each_api_gets_its_own_token_from_the_newest_refresh_token() {
    let (rig, server, desk) = kept().await;
    for audience in [Audience::Graph, Audience::Arm, Audience::Logs, Audience::Graph] {
        rig.cloud.access_token(audience).await.unwrap();
    }
    let sent: Vec<_> = server.journal().iter().map(|asked| form(&asked.body)).collect();
    let refresh: Vec<&str> = sent.iter().map(|form| form["refresh_token"].as_str()).collect();
    assert_eq!(refresh, ["r-0", "r-1", "r-2"], "the last call had its token already");
    assert_eq!(sent[0]["scope"], GRAPH);
    assert!(sent[1]["scope"].ends_with(" https://management.azure.com/.default"), "{}", sent[1]["scope"]);
    assert_eq!(desk.holds().as_deref(), Some("r-3"));
    let listed = format!("{:?} {:?}", rig.requests(), browser(&desk));
    assert!(!listed.contains("r-1") && !listed.contains("a-0"), "{listed}");
}

async fn refused(error: &str, number: u32) -> (SignInFault, Option<String>, usize) {
    let body = format!(
        r#"{{"error":"{error}","error_description":"AADSTS{number}: Words.","error_codes":[{number}]}}"#
    );
    let server =
        Server::with_entra(move |_, _| Reply::new(400, body.clone()), |_, _| Reply::new(200, "{}")).await;
    let (desk, _) = TestDesk::new(Some("r-0"));
    let rig = Rig::way(&server, browser(&desk)).unwrap();
    let first = rig.cloud.access_token(Audience::Graph).await.unwrap_err();
    rig.cloud.access_token(Audience::Arm).await.unwrap_err();
    match first {
        CloudError::SignIn(fault) => (*fault, desk.holds(), server.tokens()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_refresh_token_that_ended_is_forgotten_and_not_tried_again() {
    for number in [50_173, 700_082, 70_008] {
        let (fault, holds, tokens) = refused("invalid_grant", number).await;
        assert!(fault.needs_person && fault.aadsts == Some(number), "{fault:?}");
        assert_eq!((holds, tokens), (None, 1), "{number}");
    }
}

#[tokio::test]
async fn a_refresh_token_that_only_lacks_something_is_kept() {
    for (error, number) in
        [("invalid_grant", 65_001), ("interaction_required", 50_076), ("invalid_grant", 53_003)]
    {
        let (fault, holds, tokens) = refused(error, number).await;
        assert!(fault.needs_person, "{fault:?}");
        assert_eq!((holds.as_deref(), tokens), (Some("r-0"), 2), "{number}: another API may still get one");
    }
}

#[tokio::test]
async fn a_wrong_clock_is_told_from_entras_date() {
    let server = Server::with_entra(
        |_, _| {
            Reply::new(401, r#"{"error":"invalid_client","error_description":"AADSTS700027: Words."}"#)
                .header("Date", "Tue, 24 Nov 2020 08:00:00 GMT")
        },
        |_, _| Reply::new(200, "{}"),
    )
    .await;
    let error = Rig::new(&server).cloud.access_token(Audience::Arm).await.unwrap_err();
    assert!(error.to_string().contains("minutes ahead of Entra ID's"), "{error}");
    assert!(error.fault().hint.unwrap_or_default().contains("clock"));
}
