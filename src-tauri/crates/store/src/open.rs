//! Opening: key, pragmas, migrations, a look at what a crash left.
//!
//! A file that no longer fits its key, or is damaged, is set aside, never overwritten: what it held of Microsoft's can
//! be read again from where it came, and `repair` saves what is the user's own.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};
use zeroize::Zeroizing;

use crate::care::{self, Depth};
use crate::error::StoreError;
use crate::repair;

/// A raw 32-byte key: no derivation, so opening costs nothing.
/// <https://www.zetetic.net/sqlcipher/sqlcipher-api/#key>
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; 32]>);

impl Key {
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    fn pragma(&self) -> Zeroizing<String> {
        let hex = Zeroizing::new(self.0.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
        Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", *hex))
    }
}

/// The database of one connection. Calls block; run them off the async threads.
pub struct Store {
    path: PathBuf,
    key: Key,
    // Closed before the writer: the last to close takes the log away, and none of these may.
    readers: Mutex<Vec<Connection>>,
    writer: Mutex<Connection>,
}

/// What opening found.
pub struct Opened {
    pub store: Store,
    pub set_aside: Option<Aside>,
}

/// A file that could not be used any more, and where it was moved to.
#[derive(Debug, PartialEq, Eq)]
pub struct Aside {
    pub path: PathBuf,
    /// What the user had made was carried over, as far as it could be read; otherwise the key did not fit.
    pub damaged: bool,
}

fn migrations() -> Migrations<'static> {
    Migrations::new(vec![M::up(include_str!("migration/0001.sql"))])
}

/// Readers kept open; more are opened under load and dropped again.
const READERS: usize = 4;

impl Store {
    /// Opens `folder/crosswalk.db`, making folder and file where missing.
    pub fn open(folder: &Path, key: Key) -> Result<Opened, StoreError> {
        std::fs::create_dir_all(folder)?;
        restrict(folder)?;
        let path = folder.join("crosswalk.db");
        match Self::try_open(&path, &key) {
            Ok(store) => Ok(Opened { store, set_aside: None }),
            Err(error @ (StoreError::WrongKey | StoreError::Damaged)) => {
                let aside = Aside { path: set_aside(&path)?, damaged: matches!(error, StoreError::Damaged) };
                let store = Self::try_open(&path, &key)?;
                if aside.damaged {
                    repair::carry_over(&connect(&aside.path, &key, OpenFlags::default())?, &store)?;
                }
                Ok(Opened { store, set_aside: Some(aside) })
            }
            Err(error) => Err(error),
        }
    }

    fn try_open(path: &Path, key: &Key) -> Result<Self, StoreError> {
        // Whoever ends cleanly takes the log away or empties it: where it holds something, somebody crashed, or is at work.
        let crashed = std::fs::metadata(beside(path, LOG)).is_ok_and(|log| log.len() > 0);
        let suspect = beside(path, SUSPECT).exists();
        let mut writer = connect(path, key, OpenFlags::default())?;
        writer.execute_batch(WRITER)?;
        match (suspect, crashed) {
            (true, _) => care::look(&writer, Depth::All)?,
            (false, true) => care::look(&writer, Depth::Queue)?,
            (false, false) => (),
        }
        migrations().to_latest(&mut writer)?;
        if suspect {
            std::fs::remove_file(beside(path, SUSPECT))?;
        }
        Ok(Self {
            path: path.to_owned(),
            key: key.clone(),
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn writer(&self) -> MutexGuard<'_, Connection> {
        // A panic in between rolled its transaction back; the connection is sound.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One transaction: all of `work` or nothing of it.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut writer = self.writer();
        let answer = (|| {
            let transaction = writer.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let answer = work(&transaction)?;
            transaction.commit()?;
            Ok(answer)
        })();
        self.suspect(answer)
    }

    /// Closes the readers that are idle.
    pub(crate) fn drop_readers(&self) {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Damage that was met is remembered beside the file, so that the next opening reads all of it.
    fn suspect<T>(&self, answer: Result<T, StoreError>) -> Result<T, StoreError> {
        if let Err(StoreError::Damaged) = answer {
            // Where it can't be written, the damage is met again.
            let _ = std::fs::write(beside(&self.path, SUSPECT), b"");
        }
        answer
    }

    /// One reader, from the pool where one is idle.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => connect(&self.path, &self.key, OpenFlags::SQLITE_OPEN_READ_ONLY)?,
        };
        let answer = work(&reader);
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < READERS {
            readers.push(reader);
        }
        drop(readers);
        self.suspect(answer)
    }
}

/// Beside the file: its log, and the mark that damage was met in it.
const LOG: &str = "-wal";
const SUSPECT: &str = "-suspect";

/// `auto_vacuum` counts in a new file only. The log is carried over every 16 MB, and cut to 64 MB where a long reading
/// made it longer.
const WRITER: &str = "
    PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA cache_size = -32768;
    PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;";

fn connect(path: &Path, key: &Key, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags)?;
    // Its own log would print page numbers of a wrong key to the terminal.
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    connection.execute_batch(&key.pragma())?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.execute_batch(
        "PRAGMA temp_store = MEMORY; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8192;
         PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;",
    )?;
    // A page of incidents alone needs a dozen; rusqlite keeps sixteen.
    connection.set_prepared_statement_cache_capacity(64);
    // The key is only tried when a page is read.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    Ok(connection)
}

#[cfg(unix)]
fn restrict(folder: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    Ok(std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?)
}

#[cfg(not(unix))]
fn restrict(_folder: &Path) -> Result<(), StoreError> {
    Ok(()) // A user's own profile folder is private there by default.
}

fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let aside = (1..).map(|n| path.with_extension(format!("db.unreadable-{n}"))).find(|path| !path.exists());
    let aside = aside.unwrap_or_else(|| path.with_extension("db.unreadable"));
    std::fs::rename(path, &aside)?;
    if beside(path, LOG).exists() {
        std::fs::rename(beside(path, LOG), beside(&aside, LOG))?;
    }
    for mark in ["-shm", SUSPECT] {
        if beside(path, mark).exists() {
            std::fs::remove_file(beside(path, mark))?;
        }
    }
    Ok(aside)
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut side = path.as_os_str().to_owned();
    side.push(suffix);
    side.into()
}
