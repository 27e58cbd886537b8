//! The ARM door: subscriptions, workspaces, Sentinel, Logic Apps, API connections, access.
//!
//! Paths are matched without case, as ARM does. Routing is by hand because half of a path is names of providers.
//! Start at [`answer`]; each collection has a file.

pub mod error;

mod access;
mod collection;
mod comment;
mod incident;
mod list;
mod place;
mod put;
mod related;
mod version;

use crate::answer;
use crate::door;
use crate::form;
use crate::journal::Door;
use crate::scope::NOT_ONBOARDED;
use crate::session::{ARM, Session};
use crate::token::Claims;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use version::{Provider, Version};

/// One request to ARM.
pub struct Call<'a> {
    pub session: &'a Session,
    pub method: Method,
    /// Path segments as received, percent-decoded.
    pub segments: Vec<String>,
    pub query: HashMap<String, String>,
    pub body: Bytes,
    pub claims: Claims,
}

/// The door's routes: one handler for every path.
pub fn routes(session: Arc<Session>) -> Router {
    Router::new().fallback(handle).layer(axum::extract::DefaultBodyLimit::max(8 << 20)).with_state(session)
}

async fn handle(
    State(session): State<Arc<Session>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let claims = match session.caller(&headers, ARM) {
        Ok(claims) => claims,
        Err(stranger) => return error::stranger(&session, &stranger),
    };
    let path = uri.path_and_query().map_or("", |path| path.as_str());
    if let Some(trouble) = session.storm_for(&claims, Door::Arm, path) {
        let passage = door::Passage { door: Door::Arm, session: session.clone() };
        return door::refuse(&passage, &trouble);
    }
    let segments = uri.path().split('/').filter(|part| !part.is_empty()).map(form::decode).collect();
    let query = form::read(uri.query().unwrap_or(""));
    let call = Call { session: &session, method, segments, query, body, claims };
    answer::with(answer(&call), "x-ms-ratelimit-remaining-subscription-global-reads", "16499")
}

fn answer(call: &Call) -> Response {
    let lower: Vec<String> = call.segments.iter().map(|part| part.to_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    match lower.as_slice() {
        ["subscriptions"] => {
            call.versioned(Provider::Subscriptions, "subscriptions", |_| place::subscriptions(call))
        }
        ["subscriptions", id, rest @ ..] => match *id == call.session.scope.subscription_id.to_lowercase() {
            true => in_subscription(call, rest),
            false => no_subscription(id),
        },
        _ => no_route(call),
    }
}

fn in_subscription(call: &Call, rest: &[&str]) -> Response {
    match rest {
        [] => place::subscription(call),
        ["providers", "microsoft.operationalinsights", "workspaces"] => place::workspaces(call),
        ["providers", "microsoft.logic", "workflows"] => collection::workflows(call, None),
        ["providers", "microsoft.authorization", rest @ ..] => {
            access::answer(call, &call.session.scope.subscription(), rest)
        }
        ["resourcegroups", group, "providers", rest @ ..] => {
            if *group != call.session.scope.resource_group.to_lowercase() {
                let message = format!("Resource group '{group}' could not be found.");
                return error::gateway(404, "ResourceGroupNotFound", &message);
            }
            in_group(call, rest)
        }
        _ => no_route(call),
    }
}

fn in_group(call: &Call, rest: &[&str]) -> Response {
    match rest {
        ["microsoft.operationalinsights", "workspaces"] => place::workspaces(call),
        ["microsoft.operationalinsights", "workspaces", name] => place::workspace(call, name),
        ["microsoft.operationalinsights", "workspaces", name, "providers", provider, rest @ ..] => {
            match *provider {
                "microsoft.securityinsights" => sentinel(call, name, rest),
                "microsoft.authorization" => {
                    access::answer(call, &call.session.scope.workspace_id(name), rest)
                }
                _ => no_route(call),
            }
        }
        ["microsoft.authorization", rest @ ..] => access::answer(call, &call.session.scope.group(), rest),
        ["microsoft.logic", "workflows"] => collection::workflows(call, None),
        ["microsoft.logic", "workflows", name] => collection::workflows(call, Some(name)),
        ["microsoft.web", "connections"] => collection::connections(call, None),
        ["microsoft.web", "connections", name] => collection::connections(call, Some(name)),
        _ => no_route(call),
    }
}

/// Microsoft.SecurityInsights on a workspace.
fn sentinel(call: &Call, name: &str, rest: &[&str]) -> Response {
    let kind = rest.first().copied().unwrap_or("");
    call.versioned(Provider::Sentinel, kind, |version| {
        let scope = &call.session.scope;
        let id = scope.workspace_id(name);
        let verb = match (&call.method, rest) {
            (&Method::DELETE, ["incidents", _]) => "delete",
            (&(Method::PUT | Method::DELETE), _) => "write",
            _ => "read",
        };
        let action = format!("Microsoft.SecurityInsights/{kind}/{verb}");
        if !call.session.may(&call.claims, &action, &id) {
            return error::forbidden(call, &action, &format!("{id}/providers/Microsoft.SecurityInsights"));
        }
        if name == NOT_ONBOARDED {
            return match rest {
                ["onboardingstates", ..] => error::not_found("The onboarding state"),
                _ => error::not_onboarded(name),
            };
        }
        match call.session.workspace(name) {
            Some(place) => in_workspace(call, place, version, rest),
            None => error::no_parent(&format!("workspaces/{kind}"), &id),
        }
    })
}

fn in_workspace(call: &Call, place: usize, version: &Version, rest: &[&str]) -> Response {
    match (call.method.as_str(), rest) {
        ("GET", ["incidents"]) => list::incidents(call, place),
        ("GET", ["incidents", name]) => incident::get(call, place, name),
        ("PUT", ["incidents", name]) => put::incident(call, place, name),
        ("DELETE", ["incidents", name]) => incident::delete(call, place, name),
        ("POST", ["incidents", name, "alerts"]) => incident::alerts(call, place, name),
        ("POST", ["incidents", name, "entities"]) => incident::entities(call, place, name),
        ("POST", ["incidents", name, "bookmarks"]) => incident::bookmarks(call, place, name),
        ("GET", ["incidents", name, "tasks", rest @ ..]) if rest.len() < 2 => {
            related::answer(call, (place, name), rest.first().copied(), |view, at| view.tasks(at))
        }
        ("GET", ["incidents", name, "relations", rest @ ..]) if rest.len() < 2 => {
            related::answer(call, (place, name), rest.first().copied(), |view, at| view.relations(at))
        }
        (_, ["incidents", name, "comments", rest @ ..]) => comment::answer(call, place, name, rest),
        ("GET", _) => collection::answer(call, place, version, rest),
        _ => {
            error::plain(405, "MethodNotAllowed", "The requested resource does not support this HTTP method.")
        }
    }
}

impl Call<'_> {
    /// Checks the version first, as the gateway does.
    fn versioned(&self, provider: Provider, kind: &str, next: impl FnOnce(&Version) -> Response) -> Response {
        match provider.version(kind, self.query.get("api-version").map(String::as_str)) {
            Ok(version) => next(&version),
            Err(refused) => *refused,
        }
    }

    /// An absolute link to this same list with other query values; the api-version stays.
    fn link(&self, values: &[(&str, &str)]) -> String {
        let mut link = format!("{}/{}?", self.session.origins.arm, self.segments.join("/"));
        let version = self.query.get("api-version").map_or("", String::as_str);
        let kept = ["$filter", "$orderby", "$top"];
        let own = kept.iter().filter_map(|name| self.query.get(*name).map(|value| (*name, value.as_str())));
        let all = std::iter::once(("api-version", version)).chain(own).chain(values.iter().copied());
        for (at, (name, value)) in all.enumerate() {
            if at > 0 {
                link.push('&');
            }
            link.push_str(&form::encode(name));
            link.push('=');
            link.push_str(&form::encode(value));
        }
        link
    }
}

fn no_subscription(id: &str) -> Response {
    error::gateway(404, "SubscriptionNotFound", &format!("The subscription '{id}' could not be found."))
}

fn no_route(call: &Call) -> Response {
    let path = call.segments.join("/");
    error::gateway(
        404,
        "InvalidResourceNamespace",
        &format!("No resource of this sandbox answers at '/{path}'."),
    )
}

/// A page, with an absolute link to the next one.
fn paged(call: &Call, items: &[&Value], size: usize) -> Response {
    let token = call.query.iter().find(|(name, _)| name.eq_ignore_ascii_case("$skipToken"));
    let start = match token.map(|(_, text)| text.parse::<usize>()) {
        None => 0,
        Some(Ok(start)) => start,
        Some(Err(_)) => return error::bad("The $skipToken is invalid."),
    };
    let page: Vec<&Value> = items.iter().skip(start).take(size).copied().collect();
    let mut body = json!({"value": page});
    if start + size < items.len() {
        let next = call.link(&[("$skipToken", &(start + size).to_string())]);
        body["nextLink"] = next.into();
    }
    answer::json(200, body.to_string())
}
