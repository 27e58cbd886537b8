//! Submission servers that aren't Exchange Online, or aren't there: what is told, and that no secret goes to them.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use engine::mail::KeptLadder;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::world::{World, step, verdict};

/// Greets, and answers each command with the same text; what clients said is kept.
struct Server {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn start(greeting: &'static str, answer: fn(&str) -> &'static str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let keep = heard.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(speak(stream, greeting, answer, keep.clone()));
            }
        });
        Self { port, heard }
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

async fn speak(
    stream: TcpStream,
    greeting: &'static str,
    answer: fn(&str) -> &'static str,
    heard: Arc<Mutex<Vec<String>>>,
) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut say = greeting;
    while write.write_all(format!("{say}\r\n").as_bytes()).await.is_ok() {
        let Ok(Some(line)) = lines.next_line().await else { return };
        say = answer(&line);
        heard.lock().unwrap().push(line);
    }
}

async fn climbed(port: u16) -> (World, KeptLadder) {
    let world = World::with("half-migrated", |_, smtp| smtp.port = port).await;
    let ladder = world.run(world.with_password("alerts@contoso.example", "hunter2-hunter2")).await;
    (world, ladder)
}

/// The way through Graph needs no submission server.
fn new_path_passes(ladder: &KeptLadder) {
    for id in ["T-03", "G-02", "G-01", "G-03", "G-04", "L-01", "E-01"] {
        assert_eq!(verdict(ladder, id), "pass", "{id}: {}", step(ladder, id).reason);
    }
}

#[tokio::test]
async fn a_closed_port_is_named_and_the_new_path_goes_on() {
    let closed = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
    let (world, ladder) = climbed(closed).await;
    let greeting = step(&ladder, "S-01");
    assert_eq!((greeting.verdict.as_str(), greeting.observed.as_str()), ("fail", "no connection"));
    assert_eq!(greeting.cause.as_ref().map(|cause| cause.id.as_str()), Some("smtp.connect-blocked"));
    for id in ["S-02", "S-03", "S-04", "S-06", "S-07", "S-08"] {
        let stopped = step(&ladder, id);
        assert_eq!(stopped.verdict, "could_not_run", "{id}");
        assert!(stopped.stopped_because.as_deref().unwrap_or_default().contains("S-01"), "{stopped:?}");
    }
    new_path_passes(&ladder);
    let (rows, _, _) = world.scope.requests("", 0, 100).unwrap();
    let tried: Vec<_> = rows.iter().filter(|row| row.verb == "SMTP").collect();
    assert_eq!(tried.len(), 1, "one try stands in the log");
    assert_eq!((tried[0].path.as_str(), tried[0].status, tried[0].bytes), ("connect", None, 0));
}

#[tokio::test]
async fn a_relay_that_strips_starttls_gets_no_password_and_no_token() {
    let relay =
        Server::start("220 AM0PR02CA0134.outlook.office365.com Microsoft ESMTP MAIL Service ready", |line| {
            if line.starts_with("EHLO") {
                "250-relay\r\n250-AUTH LOGIN XOAUTH2\r\n250 XXXXXXXA"
            } else {
                "250 ok"
            }
        })
        .await;
    let (_world, ladder) = climbed(relay.port).await;
    let offers = step(&ladder, "S-02");
    assert_eq!((offers.verdict.as_str(), offers.observed.as_str()), ("fail", "no STARTTLS"));
    for id in ["S-03", "S-06", "S-07", "S-08"] {
        assert_eq!(verdict(&ladder, id), "could_not_run", "{id}");
    }
    new_path_passes(&ladder);
    let heard = relay.heard();
    assert!(heard.iter().all(|line| line.starts_with("EHLO") || line == "QUIT"), "{heard:?}");
}

#[tokio::test]
async fn another_product_is_not_taken_for_exchange_online() {
    let postfix = Server::start("220 mail.corp.example ESMTP Postfix", |_| "250 ok").await;
    let (_world, ladder) = climbed(postfix.port).await;
    assert_eq!(verdict(&ladder, "S-01"), "fail");
    assert_eq!(verdict(&ladder, "S-08"), "could_not_run");
    assert!(postfix.heard().is_empty(), "nothing is said to a stranger: {:?}", postfix.heard());
}

#[tokio::test]
async fn what_isnt_smtp_ends_in_a_verdict() {
    let web = Server::start("HTTP/1.1 400 Bad Request", |_| "").await;
    let (_world, ladder) = climbed(web.port).await;
    let greeting = step(&ladder, "S-01");
    assert_eq!((greeting.verdict.as_str(), greeting.observed.as_str()), ("fail", "not SMTP"));
    new_path_passes(&ladder);
}
