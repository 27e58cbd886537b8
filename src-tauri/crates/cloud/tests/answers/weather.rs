//! Throttling, broken bodies, lost connections: what is waited out, what is asked again, what ends.

use cloud::CloudError;
use cloud::arm::IncidentsQuery;
use cloud::loganalytics::Kql;
use domain::fault::Code;
use domain::incident::Api;
use time::OffsetDateTime;

use crate::server::{Reply, Server, token};
use crate::{Rig, workspace};

const EMPTY: &str = r#"{"value":[]}"#;

async fn list(rig: &Rig) -> Result<usize, CloudError> {
    rig.cloud.arm().incidents(&workspace(), &IncidentsQuery::default()).await.map(|page| page.items.len())
}

#[tokio::test]
async fn retry_after_is_obeyed_whole_decimal_and_as_a_date() {
    let server = Server::start(|_, count| match count {
        0 => Reply::new(429, "{}").header("Retry-After", "17"),
        1 => Reply::new(429, "{}").header("retry-after", "2.128"),
        2 => Reply::new(503, "{}").header("Retry-After", "Sat, 01 Jan 2000 00:00:00 GMT"),
        _ => Reply::new(200, EMPTY),
    })
    .await;
    let rig = Rig::new(&server);
    assert_eq!(list(&rig).await.unwrap(), 0);
    assert_eq!(rig.waits(), [17.0, 2.128, 0.0]);
    let counters = rig.cloud.counters()[&Api::Sentinel];
    assert_eq!((counters.requests, counters.retries), (4, 3));
    let statuses: Vec<_> = rig.requests().iter().map(|request| request.status).collect();
    assert_eq!(
        statuses,
        [Some(200), Some(429), Some(429), Some(503), Some(200)],
        "token, then four attempts"
    );
}

#[tokio::test]
async fn without_the_header_arms_sentence_counts_and_then_a_growing_pause() {
    let said = r#"{"error":{"code":"SubscriptionRequestsThrottled","message":"Number of 'read' requests exceeded. Please try again after '10' seconds."}}"#;
    let server = Server::start(move |_, count| match count {
        0 => Reply::new(429, said),
        1 | 2 => Reply::new(429, "{}"),
        _ => Reply::new(200, EMPTY),
    })
    .await;
    let rig = Rig::new(&server);
    list(&rig).await.unwrap();
    let waits = rig.waits();
    assert_eq!(waits[0], 10.0);
    assert!((0.5..=1.0).contains(&waits[1]) && (1.0..=2.0).contains(&waits[2]), "{waits:?}");
}

#[tokio::test]
async fn a_wish_beyond_all_patience_is_handed_on() {
    let server = Server::start(|_, _| Reply::new(429, "{}").header("Retry-After", "3600")).await;
    let rig = Rig::new(&server);
    let error = list(&rig).await.unwrap_err();
    assert_eq!(server.asked().len(), 1);
    let fault = error.fault();
    assert_eq!((fault.code, fault.retry_after), (Code::Throttled, Some(3600.0)));
}

#[tokio::test]
async fn a_cut_body_is_asked_again() {
    let server = Server::start(|_, count| match count {
        0 => Reply::new(200, r#"{"value":[{"na"#).cut(5_000),
        _ => Reply::new(200, r#"{"value":[{"name":"a"}]}"#),
    })
    .await;
    let rig = Rig::new(&server);
    assert_eq!(list(&rig).await.unwrap(), 1);
    assert_eq!(rig.requests()[1].bytes, 14, "what came before the cut is counted");
}

#[tokio::test]
async fn a_body_that_is_always_cut_ends_with_a_sentence() {
    let server = Server::start(|_, _| Reply::new(200, "{").cut(10)).await;
    let rig = Rig::new(&server);
    let error = list(&rig).await.unwrap_err();
    assert!(error.to_string().contains("the incidents of workspace `soc` was cut off"), "{error}");
    assert_eq!((error.fault().code, server.asked().len()), (Code::BadAnswer, 4));
}

#[tokio::test]
async fn bad_json_is_read_once_more_and_no_oftener() {
    let server = Server::start(|_, _| Reply::new(200, "<html>it works</html>")).await;
    let rig = Rig::new(&server);
    let error = list(&rig).await.unwrap_err();
    assert_eq!(server.asked().len(), 2);
    assert!(matches!(&error, CloudError::BadAnswer { what } if what.contains("it is no JSON")), "{error:?}");
}

#[tokio::test]
async fn an_expired_token_is_renewed_once() {
    let challenge = r#"Bearer authorization_uri="x", error="invalid_token", error_description="The access token has expired.""#;
    let server = Server::start(move |asked, _| match asked.header("authorization") {
        Some(value) if value.starts_with("Bearer h0.") => {
            Reply::new(401, "{}").header("WWW-Authenticate", challenge)
        }
        _ => Reply::new(200, EMPTY),
    })
    .await;
    let rig = Rig::new(&server);
    list(&rig).await.unwrap();
    list(&rig).await.unwrap();
    assert_eq!((server.tokens(), server.asked().len()), (2, 3), "the second token stays in the cache");
}

#[tokio::test]
async fn a_401_that_stays_and_a_claims_challenge_are_faults_of_the_sign_in() {
    let server = Server::start(|_, _| Reply::new(401, r#"{"error":{"code":"X","message":"No."}}"#)).await;
    let rig = Rig::new(&server);
    let error = list(&rig).await.unwrap_err();
    assert!(error.to_string().contains("even with a new token: No."), "{error}");
    assert_eq!(error.fault().code, Code::SignIn);
    assert_eq!((server.tokens(), server.asked().len()), (2, 2));

    let header = r#"Bearer error="insufficient_claims", claims="eyJhIjoxfQ==""#;
    let server = Server::start(move |_, _| Reply::new(401, "{}").header("WWW-Authenticate", header)).await;
    let rig = Rig::new(&server);
    let error = list(&rig).await.unwrap_err();
    assert!(error.to_string().contains("Conditional Access"), "{error}");
    assert_eq!((server.tokens(), server.asked().len()), (2, 2), "once more, with what was asked for");
}

#[tokio::test]
async fn gzip_is_read_and_counted_as_read() {
    use std::io::Write as _;
    let body = format!(r#"{{"value":[],"pad":"{}"}}"#, "x".repeat(10_000));
    let mut zip = flate2::write::GzEncoder::new(vec![], flate2::Compression::default());
    zip.write_all(body.as_bytes()).unwrap();
    let (zipped, length) = (zip.finish().unwrap(), body.len() as u64);
    let server =
        Server::start(move |_, _| Reply::new(200, zipped.clone()).header("Content-Encoding", "gzip")).await;
    let rig = Rig::new(&server);
    let page = rig.cloud.arm().incidents(&workspace(), &IncidentsQuery::default()).await.unwrap();
    assert_eq!(page.bytes, length);
    assert_eq!(rig.cloud.counters()[&Api::Sentinel].bytes, length);
    assert!(server.asked()[0].header("accept-encoding").unwrap().contains("gzip"));
}

#[tokio::test]
async fn a_byte_order_mark_does_no_harm() {
    let server = Server::start(|_, _| Reply::new(200, format!("\u{feff}{EMPTY}"))).await;
    assert_eq!(list(&Rig::new(&server)).await.unwrap(), 0);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let server =
        Server::start(|_, _| Reply::new(302, "").header("Location", "https://127.0.0.1:1/away")).await;
    let error = list(&Rig::new(&server)).await.unwrap_err();
    assert!(matches!(error, CloudError::Rejected { status: 302, .. }), "{error:?}");
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn nobody_there_is_offline_and_names_the_host() {
    let server = Server::start(|_, _| Reply::new(200, EMPTY)).await;
    let port = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let rig = Rig::at(&format!("https://127.0.0.1:{port}"), &server.ca_pem, "x").unwrap();
    let error = list(&rig).await.unwrap_err();
    let fault = error.fault();
    assert_eq!(fault.code, Code::Offline);
    assert!(fault.sentence.contains(&format!("127.0.0.1:{port}")), "{}", fault.sentence);
    assert!(rig.requests().iter().all(|request| request.status.is_none()));
}

#[tokio::test]
async fn another_authoritys_certificate_is_not_trusted() {
    let (one, other) = (
        Server::start(|_, _| Reply::new(200, EMPTY)).await,
        Server::start(|_, _| Reply::new(200, EMPTY)).await,
    );
    let rig = Rig::at(&one.origin, &other.ca_pem, "x").unwrap();
    let error = list(&rig).await.unwrap_err();
    assert!(error.to_string().contains("certificate is not trusted"), "{error}");
    assert_eq!(one.journal().len(), 0, "no request was sent");
}

#[tokio::test]
async fn a_call_that_is_given_up_is_listed_without_a_status() {
    let server = Server::with_entra(|_, count| token(count), |_, _| Reply::new(200, "{").cut(10)).await;
    let rig = Rig::new(&server);
    {
        let (arm, at) = (rig.cloud.arm(), workspace());
        let query = IncidentsQuery::default();
        let call = arm.incidents(&at, &query);
        tokio::pin!(call);
        // Polled once: the token request is under way, then the future is dropped.
        assert!(futures_poll_once(&mut call).await.is_none());
    }
    let requests = rig.requests();
    assert_eq!((requests.len(), requests[0].purpose, requests[0].status), (1, "token", None));
}

async fn futures_poll_once<F: Future>(future: &mut std::pin::Pin<&mut F>) -> Option<F::Output> {
    std::future::poll_fn(|context| {
        std::task::Poll::Ready(match future.as_mut().poll(context) {
            std::task::Poll::Ready(value) => Some(value),
            std::task::Poll::Pending => None,
        })
    })
    .await
}

#[tokio::test]
async fn a_query_is_one_post_with_its_name_and_is_repeated_after_a_fault() {
    let body = r#"{"tables":[{"name":"PrimaryResult","columns":[{"name":"IncidentName","type":"string"}],"rows":[["8a"]]}],
        "error":{"code":"PartialError","message":"Too many rows."}}"#;
    let server = Server::start(move |_, count| Reply::new(if count == 0 { 502 } else { 200 }, body)).await;
    let rig = Rig::new(&server);
    let begin = OffsetDateTime::UNIX_EPOCH;
    let kql = Kql::incident_identity(begin, begin, begin);
    let table = rig.cloud.logs().query("c-1", &kql).await.unwrap();
    assert_eq!((table.columns.as_slice(), table.rows.len()), (&["IncidentName".to_owned()][..], 1));
    assert_eq!(table.partial.as_deref(), Some("PartialError: Too many rows."));
    let asked = server.asked();
    assert_eq!(
        (asked.len(), asked[0].verb.as_str(), asked[0].path.as_str()),
        (2, "POST", "/v1/workspaces/c-1/query")
    );
    let sent: serde_json::Value = serde_json::from_str(&asked[1].body).unwrap();
    assert!(
        sent["query"]
            .as_str()
            .unwrap()
            .starts_with("// crosswalk:incident_identity\nlet since = datetime(1970-")
    );
}
