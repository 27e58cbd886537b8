//! The certificate authority of one session: made at start, its key in memory only.
//!
//! Only its certificate is written, to a private temporary folder that goes when the session goes; whoever is handed
//! that file trusts this session's servers and nothing else.

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose, SanType};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};

/// The authority could not be made.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    #[error("no certificate could be made: {0}")]
    Certificate(#[from] rcgen::Error),
    #[error("TLS refused the certificate: {0}")]
    Tls(#[from] rustls::Error),
    #[error("the certificate could not be written: {0}")]
    Write(#[from] std::io::Error),
    #[error("no PFX could be made: {0}")]
    Pfx(#[from] openssl::error::ErrorStack),
}

/// A session's authority and the server configuration that it signed.
pub struct Authority {
    folder: TempDir,
    /// For HTTP doors: HTTP/2 and 1.1 are offered.
    pub http: Arc<ServerConfig>,
    /// For SMTP after STARTTLS: nothing is offered.
    pub plain: Arc<ServerConfig>,
}

/// The certificate's file name in the temporary folder.
const FILE: &str = "sandbox-ca.pem";

impl Authority {
    /// Makes an authority and a server certificate for 127.0.0.1 and `localhost`.
    ///
    /// # Errors
    /// See [`AuthorityError`].
    pub fn make() -> Result<Self, AuthorityError> {
        let key = KeyPair::generate()?;
        let params = authority_params();
        let certificate = params.self_signed(&key)?;
        let folder = tempfile::Builder::new().prefix("crosswalk-sandbox-").tempdir()?;
        std::fs::write(folder.path().join(FILE), certificate.pem())?;
        let issuer = Issuer::new(params, key);
        let server_key = KeyPair::generate()?;
        let server = server_params()?.signed_by(&server_key, &issuer)?;
        let config = |protocols: &[&[u8]]| -> Result<Arc<ServerConfig>, AuthorityError> {
            let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(server_key.serialize_der()));
            let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
            let mut config = ServerConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()?
                .with_no_client_auth()
                .with_single_cert(vec![server.der().clone()], key)?;
            config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
            Ok(Arc::new(config))
        };
        Ok(Self { http: config(&[b"h2", b"http/1.1"])?, plain: config(&[])?, folder })
    }

    /// Where the authority's certificate lies, as PEM.
    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join(FILE)
    }

    /// The session's private folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

fn authority_params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.distinguished_name.push(DnType::CommonName, "Crosswalk sandbox authority");
    live(&mut params);
    params
}

fn server_params() -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(vec!["localhost".to_owned()])?;
    params.subject_alt_names.push(SanType::IpAddress(IpAddr::V4(Ipv4Addr::LOCALHOST)));
    params.distinguished_name.push(DnType::CommonName, "Crosswalk sandbox");
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ServerAuth];
    live(&mut params);
    Ok(params)
}

/// Valid from yesterday for a month: sessions are short, and clocks differ.
fn live(params: &mut CertificateParams) {
    let now = OffsetDateTime::now_utc();
    params.not_before = now - Duration::days(1);
    params.not_after = now + Duration::days(30);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_certificate_is_written_and_it_goes_with_the_session() {
        let authority = Authority::make().unwrap();
        let path = authority.certificate();
        let files: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().collect();
        assert_eq!(files.len(), 1);
        let pem = std::fs::read_to_string(&path).unwrap();
        assert!(pem.contains("BEGIN CERTIFICATE") && !pem.contains("PRIVATE"), "no key may be written");
        drop(authority);
        assert!(!path.exists());
    }
}
