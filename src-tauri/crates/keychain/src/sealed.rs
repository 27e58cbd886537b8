//! Secrets too large for a keychain: sealed into a file of their own, with the key in the keychain.
//!
//! Windows takes 2,560 bytes; every system is treated alike, so that a data folder means the same everywhere. Layout:
//! `<folder>/<connection>/<purpose>.sealed`, folders 0700 and files 0600 where the system knows modes.
//! Never here: a secret in clear in a file; a guess about a file that does not open. Start at [`Sealed`].

mod folder;

use std::path::PathBuf;
use std::sync::Arc;

use domain::secret::{Item, Keychain, KeychainFault, KeychainStatus, Purpose, Secret};

use crate::place::SMALLEST_LIMIT;
use crate::seal;
use folder::Folder;

/// Far more than any certificate file; what is larger was chosen by mistake.
const MOST: usize = 256 * 1024;

/// A keychain that takes up to 256 KiB: what `inner` can't take everywhere lies sealed in `folder`.
///
/// A secret once sealed stays sealed, also when a smaller one replaces it: so where a crash leaves a file beside an
/// older item of the keychain, the file is always the newer of the two.
pub struct Sealed {
    inner: Arc<dyn Keychain>,
    folder: Folder,
}

impl Sealed {
    /// `folder` is this type's alone; it is made when something is sealed first.
    pub fn new(inner: Arc<dyn Keychain>, folder: PathBuf) -> Self {
        Self { inner, folder: Folder::new(folder) }
    }

    /// The seal key of a connection; a new one where there is none, or none that could have sealed anything.
    fn key(&self, connection: &str) -> Result<Secret, KeychainFault> {
        let item = seal_key(connection);
        if let Some(kept) = self.inner.get(&item)?.filter(|kept| kept.len() == seal::KEY) {
            return Ok(kept);
        }
        let fresh = seal::new_key().ok_or_else(no_randomness)?;
        self.inner.set(&item, &fresh)?;
        Ok(fresh)
    }

    /// The keychain's own item goes last: whatever ends this early, one whole secret is left.
    fn seal(&self, item: &Item, secret: &Secret) -> Result<(), KeychainFault> {
        if secret.len() > MOST {
            return Err(KeychainFault::TooLarge { limit: MOST });
        }
        self.folder.check(&item.connection)?;
        let _alone = self.folder.lock()?;
        let envelope = seal::seal(&self.key(&item.connection)?, item, secret).ok_or_else(no_randomness)?;
        self.folder.write(item, &envelope)?;
        self.inner.delete(item).map(drop)
    }

    fn unseal(&self, item: &Item, envelope: &[u8]) -> Result<Secret, KeychainFault> {
        let file = || self.folder.file(item).display().to_string();
        let Some(key) = self.inner.get(&seal_key(&item.connection))? else {
            return Err(KeychainFault::SealKeyGone { file: file() });
        };
        seal::open(&key, item, envelope).ok_or_else(|| KeychainFault::SealBroken { file: file() })
    }
}

impl Keychain for Sealed {
    fn get(&self, item: &Item) -> Result<Option<Secret>, KeychainFault> {
        match self.folder.read(item, MOST + seal::OVERHEAD)? {
            Some(envelope) => self.unseal(item, &envelope).map(Some),
            None => self.inner.get(item),
        }
    }

    fn set(&self, item: &Item, secret: &Secret) -> Result<(), KeychainFault> {
        if secret.len() > SMALLEST_LIMIT || self.folder.holds(item) {
            self.seal(item, secret)
        } else {
            self.inner.set(item, secret)
        }
    }

    /// The last sealed file of a connection takes the seal key with it.
    fn delete(&self, item: &Item) -> Result<bool, KeychainFault> {
        let kept = self.inner.delete(item)?;
        if !self.folder.exists(&item.connection) {
            return Ok(kept);
        }
        let _alone = self.folder.lock()?;
        let sealed = self.folder.delete(item)?;
        if self.folder.tidy(&item.connection)? {
            self.inner.delete(&seal_key(&item.connection))?;
        }
        Ok(kept || sealed)
    }

    fn status(&self) -> KeychainStatus {
        self.inner.status()
    }

    fn files(&self, connection: &str) -> Result<Vec<PathBuf>, KeychainFault> {
        self.folder.files(connection)
    }
}

fn seal_key(connection: &str) -> Item {
    Item::new(connection, Purpose::SealKey)
}

fn no_randomness() -> KeychainFault {
    KeychainFault::Other("the system gives no randomness for a key".into())
}

#[cfg(test)]
mod tests;
