//! Blocks of Microsoft Graph's documentation: JSON bodies, and HTTP messages with one.

use serde_json::Value;

use crate::example::Example;

/// Beginnings of file names, and the call of the body in it.
const CALLS: &[(&str, &str)] = &[
    ("incidents-list", "graph-incident-list"),
    ("incident-update.re", "graph-incident"),
    ("incident-post-comment.request", "graph-comment"),
    ("incident-post-comment.response", "graph-comment-list"),
    ("alerts_v2-list", "graph-alert-list"),
    ("incidents-top-exceeded", "graph-error"),
    ("concept-errors.01", "graph-error"),
    ("concept-throttling.01", "graph-error"),
    ("user-sendmail", "graph-send-mail"),
    ("serviceprincipal-get.", "graph-service-principal"),
    ("serviceprincipal-list.03", "graph-service-principal-list"),
    ("serviceprincipal-list-approleassign", "graph-app-role-assignment-list"),
    ("serviceprincipal-post-approleassign", "graph-app-role-assignment"),
];

/// The body in a file under `graph/docs-…`; none where it is another call's, or has none.
pub fn examples(file: &str, text: &str) -> Vec<Example> {
    let name = file.rsplit('/').next().unwrap_or_default();
    let Some((_, call)) = CALLS.iter().find(|(start, _)| name.starts_with(start)) else {
        return Vec::new();
    };
    let Some(body) = body(file, text) else { return Vec::new() };
    let call = if body.get("error").is_some() { "graph-error" } else { call };
    vec![Example { file: file.into(), place: "body".into(), call, body }]
}

/// What follows the headers, if that is JSON: a MIME text has no brace, and some messages have no body.
fn body(file: &str, text: &str) -> Option<Value> {
    let text = text.get(text.find('{')?..)?;
    // Request lines show their parameters as `{id | userPrincipalName}`.
    if text.starts_with("{id") {
        return None;
    }
    Some(serde_json::from_str(text).unwrap_or_else(|error| panic!("{file} holds no JSON: {error}")))
}
