//! Who may call: the browser that was given the address, and nobody else on this machine or in it.
//!
//! A page of another origin can reach loopback, and a name can be rebound to it; so `Host` must be ours, `Origin`
//! absent or ours, and every call carries the token in a header that a foreign page can't set without CORS.

use std::net::SocketAddr;

use axum::http::{HeaderMap, StatusCode, header};

pub const TOKEN: &str = "x-crosswalk-token";

#[derive(Clone)]
pub struct Gate {
    /// `127.0.0.1:port`.
    pub authority: String,
    pub token: String,
}

impl Gate {
    pub fn new(address: SocketAddr) -> Result<Self, getrandom::Error> {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes)?;
        let token = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { authority: address.to_string(), token })
    }

    /// For pages and scripts: they hold nothing, but a rebound name must not read them either.
    pub fn page(&self, headers: &HeaderMap) -> Result<(), StatusCode> {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        if host == Some(self.authority.as_str()) { Ok(()) } else { Err(StatusCode::MISDIRECTED_REQUEST) }
    }

    /// For calls and events.
    pub fn call(&self, headers: &HeaderMap) -> Result<(), StatusCode> {
        self.page(headers)?;
        let ours = format!("http://{}", self.authority);
        if headers.get(header::ORIGIN).is_some_and(|origin| origin.as_bytes() != ours.as_bytes()) {
            return Err(StatusCode::FORBIDDEN);
        }
        let token = headers.get(TOKEN).map(|token| token.as_bytes()).unwrap_or_default();
        if same(token, self.token.as_bytes()) { Ok(()) } else { Err(StatusCode::UNAUTHORIZED) }
    }
}

/// Compares in a time that does not tell where the first difference is.
fn same(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len() && left.iter().zip(right).fold(0, |seen, (l, r)| seen | (l ^ r)) == 0
}
