//! What happens to every request at every HTTP door: weather, latency, compression, the journal.
//!
//! Each answer is delayed by itself and never one behind another: connections and HTTP/2 streams are tasks of their
//! own. Nothing here knows what a door answers.

use crate::answer;
use crate::journal::Door;
use crate::session::Session;
use crate::token::Claims;
use crate::weather::Trouble;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures::{StreamExt as _, stream};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use rustls::ServerConfig;
use std::io::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

mod challenge;

/// What the passage knows.
#[derive(Clone)]
pub struct Passage {
    pub door: Door,
    pub session: Arc<Session>,
}

/// `Date` as HTTP writes it (RFC 9110, 5.6.7).
const HTTP_DATE: &[BorrowedFormatItem] =
    format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");

/// Small answers are not worth compressing.
const WORTH_COMPRESSING: usize = 1_024;

/// Serves a door until the task is aborted; connections end with it.
pub async fn serve(listener: TcpListener, tls: Arc<ServerConfig>, router: axum::Router) {
    let acceptor = TlsAcceptor::from(tls);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((socket, _)) = accepted {
                    connections.spawn(connection(socket, acceptor.clone(), router.clone()));
                }
            }
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
}

/// The same without TLS.
pub async fn serve_plain(listener: TcpListener, router: axum::Router) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((socket, _)) = accepted {
                    connections.spawn(exchange(socket, router.clone()));
                }
            }
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
}

/// One connection; whatever ends it is the client's affair.
async fn connection(socket: TcpStream, acceptor: TlsAcceptor, router: axum::Router) {
    let _ = socket.set_nodelay(true);
    let Ok(stream) = acceptor.accept(socket).await else { return };
    exchange(stream, router).await;
}

async fn exchange(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, router: axum::Router) {
    let service = TowerToHyperService::new(router);
    let builder = auto::Builder::new(TokioExecutor::new());
    let _ = builder.serve_connection(TokioIo::new(stream), service).await;
}

/// The layer around a door's routes.
pub async fn pass(State(passage): State<Passage>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let (method, path) = (request.method().to_string(), path(&request));
    let zipped = accepts_gzip(request.headers());
    let trouble = trouble(&passage, &method, &path);
    tokio::time::sleep(passage.session.latency).await;
    let trouble = late(trouble).await;
    let response = match &trouble {
        Some(Trouble::Challenge) if !is_challenged(&passage.session, request.headers()) => {
            next.run(request).await
        }
        Some(trouble) if !spoils_body(trouble) => refuse(&passage, trouble),
        _ => next.run(request).await,
    };
    let (mut head, body) = response.into_parts();
    let mut bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    if matches!(trouble, Some(Trouble::ForeignLink)) {
        bytes = astray(&bytes);
    }
    if matches!(trouble, Some(Trouble::Partial)) {
        bytes = in_part(bytes);
    }
    // What an inner router counted is not the length of what is sent.
    head.headers.remove(header::CONTENT_LENGTH);
    let packed = (zipped && bytes.len() >= WORTH_COMPRESSING).then(|| gzip(&bytes)).flatten();
    if let Some(packed) = packed.filter(|_| !matches!(trouble, Some(Trouble::NotJson))) {
        bytes = packed;
        head.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    head.headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    common_headers(&passage, &mut head.headers);
    let sent = bytes.len() as u64;
    passage.session.journal.note(passage.door, &method, path, began, head.status.as_u16(), sent);
    Response::from_parts(head, spoiled(bytes, trouble.as_ref()))
}

/// The schedule's trouble, or the wait of a client that asks too often.
fn trouble(passage: &Passage, method: &str, path: &str) -> Option<Trouble> {
    let scheduled = passage.session.forecast.next(passage.door, path);
    scheduled.or_else(|| {
        let counted = passage.session.counters.as_ref()?.admit(passage.door, method, path);
        counted.err().map(|seconds| Trouble::Throttle(Some(seconds.to_string())))
    })
}

/// What is left of the trouble once a late answer was waited for.
async fn late(trouble: Option<Trouble>) -> Option<Trouble> {
    if let Some(Trouble::Late(by)) = trouble {
        tokio::time::sleep(by).await;
        return None;
    }
    trouble
}

/// Whether the caller's token may be challenged, or is none.
fn is_challenged(session: &Session, headers: &HeaderMap) -> bool {
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = token.and_then(|value| value.strip_prefix("Bearer "));
    let claims: Option<Claims> = token.and_then(|token| session.signer.verify(token).ok());
    claims.is_none_or(|claims| claims.is_challenged())
}

fn path(request: &Request) -> String {
    request.uri().path_and_query().map_or_else(String::new, ToString::to_string)
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).into_iter();
    values.filter_map(|value| value.to_str().ok()).any(|value| value.contains("gzip"))
}

fn gzip(bytes: &Bytes) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 6), Compression::fast());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

fn spoils_body(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Cut | Trouble::NotJson | Trouble::ForeignLink | Trouble::Partial)
}

/// The body as the trouble leaves it.
fn spoiled(bytes: Bytes, trouble: Option<&Trouble>) -> Body {
    match trouble {
        Some(Trouble::Cut) => {
            let half = bytes.slice(..bytes.len() / 2);
            Body::from_stream(stream::iter([Ok(half)]).chain(stream::once(loss())))
        }
        Some(Trouble::NotJson) => {
            let mut broken = bytes[..bytes.len() / 2].to_vec();
            broken.extend_from_slice(b"<html><body>upstream error</body></html>");
            Body::from(broken)
        }
        _ => Body::from(bytes),
    }
}

/// The connection's end, late enough for what went before to arrive.
async fn loss() -> Result<Bytes, std::io::Error> {
    tokio::time::sleep(Duration::from_millis(50)).await;
    Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))
}

/// Leads the link to the next page to another host.
fn astray(bytes: &Bytes) -> Bytes {
    let text = String::from_utf8_lossy(bytes);
    Bytes::from(text.replace("extLink\":\"https://127.0.0.1", "extLink\":\"https://attacker.example"))
}

/// Half of a log's rows, said to be a part; any other body as it is.
fn in_part(bytes: Bytes) -> Bytes {
    let Ok(mut body) = serde_json::from_slice::<serde_json::Value>(&bytes) else { return bytes };
    let Some(rows) = body.pointer_mut("/tables/0/rows").and_then(|rows| rows.as_array_mut()) else {
        return bytes;
    };
    rows.truncate(rows.len() / 2);
    let details = [serde_json::json!({"code": "EngineError", "message": "The query ran out of memory."})];
    let message = "There were some errors when processing your query.";
    body["error"] = serde_json::json!({"code": "PartialError", "message": message, "details": details});
    Bytes::from(body.to_string())
}

/// Refuses in the door's own words.
pub fn refuse(passage: &Passage, trouble: &Trouble) -> Response {
    if *trouble == Trouble::Challenge {
        return challenge::answer(passage);
    }
    let (status, after) = match trouble {
        Trouble::Throttle(after) => (429, after.as_deref()),
        Trouble::Fail(status) => (*status, None),
        _ => (401, None),
    };
    let response = match passage.door {
        Door::Entra => crate::entra::refuse(&passage.session, status),
        Door::Graph => graph_refusal(&passage.session, status),
        _ if matches!(trouble, Trouble::ExpiredToken) => crate::arm::error::expired(&passage.session),
        _ => arm_refusal(&passage.session, status, after),
    };
    match after {
        Some(after) => answer::with(response, "retry-after", after),
        None => response,
    }
}

fn graph_refusal(session: &Session, status: u16) -> Response {
    match status {
        429 => session.graph_error(429, "TooManyRequests", "Too many requests. Retry after the time given."),
        401 => {
            let message = "Lifetime validation failed, the token is expired.";
            session.graph_error(401, "InvalidAuthenticationToken", message)
        }
        503 => session.graph_error(503, "serviceNotAvailable", "The service is temporarily unavailable."),
        _ => session.graph_error(status, "generalException", "An internal server error occurred."),
    }
}

/// With a wait it is the gateway that throttles, without one the provider behind it.
fn arm_refusal(session: &Session, status: u16, after: Option<&str>) -> Response {
    let (subscription, app) = (&session.scope.subscription_id, &session.scope.client_id);
    let (code, message) = match (status, after) {
        (429, Some(after)) => (
            "SubscriptionRequestsThrottled",
            format!(
                "Number of 'read' requests for subscription '{subscription}' actor '{app}' exceeded. \
                 Please try again after '{after}' seconds."
            ),
        ),
        (429, None) => ("TooManyRequests", "Too many requests. Please try again after sometime.".to_owned()),
        (503, _) => ("ServerBusy", "The server is busy. Please try again.".to_owned()),
        (504, _) => ("GatewayTimeout", "The gateway did not receive a response in time.".to_owned()),
        _ => ("InternalServerError", "Internal server error.".to_owned()),
    };
    crate::arm::error::plain(status, code, &message)
}

fn common_headers(passage: &Passage, headers: &mut HeaderMap) {
    headers
        .insert("strict-transport-security", HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let date = passage.session.signer.clock.now().format(&HTTP_DATE).unwrap_or_default();
    if let Ok(date) = HeaderValue::from_str(&date) {
        headers.insert(header::DATE, date);
    }
    let name = if passage.door == Door::Graph { "request-id" } else { "x-ms-request-id" };
    if let Ok(id) = HeaderValue::from_str(&passage.session.request_id()) {
        headers.insert(name, id.clone());
        headers.entry("x-ms-correlation-request-id").or_insert(id);
    }
}
