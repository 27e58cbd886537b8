//! The transport under `azure_identity`: this connection's client and trace, and the table of hosts before both.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use azure_core::error::{Error, ErrorKind};
use azure_core::http::headers::Headers;
use azure_core::http::{AsyncRawResponse, HttpClient, Request};
use time::OffsetDateTime;
use wire::entra::TokenError;

use crate::endpoints::{self, Endpoints, Purpose, Refused};
use crate::ledger::{Count, Ledger, Line};
use crate::pipeline::retry_after;

/// What the trace calls it.
pub(super) const LABEL: &str = "token";

/// Longer than any token.
const LONGEST_BODY: usize = 256 * 1024;

/// Why no answer came that `azure_identity` could read.
#[derive(Clone, Debug, thiserror::Error)]
pub(super) enum Closed {
    #[error("{0}")]
    Refused(Refused),
    #[error("`{host}` doesn't answer: {why}")]
    Unreachable { host: String, why: String },
    #[error("the answer can't be read")]
    Cut,
    #[error("status {status}")]
    Busy { status: u16, retry_after: Option<Duration> },
    /// A refusal that Entra doesn't write: a proxy's page, for example.
    #[error("status {status} without a reason")]
    Strange { status: u16 },
    /// Entra's refusal. Read here: `azure_identity` 1.0.0 borrows the texts of an error from its body, which fails on
    /// any that holds an escape, as Entra's own (`\r\nTrace ID: …`) do.
    #[error("Entra ID refuses")]
    Answered(Box<TokenError>),
}

impl From<Closed> for Error {
    fn from(closed: Closed) -> Self {
        Self::new(ErrorKind::Other, closed)
    }
}

pub(super) struct Door {
    endpoints: Endpoints,
    http: reqwest::Client,
    ledger: Arc<Ledger>,
}

impl Door {
    pub(super) fn new(endpoints: Endpoints, http: reqwest::Client, ledger: Arc<Ledger>) -> Self {
        Self { endpoints, http, ledger }
    }

    async fn ask(&self, request: &Request, line: &mut Line<'_>) -> Result<AsyncRawResponse, Error> {
        let answer =
            self.http.execute_request(request).await.map_err(|error| unreachable(request, &error))?;
        let (status, headers, body) = answer.deconstruct();
        line.status(status.into());
        let mut buffer = vec![0; LONGEST_BODY];
        let length = body.collect_into(&mut buffer).await.map_err(|_| Closed::Cut)?;
        line.read(length);
        buffer.truncate(length);
        let status_number = u16::from(status);
        if status_number == 429 || status_number >= 500 {
            return Err(Closed::Busy { status: status_number, retry_after: wish(&headers) }.into());
        }
        if status_number >= 400 {
            let answer =
                serde_json::from_slice(&buffer).map_err(|_| Closed::Strange { status: status_number })?;
            return Err(Closed::Answered(Box::new(answer)).into());
        }
        Ok(AsyncRawResponse::from_bytes(status, headers, buffer))
    }
}

impl fmt::Debug for Door {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Door")
    }
}

#[async_trait::async_trait]
impl HttpClient for Door {
    async fn execute_request(&self, request: &Request) -> Result<AsyncRawResponse, Error> {
        let mut line = self.ledger.open(request.method().as_ref(), request.url(), LABEL, Count::Token);
        if let Err(refused) = self.endpoints.check(Purpose::SignIn, request.url()) {
            line.refused(refused.why.clone());
            return Err(Closed::Refused(refused).into());
        }
        let limit = self.endpoints.row(Purpose::SignIn).timeout;
        let late =
            |_| Closed::Unreachable { host: endpoints::host(request.url()), why: "it took too long".into() };
        tokio::time::timeout(limit, self.ask(request, &mut line)).await.map_err(late)?
    }
}

fn wish(headers: &Headers) -> Option<Duration> {
    let value = headers.iter().find(|(name, _)| name.as_str().eq_ignore_ascii_case("retry-after"))?.1;
    retry_after::text(value.as_str(), OffsetDateTime::now_utc())
}

fn unreachable(request: &Request, error: &Error) -> Closed {
    let cause = std::error::Error::source(error).and_then(|source| source.downcast_ref::<reqwest::Error>());
    let why = cause.map_or_else(|| "no connection".to_owned(), crate::pipeline::client::reason);
    Closed::Unreachable { host: endpoints::host(request.url()), why }
}
