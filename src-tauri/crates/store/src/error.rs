//! What can go wrong with the database, told apart where something can be done about it.

use domain::fault::{Code, Fault};
use rusqlite_migration::MigrationDefinitionError;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the disk is full")]
    DiskFull,
    #[error("another process is writing")]
    Busy,
    #[error("the file is not readable with this key")]
    WrongKey,
    #[error("the file is damaged")]
    Damaged,
    #[error("the file was written by a newer version")]
    Newer,
    #[error("{0}")]
    Sql(rusqlite::Error),
    #[error("{0}")]
    Migration(rusqlite_migration::Error),
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::NotADatabase) => Self::WrongKey,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged,
            _ => Self::Sql(error),
        }
    }
}

impl From<rusqlite_migration::Error> for StoreError {
    fn from(error: rusqlite_migration::Error) -> Self {
        match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
            rusqlite_migration::Error::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead) => {
                Self::Newer
            }
            other => Self::Migration(other),
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        let fault = |sentence: &str| Fault::new(Code::Storage, sentence);
        match error {
            StoreError::DiskFull => fault("The disk is full, so the last page was not kept.")
                .hint("Free some space and sync again; it goes on where it stopped."),
            StoreError::Busy => fault("Another copy of Crosswalk is writing to this data folder.")
                .hint("Close it, or wait until it has finished."),
            StoreError::WrongKey => fault("The local data can't be read with the key in the keychain."),
            StoreError::Damaged => fault("The local database is damaged.").hint(
                "Open the tenant again: what can be saved of it is kept, and a sync reads the rest anew.",
            ),
            StoreError::Newer => fault("The local data was written by a newer version of Crosswalk.")
                .hint("Install that version, or choose another data folder; nothing was changed."),
            other => fault("The local database failed.").hint(other.to_string()),
        }
    }
}
