//! A sandbox's descriptor, as `xwalk sandbox` prints it: loopback only, its authority trusted for that session only.

use std::path::{Path, PathBuf};

use domain::fault::{Code, Fault};
use domain::secret::Secret;
use engine::scope::{Endpoints, SmtpHost};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The addresses of a sandbox and who signs in there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Descriptor {
    pub authority: String,
    pub arm: String,
    pub graph: String,
    pub logs: String,
    pub smtp: Smtp,
    /// A path in the printed line; the certificate itself once it was read.
    pub ca_cert: String,
    pub tenant_id: String,
    pub client_id: String,
    /// Never written: it goes to the keychain.
    #[serde(skip_serializing)]
    pub client_secret: Option<String>,
    /// Never written: it lies in the sandbox's own folder and goes with it.
    #[serde(skip_serializing)]
    pub certificate: Option<Certificate>,
    /// A plain http origin that plays a machine's identity service.
    pub imds: Option<String>,
    pub now: Option<String>,
    pub mailboxes: Option<Mailboxes>,
}

/// The files of a certificate that the sandbox's app signs in with.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct Certificate {
    /// Path of certificate and private key.
    pub pem: PathBuf,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Smtp {
    pub host: String,
    pub port: u16,
}

/// Two mailboxes to begin a mail test with. The one with a password stays in the descriptor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Mailboxes {
    pub allowed: String,
    pub denied: String,
}

impl Descriptor {
    /// Reads the file and the certificate it names.
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let shown = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|error| invalid(format!("The descriptor `{shown}` can't be read: {error}.")))?;
        Self::parse(text.trim())
            .map_err(|fault| Fault { sentence: format!("`{shown}`: {}", fault.sentence), ..fault })
    }

    /// Reads the printed line.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mut read: Self = serde_json::from_str(text)
            .map_err(|error| invalid(format!("This is no descriptor of a sandbox: {error}.")))?;
        let path = read.ca_cert.clone();
        read.ca_cert = std::fs::read_to_string(&path).map_err(|error| {
            invalid(format!("The sandbox's certificate `{path}` can't be read: {error}."))
        })?;
        read.endpoints()?;
        Ok(read)
    }

    /// The addresses, refused where one isn't loopback.
    pub fn endpoints(&self) -> Result<Endpoints, Fault> {
        let smtp = SmtpHost { host: self.smtp.host.clone(), port: self.smtp.port };
        let ca = self.ca_cert.clone();
        let made = Endpoints::sandbox(&self.authority, &self.arm, &self.graph, &self.logs, smtp, ca);
        let made = match &self.imds {
            Some(at) => made.and_then(|made| made.identity_at(at)),
            None => made,
        };
        made.map_err(|refused| invalid(format!("A sandbox lies on loopback only: {refused}.")))
    }

    /// The secret that its app signs in with.
    ///
    /// # Errors
    /// `Invalid` where the line was kept: a secret is never written.
    pub fn secret(&self) -> Result<Secret, Fault> {
        let secret = self.client_secret.as_deref().map(Secret::from);
        secret.ok_or_else(|| invalid("The descriptor holds no `client_secret`.".to_owned()))
    }

    /// The certificate that its app signs in with.
    pub fn certificate_path(&self) -> Result<&Path, Fault> {
        let certificate = self.certificate.as_ref().map(|files| files.pem.as_path());
        certificate.ok_or_else(|| invalid("The descriptor names no certificate.".to_owned()))
    }

    /// The story's instant.
    pub fn now(&self) -> Option<OffsetDateTime> {
        OffsetDateTime::parse(self.now.as_deref()?, &Rfc3339).ok()
    }
}

fn invalid(sentence: String) -> Fault {
    Fault::new(Code::Invalid, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn descriptor(arm: &str) -> Result<Descriptor, Fault> {
        let folder = tempfile::tempdir().expect("a folder");
        let ca = folder.path().join("ca.pem");
        std::fs::write(&ca, "-----BEGIN CERTIFICATE-----").expect("a file");
        let line = serde_json::json!({
            "authority": "https://127.0.0.1:1", "arm": arm, "graph": "https://127.0.0.1:3",
            "logs": "https://127.0.0.1:4", "smtp": {"host": "127.0.0.1", "port": 5}, "ca_cert": ca,
            "tenant_id": "t", "client_id": "c", "client_secret": "s", "now": "2026-11-24T00:00:00Z"
        });
        Descriptor::parse(&line.to_string())
    }

    #[test]
    fn only_loopback_is_taken() {
        assert!(descriptor("https://127.0.0.1:2").is_ok());
        let fault = descriptor("https://management.example.com").expect_err("not loopback");
        assert!(fault.sentence.contains("management.example.com"), "{fault}");
        assert!(descriptor("http://127.0.0.1:2").is_err(), "http is refused");
    }

    #[test]
    fn a_secret_is_read_and_never_written() {
        let read = descriptor("https://127.0.0.1:2").expect("it is a descriptor");
        assert_eq!(read.client_secret.as_deref(), Some("s"));
        assert!(!serde_json::to_string(&read).expect("json").contains("client_secret"));
    }
}
