//! The stores' errors in domain's words.
//!
//! Never here: the bytes that some of those errors carry.

use domain::secret::KeychainFault;
use keyring::Error;

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
pub fn of_opening(why: Error) -> KeychainFault {
    match of(why) {
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

#[cfg(target_os = "linux")]
fn of_platform(why: &(dyn std::error::Error + Send + Sync + 'static)) -> KeychainFault {
    match why.downcast_ref() {
        Some(known) => of_secret_service(known),
        None => KeychainFault::Other(why.to_string()),
    }
}

#[cfg(not(target_os = "linux"))]
fn of_platform(why: &(dyn std::error::Error + Send + Sync + 'static)) -> KeychainFault {
    KeychainFault::Other(why.to_string())
}

/// https://specifications.freedesktop.org/secret-service-spec/latest/errors.html and the names of the D-Bus
/// specification, which arrive as text.
#[cfg(target_os = "linux")]
pub fn of_secret_service(why: &secret_service::Error) -> KeychainFault {
    use secret_service::Error as Why;
    match why {
        Why::Unavailable => KeychainFault::Missing,
        // Nothing but an unlock asks: a prompt that was closed, or could not be shown, leaves it locked.
        Why::Locked | Why::NoResult | Why::Prompt => KeychainFault::Locked,
        Why::PromptDisconnected => KeychainFault::Vanished,
        other => of_bus(&chain(other)),
    }
}

#[cfg(target_os = "linux")]
fn of_bus(words: &str) -> KeychainFault {
    let says = |names: &[&str]| names.iter().any(|name| words.contains(name));
    if says(&["DBus.Error.ServiceUnknown", "DBus.Error.NameHasNoOwner", "DBus.Error.Spawn"]) {
        KeychainFault::Missing
    } else if says(&["Secret.Error.IsLocked"]) {
        KeychainFault::Locked
    } else if says(&["DBus.Error.AccessDenied"]) {
        KeychainFault::Denied
    } else if says(&["DBus.Error.NoReply", "DBus.Error.Disconnected", "NoSession", "os error", "I/O error"]) {
        KeychainFault::Vanished
    } else {
        KeychainFault::Other(words.to_owned())
    }
}

#[cfg(target_os = "linux")]
fn chain(why: &dyn std::error::Error) -> String {
    let links = std::iter::successors(Some(why), |link| link.source());
    links.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn platform(why: secret_service::Error) -> Error {
        Error::PlatformFailure(Box::new(why))
    }

    #[test]
    fn each_of_the_secret_services_errors_has_its_own_fault() {
        use secret_service::Error as Why;
        let told = [
            (Why::Unavailable, KeychainFault::Missing),
            (Why::Locked, KeychainFault::Locked),
            (Why::NoResult, KeychainFault::Locked),
            (Why::Prompt, KeychainFault::Locked),
            (Why::PromptDisconnected, KeychainFault::Vanished),
        ];
        for (why, expected) in told {
            assert_eq!(of(platform(why)), expected);
        }
    }

    #[test]
    fn bus_errors_are_told_apart_by_their_names() {
        let told = [
            ("org.freedesktop.DBus.Error.ServiceUnknown: no such name", KeychainFault::Missing),
            ("org.freedesktop.Secret.Error.IsLocked", KeychainFault::Locked),
            ("org.freedesktop.DBus.Error.AccessDenied: policy", KeychainFault::Denied),
            ("org.freedesktop.DBus.Error.NoReply: timed out", KeychainFault::Vanished),
            ("org.example.Odd: who knows", KeychainFault::Other("org.example.Odd: who knows".into())),
        ];
        for (words, expected) in told {
            assert_eq!(of_bus(words), expected);
        }
    }

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
