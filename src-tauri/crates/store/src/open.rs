//! Opening: key, pragmas, migrations; a file that no longer fits its key is set aside, never overwritten.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};
use zeroize::Zeroizing;

use crate::error::StoreError;

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
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

/// What opening found.
pub struct Opened {
    pub store: Store,
    /// Where a file that could not be read with this key was moved to.
    pub set_aside: Option<PathBuf>,
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
            Err(StoreError::WrongKey) => {
                let aside = set_aside(&path)?;
                let store = Self::try_open(&path, &key)?;
                Ok(Opened { store, set_aside: Some(aside) })
            }
            Err(error) => Err(error),
        }
    }

    fn try_open(path: &Path, key: &Key) -> Result<Self, StoreError> {
        let mut writer = connect(path, key, OpenFlags::default())?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        migrations().to_latest(&mut writer)?;
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
        let transaction = writer.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let answer = work(&transaction)?;
        transaction.commit()?;
        Ok(answer)
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
        answer
    }
}

fn connect(path: &Path, key: &Key, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags)?;
    // Its own log would print page numbers of a wrong key to the terminal.
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    connection.execute_batch(&key.pragma())?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.execute_batch(
        "PRAGMA temp_store = MEMORY; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768;
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
    for suffix in ["-wal", "-shm"] {
        let mut side = path.as_os_str().to_owned();
        side.push(suffix);
        if Path::new(&side).exists() {
            std::fs::remove_file(&side)?;
        }
    }
    Ok(aside)
}
