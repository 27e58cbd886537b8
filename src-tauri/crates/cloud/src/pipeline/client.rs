//! The one HTTP client of a connection: rustls, no redirects, gzip, time limits.

use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use reqwest::{Certificate, Client, redirect};

use crate::endpoints::{Endpoints, Kind};
use crate::error::CloudError;

const CONNECT: Duration = Duration::from_secs(10);

/// A sandbox's client trusts the sandbox's authority and no other, and knows no proxy.
pub(super) fn client(endpoints: &Endpoints) -> Result<Client, CloudError> {
    // Fails where one is installed already, which is as good.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let builder = Client::builder()
        .https_only(true)
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT)
        .user_agent(concat!("Crosswalk/", env!("CARGO_PKG_VERSION")));
    let builder = match &endpoints.kind {
        Kind::Microsoft => builder,
        Kind::Sandbox { ca_pem } => {
            let authority = Certificate::from_pem_bundle(ca_pem.as_bytes()).map_err(|_| unusable())?;
            builder
                .no_proxy()
                .tls_certs_only(authority)
                .resolve("localhost", SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
        }
    };
    builder.build().map_err(|_| unusable())
}

fn unusable() -> CloudError {
    CloudError::BadAnswer { what: "the sandbox's certificate can't be read".into() }
}

/// The innermost cause, in a few words and without the address, which may hold a secret.
pub(crate) fn reason(why: &reqwest::Error) -> String {
    if why.is_timeout() {
        return "it took too long".into();
    }
    let mut cause: &dyn Error = why;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let text = cause.to_string();
    if text.contains("UnknownIssuer") || text.contains("certificate") {
        return format!(
            "its certificate is not trusted here ({text}); a proxy that opens TLS may be the cause"
        );
    }
    text.chars().take(200).collect()
}
