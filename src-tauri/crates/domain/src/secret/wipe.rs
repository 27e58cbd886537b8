//! Taking everything of a connection out of a keychain, and looking whether it is gone.
//!
//! Never here: a claim that was not looked at. What lay in a deleted file may stay on the disk; it is sealed, and the
//! key is gone with it.

use std::path::PathBuf;

use super::{Item, Keychain, KeychainFault, Purpose};

/// What a wipe found, and what it saw afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wiped {
    /// What was there and was deleted.
    pub deleted: Vec<Purpose>,
    /// What the keychain still answers with after its deletion. Empty is the proof.
    pub left: Vec<Purpose>,
    /// Files of this connection that still lie beside the keychain. Empty is the proof.
    pub files: Vec<PathBuf>,
}

impl Wiped {
    pub fn is_clean(&self) -> bool {
        self.left.is_empty() && self.files.is_empty()
    }
}

/// Deletes every purpose's item of `connection`, then asks for each one again and lists the files.
///
/// # Errors
/// The keychain's own. What was deleted before stays deleted, and a second wipe goes on.
pub fn wipe(keychain: &dyn Keychain, connection: &str) -> Result<Wiped, KeychainFault> {
    let item = |purpose| Item::new(connection, purpose);
    let (mut deleted, mut left) = (Vec::new(), Vec::new());
    for purpose in Purpose::ALL {
        if keychain.delete(&item(purpose))? {
            deleted.push(purpose);
        }
    }
    for purpose in Purpose::ALL {
        if keychain.get(&item(purpose))?.is_some() {
            left.push(purpose);
        }
    }
    Ok(Wiped { deleted, left, files: keychain.files(connection)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::{KeychainStatus, Secret, SessionMemory};

    fn full() -> SessionMemory {
        let memory = SessionMemory::new();
        for purpose in Purpose::ALL {
            memory.set(&Item::new("contoso", purpose), &purpose.word().into()).unwrap();
        }
        memory
    }

    #[test]
    fn everything_of_one_connection_goes_and_the_others_stay() {
        let memory = full();
        let other = Item::new("fabrikam", Purpose::ClientSecret);
        memory.set(&other, &"theirs".into()).unwrap();
        let wiped = wipe(&memory, "contoso").unwrap();
        assert_eq!(wiped.deleted, Purpose::ALL);
        assert!(wiped.is_clean(), "{wiped:?}");
        assert_eq!(memory.get(&other).unwrap(), Some("theirs".into()), "another connection lost its secret");
        assert_eq!(wipe(&memory, "contoso").unwrap().deleted, [], "there was nothing left to delete");
    }

    /// Says that it deleted, and did not.
    struct Liar(SessionMemory);

    impl Keychain for Liar {
        fn get(&self, item: &Item) -> Result<Option<Secret>, KeychainFault> {
            self.0.get(item)
        }
        fn set(&self, item: &Item, secret: &Secret) -> Result<(), KeychainFault> {
            self.0.set(item, secret)
        }
        fn delete(&self, _: &Item) -> Result<bool, KeychainFault> {
            Ok(true)
        }
        fn status(&self) -> KeychainStatus {
            self.0.status()
        }
    }

    #[test]
    fn what_is_still_there_is_told() {
        let wiped = wipe(&Liar(full()), "contoso").unwrap();
        assert_eq!(wiped.left, Purpose::ALL, "a deletion was believed without looking");
        assert!(!wiped.is_clean());
    }
}
