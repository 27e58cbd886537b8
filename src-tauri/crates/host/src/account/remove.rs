//! Remove and wipe: secrets, key and data of an account, and a look whether they are gone.
//!
//! Never here: a claim that was not looked at. What lay in deleted files may stay on the disk; it is encrypted, and
//! its key is gone.

use contract::account::Stored;
use domain::fault::{Code, Fault};
use domain::secret::wipe;

use crate::Host;
use crate::connection::{Connection, lock};

impl Host {
    /// Deletes everything of an account and answers what was looked for and is gone.
    ///
    /// # Errors
    /// Another copy of the program has it open; the keychain or the disk still holds something.
    pub(crate) async fn remove(&self, name: &str) -> Result<Vec<Stored>, Fault> {
        let connection = self.account(name)?;
        let kept = self.in_memory(name).is_none();
        let gone = self.stored(&connection, kept);
        if self.session().is_some_and(|open| open.is(name)) {
            self.replace_session(None);
        }
        self.forget_in_memory(name);
        if kept {
            self.wipe(&connection).await?;
        }
        self.forget_trouble(name);
        Ok(gone)
    }

    async fn wipe(&self, connection: &Connection) -> Result<(), Fault> {
        let folder = self.folder(&connection.name)?;
        // Taken before anything is deleted, and let go before the folder goes: some systems delete no locked file.
        drop(lock::take(&folder)?);
        let vault = connection.vault.clone();
        let wiped = self.keychain(move |keychain| wipe(keychain, &vault)).await?;
        if !wiped.is_clean() {
            return Err(left(&wiped));
        }
        std::fs::remove_dir_all(&folder).map_err(|error| {
            Fault::new(Code::Storage, format!("`{}` could not be deleted: {error}.", folder.display()))
                .hint("Its key is gone, so nothing in it can be read. Delete the folder by hand.")
        })?;
        if folder.exists() {
            return Err(Fault::new(Code::Storage, format!("`{}` is still there.", folder.display()))
                .hint("Its key is gone, so nothing in it can be read. Delete the folder by hand."));
        }
        Ok(())
    }
}

fn left(wiped: &domain::secret::Wiped) -> Fault {
    let words = wiped.left.iter().map(|purpose| format!("`{}`", purpose.word()));
    let files = wiped.files.iter().map(|file| format!("`{}`", file.display()));
    let all: Vec<String> = words.chain(files).collect();
    Fault::new(Code::Keychain, format!("Still there after its deletion: {}.", all.join(", ")))
        .hint("Delete the items named `Crosswalk` in the system's own tool, and such files by hand.")
}
