//! What a certificate says of itself, to be shown. Trust is decided elsewhere.

use time::OffsetDateTime;
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;
use x509_parser::x509::X509Name;

/// The longest name that is shown; a certificate may hold any.
const LONGEST: usize = 200;

/// Names and dates of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) subject: String,
    /// The issuer's common name, or its whole name where it has none.
    pub(crate) issuer: String,
    /// The issuer's organisation; empty where it names none.
    pub(crate) organisation: String,
    pub(crate) begins: OffsetDateTime,
    pub(crate) ends: OffsetDateTime,
}

impl Facts {
    /// Reads a certificate; `None` where it is broken.
    pub(crate) fn read(der: &[u8]) -> Option<Self> {
        let (_, parsed) = X509Certificate::from_der(der).ok()?;
        let validity = parsed.validity();
        Some(Self {
            subject: short(&parsed.subject().to_string()),
            issuer: common(parsed.issuer()),
            organisation: first(parsed.issuer().iter_organization().next().map(|name| name.as_str())),
            begins: OffsetDateTime::from_unix_timestamp(validity.not_before.timestamp()).ok()?,
            ends: OffsetDateTime::from_unix_timestamp(validity.not_after.timestamp()).ok()?,
        })
    }
}

fn common(name: &X509Name<'_>) -> String {
    match first(name.iter_common_name().next().map(|name| name.as_str())) {
        none if none.is_empty() => short(&name.to_string()),
        common => common,
    }
}

fn first<E>(part: Option<Result<&str, E>>) -> String {
    part.and_then(Result::ok).map(short).unwrap_or_default()
}

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}
