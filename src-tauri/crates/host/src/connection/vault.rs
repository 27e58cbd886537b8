//! The keychain, off the async threads: a call may wait for a person at an unlock prompt.

use contract::account::WayIn;
use domain::fault::{Code, Fault};
use domain::secret::{Item, Keychain, KeychainFault, Purpose, Secret};
use engine::scope::Key;

use super::Connection;
use crate::Host;

/// The way on where nothing can be kept.
const IN_MEMORY: &str = "Or connect without keeping: the account then lives in memory until it is closed.";

impl Host {
    /// Runs a call of the keychain on a thread that may block.
    ///
    /// # Errors
    /// `Keychain`, with what to do and the way on without one.
    pub(crate) async fn keychain<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Keychain) -> Result<T, KeychainFault> + Send + 'static,
    ) -> Result<T, Fault> {
        let keychain = self.0.options.keychain.clone();
        tokio::task::spawn_blocking(move || work(keychain.as_ref()))
            .await
            .map_err(|broken| Fault::new(Code::Internal, format!("The keychain's thread ended: {broken}.")))?
            .map_err(refused)
    }

    pub(crate) async fn keep_secret(&self, item: Item, secret: Secret) -> Result<(), Fault> {
        self.keychain(move |keychain| keychain.set(&item, &secret)).await
    }

    pub(crate) async fn kept_secret(&self, item: Item) -> Result<Option<Secret>, Fault> {
        self.keychain(move |keychain| keychain.get(&item)).await
    }

    /// A secret without which the account can't sign in.
    pub(crate) async fn needed_secret(
        &self,
        connection: &Connection,
        purpose: Purpose,
    ) -> Result<Secret, Fault> {
        let gone = || {
            let what = if connection.way == WayIn::Certificate { "certificate" } else { "secret" };
            Fault::new(
                Code::Keychain,
                format!("The keychain holds no {what} for `{}` any more.", connection.name),
            )
            .hint("It was deleted outside Crosswalk. Remove the connection and connect it again.")
        };
        self.kept_secret(connection.item(purpose)).await?.ok_or_else(gone)
    }

    /// The store's key; a new one where the old is gone, which sets the unreadable store aside.
    pub(crate) async fn store_key(&self, connection: &Connection) -> Result<Key, Fault> {
        let item = connection.item(Purpose::StoreKey);
        if let Some(kept) = self.kept_secret(item.clone()).await?
            && let Ok(key) = key(&kept)
        {
            return Ok(key);
        }
        let fresh = new_key()?;
        let made = key(&fresh)?;
        self.keep_secret(item, fresh).await?;
        Ok(made)
    }
}

fn refused(fault: KeychainFault) -> Fault {
    Fault::new(Code::Keychain, fault.to_string()).hint(IN_MEMORY)
}

/// 32 random bytes.
pub(crate) fn new_key() -> Result<Secret, Fault> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(no_randomness)?;
    Ok(Secret::new(bytes))
}

/// A secret of 32 bytes as the store's key.
pub(crate) fn key(secret: &Secret) -> Result<Key, Fault> {
    let bytes = <[u8; 32]>::try_from(secret.expose());
    bytes.map(Key::new).map_err(|_| Fault::new(Code::Internal, "A key has 32 bytes."))
}

/// The end of a vault's name.
pub(crate) fn random_hex() -> Result<String, Fault> {
    let mut bytes = [0u8; 4];
    getrandom::fill(&mut bytes).map_err(no_randomness)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn no_randomness(error: getrandom::Error) -> Fault {
    Fault::new(Code::Internal, format!("The system gives no randomness: {error}."))
}
