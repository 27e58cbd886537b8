//! Against scripted servers on loopback, well-behaved and hostile.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::*;

const PASSWORD: &str = "Sup3r~S3cret.Value";
const TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL291dGxvb2sifQ.c2lnbmF0dXJlLW9mLXRoZS10ZXN0";
const USER: &str = "alerts@contoso.example";

/// What a scripted server does next.
enum Act {
    Say(&'static str),
    SayBytes(Vec<u8>),
    /// Reads one line and keeps it.
    Hear,
    Tls,
    /// Keeps the connection open and silent until the client goes.
    Hold,
}
use Act::{Hear, Hold, Say, SayBytes, Tls};

struct Scripted {
    target: Target,
    heard: tokio::task::JoinHandle<Vec<String>>,
}

trait Both: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Both for T {}

fn certificate(name: &str) -> (String, Arc<ServerConfig>) {
    let made = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    (made.cert.pem(), Arc::new(config))
}

async fn scripted(acts: Vec<Act>) -> Scripted {
    scripted_as("127.0.0.1", acts).await
}

async fn scripted_as(name: &str, acts: Vec<Act>) -> Scripted {
    let (pem, config) = certificate(name);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut heard = Vec::new();
        let mut stream: BufReader<Box<dyn Both>> = BufReader::new(Box::new(stream));
        for act in acts {
            match act {
                Say(text) => drop(stream.write_all(text.as_bytes()).await),
                SayBytes(bytes) => drop(stream.write_all(&bytes).await),
                Hear => {
                    let mut line = String::new();
                    let _ = stream.read_line(&mut line).await;
                    heard.push(line.trim_end().to_owned());
                }
                Tls => match TlsAcceptor::from(Arc::clone(&config)).accept(stream.into_inner()).await {
                    Ok(agreed) => stream = BufReader::new(Box::new(agreed)),
                    Err(_) => return heard,
                },
                Hold => drop(stream.read_line(&mut String::new()).await),
            }
            let _ = stream.flush().await;
        }
        heard
    });
    let limits = Limits { step: Duration::from_secs(5), ..Limits::default() };
    let target = Target { host: "127.0.0.1".to_owned(), port, trust: Trust::Only(pem), limits };
    Scripted { target, heard }
}

/// A server that agrees TLS, then acts on.
fn after_tls(rest: Vec<Act>) -> Vec<Act> {
    let mut acts = vec![
        Say("220 ready\r\n"),
        Hear,
        Say("250-me\r\n250 STARTTLS\r\n"),
        Hear,
        Say("220 2.0.0 go\r\n"),
        Tls,
    ];
    acts.extend(rest);
    acts
}

async fn encrypted(server: &Scripted) -> Session {
    let mut session = Session::connect(&server.target).await.unwrap();
    session.greeting().await.unwrap();
    session.ehlo().await.unwrap();
    session.starttls().await.unwrap();
    session
}

fn shown(session: &Session) -> String {
    session.transcript().iter().map(|line| format!("{line:?}\n")).collect()
}

fn assert_clean(session: &Session) {
    let all = shown(session);
    let encoded = [BASE64.encode(PASSWORD), BASE64.encode(TOKEN), blob(USER, TOKEN).unwrap().to_string()];
    for secret in [PASSWORD, TOKEN].into_iter().chain(encoded.iter().map(String::as_str)) {
        assert!(!all.contains(secret), "{secret} leaked into\n{all}");
    }
    assert!(!all.contains(&PASSWORD.len().to_string()), "the password's length shows in\n{all}");
}

#[tokio::test]
async fn a_sign_in_by_password_goes_through_each_step_and_shows_nothing() {
    let server = scripted(after_tls(vec![
        Hear,
        Say("250-me\r\n250 AUTH LOGIN XOAUTH2\r\n"),
        Hear,
        Say("334 VXNlcm5hbWU6\r\n"),
        Hear,
        Say("334 UGFzc3dvcmQ6\r\n"),
        Hear,
        Say("235 2.7.0 Authentication successful\r\n"),
        Hear,
        Say("221 2.0.0 bye\r\n"),
    ]))
    .await;
    let mut session = encrypted(&server).await;
    assert!(session.is_encrypted());
    session.ehlo().await.unwrap();
    let mark = session.transcript().len();
    let reply = session.auth_login(USER, PASSWORD).await.unwrap();
    assert_eq!(reply.short(), "235 2.7.0");
    assert_eq!(session.lines_since(mark).len(), 6, "three lines each way");
    assert_eq!(session.quit().await.unwrap().code, 221);
    assert_clean(&session);
    let heard = server.heard.await.unwrap();
    assert!(heard[0].starts_with("EHLO [127.0.0.1]"), "{heard:?}");
    assert_eq!(heard[4], BASE64.encode(USER));
    assert_eq!(heard[5], BASE64.encode(PASSWORD), "the server got the real password");
    assert!(shown(&session).contains("‹password, not shown›"));
}

#[tokio::test]
async fn a_refusal_at_each_prompt_is_the_last_word() {
    for acts in [
        vec![Hear, Say("504 5.7.4 Unrecognized authentication type\r\n")],
        vec![Hear, Say("334 VXNlcm5hbWU6\r\n"), Hear, Say("504 5.7.4 no\r\n")],
    ] {
        let server = scripted(after_tls(acts)).await;
        let mut session = encrypted(&server).await;
        assert_eq!(session.auth_login(USER, PASSWORD).await.unwrap().code, 504);
        assert_clean(&session);
    }
}

#[tokio::test]
async fn a_server_that_prompts_on_and_on_is_left() {
    let server =
        scripted(after_tls(vec![Hear, Say("334 a\r\n"), Hear, Say("334 b\r\n"), Hear, Say("334 c\r\n")]))
            .await;
    let mut session = encrypted(&server).await;
    let error = session.auth_login(USER, PASSWORD).await.unwrap_err();
    assert_eq!(error, Error::OutOfPlace { step: Step::Auth, code: 334 });
}

#[tokio::test]
async fn a_token_goes_with_and_without_an_initial_response() {
    let server = scripted(after_tls(vec![Hear, Say("235 2.7.0 ok\r\n")])).await;
    let mut session = encrypted(&server).await;
    let answer = session.auth_xoauth2(USER, TOKEN).await.unwrap();
    assert_eq!((answer.reply.code, answer.challenge), (235, None));
    assert_clean(&session);
    let length = format!("Bearer, {} characters", TOKEN.len());
    assert!(shown(&session).contains(&length), "{}", shown(&session));
    let wanted = format!("user={USER}\u{1}auth=Bearer {TOKEN}\u{1}\u{1}");
    assert_eq!(server.heard.await.unwrap()[2], format!("AUTH XOAUTH2 {}", BASE64.encode(&wanted)));

    let server = scripted(after_tls(vec![Hear, Say("334 \r\n"), Hear, Say("235 2.7.0 ok\r\n")])).await;
    let mut session = encrypted(&server).await;
    assert_eq!(session.auth_xoauth2_prompted(USER, TOKEN).await.unwrap().reply.code, 235);
    assert_clean(&session);
    let heard = server.heard.await.unwrap();
    assert_eq!((heard[2].as_str(), heard[3].as_str()), ("AUTH XOAUTH2", BASE64.encode(&wanted).as_str()));
}

#[tokio::test]
async fn a_challenge_is_decoded_and_answered_with_an_empty_line() {
    // {"status":"401","schemes":"bearer","scope":"mail"}
    let server = scripted(after_tls(vec![
        Hear,
        Say("334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIiwic2NvcGUiOiJtYWlsIn0=\r\n"),
        Hear,
        Say("535 5.7.8 no\r\n"),
    ]))
    .await;
    let mut session = encrypted(&server).await;
    let answer = session.auth_xoauth2(USER, TOKEN).await.unwrap();
    assert_eq!(answer.reply.code, 535);
    assert_eq!(answer.challenge.as_deref(), Some(r#"{"status":"401","schemes":"bearer","scope":"mail"}"#));
    assert_eq!(server.heard.await.unwrap()[3], "");
}

#[tokio::test]
async fn a_server_that_says_the_secret_back_leaks_nothing() {
    let echo = format!("535 5.7.8 wrong: {PASSWORD} {}\r\n", BASE64.encode(PASSWORD)).into_bytes();
    let server =
        scripted(after_tls(vec![Hear, Say("334 a\r\n"), Hear, Say("334 b\r\n"), Hear, SayBytes(echo)])).await;
    let mut session = encrypted(&server).await;
    let reply = session.auth_login(USER, PASSWORD).await.unwrap();
    assert_clean(&session);
    assert!(!reply.text.contains(PASSWORD), "{}", reply.text);

    let echo = format!("535 got {TOKEN} and {}\r\n", blob(USER, TOKEN).unwrap().as_str()).into_bytes();
    let server = scripted(after_tls(vec![Hear, SayBytes(echo)])).await;
    let mut session = encrypted(&server).await;
    let answer = session.auth_xoauth2(USER, TOKEN).await.unwrap();
    assert_clean(&session);
    assert!(!answer.reply.text.contains("eyJ"), "{}", answer.reply.text);

    let challenge = BASE64.encode(format!("{{\"token\":\"{TOKEN}\"}}"));
    let server = scripted(after_tls(vec![
        Hear,
        SayBytes(format!("334 {challenge}\r\n").into_bytes()),
        Hear,
        Say("535 no\r\n"),
    ]))
    .await;
    let mut session = encrypted(&server).await;
    let answer = session.auth_xoauth2(USER, TOKEN).await.unwrap();
    assert!(!answer.challenge.unwrap().contains("eyJ"));
}

#[tokio::test]
async fn no_secret_is_sent_in_clear() {
    let server = scripted(vec![Say("220 ready\r\n"), Hold]).await;
    let mut session = Session::connect(&server.target).await.unwrap();
    session.greeting().await.unwrap();
    assert_eq!(session.auth_login(USER, PASSWORD).await, Err(Error::InClear));
    assert_eq!(session.auth_xoauth2(USER, TOKEN).await, Err(Error::InClear));
    assert_eq!(session.auth_xoauth2_prompted(USER, TOKEN).await, Err(Error::InClear));
    assert_eq!(session.transcript().len(), 1, "nothing was said");
}

#[tokio::test]
async fn the_certificates_facts_come_with_and_without_trust() {
    let server = scripted(after_tls(Vec::new())).await;
    let mut session = Session::connect(&server.target).await.unwrap();
    session.greeting().await.unwrap();
    session.ehlo().await.unwrap();
    let facts = session.starttls().await.unwrap();
    assert_eq!(
        (facts.protocol.as_str(), facts.names.as_slice()),
        ("TLS 1.3", ["127.0.0.1".to_owned()].as_slice())
    );

    let (stranger, _) = certificate("127.0.0.1");
    for (name, trust, part) in [
        ("127.0.0.1", Some(stranger), "issuer isn't trusted"),
        ("mail.corp.example", None, "isn't for this host"),
    ] {
        let mut server = scripted_as(name, after_tls(Vec::new())).await;
        if let Some(pem) = trust {
            server.target.trust = Trust::Only(pem);
        }
        let mut session = Session::connect(&server.target).await.unwrap();
        session.greeting().await.unwrap();
        session.ehlo().await.unwrap();
        let error = session.starttls().await.unwrap_err();
        assert!(error.to_string().contains(part), "{error}");
        assert_eq!(error.certificate().unwrap().names, [name], "shown though not trusted");
        assert_eq!(
            session.ehlo().await,
            Err(Error::Closed { step: Step::Ehlo }),
            "and nothing goes on in clear"
        );
    }
}

#[tokio::test]
async fn starttls_that_isnt_answered_with_tls_is_named() {
    for (acts, error) in [
        (vec![Say("454 4.7.0 TLS not available\r\n")], Error::OutOfPlace { step: Step::StartTls, code: 454 }),
        (vec![Say("220 go\r\n250 injected\r\n")], Error::Injected),
    ] {
        let mut script = vec![Say("220 ready\r\n"), Hear];
        script.extend(acts);
        script.push(Hold);
        let server = scripted(script).await;
        let mut session = Session::connect(&server.target).await.unwrap();
        session.greeting().await.unwrap();
        assert_eq!(session.starttls().await, Err(error));
        assert!(!session.is_encrypted());
    }
    let server = scripted(vec![
        Say("220 ready\r\n"),
        Hear,
        Say("220 go\r\n"),
        Hear,
        Say("this is no TLS record\r\n"),
        Hold,
    ])
    .await;
    let mut session = Session::connect(&server.target).await.unwrap();
    session.greeting().await.unwrap();
    let error = session.starttls().await.unwrap_err();
    assert!(matches!(error, Error::Tls { certificate: None, .. }), "{error:?}");
}

#[tokio::test]
async fn hostile_greetings_end_with_a_precise_error() {
    let limits = Limits::default();
    for (bytes, error) in [
        (b"220 \0\r\n".to_vec(), Error::Nul { step: Step::Greeting }),
        (vec![b'2'; limits.line + 5000], Error::LineTooLong { step: Step::Greeting, limit: limits.line }),
        (
            b"220-x\r\n".repeat(limits.lines + 10),
            Error::TooManyLines { step: Step::Greeting, limit: limits.lines },
        ),
        (
            b"SSH-2.0-OpenSSH_9.2\r\n".to_vec(),
            Error::NoCode { step: Step::Greeting, shown: "SSH-2.0-OpenSSH_9.2".to_owned() },
        ),
        (b"220 cut".to_vec(), Error::Closed { step: Step::Greeting }),
        (Vec::new(), Error::Closed { step: Step::Greeting }),
    ] {
        let server = scripted(vec![SayBytes(bytes)]).await;
        let mut session = Session::connect(&server.target).await.unwrap();
        assert_eq!(session.greeting().await, Err(error));
    }
}

#[tokio::test]
async fn a_silent_server_is_given_up_in_time() {
    let mut server = scripted(vec![Hold]).await;
    server.target.limits.step = Duration::from_millis(50);
    let mut session = Session::connect(&server.target).await.unwrap();
    let error = session.greeting().await.unwrap_err();
    assert!(matches!(error, Error::TimedOut { step: Step::Greeting, .. }), "{error:?}");
    assert!(matches!(error.broken(), domain::mail::Broken::TimedOut(_)));
}

#[tokio::test]
async fn a_closed_port_is_not_reached() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let target =
        Target { host: "127.0.0.1".to_owned(), port, trust: Trust::System, limits: Limits::default() };
    let error = Session::connect(&target).await.err().unwrap();
    assert!(matches!(error, Error::NotReached { .. }), "{error:?}");
}

#[tokio::test]
async fn nothing_can_be_smuggled_into_a_command() {
    let server = scripted(after_tls(vec![Hold])).await;
    let mut session = encrypted(&server).await;
    for from in ["a@b>\r\nDATA", "a b@c", "", "a@b\0"] {
        assert_eq!(session.mail_without_auth(from).await, Err(Error::Unsendable("the address")), "{from:?}");
    }
    let error = session.auth_xoauth2("a@b\u{1}auth=Bearer x", TOKEN).await;
    assert_eq!(error, Err(Error::Unsendable("the mailbox")));
    let error = session.auth_xoauth2(USER, "to ken").await;
    assert_eq!(error, Err(Error::Unsendable("the token")));
}

#[tokio::test]
async fn an_open_relay_is_seen_and_left_clean() {
    let server = scripted(vec![
        Say("220 ready\r\n"),
        Hear,
        Say("250 2.1.0 Sender OK\r\n"),
        Hear,
        Say("250 2.0.0 reset\r\n"),
        Hear,
        Say("334 \r\n"),
        Hear,
        Say("501 cancelled\r\n"),
    ])
    .await;
    let mut session = Session::connect(&server.target).await.unwrap();
    session.greeting().await.unwrap();
    assert_eq!(session.mail_without_auth(USER).await.unwrap().code, 250);
    assert_eq!(session.auth_plain_probe().await.unwrap().code, 334);
    assert_eq!(
        server.heard.await.unwrap(),
        ["MAIL FROM:<alerts@contoso.example>", "RSET", "AUTH PLAIN", "*"]
    );
}
