//! A call's result where a refusal is as good an answer as a success: the mail tests judge it.

use std::time::Duration;

use time::OffsetDateTime;

use super::{Answer, retry_after, said};

/// What the other side did, unjudged.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub status: u16,
    /// The error's code; empty where there is none.
    pub code: String,
    /// The error's message; empty on a success.
    pub message: String,
    pub request_id: Option<String>,
    pub retry_after: Option<Duration>,
    /// The beginning of the body.
    pub body_excerpt: String,
}

/// An outcome, and what was asked for where it is a success that could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    pub outcome: Outcome,
    pub value: Option<T>,
}

impl Outcome {
    pub(super) fn of(answer: &Answer) -> Self {
        let failed = !(200..300).contains(&answer.status);
        let said = if failed { said::said(&answer.body) } else { said::Said::default() };
        Self {
            status: answer.status,
            code: said.code,
            message: said.message,
            request_id: said::request_id(&answer.headers),
            retry_after: retry_after::header(&answer.headers, OffsetDateTime::now_utc()),
            body_excerpt: said::excerpt(&answer.body),
        }
    }

    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}
