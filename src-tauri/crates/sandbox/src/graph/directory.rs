//! The directory's half of Graph: service principals with what they were granted, and the app's registration
//! (<https://learn.microsoft.com/graph/api/serviceprincipal-get>,
//! <https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignments>,
//! <https://learn.microsoft.com/graph/api/application-get>).
//!
//! An object is found by its id, by the key `(appId='…')`, or by the filter `appId eq '…'`. Grants are told from
//! `right::graph`, as tokens are; end dates of secrets are offsets from the story's clock, a certificate's are its own.

use super::{known, nothing, object};
use crate::answer;
use crate::form;
use crate::right::graph::READ_APPLICATIONS;
use crate::session::Session;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

/// Items on a page where no `$top` says otherwise.
const PAGE: usize = 100;

/// Answers every path that no other route of the Graph door takes.
pub async fn answer(
    State(session): State<Arc<Session>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let path = form::decode(uri.path());
    let segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).skip(1).collect();
    let Some(asked) = Asked::read(&segments).filter(|_| method == Method::GET) else {
        return nothing(&session, &uri);
    };
    match known(&session, &headers, &uri.to_string()) {
        Ok(claims) if claims.holds(READ_APPLICATIONS) => {
            asked.answer(&session, &claims.tid, &path, &form::read(uri.query().unwrap_or("")))
        }
        Ok(_) => denied(&session),
        Err(refused) => *refused,
    }
}

/// What the directory says to whoever may not read it.
fn denied(session: &Session) -> Response {
    session.graph_error(
        403,
        "Authorization_RequestDenied",
        "Insufficient privileges to complete the operation.",
    )
}

/// Which collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    Principals,
    Applications,
}

impl Set {
    fn name(self) -> &'static str {
        match self {
            Self::Principals => "servicePrincipals",
            Self::Applications => "applications",
        }
    }

    fn all(self, session: &Session) -> Vec<Value> {
        match self {
            Self::Principals => object::principals(session),
            Self::Applications => vec![object::application(session)],
        }
    }
}

/// How one of them is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key<'a> {
    Id(&'a str),
    AppId(&'a str),
}

impl Key<'_> {
    fn find(self, set: Set, session: &Session) -> Option<Value> {
        let (member, wanted) = match self {
            Self::Id(id) => ("id", id),
            Self::AppId(id) => ("appId", id),
        };
        let mut all = set.all(session).into_iter();
        all.find(|one| one[member].as_str().is_some_and(|own| own.eq_ignore_ascii_case(wanted)))
    }

    fn text(self) -> String {
        let (Self::Id(id) | Self::AppId(id)) = self;
        id.to_owned()
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Asked<'a> {
    List(Set),
    One(Set, Key<'a>),
    Granted(Key<'a>),
}

impl<'a> Asked<'a> {
    fn read(segments: &[&'a str]) -> Option<Self> {
        let (set, key) = first(segments.first()?)?;
        let (key, rest) = match (key, &segments[1..]) {
            (Some(key), rest) => (key, rest),
            (None, []) => return Some(Self::List(set)),
            (None, [id, rest @ ..]) => (Key::Id(id), rest),
        };
        match rest {
            [] => Some(Self::One(set, key)),
            ["appRoleAssignments"] if set == Set::Principals => Some(Self::Granted(key)),
            _ => None,
        }
    }

    fn answer(&self, session: &Session, tid: &str, path: &str, query: &HashMap<String, String>) -> Response {
        match self {
            Self::List(set) => list(session, *set, path, query),
            Self::One(set, key) => match key.find(*set, session) {
                Some(one) => {
                    let context = format!("{}/$entity", set.name());
                    answer::json(200, with_context(&context, selected(one, query)).to_string())
                }
                None => missing(session, &key.text()),
            },
            Self::Granted(key) => match key.find(Set::Principals, session) {
                Some(one) => {
                    let granted = object::granted(session, &one, tid);
                    page(session, "appRoleAssignments", path, &granted, query)
                }
                None => missing(session, &key.text()),
            },
        }
    }
}

/// `servicePrincipals` or `applications`, with the key in brackets if it has one.
fn first(segment: &str) -> Option<(Set, Option<Key<'_>>)> {
    let (name, bracket) = segment.split_once('(').map_or((segment, None), |(name, rest)| (name, Some(rest)));
    let set =
        [Set::Principals, Set::Applications].into_iter().find(|set| set.name().eq_ignore_ascii_case(name))?;
    match bracket {
        None => Some((set, None)),
        Some(rest) => {
            let inside = rest.strip_suffix(')')?.strip_prefix("appId=")?;
            let id = inside.strip_prefix('\'')?.strip_suffix('\'')?;
            Some((set, Some(Key::AppId(id))))
        }
    }
}

fn list(session: &Session, set: Set, path: &str, query: &HashMap<String, String>) -> Response {
    let mut all = set.all(session);
    if let Some(filter) = query.get("$filter") {
        let wanted = filter.trim().strip_prefix("appId eq '").and_then(|rest| rest.strip_suffix('\''));
        let Some(wanted) = wanted else {
            let message = format!("Invalid filter clause: '{filter}' is not one that this sandbox takes.");
            return session.graph_error(400, "Request_UnsupportedQuery", &message);
        };
        all.retain(|one| one["appId"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(wanted)));
    }
    let all: Vec<Value> = all.into_iter().map(|one| selected(one, query)).collect();
    page(session, set.name(), path, &all, query)
}

/// A page, with an absolute link to the next one.
fn page(
    session: &Session,
    context: &str,
    path: &str,
    all: &[Value],
    query: &HashMap<String, String>,
) -> Response {
    let number = |name: &str| query.get(name).and_then(|text| text.parse::<usize>().ok());
    let (start, top) = (number("$skiptoken").unwrap_or(0), number("$top").unwrap_or(PAGE).clamp(1, 999));
    let value: Vec<&Value> = all.iter().skip(start).take(top).collect();
    let mut body = with_context(context, json!({"value": value}));
    if start + top < all.len() {
        let kept = ["$filter", "$select", "$top"];
        let kept =
            kept.iter().filter_map(|name| Some(format!("{name}={}&", form::encode(query.get(*name)?))));
        let kept: String = kept.collect();
        let link =
            format!("{}{}?{kept}$skiptoken={}", session.origins.graph, form::encode(path), start + top);
        body["@odata.nextLink"] = link.into();
    }
    answer::json(200, body.to_string())
}

/// Puts `@odata.context` first.
fn with_context(context: &str, body: Value) -> Value {
    let mut whole =
        json!({"@odata.context": format!("https://graph.microsoft.com/v1.0/$metadata#{context}")});
    if let (Some(whole), Value::Object(members)) = (whole.as_object_mut(), body) {
        whole.extend(members);
    }
    whole
}

/// Only the members that `$select` names, if it is there.
fn selected(mut one: Value, query: &HashMap<String, String>) -> Value {
    let wanted: Option<Vec<&str>> = query.get("$select").map(|text| text.split(',').map(str::trim).collect());
    if let (Some(wanted), Some(members)) = (wanted, one.as_object_mut()) {
        members.retain(|name, _| wanted.contains(&name.as_str()));
    }
    one
}

fn missing(session: &Session, id: &str) -> Response {
    let message = format!(
        "Resource '{id}' does not exist or one of its queried reference-property objects are not present."
    );
    session.graph_error(404, "Request_ResourceNotFound", &message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_named_by_id_and_by_app_id() {
        let read = |segments: &[&'static str]| Asked::read(segments);
        let by_app = Key::AppId("x");
        assert_eq!(read(&["servicePrincipals"]), Some(Asked::List(Set::Principals)));
        assert_eq!(read(&["applications(appId='x')"]), Some(Asked::One(Set::Applications, by_app)));
        assert_eq!(read(&["servicePrincipals", "x"]), Some(Asked::One(Set::Principals, Key::Id("x"))));
        assert_eq!(
            read(&["servicePrincipals(appId='x')", "appRoleAssignments"]),
            Some(Asked::Granted(by_app))
        );
        assert_eq!(read(&["applications", "x", "appRoleAssignments"]), None);
        assert_eq!(read(&["servicePrincipals(id='x')"]), None);
        assert_eq!(read(&["users"]), None);
    }
}
