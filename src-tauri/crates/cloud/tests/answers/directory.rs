//! What the doctor reads: roles, rights, grants, end dates.

use cloud::CloudError;

use crate::Rig;
use crate::server::{Reply, Server};

#[tokio::test]
async fn role_assignments_are_read_to_their_end() {
    let server = Server::start(|asked, count| {
        let host = asked.header("host").unwrap();
        let next = if count == 0 {
            format!(r#","nextLink":"https://{host}/more?$skipToken=2""#)
        } else {
            String::new()
        };
        Reply::new(
            200,
            format!(
                r#"{{"value":[{{"name":"{count}","properties":{{"scope":"/subscriptions/s-1"}}}}]{next}}}"#
            ),
        )
    })
    .await;
    let rig = Rig::new(&server);
    let found = rig.cloud.arm().role_assignments("s-1", "o'brien").await.unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].wire.properties.as_ref().unwrap().scope.as_deref(), Some("/subscriptions/s-1"));
    assert_eq!(found[0].raw, r#"{"name":"0","properties":{"scope":"/subscriptions/s-1"}}"#);
    assert_eq!(
        server.asked()[0].path,
        "/subscriptions/s-1/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01\
         &$filter=assignedTo%28%27o%27%27brien%27%29",
        "a quote stays inside its text"
    );
    assert_eq!(rig.cloud.apart().discovery, 2);
}

#[tokio::test]
async fn a_next_link_elsewhere_is_refused() {
    let server =
        Server::start(|_, _| Reply::new(200, r#"{"value":[],"nextLink":"https://evil.example/x"}"#)).await;
    let rig = Rig::new(&server);
    let error = rig.cloud.arm().permissions("/subscriptions/s-1").await.unwrap_err();
    assert!(matches!(&error, CloudError::Refused { host, .. } if host == "evil.example"), "{error:?}");
    let error = rig.cloud.graph().app_role_assignments("sp-1").await.unwrap_err();
    assert!(matches!(error, CloudError::Refused { .. }), "{error:?}");
}

#[tokio::test]
async fn permissions_are_asked_at_a_scope() {
    let server =
        Server::start(|_, _| Reply::new(200, r#"{"value":[{"actions":["*/read"],"notActions":[]}]}"#)).await;
    let rig = Rig::new(&server);
    let found = rig.cloud.arm().permissions("/subscriptions/s-1/resourceGroups/rg/").await.unwrap();
    assert_eq!(found[0].wire.actions.items(), ["*/read"]);
    let path = &server.asked()[0].path;
    assert!(
        path.starts_with(
            "/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.Authorization/permissions?"
        ),
        "{path}"
    );
}

#[tokio::test]
async fn the_app_is_found_by_its_client_id_or_not_at_all() {
    let server = Server::start(|asked, _| match asked.path.as_str() {
        path if path.contains("gone") => {
            Reply::new(404, r#"{"error":{"code":"Request_ResourceNotFound","message":"No."}}"#)
        }
        path if path.contains("applications") => Reply::new(
            200,
            r#"{"id":"a","passwordCredentials":[{"hint":"x7Q","endDateTime":"2026-12-20T00:00:00Z"}]}"#,
        ),
        _ => Reply::new(200, r#"{"id":"sp-1","appId":"app-1"}"#),
    })
    .await;
    let rig = Rig::new(&server);
    let graph = rig.cloud.graph();
    assert_eq!(graph.service_principal("app-1").await.unwrap().unwrap().wire.id.as_deref(), Some("sp-1"));
    let app = graph.application("app-1").await.unwrap().unwrap();
    assert_eq!(app.wire.password_credentials.items()[0].hint.as_deref(), Some("x7Q"));
    assert_eq!(
        (graph.service_principal("gone").await, graph.application("gone").await),
        (Ok(None), Ok(None))
    );
    let asked = server.asked();
    assert_eq!(asked[0].path, "/v1.0/servicePrincipals(appId='app-1')");
    assert_eq!(
        asked[1].path,
        "/v1.0/applications(appId='app-1')?$select=id,appId,displayName,passwordCredentials,keyCredentials"
    );
}

#[tokio::test]
async fn a_directory_that_may_not_be_read_names_the_one_right() {
    let server = Server::start(|_, _| {
        Reply::new(403, r#"{"error":{"code":"Authorization_RequestDenied","message":"No."}}"#)
    })
    .await;
    let error = Rig::new(&server).cloud.graph().application("app-1").await.unwrap_err();
    assert!(error.fault().hint.unwrap().contains("Application.Read.All"), "{error:?}");
}
