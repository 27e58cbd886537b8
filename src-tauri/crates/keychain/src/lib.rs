//! The operating system's secret store behind [`domain::secret::Keychain`].
//!
//! Secret Service on Linux, Credential Manager on Windows, Keychain on macOS, through the `keyring` crates.
//! [`Sealed`] puts what is too large for the smallest of them into a file, encrypted with a key that lies in the store.
//! Never here: a file as fallback, a secret in an error, a call into a store from the caller's own thread (the
//! Linux store starts a runtime of its own and panics inside another one; [`lane`] is why that can't happen).
//! Start at [`OsKeychain`], then [`Sealed`].

mod fault;
mod lane;
mod place;
mod process;
mod seal;
mod sealed;

use std::time::Duration;

use domain::secret::{Item, Keychain, KeychainFault, KeychainStatus, Secret};

use crate::lane::Lane;
pub use crate::process::leave_no_core;
pub use crate::sealed::Sealed;

/// A person may be reading an unlock prompt, so a call may take this long.
const PATIENCE: Duration = Duration::from_secs(120);

/// Looking at the store asks nobody anything.
const GLANCE: Duration = Duration::from_secs(5);

/// The system's secret store. Cheap to make: the store is opened at the first call.
pub struct OsKeychain {
    lane: Lane,
    limit: Option<usize>,
    patience: Duration,
}

impl Default for OsKeychain {
    fn default() -> Self {
        Self::new()
    }
}

impl OsKeychain {
    pub fn new() -> Self {
        Self { lane: Lane::default(), limit: place::LIMIT, patience: PATIENCE }
    }
}

impl Keychain for OsKeychain {
    fn get(&self, item: &Item) -> Result<Option<Secret>, KeychainFault> {
        let account = item.account();
        self.lane.run(self.patience, move |store| {
            fault::some_or_none(place::entry(store, Item::SERVICE, &account)?.get_secret().map(Secret::new))
        })
    }

    fn set(&self, item: &Item, secret: &Secret) -> Result<(), KeychainFault> {
        if let Some(limit) = self.limit.filter(|limit| secret.len() > *limit) {
            return Err(KeychainFault::TooLarge { limit });
        }
        let (account, secret) = (item.account(), secret.clone());
        self.lane.run(self.patience, move |store| {
            place::entry(store, Item::SERVICE, &account)?.set_secret(secret.expose()).map_err(fault::of)
        })
    }

    fn delete(&self, item: &Item) -> Result<bool, KeychainFault> {
        let account = item.account();
        self.lane.run(self.patience, move |store| {
            let deleted = place::entry(store, Item::SERVICE, &account)?.delete_credential();
            Ok(fault::some_or_none(deleted)?.is_some())
        })
    }

    fn status(&self) -> KeychainStatus {
        let fault = self.lane.run_bare(GLANCE, |_| place::glance()).err();
        KeychainStatus { place: place::NAME, lasting: true, fault }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::secret::Purpose;

    #[test]
    fn a_secret_over_the_systems_limit_is_refused_before_the_store_is_opened() {
        let keychain = OsKeychain { limit: Some(2560), ..OsKeychain::new() };
        let item = Item::new("contoso", Purpose::ClientSecret);
        let answer = keychain.set(&item, &Secret::new(vec![b'x'; 2561]));
        assert_eq!(answer, Err(KeychainFault::TooLarge { limit: 2560 }));
        assert!(keychain.lane.is_unused(), "the store was opened for a secret it can't hold");
    }

    #[test]
    fn only_windows_has_a_limit() {
        assert_eq!(OsKeychain::new().limit, if cfg!(windows) { Some(2560) } else { None });
    }
}
