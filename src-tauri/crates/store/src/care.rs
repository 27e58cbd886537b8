//! Keeps the file sound and small: checks it, forgets what is old, gives space back.
//!
//! Never here: a copy in clear, or a step that needs memory or disk for the whole file.

use domain::incident::Status;
use rusqlite::{Connection, params};
use time::OffsetDateTime;

use crate::time_stamp::to_ms;
use crate::{Store, StoreError, memory};

/// Incidents forgotten in one transaction, so that a reader and the log never wait for all of them.
const AT_ONCE: u32 = 1_000;

/// What the file takes of the disk, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// The file and its log.
    pub bytes: u64,
    /// Of these, what [`Store::compact`] gives back.
    pub free: u64,
}

impl Store {
    /// Reads every page of the file and holds its parts against each other; takes as long as reading the disk does.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]; the next opening repairs it.
    pub fn check(&self) -> Result<(), StoreError> {
        self.read(|db| sound(db, "PRAGMA quick_check(1)"))
    }

    pub fn size(&self) -> Result<Size, StoreError> {
        let (free, all) = self.read(|db| {
            let number = |pragma: &str| db.pragma_query_value(None, pragma, |row| row.get::<_, u32>(0));
            Ok((u64::from(number("freelist_count")?), u64::from(number("page_count")?)))
        })?;
        let length = |path: &std::path::Path| std::fs::metadata(path).map_or(0, |file| file.len());
        let file = length(self.path());
        let bytes = file + length(&self.path().with_extension("db-wal"));
        Ok(Size { bytes, free: file * free / all.max(1) })
    }

    /// Forgets closed incidents that nobody changed since `before`, with their JSON and text, and answers how many.
    /// Merged ones stay: chains lead through them. Listings stay as they are, so that a delta does not bring them back.
    pub fn forget_closed(&self, before: OffsetDateTime) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        loop {
            let count = self.write(|db| forget_some(db, before))?;
            forgotten += count;
            if count < u64::from(AT_ONCE) {
                return Ok(forgotten);
            }
        }
    }

    /// Carries the log over and empties it, as the last connection to close does.
    pub fn settle(&self) -> Result<(), StoreError> {
        Ok(self.writer().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }

    /// Gives back the memory that reading and writing left full of pages; they come from the disk when asked for again.
    pub fn rest(&self) -> Result<(), StoreError> {
        self.drop_readers();
        self.writer().execute_batch("PRAGMA shrink_memory")?;
        memory::give_back();
        Ok(())
    }

    /// Gives free space back to the disk and cuts the log. Encrypted throughout: pages move within the file.
    pub fn compact(&self) -> Result<(), StoreError> {
        let writer = self.writer();
        // Each row that it answers is a page given back.
        let mut vacuum = writer.prepare("PRAGMA incremental_vacuum")?;
        let mut pages = vacuum.query([])?;
        while pages.next()?.is_some() {}
        drop(pages);
        drop(vacuum);
        drop(writer);
        self.settle()
    }
}

/// The whole file, or what every screen needs: a second for a million incidents.
pub(crate) enum Depth {
    Queue,
    All,
}

/// Other pages than those looked at carry their own proof, which SQLCipher holds against them whenever one is read.
pub(crate) fn look(db: &Connection, depth: Depth) -> Result<(), StoreError> {
    let there: bool =
        db.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'incident'", [], |row| row.get(0))?;
    match depth {
        Depth::All => sound(db, "PRAGMA quick_check(1)"),
        Depth::Queue if there => sound(db, "PRAGMA quick_check('incident')"),
        Depth::Queue => Ok(()),
    }
}

fn sound(db: &Connection, pragma: &str) -> Result<(), StoreError> {
    let told: String = db.query_row(pragma, [], |row| row.get(0))?;
    if told == "ok" { Ok(()) } else { Err(StoreError::Damaged) }
}

fn forget_some(db: &Connection, before: OffsetDateTime) -> Result<u64, StoreError> {
    let mut find = db.prepare_cached(OLD)?;
    let old: Vec<i64> = find
        .query_map(params![Status::Closed.as_str(), to_ms(before), AT_ONCE], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for line in &old {
        for step in FORGET {
            db.prepare_cached(step)?.execute([line])?;
        }
    }
    Ok(old.len() as u64)
}

const OLD: &str = "
    SELECT i.id FROM incident i INDEXED BY incident_updated CROSS JOIN cell c ON c.id = i.cell
    WHERE i.updated < ?2 AND c.status = ?1 AND c.redirected = 0 AND i.absorbed = 0 ORDER BY i.updated LIMIT ?3";

/// A line is even where it is Sentinel's, and then its twin in Graph goes with it.
const FORGET: &[&str] = &[
    "DELETE FROM incident_part WHERE incident = ?1",
    "DELETE FROM incident_text WHERE rowid = (SELECT id FROM incident WHERE id = ?1 AND indexed = 1)",
    "DELETE FROM graph_body WHERE id = (SELECT g.id FROM incident i CROSS JOIN graph g ON g.graph_id = i.graph_id
                                        WHERE i.id = ?1)",
    "DELETE FROM graph WHERE graph_id = (SELECT graph_id FROM incident WHERE id = ?1)",
    "DELETE FROM sentinel_body WHERE ?1 % 2 = 0 AND id = ?1 / 2",
    "DELETE FROM sentinel WHERE ?1 % 2 = 0 AND id = ?1 / 2",
    "DELETE FROM incident WHERE id = ?1",
];

#[cfg(test)]
mod tests;
