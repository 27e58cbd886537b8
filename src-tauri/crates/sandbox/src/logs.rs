//! The Log Analytics door: answers the shipped queries by name and parameters, and refuses any other text
//! (<https://learn.microsoft.com/azure/azure-monitor/logs/api/request-format>).
//!
//! It reads no KQL: the first line names the query, `let` lines give its values.

mod table;

use crate::answer;
use crate::door;
use crate::journal::Door;
use crate::moment::{self, Ticks};
use crate::session::{LOGS, Session, Stranger};
use crate::token::Refusal;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::post;
use serde_json::json;
use std::sync::Arc;
pub use table::Limits;
use wire::loganalytics::Query;

/// The door's routes.
pub fn routes(session: Arc<Session>) -> Router {
    Router::new().route("/v1/workspaces/{customer}/query", post(query)).with_state(session)
}

async fn query(
    State(session): State<Arc<Session>>,
    Path(customer): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let claims = match session.caller(&headers, LOGS) {
        Ok(claims) => claims,
        Err(stranger) => return refuse(&stranger),
    };
    if let Some(trouble) = session.storm_for(&claims, Door::Logs, &customer) {
        let passage = door::Passage { door: Door::Logs, session: session.clone() };
        return door::refuse(&passage, &trouble);
    }
    let names = &session.scope.workspaces;
    let Some(place) =
        names.iter().position(|name| session.scope.customer_id(name).eq_ignore_ascii_case(&customer))
    else {
        let message = "The workspace could not be found";
        return error(404, "WorkspaceNotFoundError", message, "");
    };
    let read = |table: &str| format!("Microsoft.OperationalInsights/workspaces/query/{table}/read");
    let resource = session.scope.workspace_id(&names[place]);
    if !TABLES.iter().all(|table| session.may(&claims, &read(table), &resource)) {
        let message = "The provided credentials have insufficient access to perform the requested operation";
        return error(403, "InsufficientAccessError", message, "");
    }
    run(&session, place, &body)
}

/// What the shipped queries read; every role that reads one of them reads both.
const TABLES: [&str; 2] = ["SecurityIncident", "SecurityAlert"];

fn run(session: &Session, place: usize, body: &str) -> Response {
    let sent = serde_json::from_str::<Query>(body).ok();
    let Some(text) = sent.as_ref().and_then(|sent| sent.query.as_deref()) else {
        return error(
            400,
            "BadArgumentError",
            "The request had some invalid properties",
            "The query is missing.",
        );
    };
    let view = session.world.view();
    let value = |name: &str| moment_of(text, name);
    let range = value("from").unwrap_or(Ticks::MIN)..value("until").unwrap_or(Ticks::MAX);
    match (name(text), value("since")) {
        (Some("incident_identity"), Some(since)) => answer::json(
            200,
            table::identity(&view.log_identity(place, since, &range), session.scope.log_limits),
        ),
        (Some("alerts_without_incident"), None) => {
            answer::json(200, table::alerts(&session.alerts.written(place, &range), session.scope.log_limits))
        }
        (Some("incident_windows"), None) if number_of(text, "size").is_some_and(|size| size > 0) => {
            let size = number_of(text, "size").unwrap_or(1);
            answer::json(200, table::windows(&view.log_windows(place, &range, size)))
        }
        (Some(other), _) => {
            let detail =
                format!("This sandbox does not know the query '{other}', or one of its values is missing.");
            error(400, "BadArgumentError", "The request had some invalid properties", &detail)
        }
        (None, _) => {
            let detail =
                "A recognition error occurred in the query: this sandbox answers shipped queries only.";
            error(400, "BadArgumentError", "The request had some invalid properties", detail)
        }
    }
}

/// The name in `// crosswalk:<name>` on the first line.
fn name(text: &str) -> Option<&str> {
    text.lines().next()?.trim().strip_prefix("// crosswalk:").map(str::trim)
}

/// The value in `let NAME = …;`.
fn value_of<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let begin = format!("let {name} = ");
    text.lines().find_map(|line| line.trim().strip_prefix(&begin))?.strip_suffix(';').map(str::trim)
}

/// The value of `let NAME = datetime(…);`.
fn moment_of(text: &str, name: &str) -> Option<Ticks> {
    moment::read(value_of(text, name)?.strip_prefix("datetime(")?.strip_suffix(')')?.trim())
}

fn number_of(text: &str, name: &str) -> Option<usize> {
    value_of(text, name)?.parse().ok()
}

fn error(status: u16, code: &str, message: &str, detail: &str) -> Response {
    let mut error = json!({"code": code, "message": message});
    if !detail.is_empty() {
        let inner = json!({"code": "SyntaxError", "message": detail});
        error["details"] = json!([inner]);
        error["innererror"] = inner;
    }
    answer::json(status, json!({"error": error}).to_string())
}

fn refuse(stranger: &Stranger) -> Response {
    let (code, message) = match stranger {
        Stranger::NoToken => ("AuthorizationRequiredError", "Valid authentication was not provided"),
        Stranger::Refused(Refusal::Expired) => {
            ("InvalidTokenError", "The provided authentication token has expired")
        }
        Stranger::Refused(_) => {
            ("InvalidTokenError", "The provided authentication is not valid for this resource")
        }
        Stranger::Audience(_) => {
            ("InvalidTokenError", "Token validation failed: the audience is not accepted")
        }
    };
    error(if matches!(stranger, Stranger::NoToken) { 401 } else { 403 }, code, message, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_value_are_read_from_the_text() {
        let text =
            "// crosswalk:incident_identity\nlet since = datetime(2026-01-01T00:00:00Z);\nSecurityIncident";
        assert_eq!(name(text), Some("incident_identity"));
        assert_eq!(moment_of(text, "since"), moment::read("2026-01-01T00:00:00Z"));
        assert_eq!(number_of("x\nlet size = 900;\n", "size"), Some(900));
        assert_eq!(name("SecurityIncident | take 1"), None);
        assert_eq!(moment_of("let since = now();", "since"), None);
    }
}
