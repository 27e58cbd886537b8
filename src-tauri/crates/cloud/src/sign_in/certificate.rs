//! A certificate with its private key, from a PEM or a PFX file: what it says, whether it can sign in, and the
//! PKCS#12 without a password, in memory, that `azure_identity` takes.
//!
//! It must never write a key anywhere, ask for a password on a terminal, or print either.
//! Start reading at [`Certified::read`].

use domain::secret::Secret;
use domain::sign_in::said::{Said, file};
use openssl::asn1::{Asn1Time, Asn1TimeRef};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkcs12::Pkcs12;
use openssl::pkey::{Id, PKey, Private};
use openssl::x509::{X509, X509NameRef};
use time::{Duration, OffsetDateTime};

use super::SignInFault;

/// What a certificate says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFacts {
    /// `CN=crosswalk, O=Contoso`
    pub subject: String,
    /// SHA-1 in upper-case hexadecimal digits, as the portal shows it.
    pub thumbprint: String,
    pub not_before: OffsetDateTime,
    pub not_after: OffsetDateTime,
}

/// Reads a PEM or PFX file; sends nothing. A certificate out of its dates has facts too.
///
/// # Errors
/// No certificate, no key, a key of another certificate, a wrong password, an EC key, a PFX that this OpenSSL refuses.
pub fn certificate_facts(file: &Secret, password: Option<&Secret>) -> Result<CertificateFacts, SignInFault> {
    let certified = Certified::read(file, password)?;
    certified.facts().map_err(|_| file::unreadable().into())
}

/// A certificate and the RSA key that belongs to it.
pub(super) struct Certified {
    certificate: X509,
    key: PKey<Private>,
}

impl Certified {
    pub(super) fn read(file: &Secret, password: Option<&Secret>) -> Result<Self, SignInFault> {
        let bytes = file.expose();
        let password = password.filter(|password| !password.is_empty());
        let is_pem = bytes.windows(10).any(|ten| ten == b"-----BEGIN");
        let (key, candidates) = if is_pem { pem(bytes, password)? } else { pfx(bytes, password)? };
        if key.id() != Id::RSA {
            return Err(file::not_rsa().into());
        }
        let fits = |candidate: &X509| candidate.public_key().is_ok_and(|public| public.public_eq(&key));
        let certificate = candidates.into_iter().find(fits).ok_or_else(file::unfit)?;
        Ok(Self { certificate, key })
    }

    pub(super) fn facts(&self) -> Result<CertificateFacts, ErrorStack> {
        let digest = self.certificate.digest(MessageDigest::sha1())?;
        Ok(CertificateFacts {
            subject: name(self.certificate.subject_name()),
            thumbprint: digest.iter().map(|byte| format!("{byte:02X}")).collect(),
            not_before: moment(self.certificate.not_before())?,
            not_after: moment(self.certificate.not_after())?,
        })
    }

    /// Refuses what Entra would refuse for its dates.
    pub(super) fn usable(&self, now: OffsetDateTime) -> Result<(), SignInFault> {
        let facts = self.facts().map_err(|_| file::unreadable())?;
        if facts.not_after < now {
            return Err(file::expired(&facts.thumbprint, facts.not_after.date()).into());
        }
        if facts.not_before > now {
            return Err(file::not_yet_valid(&facts.thumbprint, facts.not_before.date()).into());
        }
        Ok(())
    }

    /// DER without a password.
    pub(super) fn pkcs12(&self) -> Result<Secret, SignInFault> {
        let made = Pkcs12::builder().name("crosswalk").pkey(&self.key).cert(&self.certificate).build2("");
        made.and_then(|made| made.to_der()).map(Secret::new).map_err(|_| file::unreadable().into())
    }
}

type Parts = (PKey<Private>, Vec<X509>);

fn pem(bytes: &[u8], password: Option<&Secret>) -> Result<Parts, SignInFault> {
    let text = String::from_utf8_lossy(bytes);
    if !text.contains("PRIVATE KEY-----") {
        return Err(file::no_key().into());
    }
    let encrypted = text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED");
    // With a callback OpenSSL never asks on a terminal.
    let key = PKey::private_key_from_pem_callback(bytes, |buffer| {
        let given = password.map(Secret::expose).unwrap_or_default();
        let fits = given.len() <= buffer.len();
        buffer[..given.len() * usize::from(fits)].copy_from_slice(&given[..given.len() * usize::from(fits)]);
        Ok(given.len() * usize::from(fits))
    });
    let key = key.map_err(|_| if encrypted { wrong_password(password) } else { file::unreadable() })?;
    let certificates = X509::stack_from_pem(bytes).map_err(|_| file::unreadable())?;
    if certificates.is_empty() { Err(file::no_certificate().into()) } else { Ok((key, certificates)) }
}

fn pfx(bytes: &[u8], password: Option<&Secret>) -> Result<Parts, SignInFault> {
    let sealed = Pkcs12::from_der(bytes).map_err(|_| file::neither())?;
    let text = password.map_or(Some(""), Secret::expose_text).unwrap_or_default();
    let parsed = sealed.parse2(text).map_err(|errors| refused(&errors, password))?;
    let key = parsed.pkey.ok_or_else(file::no_key)?;
    let chain = parsed.ca.into_iter().flatten();
    let certificates: Vec<X509> = parsed.cert.into_iter().chain(chain).collect();
    if certificates.is_empty() { Err(file::no_certificate().into()) } else { Ok((key, certificates)) }
}

/// OpenSSL 3 has no RC2 and no 40-bit RC4 unless its legacy provider is loaded; it says "unsupported" then.
fn refused(errors: &ErrorStack, password: Option<&Secret>) -> Said {
    let legacy = errors.errors().iter().any(|error| {
        let said = format!("{} {}", error.reason().unwrap_or_default(), error.data().unwrap_or_default());
        said.contains("unsupported") || said.contains("RC2") || said.contains("unknown pbe")
    });
    if legacy { file::old_pfx() } else { wrong_password(password) }
}

fn wrong_password(password: Option<&Secret>) -> Said {
    file::wrong_password(password.is_some())
}

fn name(name: &X509NameRef) -> String {
    let parts = name.entries().map(|entry| {
        let nid: Nid = entry.object().nid();
        let value = entry.data().to_string().unwrap_or_default();
        format!("{}={value}", nid.short_name().unwrap_or("?"))
    });
    parts.collect::<Vec<_>>().join(", ")
}

fn moment(at: &Asn1TimeRef) -> Result<OffsetDateTime, ErrorStack> {
    let since = Asn1Time::from_unix(0)?.diff(at)?;
    let since = Duration::days(since.days.into()) + Duration::seconds(since.secs.into());
    Ok(OffsetDateTime::UNIX_EPOCH + since)
}

#[cfg(test)]
mod tests;
