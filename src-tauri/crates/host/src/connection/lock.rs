//! Two copies of the program on one data folder: who uses a connection, and who reads into it.
//!
//! The locks are the operating system's own on two empty files, so a copy that crashed holds none.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Duration;

use domain::fault::{Code, Fault};
use engine::Control;

use super::file::{open_private, private_folder};

/// Held, shared, while a connection is open; held alone while it is made or removed.
const USE: &str = "use.lock";

/// Held alone while a listing is read.
const READ: &str = "read.lock";

/// Between two looks at a lock that somebody else holds.
const LOOK: Duration = Duration::from_millis(200);

/// A lock that ends with the value.
#[derive(Debug)]
pub(crate) struct Held {
    _file: File,
}

/// Says that this copy has the connection open.
pub(crate) fn share(folder: &Path) -> Result<Held, Fault> {
    let file = open(folder, USE)?;
    match file.try_lock_shared() {
        Ok(()) => Ok(Held { _file: file }),
        Err(error) => Err(taken(folder, error)),
    }
}

/// Takes a connection for this copy alone, to make or to remove it.
pub(crate) fn take(folder: &Path) -> Result<Held, Fault> {
    let file = open(folder, USE)?;
    match file.try_lock() {
        Ok(()) => Ok(Held { _file: file }),
        Err(error) => Err(taken(folder, error)),
    }
}

/// Waits until nobody else reads into this connection; the job says that it waits.
pub(crate) async fn read(folder: &Path, control: &Control) -> Result<Held, Fault> {
    let file = open(folder, READ)?;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Held { _file: file }),
            Err(TryLockError::WouldBlock) => {
                control.step("Something else reads this tenant; waiting for it");
                tokio::time::sleep(LOOK).await;
            }
            Err(TryLockError::Error(error)) => return Err(unlocked(folder, &error)),
        }
    }
}

/// Long enough for whoever waits to read to see that nobody does.
pub(crate) async fn give_way() {
    tokio::time::sleep(2 * LOOK).await;
}

fn open(folder: &Path, name: &str) -> Result<File, Fault> {
    private_folder(folder)
        .and_then(|()| {
            open_private(&folder.join(name), OpenOptions::new().write(true).create(true).truncate(true))
        })
        .map_err(|error| unlocked(folder, &error))
}

fn taken(folder: &Path, error: TryLockError) -> Fault {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    match error {
        TryLockError::WouldBlock => {
            Fault::new(Code::Conflict, format!("Another copy of Crosswalk has `{name}` in hand."))
                .hint("Close it there, then try again.")
        }
        TryLockError::Error(error) => unlocked(folder, &error),
    }
}

fn unlocked(folder: &Path, error: &std::io::Error) -> Fault {
    Fault::new(Code::Storage, format!("`{}` can't be locked: {error}.", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_use_it_and_only_one_removes_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = share(folder.path()).unwrap();
        let second = share(folder.path()).unwrap();
        assert_eq!(take(folder.path()).unwrap_err().code, Code::Conflict, "two copies have it open");
        drop((first, second));
        let alone = take(folder.path()).unwrap();
        assert_eq!(share(folder.path()).unwrap_err().code, Code::Conflict, "it is being removed");
        drop(alone);
        assert!(share(folder.path()).is_ok(), "a lock ends with its holder");
    }

    #[tokio::test]
    async fn the_second_reader_says_that_it_waits_and_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let steps = std::sync::Arc::new(tokio::sync::Notify::new());
        let told = steps.clone();
        let control = Control::new(
            std::sync::Arc::new(move |progress: &engine::Progress| {
                assert!(progress.step.contains("waiting"), "{}", progress.step);
                told.notify_one();
            }),
            tokio::sync::watch::channel(false).1,
        );
        let first = read(folder.path(), &Control::silent()).await.unwrap();
        let path = folder.path().to_owned();
        let second = tokio::spawn(async move { read(&path, &control).await.map(|_| ()) });
        steps.notified().await;
        assert!(!second.is_finished(), "one reads at a time");
        drop(first);
        second.await.unwrap().unwrap();
    }
}
