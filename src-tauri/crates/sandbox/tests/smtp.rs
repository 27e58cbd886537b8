//! The SMTP door by our own client and by clients that misbehave.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use sandbox::{Options, Sandbox};
use smtp::{Limits, Session, Target, Trust};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

async fn sandbox() -> Sandbox {
    sandbox_pausing(Duration::ZERO).await
}

async fn sandbox_pausing(smtp_pause: Duration) -> Sandbox {
    Sandbox::start(Options { incidents: 0, smtp_pause, ..Options::default() }).await.unwrap()
}

fn pem(sandbox: &Sandbox) -> String {
    std::fs::read_to_string(&sandbox.descriptor().ca_cert).unwrap()
}

fn target(sandbox: &Sandbox) -> Target {
    let smtp = &sandbox.descriptor().smtp;
    Target {
        host: smtp.host.clone(),
        port: smtp.port,
        trust: Trust::Only(pem(sandbox)),
        limits: Limits::default(),
    }
}

/// A line client of the test's own, for what `smtp` would never say.
struct Raw<S> {
    stream: BufReader<S>,
}

impl<S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin> Raw<S> {
    async fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).await.unwrap();
        line.trim_end_matches(['\r', '\n']).to_owned()
    }

    /// Sends a line and reads one reply, however many lines it has.
    async fn say(&mut self, line: &str) -> String {
        self.bytes(format!("{line}\r\n").as_bytes()).await;
        loop {
            let line = self.line().await;
            if line.get(3..4) != Some("-") {
                return line;
            }
        }
    }

    async fn bytes(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes).await;
        let _ = self.stream.flush().await;
    }

    /// Everything until the server hangs up.
    async fn rest(&mut self) -> String {
        let mut rest = Vec::new();
        let _ = self.stream.read_to_end(&mut rest).await;
        String::from_utf8_lossy(&rest).into_owned()
    }
}

async fn plain(sandbox: &Sandbox) -> Raw<TcpStream> {
    let smtp = &sandbox.descriptor().smtp;
    let stream = TcpStream::connect((smtp.host.as_str(), smtp.port)).await.unwrap();
    let mut raw = Raw { stream: BufReader::new(stream) };
    assert!(raw.line().await.contains("outlook.office365.com Microsoft ESMTP MAIL Service ready at "));
    raw
}

async fn encrypted(sandbox: &Sandbox) -> Raw<TlsStream<TcpStream>> {
    let mut raw = plain(sandbox).await;
    raw.say("EHLO test").await;
    assert_eq!(raw.say("STARTTLS").await, "220 2.0.0 SMTP server ready");
    let mut roots = rustls::RootCertStore::empty();
    for authority in CertificateDer::pem_slice_iter(pem(sandbox).as_bytes()) {
        roots.add(authority.unwrap()).unwrap();
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let stream = TlsConnector::from(Arc::new(config)).connect(name, raw.stream.into_inner()).await.unwrap();
    let mut raw = Raw { stream: BufReader::new(stream) };
    raw.say("EHLO test").await;
    raw
}

/// Signed in as the mailbox whose password works.
async fn signed_in(sandbox: &Sandbox) -> Raw<TlsStream<TcpStream>> {
    let login = &sandbox.descriptor().mailboxes.password_ok;
    let mut raw = encrypted(sandbox).await;
    raw.say("AUTH LOGIN").await;
    raw.say(&STANDARD.encode(&login.user)).await;
    assert_eq!(raw.say(&STANDARD.encode(&login.password)).await, "235 2.7.0 Authentication successful");
    raw
}

async fn submit(raw: &mut Raw<TlsStream<TcpStream>>, envelope: &str, header: &str) -> String {
    assert_eq!(raw.say(&format!("MAIL FROM:<{envelope}>")).await, "250 2.1.0 Sender OK");
    assert_eq!(raw.say("RCPT TO:<soc@contoso.example>").await, "250 2.1.5 Recipient OK");
    assert!(raw.say("DATA").await.starts_with("354"));
    raw.say(&format!("{header}To: soc@contoso.example\r\nSubject: x\r\n\r\n..dot\r\n.")).await
}

#[tokio::test]
async fn auth_is_offered_after_tls_alone_and_plain_never() {
    let sandbox = sandbox().await;
    let mut session = Session::connect(&target(&sandbox)).await.unwrap();
    session.greeting().await.unwrap();
    let before = session.ehlo().await.unwrap().text;
    assert!(before.contains("\nSTARTTLS\n") && !before.contains("AUTH"), "{before}");
    let facts = session.starttls().await.unwrap();
    assert!(facts.names.contains(&"127.0.0.1".to_owned()), "{facts:?}");
    assert_eq!(facts.issuer, "Crosswalk sandbox authority");
    let after = session.ehlo().await.unwrap().text;
    assert!(after.contains("\nAUTH LOGIN XOAUTH2\n") && !after.contains("STARTTLS"), "{after}");
    let reply = session.auth_plain_probe().await.unwrap();
    assert_eq!(reply.short(), "504 5.7.4");
    let reply = session.mail_without_auth("alerts@contoso.example").await.unwrap();
    assert_eq!(reply.short(), "530 5.7.57");
    assert!(reply.text.contains(".prod.outlook.com 20"), "the tail names host and time: {}", reply.text);
    assert_eq!(session.quit().await.unwrap().code, 221);
}

#[tokio::test]
async fn a_bare_xoauth2_gets_an_empty_prompt_and_a_bad_token_the_general_refusal() {
    let sandbox = sandbox().await;
    let user = &sandbox.descriptor().mailboxes.allowed;
    for prompted in [false, true] {
        let mut session = Session::connect(&target(&sandbox)).await.unwrap();
        session.greeting().await.unwrap();
        session.ehlo().await.unwrap();
        session.starttls().await.unwrap();
        session.ehlo().await.unwrap();
        let answer = match prompted {
            true => session.auth_xoauth2_prompted(user, "no.real.token").await.unwrap(),
            false => session.auth_xoauth2(user, "no.real.token").await.unwrap(),
        };
        assert_eq!(answer.reply.short(), "535 5.7.3");
        let prompt = session.transcript().iter().any(|line| line.text == "334 ");
        assert_eq!(prompt, prompted, "{:?}", session.transcript());
    }
}

#[tokio::test]
async fn a_refusal_comes_after_the_pause() {
    let sandbox = sandbox_pausing(Duration::from_millis(120)).await;
    let mut raw = encrypted(&sandbox).await;
    raw.say("AUTH LOGIN").await;
    raw.say(&STANDARD.encode("policy@contoso.example")).await;
    let began = Instant::now();
    let reply = raw.say(&STANDARD.encode("x")).await;
    assert!(
        reply.starts_with("535 5.7.139 Authentication unsuccessful, the request did not meet the criteria"),
        "{reply}"
    );
    assert!(began.elapsed() >= Duration::from_millis(120), "only {:?}", began.elapsed());
}

#[tokio::test]
async fn send_as_is_refused_at_the_end_of_data() {
    let sandbox = sandbox().await;
    let user = sandbox.descriptor().mailboxes.password_ok.user.clone();
    let mut raw = signed_in(&sandbox).await;
    let taken = submit(&mut raw, &user, &format!("From: <{user}>\r\n")).await;
    assert!(taken.starts_with("250 2.0.0 OK"), "{taken}");
    for (envelope, header) in [
        ("ceo@contoso.example", format!("From: <{user}>\r\n")),
        (user.as_str(), "From: <ceo@contoso.example>\r\n".to_owned()),
    ] {
        let reply = submit(&mut raw, envelope, &header).await;
        assert!(
            reply.starts_with("550 5.7.60 SMTP; Client does not have permissions to send as this sender"),
            "{reply}"
        );
    }
    let reply = submit(&mut raw, &user, "").await;
    assert!(reply.starts_with("550 5.7.512"), "{reply}");
    assert!(raw.say("QUIT").await.starts_with("221"));
}

#[tokio::test]
async fn a_fourth_session_of_one_mailbox_is_refused_at_the_end_of_data() {
    let sandbox = sandbox().await;
    let user = sandbox.descriptor().mailboxes.password_ok.user.clone();
    let header = format!("From: <{user}>\r\n");
    let mut sessions = Vec::new();
    for _ in 0..3 {
        sessions.push(signed_in(&sandbox).await);
    }
    assert!(submit(&mut sessions[0], &user, &header).await.starts_with("250"));
    sessions.push(signed_in(&sandbox).await);
    let reply = submit(&mut sessions[3], &user, &header).await;
    assert!(
        reply.starts_with(
            "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending"
        ),
        "{reply}"
    );
    assert!(reply.contains("[Hostname="), "{reply}");
    let mut first = sessions.remove(0);
    assert!(first.say("QUIT").await.starts_with("221"));
    first.rest().await;
    let mut last = sessions.pop().unwrap();
    // The server lets go of a session when its task has ended, a moment after QUIT.
    let mut reply = submit(&mut last, &user, &header).await;
    while reply.starts_with("432") {
        tokio::task::yield_now().await;
        reply = submit(&mut last, &user, &header).await;
    }
    assert!(reply.starts_with("250"), "{reply}");
}

#[tokio::test]
async fn commands_out_of_order_are_refused_and_the_dialogue_goes_on() {
    let sandbox = sandbox().await;
    let mut raw = plain(&sandbox).await;
    assert!(raw.say("AUTH LOGIN").await.starts_with("530 5.7.0 Must issue a STARTTLS command first"));
    assert!(
        raw.say("MAIL FROM:<a@b>").await.starts_with("530 5.7.57 Client not authenticated to send mail. [")
    );
    assert!(raw.say("RCPT TO:<a@b>").await.starts_with("503"));
    assert!(raw.say("DATA").await.starts_with("503"));
    assert!(raw.say("VRFY x").await.starts_with("500"));
    assert!(raw.say("NOOP").await.starts_with("250"));

    let mut raw = encrypted(&sandbox).await;
    assert!(raw.say("STARTTLS").await.starts_with("503"));
    assert!(raw.say("AUTH CRAM-MD5").await.starts_with("504 5.7.4 Unrecognized authentication type ["));
    assert!(raw.say("AUTH LOGIN").await.starts_with("334 VXNlcm5hbWU6"));
    assert!(raw.say("*").await.starts_with("501"));
    assert!(raw.say("AUTH LOGIN %%%").await.starts_with("334 UGFzc3dvcmQ6"));
    assert!(raw.say("%%%").await.starts_with("501"));
    assert!(raw.say("AUTH XOAUTH2 =").await.starts_with("535 5.7.3"));

    let mut raw = signed_in(&sandbox).await;
    assert!(raw.say("AUTH LOGIN").await.starts_with("503"));
    assert!(raw.say("MAIL FROM:<legacy@contoso.example> SIZE=999999999999").await.starts_with("552 5.3.4"));
    assert!(raw.say("MAIL FROM:nobody").await.starts_with("501"));
    assert!(raw.say("MAIL FROM:<legacy@contoso.example>").await.starts_with("250"));
    assert!(raw.say("RCPT TO:<>").await.starts_with("501"));
    assert!(raw.say("RSET").await.starts_with("250"));
    assert!(raw.say("RCPT TO:<a@b>").await.starts_with("503"), "forgotten");
}

#[tokio::test]
async fn a_message_in_chunks_is_taken() {
    let sandbox = sandbox().await;
    let user = sandbox.descriptor().mailboxes.password_ok.user.clone();
    let mut raw = signed_in(&sandbox).await;
    raw.say(&format!("MAIL FROM:<{user}>")).await;
    raw.say("RCPT TO:<soc@contoso.example>").await;
    let head = format!("From: {user}\r\nSubject: chunked\r\n");
    raw.bytes(format!("BDAT {}\r\n{head}", head.len()).as_bytes()).await;
    assert!(raw.line().await.starts_with("250"));
    raw.bytes(b"BDAT 6 LAST\r\n\r\nbody").await;
    assert!(raw.line().await.starts_with("250 2.0.0 OK"));
    assert!(raw.say("BDAT many").await.starts_with("421"), "what follows can't be told apart");
}

#[tokio::test]
async fn hostile_clients_are_ended_and_others_served() {
    let sandbox = sandbox().await;
    let mut long = plain(&sandbox).await;
    long.bytes(&vec![b'a'; 64 * 1024]).await;
    assert!(long.rest().await.starts_with("500 5.5.6 Line too long"));

    let mut nonsense = plain(&sandbox).await;
    nonsense.bytes(&b"\x00\xff\xfe nonsense\r\n".repeat(100)).await;
    assert!(nonsense.rest().await.ends_with("421 4.7.0 Too many errors on this connection\r\n"));

    let mut smuggler = plain(&sandbox).await;
    smuggler.bytes(b"EHLO x\r\nSTARTTLS\r\nMAIL FROM:<a@b>\r\n").await;
    let seen = smuggler.rest().await;
    assert!(
        seen.ends_with("220 2.0.0 SMTP server ready\r\n"),
        "text behind STARTTLS in clear ends the session: {seen}"
    );

    let mut no_tls = plain(&sandbox).await;
    no_tls.say("STARTTLS").await;
    no_tls.bytes(b"this is no client hello at all, is it?\r\n").await;
    no_tls.rest().await;

    let idle: Vec<_> = futures::future::join_all((0..10).map(|_| plain(&sandbox))).await;
    assert!(
        plain(&sandbox).await.say("NOOP").await.starts_with("250"),
        "served beside {} idle ones",
        idle.len()
    );
}

#[tokio::test]
async fn there_is_room_for_so_many_sessions() {
    let sandbox = sandbox().await;
    let smtp = &sandbox.descriptor().smtp;
    let mut open = Vec::new();
    for _ in 0..64 {
        open.push(plain(&sandbox).await);
    }
    let stream = TcpStream::connect((smtp.host.as_str(), smtp.port)).await.unwrap();
    let mut turned_away = Raw { stream: BufReader::new(stream) };
    assert_eq!(turned_away.rest().await, "421 4.3.2 Service not active\r\n");
}
