//! The facts of a certificate that evidence shows: subject, names, issuer, dates. Trust is decided elsewhere.

use std::net::{Ipv4Addr, Ipv6Addr};

use domain::mail::ladder::Certificate;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::FromDer;

/// Most names that are shown.
const NAMES: usize = 50;

/// Reads a DER certificate; `None` when it is broken.
pub(crate) fn facts(der: &[u8]) -> Option<Certificate> {
    let (_, parsed) = X509Certificate::from_der(der).ok()?;
    Some(Certificate {
        subject: short(&parsed.subject().to_string()),
        names: names(&parsed),
        issuer: issuer(&parsed),
        not_before: parsed.validity().not_before.timestamp(),
        not_after: parsed.validity().not_after.timestamp(),
        protocol: String::new(),
    })
}

/// The issuer's common name, or the whole name where there is none.
fn issuer(parsed: &X509Certificate<'_>) -> String {
    let common = parsed.issuer().iter_common_name().next().and_then(|name| name.as_str().ok());
    short(&common.map_or_else(|| parsed.issuer().to_string(), str::to_owned))
}

fn names(parsed: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(extension)) = parsed.subject_alternative_name() else { return Vec::new() };
    extension.value.general_names.iter().filter_map(name).take(NAMES).collect()
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(dns) => Some(short(dns)),
        GeneralName::IPAddress(bytes) => <[u8; 4]>::try_from(*bytes)
            .map(|four| Ipv4Addr::from(four).to_string())
            .or_else(|_| <[u8; 16]>::try_from(*bytes).map(|sixteen| Ipv6Addr::from(sixteen).to_string()))
            .ok(),
        _ => None,
    }
}

/// A certificate may hold any text of any length.
fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_issuer_and_dates_are_read() {
        let made =
            rcgen::generate_simple_self_signed(vec!["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
        let facts = facts(made.cert.der()).unwrap();
        assert_eq!(facts.names, ["localhost", "127.0.0.1"]);
        assert_eq!(facts.issuer, "rcgen self signed cert");
        assert!(facts.not_after > facts.not_before);
    }

    #[test]
    fn a_broken_certificate_gives_nothing() {
        assert_eq!(facts(b""), None);
        assert_eq!(facts(&[0x30, 0x82, 0xff, 0xff, 0x00]), None);
    }
}
