//! The Graph door: security incidents, their alerts and the directory here, mail beside it
//! (<https://learn.microsoft.com/graph/api/security-list-incidents>).
//!
//! Query options that the documentation does not list for incidents are refused, so that no client comes to rely on
//! what the real service may not do.

mod alert;
mod directory;
mod incident;
mod list;
mod object;
mod patch;

use crate::answer;
use crate::door;
use crate::journal::Door;
use crate::session::{GRAPH, Session, Stranger};
use crate::token::{Claims, Refusal};
use crate::world::Manner;
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use axum::routing::get;
use std::sync::Arc;

pub use directory::answer as directory;

/// The door's routes for incidents and alerts.
pub fn routes(session: Arc<Session>) -> Router {
    let one = get(one).patch(change);
    Router::new()
        .route("/v1.0/security/incidents", get(all))
        .route("/v1.0/security/incidents/{id}", one)
        .route("/v1.0/security/incidents/{id}/comments", get(comments).post(comment))
        .route("/v1.0/security/alerts_v2", get(alerts))
        .route("/v1.0/security/alerts_v2/{id}", get(one_alert))
        .with_state(session)
}

/// What is said where nothing answers.
fn nothing(session: &Session, uri: &Uri) -> Response {
    let message =
        format!("Resource not found for the segment '{}'.", uri.path().trim_start_matches("/v1.0/"));
    session.graph_error(400, "BadRequest", &message)
}

/// A request that was let in.
struct Call {
    session: Arc<Session>,
    query: String,
    manner: Manner,
}

async fn all(State(session): State<Arc<Session>>, headers: HeaderMap, uri: Uri) -> Response {
    let query = uri.query().unwrap_or("").to_owned();
    match enter(session, &headers, &uri.to_string(), query, READERS) {
        Ok(call) => list::answer(&call),
        Err(refused) => *refused,
    }
}

async fn one(
    State(session): State<Arc<Session>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let query = query.unwrap_or_default();
    match enter(session, &headers, &format!("{id}?{query}"), query, READERS) {
        Ok(call) => incident::get(&call, &id),
        Err(refused) => *refused,
    }
}

async fn change(
    State(session): State<Arc<Session>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    match enter(session, &headers, &id, String::new(), WRITERS) {
        Ok(call) => patch::answer(&call, &id, &body),
        Err(refused) => *refused,
    }
}

async fn comments(
    State(session): State<Arc<Session>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    match enter(session, &headers, &id, String::new(), READERS) {
        Ok(call) => incident::comments(&call, &id),
        Err(refused) => *refused,
    }
}

async fn comment(
    State(session): State<Arc<Session>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    match enter(session, &headers, &id, String::new(), WRITERS) {
        Ok(call) => incident::comment(&call, &id, &body),
        Err(refused) => *refused,
    }
}

async fn alerts(State(session): State<Arc<Session>>, headers: HeaderMap, uri: Uri) -> Response {
    let query = uri.query().unwrap_or("").to_owned();
    match enter(session, &headers, &uri.to_string(), query, ALERT_READERS) {
        Ok(call) => alert::list(&call),
        Err(refused) => *refused,
    }
}

async fn one_alert(
    State(session): State<Arc<Session>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    match enter(session, &headers, &format!("alerts_v2/{id}"), String::new(), ALERT_READERS) {
        Ok(call) => alert::get(&call, &id),
        Err(refused) => *refused,
    }
}

const ALERT_READERS: &[&str] = &["SecurityAlert.Read.All"];
const READERS: &[&str] = &["SecurityIncident.Read.All", "SecurityIncident.ReadWrite.All"];
const WRITERS: &[&str] = &["SecurityIncident.ReadWrite.All"];

/// Checks the token and the tenant's weather.
fn known(session: &Arc<Session>, headers: &HeaderMap, path: &str) -> Result<Claims, Box<Response>> {
    let claims = session.caller(headers, GRAPH).map_err(|stranger| Box::new(refuse(session, &stranger)))?;
    match session.storm_for(&claims, Door::Graph, path) {
        Some(trouble) => {
            let passage = door::Passage { door: Door::Graph, session: session.clone() };
            Err(Box::new(door::refuse(&passage, &trouble)))
        }
        None => Ok(claims),
    }
}

/// The same, and the roles.
fn enter(
    session: Arc<Session>,
    headers: &HeaderMap,
    path: &str,
    query: String,
    roles: &[&str],
) -> Result<Call, Box<Response>> {
    let claims = known(&session, headers, path)?;
    if !roles.iter().any(|role| claims.holds(role)) {
        return Err(Box::new(forbidden(&session, &claims, roles)));
    }
    let unknown = headers
        .get_all("prefer")
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.to_lowercase().contains("include-unknown-enum-members"));
    Ok(Call { session, query, manner: Manner { alerts: false, unknown } })
}

fn refuse(session: &Session, stranger: &Stranger) -> Response {
    let message = match stranger {
        Stranger::NoToken => "Access token is empty.",
        Stranger::Refused(Refusal::Expired) => "Lifetime validation failed, the token is expired.",
        Stranger::Refused(Refusal::Signature) => "Access token validation failure. Invalid signature.",
        Stranger::Refused(Refusal::Malformed) => "CompactToken parsing failed with error code: 80049217",
        Stranger::Audience(_) => "Access token validation failure. Invalid audience.",
    };
    let authority = &session.origins.authority;
    let challenge = format!("Bearer realm=\"\", authorization_uri=\"{authority}/common/oauth2/authorize\"");
    answer::with(
        session.graph_error(401, "InvalidAuthenticationToken", message),
        "www-authenticate",
        &challenge,
    )
}

fn forbidden(session: &Session, claims: &Claims, roles: &[&str]) -> Response {
    let message = format!(
        "Missing application roles. API required roles: {}, application roles: {}.",
        roles.join(","),
        claims.permissions().collect::<Vec<&str>>().join(",")
    );
    session.graph_error(403, "Forbidden", &message)
}

fn not_found(session: &Session, id: &str) -> Response {
    session.graph_error(404, "NotFound", &format!("Incident with ID '{id}' was not found."))
}
