//! Whom TLS trusts: the system's authorities and those of a file, or a sandbox's own and no other.
//!
//! One verifier serves the HTTP client and the connection test, so that they can't disagree. Never here: a way to
//! trust without looking. Start at [`authorities`] for the file, `verifier` for the judge.

mod certificate;
mod seen;

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::fault::{Code, Fault};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use time::OffsetDateTime;

pub(crate) use certificate::Facts;
pub(crate) use seen::Seen;

use crate::endpoints::{Endpoints, Kind};
use crate::error::CloudError;

/// A certificate authority of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// This one alone, as PEM.
    pub pem: String,
    /// Whom it names, `CN=Contoso Proxy CA, O=Contoso`.
    pub subject: String,
    pub ends: OffsetDateTime,
}

/// Reads a PEM file with one or more certificates, for [`crate::endpoints::Route::authorities`].
///
/// # Errors
/// [`Code::Invalid`] where the file holds no certificate, one that can't be read, or a private key.
pub fn authorities(pem: &str) -> Result<Vec<Authority>, Fault> {
    if pem.contains("PRIVATE KEY-----") {
        return Err(invalid("The file holds a private key.").hint("Give the authority's certificate alone."));
    }
    let broken = || invalid("A certificate in the file can't be read.").hint(CONVERT);
    let read = CertificateDer::pem_slice_iter(pem.as_bytes()).map(|der| {
        let der = der.map_err(|_| broken())?;
        let facts = Facts::read(&der).ok_or_else(broken)?;
        Ok(Authority { pem: text(&der), subject: facts.subject, ends: facts.ends })
    });
    let read = read.collect::<Result<Vec<_>, Fault>>()?;
    if read.is_empty() {
        Err(invalid("The file holds no certificate as PEM.").hint(CONVERT))
    } else {
        Ok(read)
    }
}

const CONVERT: &str =
    "A binary certificate becomes PEM by `openssl x509 -inform der -in ca.cer -out ca.pem`.";

fn invalid(sentence: &str) -> Fault {
    Fault::new(Code::Invalid, sentence)
}

fn text(der: &[u8]) -> String {
    let encoded = STANDARD.encode(der);
    let lines: Vec<String> =
        encoded.as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).into()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

/// The judge over a server's certificate.
pub(crate) fn verifier(endpoints: &Endpoints) -> Result<Arc<dyn ServerCertVerifier>, CloudError> {
    let provider = provider();
    match &endpoints.kind {
        Kind::Sandbox { ca_pem } => {
            let mut roots = RootCertStore::empty();
            for der in ders(ca_pem)? {
                roots.add(der).map_err(|_| unusable("the sandbox's certificate"))?;
            }
            let built = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build();
            built
                .map(|judge| judge as Arc<dyn ServerCertVerifier>)
                .map_err(|_| unusable("the sandbox's certificate"))
        }
        Kind::Microsoft => {
            let own =
                endpoints.route.authorities.iter().map(|pem| ders(pem)).collect::<Result<Vec<_>, _>>()?;
            let own: Vec<_> = own.into_iter().flatten().collect();
            let built = rustls_platform_verifier::Verifier::new_with_extra_roots(own, provider);
            built
                .map(|judge| Arc::new(judge) as _)
                .map_err(|_| unusable("an authority of the system or of the file"))
        }
    }
}

/// TLS as the HTTP client speaks it, by a judge.
pub(crate) fn config(judge: Arc<dyn ServerCertVerifier>) -> Result<ClientConfig, CloudError> {
    let builder = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions();
    let builder = builder.map_err(|_| unusable("what TLS needs"))?;
    Ok(builder.dangerous().with_custom_certificate_verifier(judge).with_no_client_auth())
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}

fn ders(pem: &str) -> Result<Vec<CertificateDer<'static>>, CloudError> {
    let read = CertificateDer::pem_slice_iter(pem.as_bytes()).collect::<Result<Vec<_>, _>>();
    read.map_err(|_| unusable("a certificate"))
}

fn unusable(what: &str) -> CloudError {
    CloudError::BadAnswer { what: format!("the authorities of this connection: {what} can't be read") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoints::{Route, SmtpHost};

    fn made(name: &str) -> String {
        rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap().cert.pem()
    }

    #[test]
    fn a_file_with_several_is_read_one_by_one() {
        let file = format!("# our proxies\n{}\n{}", made("a.example"), made("b.example"));
        let read = authorities(&file).unwrap();
        assert_eq!(read.len(), 2);
        assert!(read[0].subject.contains("rcgen self signed cert"), "{}", read[0].subject);
        assert_eq!(authorities(&read[1].pem).unwrap(), [read[1].clone()], "each stands alone");
        assert!(read[0].ends > OffsetDateTime::UNIX_EPOCH);
    }

    #[test]
    fn what_is_no_authority_is_refused_with_a_way_on() {
        let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        for (file, why) in [
            ("", "no certificate"),
            ("0\u{82}\u{1}", "no certificate"),
            ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "can't be read"),
            (key, "private key"),
        ] {
            let fault = authorities(file).unwrap_err();
            assert!(fault.sentence.contains(why) && fault.hint.is_some(), "{file:?}: {fault}");
        }
    }

    fn judged(endpoints: &Endpoints, pem: &str) -> bool {
        let der = CertificateDer::from_pem_slice(pem.as_bytes()).unwrap();
        let name = rustls::pki_types::ServerName::try_from("login.example").unwrap();
        let now = rustls::pki_types::UnixTime::now();
        verifier(endpoints).unwrap().verify_server_cert(&der, &[], &name, &[], now).is_ok()
    }

    fn route(pem: &str) -> Route {
        Route { authorities: vec![pem.to_owned()], ..Route::default() }
    }

    #[test]
    fn an_authority_of_a_file_is_trusted_beside_the_systems() {
        let (own, other) = (made("login.example"), made("login.example"));
        let public = Endpoints::public().unwrap();
        assert!(!judged(&public, &own), "the system knows it not");
        let with = public.via(route(&own));
        assert!(judged(&with, &own) && !judged(&with, &other));
    }

    #[test]
    fn a_sandbox_trusts_its_own_authority_alone() {
        let (own, other) = (made("login.example"), made("login.example"));
        let smtp = SmtpHost { host: "127.0.0.1".into(), port: 25 };
        let here = "https://127.0.0.1:1";
        let sandbox = Endpoints::sandbox(here, here, here, here, smtp, own.clone()).unwrap();
        assert!(judged(&sandbox, &own));
        assert!(!judged(&sandbox.via(route(&other)), &other), "a file's authority reached the sandbox");
    }
}
