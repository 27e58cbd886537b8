//! Lists: what is asked, what is kept of each item, where a list may lead.

use cloud::arm::{IncidentsQuery, RULES_PREVIEW, SENTINEL};
use cloud::graph::GraphQuery;
use cloud::{CloudError, Trail};
use domain::fault::Code;
use domain::incident::Api;

use crate::server::{Reply, Server};
use crate::{Rig, workspace};

const INCIDENTS: &str = "/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/soc\
                         /providers/Microsoft.SecurityInsights/incidents";

#[tokio::test]
async fn a_list_is_followed_verbatim_and_items_keep_their_text() {
    let server = Server::start(|asked, count| {
        let host = asked.header("host").unwrap();
        match count {
            0 => Reply::new(
                200,
                format!(
                    r#"{{"value":[{{"name": "a",  "properties":{{"incidentNumber":1}}}}],"nextLink":"https://{host}/next?$skipToken=x%2By&api-version=1"}}"#
                ),
            ),
            _ => Reply::new(200, r#"{"value":[{"name":"b"}]}"#),
        }
    })
    .await;
    let rig = Rig::new(&server);
    let query = IncidentsQuery {
        filter: Some("properties/lastModifiedTimeUtc ge 2026-11-01T00:00:00Z".into()),
        orderby: Some("properties/lastModifiedTimeUtc asc".into()),
        top: Some(1000),
    };
    let first = rig.cloud.arm().incidents(&workspace(), &query).await.unwrap();
    assert_eq!(first.items[0].raw, r#"{"name": "a",  "properties":{"incidentNumber":1}}"#);
    let mut trail = Trail::new();
    let second = rig.cloud.arm().follow(&workspace(), &first.next.unwrap(), &mut trail).await.unwrap();
    assert_eq!((second.items[0].wire.name.as_deref(), second.next), (Some("b"), None));
    let asked = server.asked();
    let expected = format!(
        "{INCIDENTS}?api-version={SENTINEL}&$filter=properties/lastModifiedTimeUtc%20ge%202026-11-01T00:00:00Z\
         &$orderby=properties/lastModifiedTimeUtc%20asc&$top=1000"
    );
    assert_eq!(asked[0].path, expected);
    assert_eq!(asked[1].path, "/next?$skipToken=x%2By&api-version=1", "a nextLink is asked as it stands");
    assert_eq!(rig.cloud.counters()[&Api::Sentinel].requests, 2);
    assert_eq!((rig.cloud.apart().tokens, rig.cloud.apart().discovery), (1, 0));
}

#[tokio::test]
async fn a_next_link_elsewhere_is_refused_by_name_and_listed() {
    let server = Server::start(|_, _| Reply::new(200, "{}")).await;
    let rig = Rig::new(&server);
    let plain = server.origin.replace("https:", "http:");
    for (link, host) in [
        ("https://evil.example/incidents?sig=abc", "evil.example"),
        (plain.as_str(), "127.0.0.1"),
        ("https://127.0.0.1:1/x", "127.0.0.1:1"),
    ] {
        let error = rig.cloud.arm().follow(&workspace(), link, &mut Trail::new()).await.unwrap_err();
        assert!(
            matches!(&error, CloudError::Refused { host: named, .. } if named.starts_with(host)),
            "{error:?}"
        );
        let error = rig.cloud.graph().follow(link, &mut Trail::new()).await.unwrap_err();
        assert!(error.fault().sentence.contains(host), "{error}");
    }
    assert_eq!(server.journal().len(), 0, "not even a token was asked for");
    let listed = rig.requests();
    assert_eq!((listed.len(), listed[0].path_and_query.as_str()), (6, "/incidents?sig=…"));
    assert!(listed.iter().all(|request| request.refused.is_some() && request.status.is_none()));
    assert!(rig.cloud.counters().is_empty(), "what was not sent is not counted");
}

#[tokio::test]
async fn a_list_that_goes_round_in_a_circle_ends() {
    let server = Server::start(|asked, _| {
        let host = asked.header("host").unwrap();
        Reply::new(200, format!(r#"{{"value":[{{"name":"a"}}],"nextLink":"https://{host}/again"}}"#))
    })
    .await;
    let rig = Rig::new(&server);
    let error = rig.cloud.arm().automation_rules(&workspace()).await.unwrap_err();
    assert!(error.to_string().contains("read already"), "{error}");
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn a_description_of_two_megabytes_and_an_unknown_enum_value_are_kept() {
    let big = "ü".repeat(1_000_000);
    let body = format!(
        r#"{{"value":[{{"name":"a","properties":{{"status":"Parked","severity":"Dire","description":"{big}"}}}}]}}"#
    );
    let server = Server::start(move |_, _| Reply::new(200, body.clone())).await;
    let rig = Rig::new(&server);
    let page = rig.cloud.arm().incidents(&workspace(), &IncidentsQuery::default()).await.unwrap();
    let said = page.items[0].wire.properties.as_ref().unwrap();
    assert_eq!(
        (said.status.as_deref(), said.description.as_ref().unwrap().len()),
        (Some("Parked"), 2_000_000)
    );
    assert!(page.items[0].raw.len() > 2_000_000);
}

#[tokio::test]
async fn a_body_beyond_the_limit_ends_the_call() {
    let server = Server::start(|_, _| Reply::new(200, vec![b' '; 65 * 1024 * 1024])).await;
    let rig = Rig::new(&server);
    let error = rig.cloud.arm().incidents(&workspace(), &IncidentsQuery::default()).await.unwrap_err();
    assert!(error.to_string().contains("longer than"), "{error}");
    assert_eq!(server.asked().len(), 1, "asking again would change nothing");
}

#[tokio::test]
async fn a_workspace_without_sentinel_is_named() {
    let inner = r#"{\"error\":{\"code\":\"BadRequest\",\"message\":\"Workspace 'soc' is not onboarded to Microsoft Sentinel. Onboard it.\"}}"#;
    let body = format!(r#"{{"error":{{"code":"BadRequest","message":"{inner}"}}}}"#);
    let server = Server::start(move |_, _| Reply::new(400, body.clone())).await;
    let rig = Rig::new(&server);
    let error = rig.cloud.arm().alert_rules(&workspace()).await.unwrap_err();
    assert_eq!(error, CloudError::NotOnboarded { workspace: "soc".into() });
    assert_eq!(server.asked().len(), 1, "the other version would say the same");
    assert!(!rig.cloud.arm().onboarded(&workspace()).await.unwrap());
}

#[tokio::test]
async fn rules_fall_back_to_the_stable_version_once() {
    let server = Server::start(|asked, _| {
        if asked.path.contains("preview") {
            Reply::new(
                400,
                r#"{"error":{"code":"NoRegisteredProviderFound","message":"No such api-version."}}"#,
            )
        } else {
            Reply::new(200, r#"{"value":[{"kind":"Scheduled"}]}"#)
        }
    })
    .await;
    let rig = Rig::new(&server);
    let listing = rig.cloud.arm().alert_rules(&workspace()).await.unwrap();
    assert_eq!((listing.api_version, listing.items.len()), (SENTINEL, 1));
    assert!(listing.request_path.ends_with("/alertRules?api-version=2025-09-01"), "{}", listing.request_path);
    assert!(server.asked()[0].path.ends_with(RULES_PREVIEW));
}

#[tokio::test]
async fn denied_is_not_the_same_as_off() {
    let server = Server::start(|_, _| {
        Reply::new(
            403,
            r#"{"error":{"code":"AuthorizationFailed","message":"The client has no authorization."}}"#,
        )
        .header("x-ms-request-id", "r-7")
    })
    .await;
    let rig = Rig::new(&server);
    let fault = rig.cloud.arm().onboarded(&workspace()).await.unwrap_err().fault();
    assert_eq!((fault.code, fault.request_id.as_deref()), (Code::Denied, Some("r-7")));
    assert_eq!(rig.cloud.apart().discovery, 1);
}

#[tokio::test]
async fn discovery_finds_subscriptions_and_workspaces() {
    let id = workspace().id;
    let server = Server::start(move |asked, _| {
        if asked.path.starts_with("/subscriptions?") {
            Reply::new(
                200,
                r#"{"value":[{"subscriptionId":"s-1","displayName":"Prod"},{"displayName":"no id"}]}"#,
            )
        } else {
            Reply::new(
                200,
                format!(r#"{{"value":[{{"id":"{id}","name":"soc","properties":{{"customerId":"c-1"}}}}]}}"#),
            )
        }
    })
    .await;
    let rig = Rig::new(&server);
    let subscriptions = rig.cloud.arm().subscriptions().await.unwrap();
    assert_eq!((subscriptions.len(), subscriptions[0].id.as_str()), (1, "s-1"));
    let workspaces = rig.cloud.arm().workspaces("s-1").await.unwrap();
    assert_eq!((workspaces[0].resource_group.as_str(), workspaces[0].customer_id.as_str()), ("rg", "c-1"));
    assert_eq!((rig.cloud.apart().discovery, rig.cloud.counters().len()), (2, 0));
}

#[tokio::test]
async fn graph_is_asked_for_later_members_and_a_missing_incident_is_none() {
    let server = Server::start(|asked, _| {
        if asked.path.starts_with("/v1.0/security/incidents/") {
            Reply::new(404, r#"{"error":{"code":"ResourceNotFound","message":"No."}}"#)
        } else {
            Reply::new(200, r#"{"@odata.context":"c","value":[{"id":"7","status":"awaitingAction"}]}"#)
        }
    })
    .await;
    let rig = Rig::new(&server);
    let query = GraphQuery { top: Some(50), expand_alerts: true, ..GraphQuery::default() };
    let page = rig.cloud.graph().incidents(&query).await.unwrap();
    assert_eq!(page.items[0].wire.status.as_deref(), Some("awaitingAction"));
    assert_eq!(rig.cloud.graph().incident("4712/../5").await.unwrap(), None);
    let asked = server.asked();
    assert_eq!(asked[0].path, "/v1.0/security/incidents?$top=50&$expand=alerts");
    assert_eq!(asked[0].header("prefer"), Some("include-unknown-enum-members"));
    assert_eq!(asked[1].path, "/v1.0/security/incidents/4712%2F..%2F5", "an id stays one segment");
}
