//! The keeper that forgets: secrets in this process's memory.
//!
//! Never here: a file.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Item, Keychain, KeychainFault, KeychainStatus, Secret};

/// Keeps secrets in memory until it is dropped: demo sessions, `--ephemeral`, and machines without a secret store
/// whose user chose so.
#[derive(Default)]
pub struct SessionMemory {
    kept: Mutex<HashMap<Item, Secret>>,
}

impl SessionMemory {
    pub fn new() -> Self {
        Self::default()
    }

    // A panic elsewhere cannot leave the map half written, so a poisoned lock is still good.
    fn kept(&self) -> MutexGuard<'_, HashMap<Item, Secret>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keychain for SessionMemory {
    fn get(&self, item: &Item) -> Result<Option<Secret>, KeychainFault> {
        Ok(self.kept().get(item).cloned())
    }

    fn set(&self, item: &Item, secret: &Secret) -> Result<(), KeychainFault> {
        self.kept().insert(item.clone(), secret.clone());
        Ok(())
    }

    fn delete(&self, item: &Item) -> Result<bool, KeychainFault> {
        Ok(self.kept().remove(item).is_some())
    }

    fn status(&self) -> KeychainStatus {
        KeychainStatus { place: "this session's memory", lasting: false, fault: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Purpose;

    #[test]
    fn items_of_two_connections_and_two_purposes_stay_apart() {
        let memory = SessionMemory::new();
        let ours = Item::new("contoso", Purpose::ClientSecret);
        memory.set(&ours, &"one".into()).unwrap();
        assert_eq!(memory.get(&ours).unwrap(), Some("one".into()));
        assert_eq!(memory.get(&Item::new("fabrikam", Purpose::ClientSecret)).unwrap(), None);
        assert_eq!(memory.get(&Item::new("contoso", Purpose::StoreKey)).unwrap(), None);
    }

    #[test]
    fn set_replaces_and_delete_tells_whether_there_was_anything() {
        let memory = SessionMemory::new();
        let item = Item::new("contoso", Purpose::StoreKey);
        memory.set(&item, &"one".into()).unwrap();
        memory.set(&item, &"two".into()).unwrap();
        assert_eq!(memory.get(&item).unwrap(), Some("two".into()));
        assert!(memory.delete(&item).unwrap());
        assert!(!memory.delete(&item).unwrap(), "the second delete finds nothing");
    }
}
