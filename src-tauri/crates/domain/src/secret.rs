//! A secret, and the port behind which secrets are kept.
//!
//! Never here: a secret's text in `Debug`, `Display` or an error; a file as a place to keep one.
//! Start at [`Secret`], then [`Keychain`]; [`SessionMemory`] is the keeper for sessions that leave nothing behind.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

/// What may be in a keychain: bytes that print nothing and are wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(Zeroizing::new(bytes.into()))
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
    /// The app registration's client secret.
    ClientSecret,
    /// The 32-byte raw key of the local database.
    StoreKey,
    /// The password that a mail test signs in with.
    MailPassword,
}

impl Purpose {
    pub const ALL: [Purpose; 3] = [Self::ClientSecret, Self::StoreKey, Self::MailPassword];

    pub fn word(self) -> &'static str {
        match self {
            Self::ClientSecret => "client-secret",
            Self::StoreKey => "store-key",
            Self::MailPassword => "mail-password",
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

/// Why a secret could not be read or kept. Each one's `Display` is the sentence for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeychainFault {
    /// No secret store answers on this machine: no session bus, or nothing that offers the Secret Service.
    Missing,
    /// A store answers, and its collection is locked or was never made.
    Locked,
    /// The store, or the person at its prompt, refused.
    Denied,
    /// The secret is larger than the store takes; Windows takes 2,560 bytes.
    TooLarge { limit: usize },
    /// The store was there and stopped answering.
    Vanished,
    /// Anything else, in the store's own words, which never hold a secret.
    Other(String),
}

impl fmt::Display for KeychainFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str(
                "No secret store answers on this machine. Start one (on Linux: GNOME Keyring or KWallet, in a session \
                 with D-Bus).",
            ),
            Self::Locked => f.write_str(
                "The secret store is locked, or has no default collection yet. Unlock it, then try again.",
            ),
            Self::Denied => f.write_str("The secret store refused access. Allow Crosswalk at its prompt, then try again."),
            Self::TooLarge { limit } => {
                write!(f, "The secret is larger than the {limit} bytes that this system's secret store takes.")
            }
            Self::Vanished => f.write_str("The secret store stopped answering. Unlock or restart it, then try again."),
            Self::Other(words) => write!(f, "The secret store answered: {words}"),
        }
    }
}

impl std::error::Error for KeychainFault {}

/// Keeps secrets in memory until it is dropped: demo sessions, `--ephemeral`, and machines without a secret store
/// whose user chose so.
#[derive(Default)]
pub struct SessionMemory {
    kept: Mutex<HashMap<Item, Secret>>,
}

impl SessionMemory {
    pub fn new() -> Self {
        Self::default()
    }

    // A panic elsewhere cannot leave the map half written, so a poisoned lock is still good.
    fn kept(&self) -> MutexGuard<'_, HashMap<Item, Secret>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keychain for SessionMemory {
    fn get(&self, item: &Item) -> Result<Option<Secret>, KeychainFault> {
        Ok(self.kept().get(item).cloned())
    }

    fn set(&self, item: &Item, secret: &Secret) -> Result<(), KeychainFault> {
        self.kept().insert(item.clone(), secret.clone());
        Ok(())
    }

    fn delete(&self, item: &Item) -> Result<bool, KeychainFault> {
        Ok(self.kept().remove(item).is_some())
    }

    fn status(&self) -> KeychainStatus {
        KeychainStatus { place: "this session's memory", lasting: false, fault: None }
    }
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
    fn items_of_two_connections_and_two_purposes_stay_apart() {
        let memory = SessionMemory::new();
        let ours = Item::new("contoso", Purpose::ClientSecret);
        memory.set(&ours, &"one".into()).unwrap();
        assert_eq!(memory.get(&ours).unwrap(), Some("one".into()));
        assert_eq!(memory.get(&Item::new("fabrikam", Purpose::ClientSecret)).unwrap(), None);
        assert_eq!(memory.get(&Item::new("contoso", Purpose::StoreKey)).unwrap(), None);
    }

    #[test]
    fn set_replaces_and_delete_tells_whether_there_was_anything() {
        let memory = SessionMemory::new();
        let item = Item::new("contoso", Purpose::StoreKey);
        memory.set(&item, &"one".into()).unwrap();
        memory.set(&item, &"two".into()).unwrap();
        assert_eq!(memory.get(&item).unwrap(), Some("two".into()));
        assert!(memory.delete(&item).unwrap());
        assert!(!memory.delete(&item).unwrap(), "the second delete finds nothing");
    }

    #[test]
    fn an_account_name_ends_in_its_purpose() {
        assert_eq!(Item::new("contoso/eu", Purpose::ClientSecret).account(), "contoso/eu/client-secret");
        let words: std::collections::HashSet<_> = Purpose::ALL.iter().map(|p| p.word()).collect();
        assert_eq!(words.len(), Purpose::ALL.len(), "two purposes share a word");
    }
}
