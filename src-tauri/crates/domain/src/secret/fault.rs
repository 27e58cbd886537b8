//! What can be in the way of a secret, in sentences.
//!
//! Never here: a secret, or bytes that may hold one.

use std::fmt;

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
    /// The store could not write what it was given: its disk is full, or can't be written.
    Full,
    /// The store was there and stopped answering.
    Vanished,
    /// A sealed file is there and the key that opens it is gone from the store: the secret in it is lost.
    SealKeyGone { file: String },
    /// A sealed file was cut, changed, or belongs to another item or another key: the secret in it is lost.
    SealBroken { file: String },
    /// A sealed file can't be read, written or deleted, in the system's own words.
    File { file: String, why: String },
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
            Self::Full => f.write_str(
                "The secret store could not write to its disk: it is full, or can't be written. Nothing was kept. Make \
                 room where it keeps its data, then try again.",
            ),
            Self::SealKeyGone { file } => write!(
                f,
                "The secret store no longer holds the key that opens `{file}`: it was deleted outside Crosswalk, and \
                 the secret in the file is lost. Enter the secret again, or sign in again."
            ),
            Self::SealBroken { file } => write!(
                f,
                "`{file}` is damaged or belongs elsewhere, so the secret in it is lost. Enter the secret again, or sign \
                 in again."
            ),
            Self::File { file, why } => write!(f, "`{file}` can't be used: {why}. Put that right, then try again."),
            Self::Vanished => f.write_str("The secret store stopped answering. Unlock or restart it, then try again."),
            Self::Other(words) => write!(f, "The secret store answered: {words}"),
        }
    }
}

impl std::error::Error for KeychainFault {}
