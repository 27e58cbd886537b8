//! What the Secret Service, and the bus on the way to it, answer.
//!
//! Never here: a guess from a sentence where the specification has a name.

use domain::secret::KeychainFault;

pub fn of_platform(why: &(dyn std::error::Error + Send + Sync + 'static)) -> KeychainFault {
    match why.downcast_ref() {
        Some(known) => of_secret_service(known),
        None => KeychainFault::Other(why.to_string()),
    }
}

/// https://specifications.freedesktop.org/secret-service-spec/latest/errors.html and the names of the D-Bus
/// specification, which arrive as text.
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

fn of_bus(words: &str) -> KeychainFault {
    let says = |names: &[&str]| names.iter().any(|name| words.contains(name));
    if says(&["DBus.Error.ServiceUnknown", "DBus.Error.NameHasNoOwner", "DBus.Error.Spawn"]) {
        KeychainFault::Missing
    } else if says(&["Secret.Error.IsLocked"]) {
        KeychainFault::Locked
    } else if says(&["DBus.Error.AccessDenied"]) {
        KeychainFault::Denied
    } else if says(&["Couldn't set item secret"]) {
        // gnome-keyring's answer when its file can't be written; the cause stays in its own log.
        KeychainFault::Full
    } else if says(&["DBus.Error.NoReply", "DBus.Error.Disconnected", "NoSession", "os error", "I/O error"]) {
        KeychainFault::Vanished
    } else {
        KeychainFault::Other(words.to_owned())
    }
}

fn chain(why: &dyn std::error::Error) -> String {
    let links = std::iter::successors(Some(why), |link| link.source());
    links.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(of_platform(&why), expected);
        }
    }

    #[test]
    fn bus_errors_are_told_apart_by_their_names() {
        let told = [
            ("org.freedesktop.DBus.Error.ServiceUnknown: no such name", KeychainFault::Missing),
            ("org.freedesktop.Secret.Error.IsLocked", KeychainFault::Locked),
            ("org.freedesktop.DBus.Error.AccessDenied: policy", KeychainFault::Denied),
            ("org.freedesktop.DBus.Error.NoReply: timed out", KeychainFault::Vanished),
            ("org.freedesktop.DBus.Error.Failed: Couldn't set item secret", KeychainFault::Full),
            ("org.example.Odd: who knows", KeychainFault::Other("org.example.Odd: who knows".into())),
        ];
        for (words, expected) in told {
            assert_eq!(of_bus(words), expected);
        }
    }
}
