//! What is a fault of the connection, and what only looks like one.

use super::*;
use crate::sign_in::SignInFault;

fn outcome(error: impl Into<CloudError>) -> ProbeOutcome {
    answered("arm", "h".into(), Duration::ZERO, Err(error.into())).outcome
}

#[test]
fn who_has_yet_to_sign_in_has_a_connection_that_works() {
    let fault = |needs_person| SignInFault { needs_person, sentence: "s".into(), ..SignInFault::default() };
    assert_eq!(outcome(fault(true)), ProbeOutcome::Review);
    assert_eq!(outcome(fault(false)), ProbeOutcome::Fail);
    assert_eq!(outcome(CloudError::Offline { host: "h".into(), why: "w".into() }), ProbeOutcome::Fail);
}

fn issued(issuer: &str, organisation: &str) -> Option<Facts> {
    let day = time::OffsetDateTime::UNIX_EPOCH;
    let (issuer, organisation) = (issuer.to_owned(), organisation.to_owned());
    Some(Facts { subject: "CN=graph.microsoft.com".into(), issuer, organisation, begins: day, ends: day })
}

#[test]
fn a_trusted_certificate_of_another_authority_is_for_review() {
    let usual = issued("Microsoft Azure RSA TLS Issuing CA 04", "Microsoft Corporation");
    let said = trusted("graph.microsoft.com", usual, &Kind::Microsoft);
    assert_eq!(said.hint, None, "{}", said.said);
    let proxy = issued("Contoso Proxy CA", "Contoso");
    let said = trusted("graph.microsoft.com", proxy.clone(), &Kind::Microsoft);
    assert!(said.said.contains("`Contoso Proxy CA` issued") && said.hint.is_some(), "{said:?}");
    let sandbox = Kind::Sandbox { ca_pem: String::new() };
    assert_eq!(trusted("127.0.0.1", proxy, &sandbox).hint, None, "a sandbox has an authority of its own");
}

#[test]
fn dates_and_names_of_a_refused_certificate_are_told() {
    let refusal = |bad| io::Error::other(rustls::Error::InvalidCertificate(bad));
    for (bad, says) in [
        (Bad::Expired, "ended on 1970-01-01"),
        (Bad::NotValidYet, "begins on 1970-01-01"),
        (Bad::NotValidForName, "is not for `h`"),
        (Bad::UnknownIssuer, "is not trusted here"),
    ] {
        let said = untrusted("h", &refusal(bad), issued("Contoso Proxy CA", ""));
        assert!(said.said.contains(says) && said.said.contains("Contoso Proxy CA"), "{said:?}");
        assert!(said.hint.is_some());
    }
}
