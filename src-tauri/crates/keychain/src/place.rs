//! Which store this system has, how it is opened, and what its items look like.
//!
//! Never here: asking a person anything in [`glance`].

use domain::secret::KeychainFault;
use keyring::Entry;

use crate::fault;
use crate::lane::Store;

#[cfg(target_os = "windows")]
pub const NAME: &str = "Credential Manager";
#[cfg(target_os = "macos")]
pub const NAME: &str = "Keychain";
#[cfg(not(any(target_os = "windows", target_os = "macos")))]
pub const NAME: &str = "Secret Service";

/// Largest secret of the system that takes least, in bytes: Windows, CRED_MAX_CREDENTIAL_BLOB_SIZE, 5 × 512,
/// https://learn.microsoft.com/windows/win32/api/wincred/ns-wincred-credentialw
/// It counts bytes as they are kept: a password kept as UTF-16 text would get half of it, so secrets go in as bytes.
pub const SMALLEST_LIMIT: usize = 5 * 512;

/// Largest secret of this system.
pub const LIMIT: Option<usize> = if cfg!(windows) { Some(SMALLEST_LIMIT) } else { None };

/// `keyring` opens the platform's store once per process and remembers a failure. On Linux the daemon may come, or
/// come back, later: there the store is opened anew each time.
#[cfg(target_os = "linux")]
pub fn open() -> Result<Store, KeychainFault> {
    let store =
        zbus_secret_service_keyring_store::Store::new().map_err(|why| fault::on_opening(fault::of(why)))?;
    Ok(store)
}

#[cfg(not(target_os = "linux"))]
pub fn open() -> Result<Store, KeychainFault> {
    match Entry::store_status() {
        Ok(()) => keyring_core::get_default_store().ok_or(KeychainFault::Missing),
        Err(why) => Err(KeychainFault::Other(why.to_string())),
    }
}

/// The item `service` / `account`; what a person sees in their keychain program is `service: account`.
pub fn entry(store: &Store, service: &str, account: &str) -> Result<Entry, KeychainFault> {
    let label = format!("{service}: {account}");
    let labelled = [("label", label.as_str())].into();
    let modifiers = cfg!(target_os = "linux").then_some(&labelled);
    let inner = store.build(service, account, modifiers).map_err(fault::of)?;
    Ok(Entry { inner })
}

/// Could a secret be kept now? Unlocks nothing and shows no prompt.
#[cfg(target_os = "linux")]
pub fn glance() -> Result<(), KeychainFault> {
    use secret_service::EncryptionType;
    use secret_service::blocking::SecretService;

    let service = SecretService::connect(EncryptionType::Plain)
        .map_err(|why| fault::on_opening(fault::of_secret_service(&why)))?;
    let locked = service.get_default_collection().and_then(|default| default.is_locked());
    match locked {
        Ok(false) => Ok(()),
        Ok(true) => Err(KeychainFault::Locked),
        Err(why) => Err(fault::of_secret_service(&why)),
    }
}

#[cfg(not(target_os = "linux"))]
pub fn glance() -> Result<(), KeychainFault> {
    open().map(drop)
}
