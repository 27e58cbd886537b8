//! What a token is asked for: the resource behind a scope, delegated permissions, and the answer to a challenge
//! (<https://learn.microsoft.com/entra/identity-platform/scopes-oidc>,
//! <https://learn.microsoft.com/entra/identity-platform/claims-challenge>).

use super::error::{Refused, app, person as told};
use crate::right;
use crate::session::{ARM, EXCHANGE, GRAPH, LOGS, Session};
use serde_json::Value;

/// Scopes of OpenID Connect, which belong to no resource.
const OPEN_ID: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// The resource of an app's scope; a door's own origin stands for the Microsoft service that it plays.
///
/// # Errors
/// 1002012 or 70011 where it doesn't end in `/.default`, 500011 for a resource that nobody knows.
pub fn resource(session: &Session, scope: &str) -> Result<&'static str, Refused> {
    let name = scope.strip_suffix("/.default").ok_or_else(|| app::scope(scope))?;
    named(session, name).ok_or_else(|| app::no_resource(name, &session.scope.mail_domain))
}

/// The resource by one of its names.
pub fn named(session: &Session, name: &str) -> Option<&'static str> {
    let origins = &session.origins;
    match name.trim_end_matches('/') {
        ARM | "https://management.core.windows.net" => Some(ARM),
        GRAPH | "https://graph.windows.net" | right::graph::GRAPH_APP => Some(GRAPH),
        LOGS | "https://api.loganalytics.azure.com" => Some(LOGS),
        EXCHANGE | "https://outlook.office.com" | "https://ps.outlook.com" => Some(EXCHANGE),
        name if name == origins.arm => Some(ARM),
        name if name == origins.graph => Some(GRAPH),
        name if name == origins.logs => Some(LOGS),
        _ => None,
    }
}

/// A delegated scope: its resource, and the permission, `None` for `.default`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish<'a> {
    pub resource: &'static str,
    pub permission: Option<&'a str>,
}

/// Scopes as they stand in a request.
pub fn split(scope: &str) -> Vec<String> {
    scope.split_whitespace().map(str::to_owned).collect()
}

/// Whether a scope of OpenID Connect was asked for.
pub fn has(scopes: &[String], name: &str) -> bool {
    scopes.iter().any(|one| one == name)
}

/// The delegated scopes among those that were asked for.
///
/// # Errors
/// 500011 for a resource that nobody knows, 650053 for a permission that its resource does not have.
pub fn wishes<'a>(session: &Session, scopes: &'a [String]) -> Result<Vec<Wish<'a>>, Refused> {
    let own = scopes.iter().filter(|scope| !OPEN_ID.contains(&scope.as_str()));
    own.map(|scope| wish(session, scope)).collect()
}

fn wish<'a>(session: &Session, scope: &'a str) -> Result<Wish<'a>, Refused> {
    // A bare name belongs to Graph.
    let (name, permission) = scope.rsplit_once('/').unwrap_or((GRAPH, scope));
    let resource = named(session, name).ok_or_else(|| app::no_resource(name, &session.scope.mail_domain))?;
    match permission {
        ".default" => Ok(Wish { resource, permission: None }),
        known if right::graph::exists(resource, known) => Ok(Wish { resource, permission: Some(known) }),
        unknown => Err(told::no_scope(unknown, resource)),
    }
}

/// Whether `claims` of a request answers a challenge. Naming a capability (`xms_cc`) alone does not.
///
/// # Errors
/// 9002313 where it is no JSON object.
pub fn answers_challenge(claims: Option<&String>) -> Result<bool, Refused> {
    let Some(text) = claims.filter(|text| !text.is_empty()) else { return Ok(false) };
    let value: Value = serde_json::from_str(text).map_err(|_| app::malformed())?;
    let asked = value.as_object().ok_or_else(app::malformed)?.get("access_token");
    let members = asked.and_then(Value::as_object);
    Ok(members.is_some_and(|members| members.keys().any(|name| name != "xms_cc")))
}

/// Whether `claims` of a request says that the client answers challenges.
pub fn is_capable(claims: Option<&String>) -> bool {
    let claims: Option<Value> = claims.and_then(|text| serde_json::from_str(text).ok());
    let values = claims.as_ref().and_then(|claims| claims["access_token"]["xms_cc"]["values"].as_array());
    values.is_some_and(|values| values.iter().any(|value| value == "cp1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capability_alone_answers_no_challenge() {
        let answers = |text: &str| answers_challenge(Some(&text.to_owned()));
        assert_eq!(answers(r#"{"access_token":{"nbf":{"essential":true,"value":"1"}}}"#), Ok(true));
        assert_eq!(answers(r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#), Ok(false));
        assert_eq!(answers(""), Ok(false));
        assert!(answers("eyJ").is_err(), "base64 has to be decoded first");
    }
}
