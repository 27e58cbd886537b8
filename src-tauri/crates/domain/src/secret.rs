//! A secret, and the port behind which secrets are kept.
//!
//! Never here: a secret's text in `Debug`, `Display` or an error; a file as a place to keep one.
//! Start at [`Secret`], then [`Keychain`]; [`SessionMemory`] is the keeper for sessions that leave nothing behind,
//! [`wipe`] takes everything of a connection away and looks whether it is gone.

mod fault;
mod memory;
mod wipe;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use zeroize::Zeroizing;

pub use fault::KeychainFault;
pub use memory::SessionMemory;
pub use wipe::{Wiped, wipe};

/// What may be in a keychain: bytes that print nothing. Clones share one copy, which is wiped with the last of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<Zeroizing<Vec<u8>>>);

impl Secret {
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(Arc::new(Zeroizing::new(bytes.into())))
    }

    /// The bytes themselves. The one way to them, so that a search for `expose` finds every use.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// The same as text, `None` where the bytes are not UTF-8.
    pub fn expose_text(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// What a kept secret is for. The word becomes the end of the item's name in the keychain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The 32-byte key of what is too large for the keychain itself.
    SealKey,
    /// The app registration's client secret.
    ClientSecret,
    /// What a person's sign-in left for the next one.
    RefreshToken,
    /// Certificate and private key, PEM or PFX.
    Certificate,
    /// What opens the certificate's file.
    CertificatePassword,
    /// What the proxy asks for.
    ProxyPassword,
    /// The 32-byte raw key of the local database.
    StoreKey,
}

impl Purpose {
    /// In the order of wiping: with the seal key gone, a wipe that is cut short leaves nothing sealed that opens.
    pub const ALL: [Purpose; 7] = [
        Self::SealKey,
        Self::ClientSecret,
        Self::RefreshToken,
        Self::Certificate,
        Self::CertificatePassword,
        Self::ProxyPassword,
        Self::StoreKey,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::SealKey => "seal-key",
            Self::ClientSecret => "client-secret",
            Self::RefreshToken => "refresh-token",
            Self::Certificate => "certificate",
            Self::CertificatePassword => "certificate-password",
            Self::ProxyPassword => "proxy-password",
            Self::StoreKey => "store-key",
        }
    }
}

/// The name of one kept secret. In the keychain it reads service `Crosswalk`, account `<connection>/<purpose>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Item {
    pub connection: String,
    pub purpose: Purpose,
}

impl Item {
    pub const SERVICE: &'static str = "Crosswalk";

    pub fn new(connection: impl Into<String>, purpose: Purpose) -> Self {
        Self { connection: connection.into(), purpose }
    }

    pub fn account(&self) -> String {
        format!("{}/{}", self.connection, self.purpose.word())
    }
}

/// Where secrets are kept. Every call may wait (for a daemon, for a person at an unlock prompt): never call it from
/// an async task directly.
pub trait Keychain: Send + Sync {
    /// `Ok(None)` where no such item exists.
    fn get(&self, item: &Item) -> Result<Option<Secret>, KeychainFault>;

    /// Stores or replaces.
    fn set(&self, item: &Item, secret: &Secret) -> Result<(), KeychainFault>;

    /// True where there was something to delete.
    fn delete(&self, item: &Item) -> Result<bool, KeychainFault>;

    /// Asks whether secrets can be kept now; a fault here is what the next call would meet.
    fn status(&self) -> KeychainStatus;

    /// Files beside the store that hold something of this connection, sealed; the stem of a file's name is its
    /// purpose's word. Most keepers have none.
    fn files(&self, _connection: &str) -> Result<Vec<PathBuf>, KeychainFault> {
        Ok(Vec::new())
    }
}

/// What the Accounts screen says about the place where secrets lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeychainStatus {
    /// The place's own name: `Secret Service`, `Credential Manager`, `Keychain`, `this session's memory`.
    pub place: &'static str,
    /// False where the secrets are gone when the program ends.
    pub lasting: bool,
    pub fault: Option<KeychainFault>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_prints_nothing_of_itself() {
        let secret = Secret::from("s3cr3t~value");
        let item = Item::new("contoso", Purpose::ClientSecret);
        let printed = format!("{secret} {secret:?} {:?} {item:?}", Some(&secret));
        assert!(!printed.contains("s3cr3t"), "a secret reached text: {printed}");
        assert_eq!(secret.expose_text(), Some("s3cr3t~value"));
    }

    #[test]
    fn bytes_that_are_no_text_are_kept_and_are_no_text() {
        let secret = Secret::new(vec![0xff, 0x00, 0xfe]);
        assert_eq!(secret.expose(), [0xff, 0x00, 0xfe]);
        assert_eq!(secret.expose_text(), None);
        assert_eq!(secret.len(), 3);
    }

    #[test]
    fn an_account_name_ends_in_its_purpose() {
        assert_eq!(Item::new("contoso/eu", Purpose::ClientSecret).account(), "contoso/eu/client-secret");
        let words: std::collections::HashSet<_> = Purpose::ALL.iter().map(|p| p.word()).collect();
        assert_eq!(words.len(), Purpose::ALL.len(), "two purposes share a word");
    }
}
