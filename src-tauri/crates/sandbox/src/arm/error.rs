//! ARM's errors, in the shapes of the gateway and of the providers behind it.

use super::Call;
use crate::answer;
use crate::session::{ARM, Session, Stranger};
use crate::token::Refusal;
use axum::response::Response;
use serde_json::json;
use time::OffsetDateTime;
use time::macros::format_description;

/// `{"error":{"code","message"}}`, as a provider answers.
pub fn plain(status: u16, code: &str, message: &str) -> Response {
    answer::json(status, json!({"error": {"code": code, "message": message}}).to_string())
}

/// The same from the gateway, which says so in a header.
pub fn gateway(status: u16, code: &str, message: &str) -> Response {
    answer::with(plain(status, code, message), "x-ms-failure-cause", "gateway")
}

/// What a caller without a good token is told.
pub fn stranger(session: &Session, stranger: &Stranger) -> Response {
    match stranger {
        Stranger::NoToken => {
            let message = "Authentication failed. The 'Authorization' header is missing.";
            challenged(session, gateway(401, "AuthenticationFailed", message), "")
        }
        Stranger::Refused(Refusal::Expired) => expired(session),
        Stranger::Refused(_) => {
            let answer = gateway(401, "InvalidAuthenticationToken", "The access token is invalid.");
            challenged(session, answer, "The access token is invalid.")
        }
        Stranger::Audience(aud) => {
            let message = format!(
                "The access token has been obtained for wrong audience or resource '{aud}'. It should exactly match \
                 with one of the allowed audiences '{ARM}','{ARM}/'."
            );
            challenged(
                session,
                gateway(401, "InvalidAuthenticationTokenAudience", &message),
                "The audience is invalid.",
            )
        }
    }
}

/// The ordinary expiry: no claims to satisfy, a new token is enough.
pub fn expired(session: &Session) -> Response {
    let format = format_description!(
        "[month padding:none]/[day padding:none]/[year] [hour repr:12 padding:none]:[minute]:[second] [period]"
    );
    let now = OffsetDateTime::now_utc().format(&format).unwrap_or_default();
    let message =
        format!("The access token expiry UTC time '{now}' is earlier than current UTC time '{now}'.");
    challenged(session, gateway(401, "ExpiredAuthenticationToken", &message), "The access token has expired.")
}

fn challenged(session: &Session, answer: Response, description: &str) -> Response {
    let origin = format!("{}/{}", session.origins.authority, session.scope.tenant_id);
    let detail = if description.is_empty() {
        String::new()
    } else {
        format!(", error=\"invalid_token\", error_description=\"{description}\"")
    };
    answer::with(answer, "www-authenticate", &format!("Bearer authorization_uri=\"{origin}\"{detail}"))
}

/// 403: no role that holds the action at this scope.
pub fn forbidden(call: &Call, action: &str, scope: &str) -> Response {
    let claims = &call.claims;
    let (client, object) = (claims.person.as_ref().map_or(&claims.appid, |person| &person.upn), &claims.oid);
    let message = format!(
        "The client '{client}' with object id '{object}' does not have authorization to perform action '{action}' over \
         scope '{scope}' or the scope is invalid. If access was recently granted, please refresh your credentials."
    );
    gateway(403, "AuthorizationFailed", &message)
}

/// 404 of a provider.
pub fn not_found(what: &str) -> Response {
    plain(404, "NotFound", &format!("{what} was not found."))
}

/// 404 of the gateway, where a tracked resource is missing.
pub fn no_resource(kind: &str, name: &str, group: &str) -> Response {
    let message = format!(
        "The Resource '{kind}/{name}' under resource group '{group}' was not found. For more details please go to \
         https://aka.ms/ARMResourceNotFoundFix"
    );
    gateway(404, "ResourceNotFound", &message)
}

/// 404 of the gateway, where the workspace that a Sentinel resource hangs on is missing.
pub fn no_parent(kind: &str, parent: &str) -> Response {
    let message = format!(
        "Failed to perform 'read' on resource(s) of type '{kind}', because the parent resource '{parent}' could not \
         be found."
    );
    gateway(404, "ParentResourceNotFound", &message)
}

/// 400 as posted from the field: the message is JSON of its own.
pub fn not_onboarded(workspace: &str) -> Response {
    let inner = json!({"error": {"code": "BadRequest", "message": format!(
        "Workspace '{workspace}' is not onboarded to Microsoft Sentinel. Please onboard through the portal \
         (https://learn.microsoft.com/en-us/azure/sentinel/quickstart-onboard) or use the OnboardingStates ARM api \
         to onboard to Sentinel (https://learn.microsoft.com/en-us/rest/api/securityinsights/sentinel-onboarding-\
         states/create?view=rest-securityinsights-2024-03-01)."
    )}});
    plain(400, "BadRequest", &inner.to_string())
}

/// 409 where somebody else was faster, or no etag was sent.
pub fn conflict(name: &str) -> Response {
    plain(409, "Conflict", &format!("New version of resource '{name}' exists. Data was not saved"))
}

/// 400 with a sentence.
pub fn bad(message: &str) -> Response {
    plain(400, "BadRequest", message)
}
