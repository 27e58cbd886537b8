//! Connections kept on this machine: facts in a file, secret and store key in the keychain, data in an encrypted store.

use std::path::{Path, PathBuf};

use contract::account::{AccountRow, Stored};
use contract::session::SessionKind;
use domain::fault::{Code, Fault};
use domain::secret::{Item, Keychain, KeychainFault, Purpose, Secret};
use engine::scope::{Account, Endpoints, Key, Way, check_account};
use serde::{Deserialize, Serialize};

use crate::Host;
use crate::descriptor::Descriptor;

const FILE: &str = "connection.json";

/// What is written beside the data. Nothing in it is secret.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Connection {
    pub name: String,
    /// Name of its items in the keychain; differs from the name so that two data folders never share a key.
    pub vault: String,
    pub tenant: String,
    pub client: String,
    /// Present = a sandbox on loopback, marked DEMO.
    pub sandbox: Option<Descriptor>,
}

impl Connection {
    pub fn kind(&self) -> SessionKind {
        if self.sandbox.is_some() { SessionKind::Sandbox } else { SessionKind::Tenant }
    }

    pub fn endpoints(&self) -> Result<Endpoints, Fault> {
        match &self.sandbox {
            Some(descriptor) => descriptor.endpoints(),
            None => Endpoints::public().map_err(|refused| Fault::new(Code::Internal, refused.to_string())),
        }
    }

    fn item(&self, purpose: Purpose) -> Item {
        Item::new(self.vault.clone(), purpose)
    }
}

/// 1 to 40 of a–z, 0–9, `-`, `_`: it is a folder's name too.
pub(crate) fn check_name(name: &str) -> Result<(), Fault> {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if (1..=40).contains(&name.len()) && name.chars().all(good) {
        return Ok(());
    }
    Err(Fault::new(Code::Invalid, format!("`{name}` can't be the name of a connection."))
        .hint("Use 1 to 40 lower-case letters, digits, `-` or `_`."))
}

impl Host {
    fn data_dir(&self) -> Result<&Path, Fault> {
        self.0.options.data_dir.as_deref().ok_or_else(|| {
            Fault::new(Code::Invalid, "This session keeps nothing, so no connection can be stored.")
                .hint("Start it with a data folder.")
        })
    }

    pub(crate) fn folder(&self, name: &str) -> Result<PathBuf, Fault> {
        check_name(name)?;
        Ok(self.data_dir()?.join(name))
    }

    pub(crate) fn connection(&self, name: &str) -> Result<Connection, Fault> {
        let path = self.folder(name)?.join(FILE);
        let text = std::fs::read_to_string(&path).map_err(|_| {
            Fault::new(Code::NotFound, format!("There is no connection `{name}`."))
                .hint("Connect it first; Accounts lists what is stored.")
        })?;
        serde_json::from_str(&text).map_err(|error| {
            Fault::new(Code::Storage, format!("`{}` can't be read: {error}.", path.display()))
        })
    }

    /// Every connection in the data folder, by name.
    pub(crate) fn connections(&self) -> Vec<Connection> {
        let Ok(folder) = self.data_dir() else { return Vec::new() };
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut found: Vec<Connection> = names.filter_map(|name| self.connection(&name).ok()).collect();
        found.sort_by(|a, b| a.name.cmp(&b.name));
        found
    }

    /// Stores a connection: the secret and a new store key in the keychain, the facts in the data folder.
    ///
    /// # Errors
    /// A name in use, a secret that can't be one, or the keychain's own.
    pub(crate) async fn connect(
        &self,
        name: &str,
        tenant: &str,
        client: &str,
        secret: Secret,
        sandbox: Option<Descriptor>,
    ) -> Result<Connection, Fault> {
        let folder = self.folder(name)?;
        if folder.join(FILE).exists() {
            return Err(Fault::new(Code::Conflict, format!("There is a connection `{name}` already."))
                .hint("Remove it first, or choose another name."));
        }
        let connection = Connection {
            name: name.to_owned(),
            vault: format!("{name}-{}", random_hex()?),
            tenant: tenant.trim().to_owned(),
            client: client.trim().to_owned(),
            sandbox,
        };
        // Nothing is sent: this looks at what was typed, such as a secret's ID in place of its value.
        let account = Account {
            tenant: connection.tenant.clone(),
            client: connection.client.clone(),
            way: Way::Secret(secret.clone()),
        };
        check_account(connection.endpoints()?, account)?;
        self.keep_secret(connection.item(Purpose::ClientSecret), secret).await?;
        self.keep_secret(connection.item(Purpose::StoreKey), new_key()?).await?;
        write_private(&folder, &connection)?;
        Ok(connection)
    }

    /// The secret that signs in.
    pub(crate) async fn client_secret(&self, connection: &Connection) -> Result<Secret, Fault> {
        let found = self
            .keychain(connection.item(Purpose::ClientSecret), |keychain, item| keychain.get(&item))
            .await?;
        found.ok_or_else(|| {
            Fault::new(
                Code::Keychain,
                format!("The keychain holds no secret for `{}` any more.", connection.name),
            )
            .hint("It was deleted outside Crosswalk. Remove the connection and connect it again.")
        })
    }

    /// The store's key; a new one where the old is gone, which sets the unreadable store aside.
    pub(crate) async fn store_key(&self, connection: &Connection) -> Result<Key, Fault> {
        let item = connection.item(Purpose::StoreKey);
        let kept = self.keychain(item.clone(), |keychain, item| keychain.get(&item)).await?;
        let bytes = kept.as_ref().and_then(|kept| <[u8; 32]>::try_from(kept.expose()).ok());
        match bytes {
            Some(bytes) => Ok(Key::new(bytes)),
            None => {
                let fresh = new_key()?;
                let bytes = <[u8; 32]>::try_from(fresh.expose())
                    .map_err(|_| Fault::new(Code::Internal, "A key has 32 bytes."))?;
                self.keep_secret(item, fresh).await?;
                Ok(Key::new(bytes))
            }
        }
    }

    /// Deletes secrets, key and data of a connection, and looks whether they are gone.
    pub(crate) async fn remove(&self, name: &str) -> Result<(), Fault> {
        let connection = self.connection(name)?;
        if self.session().is_some_and(|open| open.name.as_deref() == Some(name)) {
            self.replace_session(None);
        }
        for purpose in Purpose::ALL {
            self.keychain(connection.item(purpose), |keychain, item| keychain.delete(&item)).await?;
            let left = self.keychain(connection.item(purpose), |keychain, item| keychain.get(&item)).await?;
            if left.is_some() {
                return Err(Fault::new(
                    Code::Keychain,
                    "The keychain still holds a secret after it was deleted.",
                )
                .hint("Delete the items named `Crosswalk` in the system's own tool."));
            }
        }
        let folder = self.folder(name)?;
        std::fs::remove_dir_all(&folder).map_err(|error| {
            Fault::new(Code::Storage, format!("`{}` could not be deleted: {error}.", folder.display()))
        })
    }

    async fn keep_secret(&self, item: Item, secret: Secret) -> Result<(), Fault> {
        self.keychain(item, move |keychain, item| keychain.set(&item, &secret)).await
    }

    /// Runs a call that may wait for a person at an unlock prompt, off the async threads.
    async fn keychain<T: Send + 'static>(
        &self,
        item: Item,
        work: impl FnOnce(&dyn Keychain, Item) -> Result<T, KeychainFault> + Send + 'static,
    ) -> Result<T, Fault> {
        let keychain = self.0.options.keychain.clone();
        tokio::task::spawn_blocking(move || work(keychain.as_ref(), item))
            .await
            .map_err(|broken| Fault::new(Code::Internal, format!("The keychain's thread ended: {broken}.")))?
            .map_err(|fault| Fault::new(Code::Keychain, fault.to_string()))
    }

    /// A connection with everything that is kept of it, and where.
    pub(crate) fn account_row(&self, connection: &Connection) -> AccountRow {
        let open = self.session().is_some_and(|open| open.name.as_deref() == Some(&connection.name));
        AccountRow {
            name: connection.name.clone(),
            title: connection.name.clone(),
            kind: connection.kind(),
            open,
            kept: true,
            tenant: connection.tenant.clone(),
            client: connection.client.clone(),
            cloud: contract::account::CloudName::Public,
            hosts: Vec::new(),
            way: contract::account::WayIn::ClientSecret,
            user: None,
            colour: 1,
            production: false,
            tier: contract::account::Tier::Look,
            mail: false,
            primary: None,
            sign_in_needed: false,
            trouble: None,
            used_at: None,
            stored: self.stored(connection),
        }
    }

    pub(crate) fn stored(&self, connection: &Connection) -> Vec<Stored> {
        let place = self.0.options.keychain.status().place;
        let kept = |what: &str, purpose: Purpose, note: &str| Stored {
            what: what.to_owned(),
            place: format!("{place}: {} / {}", Item::SERVICE, connection.item(purpose).account()),
            note: note.to_owned(),
            bytes: None,
        };
        let folder = self.folder(&connection.name).unwrap_or_default();
        let file = |what: &str, name: &str, note: &str| Stored {
            what: what.to_owned(),
            place: folder.join(name).display().to_string(),
            note: note.to_owned(),
            bytes: None,
        };
        vec![
            kept("Client secret", Purpose::ClientSecret, "Read at sign-in, never written to a file"),
            kept("Store key", Purpose::StoreKey, "32 random bytes; without it the data can't be read"),
            file("Incidents, rules, results, request log", "crosswalk.db", "SQLCipher, encrypted as a whole"),
            file("Tenant and client id", FILE, "Plain; nothing in it is secret"),
        ]
    }
}

pub(crate) fn new_key() -> Result<Secret, Fault> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(no_randomness)?;
    Ok(Secret::new(bytes))
}

fn random_hex() -> Result<String, Fault> {
    let mut bytes = [0u8; 4];
    getrandom::fill(&mut bytes).map_err(no_randomness)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn no_randomness(error: getrandom::Error) -> Fault {
    Fault::new(Code::Internal, format!("The system gives no randomness: {error}."))
}

fn write_private(folder: &Path, connection: &Connection) -> Result<(), Fault> {
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| serde_json::to_string_pretty(connection).map_err(Into::into))
        .and_then(|json| std::fs::write(folder.join(FILE), json));
    written.map_err(|error| {
        Fault::new(Code::Storage, format!("`{}` can't be written: {error}.", folder.display()))
    })
}
