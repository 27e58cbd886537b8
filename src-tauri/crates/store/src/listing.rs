//! How far each listing was read. Moved on in the same transaction as the page it speaks of.

use domain::incident::Api;
use rusqlite::{OptionalExtension, Row, params};
use time::OffsetDateTime;

use crate::stretch;
use crate::time_stamp::{from_ms, to_ms};
use crate::{Store, StoreError, Stretch};

/// The state of one listing of one API in one workspace (`""` for the tenant).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// Everything changed up to here was read by a listing that came to its end.
    pub watermark: Option<OffsetDateTime>,
    /// When the listing that is under way began.
    pub started: Option<OffsetDateTime>,
    /// Newest change seen in the listing under way.
    pub newest: Option<OffsetDateTime>,
    /// What is left of the listing under way; empty where none is.
    pub left: Vec<Stretch>,
    /// The listing under way reads everything, changed or not.
    pub whole: bool,
    /// What was last changed before this was never asked for, but for what was merged away.
    pub unread_before: Option<OffsetDateTime>,
    /// When a listing last came to its end.
    pub completed: Option<OffsetDateTime>,
    /// When one that read everything last came to its end, with nothing failed since.
    pub reconciled: Option<OffsetDateTime>,
    /// A whole listing came to its end: rows last seen before this are no longer there, and are still to be taken off.
    pub sweep: Option<OffsetDateTime>,
    /// Why the last attempt failed, a sentence.
    pub trouble: Option<String>,
    /// What else is to be known of it: read in a slower way, another count than the log's.
    pub note: Option<String>,
}

impl Store {
    pub fn listing(&self, api: Api, workspace: &str) -> Result<Listing, StoreError> {
        self.read(|db| {
            let sql = format!("SELECT {COLUMNS} FROM listing WHERE api = ?1 AND workspace = ?2");
            let found = db.query_row(&sql, params![api.as_str(), workspace], listing).optional()?;
            Ok(found.unwrap_or_default())
        })
    }

    /// Every listing, as (api, workspace, state).
    pub fn listings(&self) -> Result<Vec<(String, String, Listing)>, StoreError> {
        self.read(|db| {
            let sql = format!("SELECT {COLUMNS}, api, workspace FROM listing ORDER BY api, workspace");
            let mut query = db.prepare(&sql)?;
            let rows =
                query.query_map([], |row| Ok((row.get("api")?, row.get("workspace")?, listing(row)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    pub fn set_listing(&self, api: Api, workspace: &str, state: &Listing) -> Result<(), StoreError> {
        self.write(|db| put_listing(db, api, workspace, state))
    }
}

const COLUMNS: &str =
    "watermark, started, newest, next, whole, unread_before, completed, reconciled, sweep, trouble, note";

pub(crate) fn put_listing(
    db: &rusqlite::Connection,
    api: Api,
    workspace: &str,
    state: &Listing,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO listing (api, workspace, watermark, started, newest, next, whole, unread_before,
            completed, reconciled, sweep, trouble, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        api.as_str(),
        workspace,
        state.watermark.map(to_ms),
        state.started.map(to_ms),
        state.newest.map(to_ms),
        stretch::write(&state.left),
        state.whole,
        state.unread_before.map(to_ms),
        state.completed.map(to_ms),
        state.reconciled.map(to_ms),
        state.sweep.map(to_ms),
        state.trouble,
        state.note,
    ])?;
    Ok(())
}

fn listing(row: &Row<'_>) -> rusqlite::Result<Listing> {
    let time = |name: &str| row.get::<_, Option<i64>>(name).map(|ms| ms.map(from_ms));
    Ok(Listing {
        watermark: time("watermark")?,
        started: time("started")?,
        newest: time("newest")?,
        left: stretch::read(row.get("next")?),
        whole: row.get("whole")?,
        unread_before: time("unread_before")?,
        completed: time("completed")?,
        reconciled: time("reconciled")?,
        sweep: time("sweep")?,
        trouble: row.get("trouble")?,
        note: row.get("note")?,
    })
}
