//! What is kept of an account, and where. Nothing is unlocked to say so.

use std::path::Path;

use contract::account::{Stored, WayIn};
use domain::secret::{Item, Purpose};

use crate::Host;
use crate::connection::{Connection, FILE};

/// The store and what SQLite keeps beside it.
const DATABASE: [&str; 3] = ["crosswalk.db", "crosswalk.db-wal", "crosswalk.db-shm"];

impl Host {
    /// One line per thing; for an account in memory, what ends with it.
    pub(crate) fn stored(&self, connection: &Connection, kept: bool) -> Vec<Stored> {
        if !kept {
            return vec![line(
                "Everything",
                "this program's memory, and a private temporary folder",
                "Encrypted with a key in memory; both are gone when it is closed",
                None,
            )];
        }
        let sealed = self.0.options.keychain.files(&connection.vault).unwrap_or_default();
        let secrets = purposes(connection).into_iter().map(|(purpose, what, note)| {
            let file = sealed.iter().find(|file| file.file_stem().is_some_and(|stem| stem == purpose.word()));
            match file {
                Some(file) => {
                    line(what, &file.display().to_string(), "Sealed with a key in the keychain", size(file))
                }
                None => self.in_keychain(connection, purpose, what, note),
            }
        });
        let seal_key = (!sealed.is_empty()).then(|| {
            self.in_keychain(
                connection,
                Purpose::SealKey,
                "Seal key",
                "32 random bytes; opens what is sealed",
            )
        });
        secrets.chain(seal_key).chain(self.files(connection)).collect()
    }

    fn in_keychain(&self, connection: &Connection, purpose: Purpose, what: &str, note: &str) -> Stored {
        let place = self.0.options.keychain.status().place;
        let account = connection.item(purpose).account();
        line(what, &format!("{place}: {} / {account}", Item::SERVICE), note, None)
    }

    fn files(&self, connection: &Connection) -> Vec<Stored> {
        let folder = self.folder(&connection.name).unwrap_or_default();
        let database = DATABASE.iter().filter_map(|name| size(&folder.join(name))).sum();
        let place = |name: &str| folder.join(name).display().to_string();
        vec![
            line(
                "Incidents, rules, results, request log",
                &place(DATABASE[0]),
                "SQLCipher, encrypted as a whole",
                Some(database),
            ),
            line(
                "Names, ids and settings",
                &place(FILE),
                "Plain; nothing in it is secret",
                size(&folder.join(FILE)),
            ),
        ]
    }
}

/// Secrets that an account of this way in keeps.
fn purposes(connection: &Connection) -> Vec<(Purpose, &'static str, &'static str)> {
    let mut all = match connection.way {
        WayIn::ClientSecret => {
            vec![(Purpose::ClientSecret, "Client secret", "Read at sign-in, never written to a file")]
        }
        WayIn::Certificate => vec![
            (
                Purpose::Certificate,
                "Certificate and private key",
                "Read at sign-in; the file it came from is yours",
            ),
            (Purpose::CertificatePassword, "Certificate's password", "Where the file had one"),
        ],
        WayIn::Browser | WayIn::DeviceCode if connection.signed_in => {
            vec![(Purpose::RefreshToken, "Refresh token", "Signs in again without asking; Entra ends it")]
        }
        _ => Vec::new(),
    };
    all.push((Purpose::StoreKey, "Store key", "32 random bytes; without it the data can't be read"));
    all
}

fn line(what: &str, place: &str, note: &str, bytes: Option<u64>) -> Stored {
    Stored { what: what.to_owned(), place: place.to_owned(), note: note.to_owned(), bytes }
}

fn size(path: &Path) -> Option<u64> {
    std::fs::metadata(path).ok().map(|found| found.len())
}
