//! The way out: proxies and authorities, and what the connection test says of each.

use cloud::endpoints::{Proxy as Choice, Route, SmtpHost};
use cloud::probe::{ProbeOutcome, ProbeStep, probe};
use cloud::{Audience, Endpoints, Way};
use domain::fault::Code;
use domain::secret::Secret;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use crate::Rig;
use crate::proxy::{Does, Proxy};
use crate::server::{Reply, Server};

const PASSWORD: &str = "pr0xy~hunter2";
const ASKS: &str = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n";

/// A server with one subscription and no incident.
async fn server() -> Server {
    Server::start(|asked, _| match asked.path.as_str() {
        path if path.starts_with("/subscriptions?") => {
            Reply::new(200, r#"{"value":[{"subscriptionId":"s-1"}]}"#)
        }
        _ => Reply::new(200, r#"{"value":[]}"#),
    })
    .await
}

fn choice(address: &str, user: Option<&str>) -> Choice {
    Choice::explicit(address, user.map(|name| (name.to_owned(), Secret::from(PASSWORD)))).unwrap()
}

fn ids(steps: &[ProbeStep]) -> Vec<&str> {
    steps.iter().map(|step| step.id).collect()
}

/// The step that failed; the ones after it were not tried.
fn stopped<'a>(steps: &'a [ProbeStep], at: &str) -> &'a ProbeStep {
    let place = steps.iter().position(|step| step.outcome == ProbeOutcome::Fail);
    let place = place.unwrap_or_else(|| panic!("nothing failed: {steps:#?}"));
    assert_eq!(steps[place].id, at, "{steps:#?}");
    assert!(steps[place].hint.is_some(), "no way on: {:?}", steps[place]);
    assert!(steps[place + 1..].iter().all(|step| step.outcome == ProbeOutcome::NotReached), "{steps:#?}");
    let mut all = ids(steps);
    all.sort_unstable();
    assert_eq!(all, ["arm", "dns", "graph", "logs", "proxy", "sign_in", "tcp", "tls"], "each step once");
    &steps[place]
}

#[tokio::test]
async fn a_typed_proxy_carries_every_request_and_its_password_goes_no_further() {
    let (server, proxy) = (server().await, Proxy::start(|_| Does::Tunnel).await);
    let rig = Rig::through(&server, choice(&proxy.address, Some("ada")));
    assert_eq!(rig.cloud.arm().subscriptions().await.unwrap().len(), 1);
    let heads = proxy.heads();
    let target = server.origin.trim_start_matches("https://");
    assert!(
        !heads.is_empty() && heads.iter().all(|head| head.starts_with(&format!("CONNECT {target} "))),
        "{heads:?}"
    );
    assert!(
        heads[0].to_lowercase().contains("proxy-authorization: basic ywrhonbymhh5fmh1bnrlcji="),
        "{heads:?}"
    );
    assert!(
        server.journal().iter().all(|asked| asked.header("proxy-authorization").is_none()),
        "Microsoft saw it"
    );
    let told = format!("{:?} {:?}", rig.requests(), rig.cloud.endpoints());
    assert!(!told.contains(PASSWORD) && !told.contains("cHIweHk"), "{told}");
}

#[tokio::test]
async fn a_refused_proxy_password_is_tried_once_and_told() {
    let (server, proxy) = (server().await, Proxy::start(|_| Does::Answer(ASKS)).await);
    let rig = Rig::through(&server, choice(&proxy.address, Some("ada")));
    let error = rig.cloud.access_token(Audience::Arm).await.unwrap_err();
    assert_eq!(error.fault().code, Code::Offline);
    assert!(error.to_string().contains("(407)"), "{error}");
    assert!(!format!("{error:?}").contains(PASSWORD));
    assert_eq!((proxy.heads().len(), rig.waits().len()), (1, 0), "a wrong password locks accounts");
}

#[tokio::test]
async fn a_proxy_that_refuses_a_host_or_is_not_there_is_named_as_the_cause() {
    let server = server().await;
    let proxy = Proxy::start(|_| Does::Answer("HTTP/1.1 403 Filtered\r\n\r\n")).await;
    let rig = Rig::through(&server, choice(&proxy.address, None));
    let error = rig.cloud.access_token(Audience::Arm).await.unwrap_err();
    assert!(error.to_string().contains("the proxy refuses"), "{error}");
    assert_eq!((proxy.heads().len(), rig.waits().len()), (1, 0), "a wrong password may be answered so");
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let rig = Rig::through(&server, choice(&port.to_string(), None));
    let error = rig.cloud.access_token(Audience::Arm).await.unwrap_err();
    assert!(error.to_string().contains("the proxy doesn't answer"), "{error}");
    assert_eq!(server.journal().len(), 0);
}

#[tokio::test]
async fn the_test_walks_from_the_socket_to_each_api() {
    let server = server().await;
    let mut told = vec![];
    let steps = probe(&Rig::new(&server).cloud, |step| told.push(step.clone())).await;
    assert_eq!(told, steps, "each step is told as it ends");
    assert_eq!(ids(&steps), ["proxy", "dns", "tcp", "tls", "sign_in", "arm", "graph", "logs"]);
    assert!(steps.iter().all(|step| step.outcome == ProbeOutcome::Pass), "{steps:#?}");
    assert!(steps[3].said.contains("`rcgen self signed cert` issued"), "{}", steps[3].said);
    assert_eq!(steps[5].said, "1 subscription can be seen.");
}

#[tokio::test]
async fn through_a_proxy_the_first_steps_are_the_proxys() {
    let (server, proxy) = (server().await, Proxy::start(|_| Does::Tunnel).await);
    let steps = probe(&Rig::through(&server, choice(&proxy.address, Some("ada"))).cloud, |_| {}).await;
    assert_eq!(ids(&steps), ["dns", "tcp", "proxy", "tls", "sign_in", "arm", "graph", "logs"]);
    assert!(steps.iter().all(|step| step.outcome == ProbeOutcome::Pass), "{steps:#?}");
    assert_eq!((&steps[0].host, &steps[2].host), (&proxy.address, &proxy.address));
    assert_eq!(steps[3].host, server.origin.trim_start_matches("https://"));
    assert!(!format!("{steps:?}").contains(PASSWORD));
}

#[tokio::test]
async fn a_proxy_that_asks_for_a_password_has_its_own_sentence() {
    let (server, proxy) = (server().await, Proxy::start(|_| Does::Answer(ASKS)).await);
    let without = probe(&Rig::through(&server, choice(&proxy.address, None)).cloud, |_| {}).await;
    assert!(
        stopped(&without, "proxy").said.contains("asks for a user name and a password (407)"),
        "{without:#?}"
    );
    let with = probe(&Rig::through(&server, choice(&proxy.address, Some("ada"))).cloud, |_| {}).await;
    assert!(stopped(&with, "proxy").said.contains("does not take"), "{with:#?}");
    assert!(!format!("{with:?}").contains(PASSWORD));
    assert_eq!(proxy.heads().len(), 2, "each was tried once");
}

#[tokio::test]
async fn a_proxy_that_signs_in_by_ntlm_alone_is_named_with_the_way_round() {
    const NTLM: &str = "HTTP/1.1 407 X\r\nProxy-Authenticate: Negotiate\r\nproxy-authenticate: NTLM\r\n\r\n";
    const EITHER: &str =
        "HTTP/1.1 407 X\r\nProxy-Authenticate: NTLM\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n";
    let server = server().await;
    let proxy = Proxy::start(|_| Does::Answer(NTLM)).await;
    let steps = probe(&Rig::through(&server, choice(&proxy.address, Some("ada"))).cloud, |_| {}).await;
    let step = stopped(&steps, "proxy");
    assert!(step.said.contains("Negotiate, NTLM only"), "{}", step.said);
    assert!(step.hint.as_ref().unwrap().contains("cntlm"), "{:?}", step.hint);
    let proxy = Proxy::start(|_| Does::Answer(EITHER)).await;
    let steps = probe(&Rig::through(&server, choice(&proxy.address, None)).cloud, |_| {}).await;
    assert!(stopped(&steps, "proxy").said.contains("asks for a user name"), "Basic would do: {steps:#?}");
}

#[tokio::test]
async fn a_proxy_that_refuses_or_hangs_up_is_told_apart() {
    let server = server().await;
    let proxy = Proxy::start(|_| Does::Answer("HTTP/1.1 403 Filtered\r\n\r\n")).await;
    let steps = probe(&Rig::through(&server, choice(&proxy.address, None)).cloud, |_| {}).await;
    assert!(stopped(&steps, "proxy").said.contains("`HTTP/1.1 403 Filtered`"), "{steps:#?}");
    let proxy = Proxy::start(|_| Does::HangUp).await;
    let steps = probe(&Rig::through(&server, choice(&proxy.address, None)).cloud, |_| {}).await;
    assert!(stopped(&steps, "proxy").said.contains("without an answer"), "{steps:#?}");
}

#[tokio::test]
async fn a_name_that_dns_does_not_know_stops_at_dns() {
    // A label beyond 63 letters is refused before anything is asked.
    let proxy = choice(&format!("http://{}.example:8080", "a".repeat(64)), None);
    let here = "https://cloud.example";
    let smtp = SmtpHost { host: "smtp.example".into(), port: 587 };
    let cloud = Endpoints::custom(here, here, here, here, smtp).unwrap();
    let rig = Rig::by(cloud.via(Route { proxy, authorities: vec![] }), "app-1", Way::Secret("x".into()));
    let steps = probe(&rig.unwrap().cloud, |_| {}).await;
    assert!(stopped(&steps, "dns").said.contains("DNS gives no address"), "{steps:#?}");
}

#[tokio::test]
async fn nobody_there_stops_at_tcp() {
    let server = server().await;
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let rig = Rig::at(&format!("https://{free}"), &server.ca_pem, "x").unwrap();
    let steps = probe(&rig.cloud, |_| {}).await;
    assert!(stopped(&steps, "tcp").said.contains(&free.to_string()), "{steps:#?}");
}

#[tokio::test]
async fn an_unknown_authority_is_named() {
    let (server, other) = (server().await, server().await);
    let rig = Rig::at(&server.origin, &other.ca_pem, "x").unwrap();
    let steps = probe(&rig.cloud, |_| {}).await;
    let step = stopped(&steps, "tls");
    assert!(
        step.said.contains("`rcgen self signed cert` issued") && step.said.contains("not trusted"),
        "{}",
        step.said
    );
    assert!(step.hint.as_ref().unwrap().contains("PEM"), "{:?}", step.hint);
    assert_eq!(server.journal().len(), 0, "nothing was sent");
}

async fn that_says(text: &'static [u8]) -> Vec<ProbeStep> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let _ = socket.write_all(text).await;
        }
    });
    let authority = server().await.ca_pem;
    probe(&Rig::at(&origin, &authority, "x").unwrap().cloud, |_| {}).await
}

#[tokio::test]
async fn tls_that_is_cut_and_what_is_no_tls_are_told_apart() {
    let cut = that_says(b"").await;
    assert!(stopped(&cut, "tls").said.contains("ends during TLS"), "{cut:#?}");
    let plain = that_says(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").await;
    assert!(stopped(&plain, "tls").said.contains("does not speak TLS"), "{plain:#?}");
}

#[tokio::test]
async fn a_missing_right_is_no_fault_of_the_connection() {
    let server = Server::start(|asked, _| match asked.path.as_str() {
        path if path.starts_with("/subscriptions?") => {
            Reply::new(403, r#"{"error":{"code":"AuthorizationFailed","message":"No."}}"#)
        }
        _ => Reply::new(200, r#"{"value":[]}"#),
    })
    .await;
    let steps = probe(&Rig::new(&server).cloud, |_| {}).await;
    let outcome = |id: &str| steps.iter().find(|step| step.id == id).unwrap().outcome;
    assert_eq!(
        (outcome("arm"), outcome("graph"), outcome("logs")),
        (ProbeOutcome::Review, ProbeOutcome::Pass, ProbeOutcome::Pass)
    );
}
