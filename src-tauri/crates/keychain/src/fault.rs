//! The stores' errors in domain's words.
//!
//! Never here: the bytes that some of those errors carry.

#[cfg(target_os = "linux")]
mod bus;
#[cfg(any(test, not(target_os = "linux")))]
mod code;

use domain::secret::KeychainFault;
use keyring::Error;

#[cfg(target_os = "linux")]
use bus::of_platform;
#[cfg(target_os = "linux")]
pub use bus::of_secret_service;
#[cfg(not(target_os = "linux"))]
use code::of_platform;

/// What a call on an open store met.
pub fn of(why: Error) -> KeychainFault {
    match why {
        Error::NoStorageAccess(inner) | Error::PlatformFailure(inner) => of_platform(inner.as_ref()),
        Error::TooLong(_, limit) => KeychainFault::TooLarge { limit: limit as usize },
        Error::NoDefaultStore => KeychainFault::Missing,
        Error::BadEncoding(_) | Error::BadDataFormat(..) => {
            KeychainFault::Other("the kept item is damaged".into())
        }
        Error::Ambiguous(found) => KeychainFault::Other(format!("{} items have this name", found.len())),
        other => KeychainFault::Other(other.to_string()),
    }
}

/// What opening met. Nothing is there unless the store said something more exact.
#[cfg(target_os = "linux")]
pub fn on_opening(met: KeychainFault) -> KeychainFault {
    match met {
        KeychainFault::Vanished => KeychainFault::Missing,
        other => other,
    }
}

/// An item that does not exist is an answer, not a fault.
pub fn some_or_none<T>(answer: Result<T, Error>) -> Result<Option<T>, KeychainFault> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(Error::NoEntry) => Ok(None),
        Err(why) => Err(of(why)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_item_keeps_its_bytes_out_of_the_sentence() {
        let fault = of(Error::BadEncoding(b"hunter2".to_vec()));
        assert!(!fault.to_string().contains("hunter2") && !format!("{fault:?}").contains("104"));
    }

    #[test]
    fn no_entry_is_none() {
        assert_eq!(some_or_none::<()>(Err(Error::NoEntry)), Ok(None));
    }
}
