//! What the user is told about each request: host, verb, path, status, bytes, time.
//!
//! Never here: a body, a token, or a query value that is a secret.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use time::OffsetDateTime;

/// One request that left the machine, or was kept from leaving.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// When it was sent.
    pub at: OffsetDateTime,
    pub verb: String,
    /// Host, and port where it isn't 443.
    pub host: String,
    /// Secrets are masked.
    pub path_and_query: String,
    /// What it was for, in two or three words: `incidents`, `token`, `send mail`.
    pub purpose: &'static str,
    /// None where no answer came, because of the network or because the caller stopped waiting.
    pub status: Option<u16>,
    /// Length of the answer's body as read, after decompression.
    pub bytes: u64,
    pub took: Duration,
    /// Why it was not sent.
    pub refused: Option<String>,
}

/// Where requests are reported. Called on the task that sent the request: return soon.
pub type Sink = Arc<dyn Fn(Request) + Send + Sync>;

/// Told of pauses: `Some(how long)` when one begins, `None` when it ends or is given up.
pub type Waits = Arc<dyn Fn(Option<Duration>) + Send + Sync>;

/// What was read from one API. Retried attempts are counted in `requests` too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    pub requests: u64,
    /// Bodies as read, after decompression.
    pub bytes: u64,
    pub retries: u64,
}

/// Requests that are no reading of data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Apart {
    pub tokens: u64,
    /// Subscriptions, workspaces, whether Sentinel is on.
    pub discovery: u64,
}

/// Names of query parameters whose value is a key to something.
const MASKED: [&str; 9] = [
    "sig",
    "code",
    "key",
    "token",
    "access_token",
    "client_secret",
    "client_assertion",
    "password",
    "assertion",
];

/// Path and query with the values of secret parameters replaced.
pub(crate) fn path_and_query(url: &Url) -> String {
    let Some(query) = url.query() else { return url.path().to_owned() };
    let parts: Vec<String> = query.split('&').map(masked).collect();
    format!("{}?{}", url.path(), parts.join("&"))
}

fn masked(part: &str) -> String {
    match part.split_once('=') {
        Some((name, _)) if MASKED.iter().any(|known| known.eq_ignore_ascii_case(name)) => format!("{name}=…"),
        _ => part.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_and_codes_are_masked_and_the_rest_is_shown() {
        let url = Url::parse("https://h.example/a/b?api-version=1&SIG=abc%2B&code=xyz&$top=50&flag").unwrap();
        assert_eq!(path_and_query(&url), "/a/b?api-version=1&SIG=…&code=…&$top=50&flag");
    }

    #[test]
    fn a_path_alone_stays() {
        assert_eq!(path_and_query(&Url::parse("https://h.example/a").unwrap()), "/a");
    }
}
