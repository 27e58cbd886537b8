//! The one HTTP client of a connection: rustls, no redirects, gzip, time limits, and the connection's way out.

use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use reqwest::{Client, redirect};

use crate::endpoints::{Endpoints, Kind};
use crate::error::CloudError;
use crate::proxy::Hop;
use crate::trust;

const CONNECT: Duration = Duration::from_secs(10);

/// A sandbox's client trusts the sandbox's authority and no other, and knows no proxy but one that was typed.
pub(super) fn client(endpoints: &Endpoints) -> Result<Client, CloudError> {
    // Fails where one is installed already, which is as good.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let mut tls = trust::config(trust::verifier(endpoints)?)?;
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let mut builder = Client::builder()
        .https_only(true)
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT)
        .user_agent(concat!("Crosswalk/", env!("CARGO_PKG_VERSION")))
        .tls_backend_preconfigured(tls)
        .no_proxy();
    if let Some(hop) = Hop::of(endpoints) {
        builder = builder.proxy(hop.client().map_err(|_| unusable())?);
    }
    if let Kind::Sandbox { .. } = endpoints.kind {
        builder = builder.resolve("localhost", SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
    }
    builder.build().map_err(|_| unusable())
}

fn unusable() -> CloudError {
    CloudError::BadAnswer { what: "no HTTP client can be made: proxy or certificates can't be used".into() }
}

/// A proxy's 407. Nothing is tried again after it: a password that is wrong three times locks an account.
pub(crate) const PROXY_ASKS: &str = "the proxy asks for a user name and a password, or does not take those it was \
                                     given (407); set them under Network";

/// The innermost cause, in a few words and without the address, which may hold a secret.
pub(crate) fn reason(why: &reqwest::Error) -> String {
    if why.is_timeout() {
        return "it took too long".into();
    }
    let causes = std::iter::successors(why.source(), |cause: &&dyn Error| (*cause).source());
    let chain: Vec<String> = causes.map(ToString::to_string).collect();
    if let Some(tunnel) = chain.iter().find_map(|text| text.strip_prefix("tunnel error: ")) {
        return through_proxy(tunnel, chain.last().map_or("", String::as_str));
    }
    let text = chain.last().cloned().unwrap_or_else(|| why.to_string());
    if text.contains("UnknownIssuer") || text.contains("certificate") {
        return format!(
            "its certificate is not trusted here ({text}); a proxy that opens TLS may be the cause"
        );
    }
    text.chars().take(200).collect()
}

/// Any other refusal; some proxies answer so to a wrong password, so it ends the call too.
pub(crate) const PROXY_REFUSES: &str = "the proxy refuses to connect there";

/// What `hyper_util` says of a CONNECT that failed; `cause` is the innermost reason.
fn through_proxy(tunnel: &str, cause: &str) -> String {
    match tunnel {
        "proxy authorization required" => PROXY_ASKS.into(),
        "unsuccessful" => PROXY_REFUSES.into(),
        "failed to create underlying connection" => format!("the proxy doesn't answer ({cause})"),
        other => format!("the proxy ends the connection ({other})"),
    }
}
