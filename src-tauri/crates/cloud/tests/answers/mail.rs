//! Mail: a refusal is an outcome, and nothing is sent twice.

use cloud::CloudError;
use wire::graph::send_mail::SendMail;

use crate::Rig;
use crate::server::{Reply, Server};

#[tokio::test]
async fn a_refusal_is_an_outcome_with_code_and_request_id() {
    let server = Server::start(|_, _| {
        Reply::new(403, r#"{"error":{"code":"ErrorAccessDenied","message":"Access is denied. Check credentials and try again."}}"#)
            .header("request-id", "r-1")
    })
    .await;
    let rig = Rig::new(&server);
    let outcome = rig.cloud.graph().send_mail_json("a@contoso.example", &SendMail::default()).await.unwrap();
    assert_eq!((outcome.status, outcome.code.as_str()), (403, "ErrorAccessDenied"));
    assert_eq!((outcome.request_id.as_deref(), outcome.is_success()), (Some("r-1"), false));
    assert_eq!(server.asked()[0].path, "/v1.0/users/a@contoso.example/sendMail");
}

#[tokio::test]
async fn throttling_and_faults_are_outcomes_too_and_nothing_is_sent_twice() {
    let server = Server::start(|_, count| match count {
        0 => Reply::new(429, r#"{"error":{"code":"ApplicationThrottled","message":"Wait."}}"#)
            .header("Retry-After", "2.5"),
        1 => Reply::new(503, ""),
        _ => Reply::new(202, "").cut(10),
    })
    .await;
    let rig = Rig::new(&server);
    let send = || rig.cloud.graph().send_mail_mime("a@contoso.example", b"Subject: x\r\n\r\ny");
    let throttled = send().await.unwrap();
    assert_eq!((throttled.status, throttled.retry_after.map(|wait| wait.as_secs_f64())), (429, Some(2.5)));
    assert_eq!(send().await.unwrap().status, 503);
    assert!(matches!(send().await.unwrap_err(), CloudError::BadAnswer { .. }), "it may have been sent");
    let asked = server.asked();
    assert_eq!((asked.len(), rig.waits().len()), (3, 0));
    assert_eq!(
        (asked[0].body.as_str(), asked[0].header("content-type")),
        ("U3ViamVjdDogeA0KDQp5", Some("text/plain"))
    );
}

#[tokio::test]
async fn sent_items_are_found_by_filter() {
    let server = Server::start(|_, _| Reply::new(200, r#"{"value":[{"subject":"tag-1","id":"m"}]}"#)).await;
    let rig = Rig::new(&server);
    let found =
        rig.cloud.graph().messages("a@contoso.example", true, Some("subject eq 'tag-1'")).await.unwrap();
    assert_eq!(found.value.unwrap()[0].subject.as_deref(), Some("tag-1"));
    let path = &server.asked()[0].path;
    assert!(
        path.starts_with("/v1.0/users/a@contoso.example/mailFolders/sentitems/messages?$select="),
        "{path}"
    );
    assert!(path.ends_with("&$filter=subject%20eq%20%27tag-1%27"), "{path}");
    assert!(rig.cloud.counters().is_empty(), "mail is no reading of incidents");
}
