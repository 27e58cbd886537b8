//! The routes: `sendMail`, message lists, one message.

use super::mailbox::Mailbox;
use super::query::Query;
use super::refusal::{self, Refusal, request_id};
use super::send::{self, Body as Content};
use super::sent::Sent;
use super::state::State;
use crate::token::Claims;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Query as Pairs, Request, State as Shared};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::routing::{get, post};
use serde_json::json;
use std::sync::Arc;

/// A request larger than this is refused, as Graph does at about 4 MB.
const LARGEST: usize = 4 * 1024 * 1024;
const AUDIENCES: &[&str] = &["https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"];
const READERS: &[&str] = &["Mail.ReadBasic.All", "Mail.ReadBasic", "Mail.Read", "Mail.ReadWrite"];

/// The mail routes of the Graph door.
pub fn router(state: Arc<State>) -> Router {
    Router::new()
        .route("/v1.0/users/{mailbox}/sendMail", post(send_mail))
        .route("/v1.0/users/{mailbox}/microsoft.graph.sendMail", post(send_mail))
        .route("/v1.0/me/sendMail", post(no_me))
        .route("/v1.0/users/{mailbox}/messages", get(messages))
        .route("/v1.0/users/{mailbox}/messages/{message}", get(message))
        .route("/v1.0/users/{mailbox}/mailFolders/{folder}/messages", get(folder_messages))
        .with_state(state)
}

async fn send_mail(
    Shared(state): Shared<Arc<State>>,
    Path(address): Path<String>,
    request: Request,
) -> Response<Body> {
    match sent(&state, &address, request).await {
        Ok(()) => accepted(),
        Err(refusal) => refusal.answer(&address),
    }
}

async fn sent(state: &State, address: &str, request: Request) -> Result<(), Refusal> {
    let mailbox = allowed(state, request.headers(), address, &["Mail.Send"])?;
    let kind = content_type(request.headers());
    let bytes = to_bytes(request.into_body(), LARGEST).await.map_err(|_| refusal::TOO_LARGE)?;
    let content = match kind.as_str() {
        "text/plain" => Content::Mime(&bytes),
        "application/json" | "" => Content::Json(&bytes),
        _ => return Err(refusal::EMPTY_PAYLOAD),
    };
    send::send(state, mailbox, address, &content)
}

/// An app has no mailbox of its own.
async fn no_me() -> Response<Body> {
    refusal::NO_PERMISSIONS.answer("me")
}

fn accepted() -> Response<Body> {
    let mut answer = Response::new(Body::empty());
    *answer.status_mut() = StatusCode::ACCEPTED;
    if let Ok(id) = HeaderValue::from_str(&request_id()) {
        answer.headers_mut().insert("request-id", id);
    }
    answer
}

/// Token, permission, mailbox, scope, in this order.
fn allowed(
    state: &State,
    headers: &HeaderMap,
    address: &str,
    roles: &[&str],
) -> Result<&'static Mailbox, Refusal> {
    let claims = claims(state, headers)?;
    if claims.permissions().next().is_none() {
        return Err(refusal::NO_PERMISSIONS);
    }
    if !claims.roles.iter().any(|role| roles.contains(&role.as_str())) {
        return Err(refusal::DENIED);
    }
    let mailbox = state.mailbox(address).ok_or(refusal::INVALID_USER)?;
    mailbox.access.map_or(Ok(mailbox), Err)
}

fn claims(state: &State, headers: &HeaderMap) -> Result<Claims, Refusal> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = given.and_then(|value| value.strip_prefix("Bearer ")).ok_or(refusal::NO_TOKEN)?;
    state.claims(token.trim(), AUDIENCES)
}

/// The media type without its parameters, in lower case.
fn content_type(headers: &HeaderMap) -> String {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

type Given = Pairs<Vec<(String, String)>>;

async fn messages(
    Shared(state): Shared<Arc<State>>,
    Path(address): Path<String>,
    Pairs(pairs): Given,
    request: Request,
) -> Response<Body> {
    let path = format!("/users/{address}/messages");
    list(&state, &address, &path, &pairs, &request).unwrap_or_else(|refusal| refusal.answer(&address))
}

async fn folder_messages(
    Shared(state): Shared<Arc<State>>,
    Path((address, folder)): Path<(String, String)>,
    Pairs(pairs): Given,
    request: Request,
) -> Response<Body> {
    let known = folder.eq_ignore_ascii_case("sentitems");
    let path = format!("/users/{address}/mailFolders/{folder}/messages");
    let answer = match allowed(&state, request.headers(), &address, READERS) {
        Ok(_) if !known => Err(refusal::ITEM_NOT_FOUND),
        _ => list(&state, &address, &path, &pairs, &request),
    };
    answer.unwrap_or_else(|refusal| refusal.answer(&address))
}

async fn message(
    Shared(state): Shared<Arc<State>>,
    Path((address, id)): Path<(String, String)>,
    Pairs(pairs): Given,
    request: Request,
) -> Response<Body> {
    one(&state, &address, &id, &pairs, request.headers()).unwrap_or_else(|refusal| refusal.answer(&address))
}

fn one(
    state: &State,
    address: &str,
    id: &str,
    pairs: &[(String, String)],
    headers: &HeaderMap,
) -> Result<Response<Body>, Refusal> {
    let mailbox = allowed(state, headers, address, READERS)?;
    let query = Query::read(pairs)?;
    let found =
        state.look(mailbox).into_iter().find(|message| message.id == id).ok_or(refusal::ITEM_NOT_FOUND)?;
    Ok(answered(&found.json(&query)))
}

fn list(
    state: &State,
    address: &str,
    path: &str,
    pairs: &[(String, String)],
    request: &Request,
) -> Result<Response<Body>, Refusal> {
    let mailbox = allowed(state, request.headers(), address, READERS)?;
    let query = Query::read(pairs)?;
    let all: Vec<Sent> = state.look(mailbox).into_iter().filter(|message| query.takes(message)).collect();
    let page: Vec<_> =
        all.iter().skip(query.skip).take(query.top).map(|message| message.json(&query)).collect();
    let mut body = json!({
        "@odata.context": format!("https://graph.microsoft.com/v1.0/$metadata#users('{address}')/messages"),
        "value": page,
    });
    if all.len() > query.skip.saturating_add(query.top) {
        body["@odata.nextLink"] = json!(next(path, pairs, &query, &host(request)));
    }
    Ok(answered(&body))
}

/// The host that was asked: HTTP/2 puts it into the address, HTTP/1.1 into a header.
fn host(request: &Request) -> String {
    let header = || request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let asked = request.uri().authority().map(|host| host.as_str()).or_else(header);
    asked.unwrap_or("graph.microsoft.com").to_owned()
}

/// The address of the next page: the same options with another `$skip`.
fn next(path: &str, pairs: &[(String, String)], query: &Query, host: &str) -> String {
    let kept = pairs.iter().filter(|(name, _)| name.trim_start_matches('$') != "skip");
    let mut options: Vec<String> = kept.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    options.push(format!("$skip={}", query.skip + query.top));
    format!("https://{host}/v1.0{path}?{}", options.join("&"))
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn answered(body: &serde_json::Value) -> Response<Body> {
    let mut answer = Response::new(Body::from(body.to_string()));
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"),
    );
    if let Ok(id) = HeaderValue::from_str(&request_id()) {
        headers.insert("request-id", id);
    }
    answer
}
