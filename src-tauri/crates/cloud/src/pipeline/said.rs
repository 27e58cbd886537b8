//! What an answer says about a failure, whichever of Microsoft's shapes it has.
//!
//! ARM and Graph share `{"error": {"code", "message"}}`, Entra has `error` and `error_description` side by side. Some providers put a second answer, as JSON text, into
//! `message`; the innermost one is the one worth showing.

use reqwest::header::HeaderMap;
use serde_json::Value;

/// The longest message that is kept; a gateway's page of HTML is longer.
const LONGEST: usize = 1_000;

/// The other side's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) code: String,
    pub(crate) message: String,
}

/// Reads a failed answer's body.
pub(crate) fn said(body: &[u8]) -> Said {
    let found = serde_json::from_slice::<Value>(body).ok().and_then(|json| nested(&json, 0));
    found.unwrap_or_else(|| Said { code: String::new(), message: excerpt(body) })
}

fn nested(json: &Value, depth: u8) -> Option<Said> {
    let error = json.get("error").filter(|error| error.is_object()).unwrap_or(json);
    let text = |names: &[&str]| names.iter().find_map(|name| error.get(*name)?.as_str());
    let message = text(&["message", "Message", "error_description"])?;
    let inner = serde_json::from_str::<Value>(message).ok().filter(|_| depth < 4);
    let mut said = inner
        .and_then(|json| nested(&json, depth + 1))
        .unwrap_or_else(|| Said { code: String::new(), message: excerpt(message.as_bytes()) });
    if said.code.is_empty() {
        said.code = text(&["code", "Code", "error"]).unwrap_or_default().to_owned();
    }
    Some(said)
}

/// The beginning of a body, as text.
pub(crate) fn excerpt(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(LONGEST * 4)]);
    text.chars().take(LONGEST).collect()
}

/// The id by which Microsoft's support finds the request.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<String> {
    ["request-id", "x-ms-request-id", "x-ms-correlation-request-id"]
        .iter()
        .find_map(|name| Some(headers.get(*name)?.to_str().ok()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_message_is_the_one() {
        let inner = r#"{"error":{"code":"BadRequest","message":"Workspace 'w' is not onboarded to Microsoft Sentinel."}}"#;
        let outer = serde_json::json!({"error": {"code": "Outer", "message": inner}}).to_string();
        let said = said(outer.as_bytes());
        assert_eq!(said.code, "BadRequest");
        assert!(said.message.starts_with("Workspace 'w' is not onboarded"), "{}", said.message);
    }

    #[test]
    fn an_empty_code_and_a_page_of_html_are_read_too() {
        let graph =
            said(br#"{"error":{"code":"","message":"The limit of '50' for Top query has been exceeded."}}"#);
        assert_eq!((graph.code.as_str(), &graph.message[..16]), ("", "The limit of '50"));
        let html = said(format!("<html>{}</html>", "x".repeat(100_000)).as_bytes());
        assert!(html.message.starts_with("<html>") && html.message.len() == LONGEST);
        assert_eq!(said(b""), Said::default());
    }

    #[test]
    fn a_message_nested_without_end_stops() {
        let mut text = "end".to_owned();
        for _ in 0..12 {
            text = serde_json::json!({"message": text}).to_string();
        }
        assert!(said(text.as_bytes()).message.contains("message"), "the depth has a limit");
    }
}
