//! What Credential Manager and Apple's Keychain answer: numbers.
//!
//! Never here: their sentences, which come in the user's language. The stores' crates keep their error types to
//! themselves; what all of them show when debugged begins with the number.

use domain::secret::KeychainFault;

pub fn of_platform(why: &(dyn std::error::Error + Send + Sync + 'static)) -> KeychainFault {
    let known = first_number(&format!("{why:?}")).and_then(of_code);
    known.unwrap_or_else(|| KeychainFault::Other(why.to_string()))
}

/// Windows' are positive, Apple's negative, so one table holds both.
/// https://learn.microsoft.com/windows/win32/debug/system-error-codes and
/// https://developer.apple.com/documentation/security/security-framework-result-codes
fn of_code(code: i64) -> Option<KeychainFault> {
    match code {
        // ERROR_ACCESS_DENIED, ERROR_CANCELLED; errSecUserCanceled, errSecAuthFailed, write permissions
        5 | 1223 | -128 | -25293 | -61 => Some(KeychainFault::Denied),
        // ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL, ERROR_NOT_ENOUGH_QUOTA; dskFulErr
        112 | 39 | 1816 | -34 => Some(KeychainFault::Full),
        // ERROR_NO_SUCH_LOGON_SESSION; errSecNotAvailable, errSecNoSuchKeychain, errSecNoDefaultKeychain
        1312 | -25291 | -25294 | -25307 => Some(KeychainFault::Missing),
        // errSecInteractionNotAllowed: locked, and nobody can be asked
        -25308 => Some(KeychainFault::Locked),
        _ => None,
    }
}

fn first_number(shown: &str) -> Option<i64> {
    let from = shown.find(|c: char| c.is_ascii_digit())?;
    let sign = usize::from(shown[..from].ends_with('-'));
    let digits =
        shown[from..].find(|c: char| !c.is_ascii_digit()).map_or(shown.len(), |length| from + length);
    shown[from - sign..digits].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shown as the stores' crates show theirs.
    struct Shown(&'static str);

    impl std::fmt::Debug for Shown {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.0)
        }
    }

    impl std::fmt::Display for Shown {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("its own words")
        }
    }

    impl std::error::Error for Shown {}

    #[test]
    fn numbers_of_both_systems_are_told_apart() {
        let other = KeychainFault::Other("its own words".into());
        let told = [
            ("PlatformError(5)", KeychainFault::Denied),
            ("PlatformError(112)", KeychainFault::Full),
            ("PlatformError(1312)", KeychainFault::Missing),
            ("Error { code: -25308, message: \"User interaction is not allowed.\" }", KeychainFault::Locked),
            ("Error { code: -128, message: \"13\" }", KeychainFault::Denied),
            ("Error { code: -34 }", KeychainFault::Full),
            ("PlatformError(87)", other.clone()),
            ("nothing to count", other.clone()),
            ("99999999999999999999", other),
        ];
        for (shown, expected) in told {
            assert_eq!(of_platform(&Shown(shown)), expected, "{shown}");
        }
    }
}
