//! Entra's refusals: status, OAuth error, AADSTS code and sentence, in the envelope that clients parse.
//!
//! The sentences are the service's own where it could be captured or read; the crate's README lists composed ones.

pub mod app;
pub mod assertion;
pub mod person;

use crate::answer;
use crate::session::Session;
use axum::response::Response;
use serde_json::{Value, json};
use time::macros::format_description;

/// One refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    status: u16,
    error: &'static str,
    code: u32,
    sentence: String,
    suberror: Option<&'static str>,
    /// What a sign-in has to ask for to be let in, as JSON text.
    claims: Option<String>,
}

impl Refused {
    fn new(status: u16, error: &'static str, code: u32, sentence: impl Into<String>) -> Self {
        Self { status, error, code, sentence: sentence.into(), suberror: None, claims: None }
    }

    /// The OAuth error.
    pub fn error(&self) -> &'static str {
        self.error
    }

    /// The sentence, then trace id, correlation id and time in lines of their own.
    pub fn description(&self, session: &Session) -> String {
        let (trace, correlation) = (session.request_id(), session.request_id());
        self.worded(&trace, &correlation, &stamp(session))
    }

    /// The sentence alone, for a page.
    pub fn line(&self) -> String {
        format!("AADSTS{}: {}", self.code, self.sentence)
    }

    fn worded(&self, trace: &str, correlation: &str, time: &str) -> String {
        format!("{}\r\nTrace ID: {trace}\r\nCorrelation ID: {correlation}\r\nTimestamp: {time}", self.line())
    }

    /// The envelope.
    pub fn answer(&self, session: &Session) -> Response {
        let (trace, correlation, time) = (session.request_id(), session.request_id(), stamp(session));
        let mut body = json!({
            "error": self.error,
            "error_description": self.worded(&trace, &correlation, &time),
            "error_codes": [self.code],
            "timestamp": time,
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": format!("https://login.microsoftonline.com/error?code={}", self.code),
        });
        let more =
            [("suberror", self.suberror.map(Value::from)), ("claims", self.claims.clone().map(Value::from))];
        for (name, value) in more {
            if let Some(value) = value {
                body[name] = value;
            }
        }
        answer::json(self.status, body.to_string())
    }
}

fn stamp(session: &Session) -> String {
    let format = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]Z");
    session.signer.clock.now().format(&format).unwrap_or_default()
}
