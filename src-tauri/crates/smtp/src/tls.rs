//! TLS for one connection: whom to trust, and a look at the certificate whether it is trusted or not.

use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, ProtocolVersion, RootCertStore, SignatureScheme};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use domain::mail::ladder::Certificate;

use crate::certificate;
use crate::error::Error;

/// Whose certificates are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// What the operating system trusts.
    System,
    /// These authorities alone, as PEM: a sandbox's own.
    Only(String),
}

impl Trust {
    fn verifier(&self, provider: &Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, Error> {
        match self {
            Self::System => rustls_platform_verifier::Verifier::new(Arc::clone(provider))
                .map(|verifier| Arc::new(verifier) as Arc<dyn ServerCertVerifier>)
                .map_err(|error| failed(&error.to_string())),
            Self::Only(pem) => {
                WebPkiServerVerifier::builder_with_provider(Arc::new(roots(pem)?), Arc::clone(provider))
                    .build()
                    .map(|verifier| verifier as Arc<dyn ServerCertVerifier>)
                    .map_err(|error| failed(&error.to_string()))
            }
        }
    }
}

fn roots(pem: &str) -> Result<RootCertStore, Error> {
    let mut store = RootCertStore::empty();
    for authority in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        let authority = authority.map_err(|_| failed("the authority's PEM can't be read"))?;
        store.add(authority).map_err(|_| failed("the authority's certificate can't be read"))?;
    }
    Ok(store)
}

/// Agrees TLS on a connection, and gives the certificate's facts with it.
pub(crate) async fn agree(
    stream: TcpStream,
    host: &str,
    trust: &Trust,
) -> Result<(TlsStream<TcpStream>, Certificate), Error> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let seen = Arc::new(Seen { inner: trust.verifier(&provider)?, first: Mutex::new(None) });
    let name = ServerName::try_from(host.to_owned()).map_err(|_| failed("the host has no valid name"))?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| failed(&error.to_string()))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(&seen) as Arc<dyn ServerCertVerifier>)
        .with_no_client_auth();
    match TlsConnector::from(Arc::new(config)).connect(name, stream).await {
        Ok(stream) => {
            let certificate = Certificate { protocol: protocol(&stream), ..seen.facts().unwrap_or_default() };
            Ok((stream, certificate))
        }
        Err(error) => Err(Error::Tls { says: reason(&error), certificate: seen.facts().map(Box::new) }),
    }
}

fn failed(says: &str) -> Error {
    Error::Tls { says: says.to_owned(), certificate: None }
}

fn protocol(stream: &TlsStream<TcpStream>) -> String {
    match stream.get_ref().1.protocol_version() {
        Some(ProtocolVersion::TLSv1_3) => "TLS 1.3".to_owned(),
        Some(ProtocolVersion::TLSv1_2) => "TLS 1.2".to_owned(),
        other => format!("{other:?}"),
    }
}

/// The commonest reasons in words; the rest as the library says them.
fn reason(error: &std::io::Error) -> String {
    use rustls::CertificateError as Bad;
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    let bad = match inner {
        Some(rustls::Error::InvalidCertificate(bad)) => bad,
        Some(rustls::Error::InvalidMessage(_)) => return "the server didn't answer with TLS".to_owned(),
        Some(other) => return other.to_string(),
        None => return format!("the connection ended during TLS ({})", error.kind()),
    };
    match bad {
        Bad::UnknownIssuer | Bad::BadSignature => "the certificate's issuer isn't trusted here".to_owned(),
        Bad::NotValidForName | Bad::NotValidForNameContext { .. } => {
            "the certificate isn't for this host".to_owned()
        }
        Bad::Expired | Bad::ExpiredContext { .. } => "the certificate has expired".to_owned(),
        Bad::NotValidYet | Bad::NotValidYetContext { .. } => "the certificate isn't valid yet".to_owned(),
        other => format!("the certificate isn't valid ({other})"),
    }
}

/// Looks at the server's certificate before the real verifier judges it.
#[derive(Debug)]
struct Seen {
    inner: Arc<dyn ServerCertVerifier>,
    first: Mutex<Option<CertificateDer<'static>>>,
}

impl Seen {
    fn facts(&self) -> Option<Certificate> {
        let first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        certificate::facts(first.as_ref()?)
    }
}

impl ServerCertVerifier for Seen {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        *self.first.lock().unwrap_or_else(PoisonError::into_inner) = Some(end_entity.clone().into_owned());
        self.inner.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}
