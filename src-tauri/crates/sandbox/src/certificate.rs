//! The certificate that the sandbox's app is registered with: a self-signed RSA one, made at start.
//!
//! Its private key is written beside the authority's certificate, for its owner alone, because clients are handed it
//! as a file: as PEM, and as PFX under a password. The folder goes with the session. Entra's door keeps the public half.

use crate::authority::AuthorityError;
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use openssl::pkcs12::Pkcs12;
use openssl::pkey::PKey;
use openssl::x509::X509;
use rcgen::{CertificateParams, DnType, KeyPair, KeyUsagePurpose, PKCS_RSA_SHA256};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use time::{Duration, OffsetDateTime};

/// How long the certificate lives.
const LIFE: Duration = Duration::days(90);

/// Whom it names.
pub const SUBJECT: &str = "CN=Crosswalk sandbox app";

/// What Entra keeps of a registered certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The RSA public key, PKCS#1 DER.
    pub public_key: Vec<u8>,
    pub sha1: Vec<u8>,
    pub sha256: Vec<u8>,
    pub not_before: OffsetDateTime,
    pub not_after: OffsetDateTime,
}

impl Registered {
    /// SHA-1 in upper-case hex, as the portal shows it.
    #[must_use]
    pub fn thumbprint(&self) -> String {
        hex(&self.sha1)
    }
}

/// Upper-case hex.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// Where its owner finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// Certificate and PKCS#8 key, unencrypted.
    pub pem: PathBuf,
    pub pfx: PathBuf,
    pub pfx_password: String,
}

/// Makes a key and its certificate, and writes both forms into `folder`.
///
/// # Errors
/// See [`AuthorityError`].
pub fn make(folder: &Path) -> Result<(Registered, Files), AuthorityError> {
    let key = KeyPair::generate_for(&PKCS_RSA_SHA256)?;
    let params = params();
    let certificate = params.self_signed(&key)?;
    let der = certificate.der().as_ref();
    let files = Files {
        pem: folder.join("app.pem"),
        pfx: folder.join("app.pfx"),
        pfx_password: crate::random::text(18),
    };
    write_private(&files.pem, format!("{}{}", certificate.pem(), key.serialize_pem()).as_bytes())?;
    write_private(&files.pfx, &pfx(der, &key.serialize_der(), &files.pfx_password)?)?;
    let registered = Registered {
        public_key: key.public_key_raw().to_vec(),
        sha1: digest(&SHA1_FOR_LEGACY_USE_ONLY, der).as_ref().to_vec(),
        sha256: digest(&SHA256, der).as_ref().to_vec(),
        not_before: params.not_before,
        not_after: params.not_after,
    };
    Ok((registered, files))
}

fn params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, SUBJECT.trim_start_matches("CN="));
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    // A certificate's times are whole seconds; what the directory tells has to equal them.
    let now = OffsetDateTime::now_utc().replace_nanosecond(0).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    params.not_before = now - Duration::days(1);
    params.not_after = now + LIFE;
    params
}

fn pfx(certificate: &[u8], key: &[u8], password: &str) -> Result<Vec<u8>, AuthorityError> {
    let (key, certificate) = (PKey::private_key_from_pkcs8(key)?, X509::from_der(certificate)?);
    let mut builder = Pkcs12::builder();
    builder.name("Crosswalk sandbox app").pkey(&key).cert(&certificate);
    Ok(builder.build2(password)?.to_der()?)
}

/// Creates a file that only its owner may read.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_hold_the_registered_certificate_for_their_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (registered, files) = make(folder.path()).unwrap();
        let pem = std::fs::read(&files.pem).unwrap();
        let from_pem = X509::from_pem(&pem).unwrap();
        let pfx = Pkcs12::from_der(&std::fs::read(&files.pfx).unwrap()).unwrap();
        let parsed = pfx.parse2(&files.pfx_password).unwrap();
        assert_eq!(from_pem.to_der().unwrap(), parsed.cert.unwrap().to_der().unwrap());
        assert!(PKey::private_key_from_pem(&pem).unwrap().public_eq(&parsed.pkey.unwrap()));
        assert_eq!(digest(&SHA256, &from_pem.to_der().unwrap()).as_ref(), registered.sha256);
        assert!(pfx.parse2("wrong").is_err(), "the password has to matter");
        #[cfg(unix)]
        for path in [files.pem, files.pfx] {
            let mode =
                std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions());
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
