//! The transport under every token request: this connection's client and trace, and the table of hosts before both.
//!
//! It must never print what is sent or answered. Both `azure_identity` and `oauth2` go through [`Door::ask`].

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use azure_core::Bytes;
use azure_core::error::{Error, ErrorKind};
use azure_core::http::headers::Headers;
use azure_core::http::request::Body;
use azure_core::http::{AsyncRawResponse, HttpClient, Request, StatusCode};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, Response, Url};
use time::OffsetDateTime;
use wire::entra::TokenError;
use zeroize::Zeroizing;

use super::clock::Clock;
use super::gate::Gate;
use crate::endpoints::{self, Refused};
use crate::ledger::{Count, Ledger, Line};
use crate::pipeline::call::escape;
use crate::pipeline::{client, retry_after};

/// What the trace calls it.
pub(super) const LABEL: &str = "token";

/// Longer than any token.
const LONGEST_BODY: usize = 256 * 1024;

/// The longest that one token request may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Why no answer came that could be read.
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

/// A request for a token.
pub(super) struct Asked {
    pub(super) verb: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// An answer below 500 that isn't 429.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Reply {
    /// Success, or what the refusal says.
    pub(super) fn success(self) -> Result<Self, Closed> {
        if self.status < 400 {
            return Ok(self);
        }
        let answer =
            serde_json::from_slice(&self.body).map_err(|_| Closed::Strange { status: self.status })?;
        Err(Closed::Answered(Box::new(answer)))
    }
}

/// Cheap to clone.
#[derive(Clone)]
pub(super) struct Door {
    pub(super) gate: Gate,
    pub(super) http: Client,
    pub(super) ledger: Arc<Ledger>,
    pub(super) clock: Arc<Clock>,
    /// A claims challenge to answer: added to each form that is sent.
    pub(super) claims: Option<String>,
}

impl Door {
    /// Sends where the gate allows it, and writes it down whatever comes of it.
    pub(super) async fn ask(&self, asked: Asked) -> Result<Reply, Closed> {
        let mut line = self.ledger.open(asked.verb.as_str(), &asked.url, LABEL, Count::Token);
        let url = match self.gate.pass(&asked.url) {
            Ok(url) => url,
            Err(refused) => {
                line.refused(refused.why.clone());
                return Err(Closed::Refused(refused));
            }
        };
        let host = endpoints::host(&asked.url);
        let late = |_| Closed::Unreachable { host: host.clone(), why: "it took too long".into() };
        tokio::time::timeout(TIMEOUT, self.send(asked, url, &mut line)).await.map_err(late)?
    }

    async fn send(&self, asked: Asked, url: Url, line: &mut Line<'_>) -> Result<Reply, Closed> {
        let host = endpoints::host(&asked.url);
        let body = Bytes::from_owner(self.with_claims(asked.body));
        let request = self.http.request(asked.verb, url).headers(asked.headers).body(body);
        let answer = request.send().await.map_err(|why| unreachable(&host, &why))?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        line.status(status);
        self.clock.heard(&headers, OffsetDateTime::now_utc());
        let body = body_of(answer, line).await?;
        if status == 429 || status >= 500 {
            let retry_after = retry_after::header(&headers, OffsetDateTime::now_utc());
            return Err(Closed::Busy { status, retry_after });
        }
        Ok(Reply { status, headers, body })
    }

    /// The form as it is sent. It holds a secret: it is wiped when it was sent, and never grows in place.
    fn with_claims(&self, body: Vec<u8>) -> Zeroizing<Vec<u8>> {
        let body = Zeroizing::new(body);
        match self.claims.as_ref().filter(|_| !body.is_empty()) {
            Some(claims) => Zeroizing::new([&body, &b"&claims="[..], escape(claims).as_bytes()].concat()),
            None => body,
        }
    }
}

async fn body_of(mut answer: Response, line: &mut Line<'_>) -> Result<Vec<u8>, Closed> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|_| Closed::Cut)? {
        line.read(chunk.len());
        body.extend_from_slice(&chunk);
        if body.len() > LONGEST_BODY {
            return Err(Closed::Cut);
        }
    }
    Ok(body)
}

fn unreachable(host: &str, why: &reqwest::Error) -> Closed {
    Closed::Unreachable { host: host.to_owned(), why: client::reason(why) }
}

impl fmt::Debug for Door {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Door")
    }
}

#[async_trait::async_trait]
impl HttpClient for Door {
    async fn execute_request(&self, request: &Request) -> Result<AsyncRawResponse, Error> {
        let Body::Bytes(body) = request.body() else {
            return Err(Error::with_message(ErrorKind::Io, "a token request is a form"));
        };
        let asked = Asked {
            verb: Method::from_bytes(request.method().as_ref().as_bytes()).unwrap_or(Method::GET),
            url: request.url().clone(),
            headers: request.headers().iter().filter_map(theirs).collect(),
            body: body.to_vec(),
        };
        let reply = self.ask(asked).await?.success()?;
        let mut headers = Headers::new();
        for (name, value) in &reply.headers {
            if let Ok(value) = value.to_str() {
                headers.insert(name.as_str().to_owned(), value.to_owned());
            }
        }
        Ok(AsyncRawResponse::from_bytes(StatusCode::from(reply.status), headers, reply.body))
    }
}

type Header<'a> = (&'a azure_core::http::headers::HeaderName, &'a azure_core::http::headers::HeaderValue);

fn theirs((name, value): Header<'_>) -> Option<(HeaderName, HeaderValue)> {
    Some((name.as_str().parse().ok()?, value.as_str().parse().ok()?))
}
