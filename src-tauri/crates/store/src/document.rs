//! The last result of a verb, as JSON that the engine writes and reads.

use rusqlite::{OptionalExtension, params};
use time::OffsetDateTime;

use crate::time_stamp::{from_ms, to_ms};
use crate::{Store, StoreError};

impl Store {
    pub fn document(&self, name: &str) -> Result<Option<(String, OffsetDateTime)>, StoreError> {
        self.read(|db| {
            Ok(db
                .query_row("SELECT json, at FROM document WHERE name = ?1", [name], |row| {
                    Ok((row.get(0)?, from_ms(row.get(1)?)))
                })
                .optional()?)
        })
    }

    pub fn set_document(&self, name: &str, json: &str, at: OffsetDateTime) -> Result<(), StoreError> {
        self.write(|db| {
            db.execute(
                "INSERT OR REPLACE INTO document (name, json, at) VALUES (?1, ?2, ?3)",
                params![name, json, to_ms(at)],
            )?;
            Ok(())
        })
    }
}
