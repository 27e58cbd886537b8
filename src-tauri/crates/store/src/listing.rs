//! How far each listing was read. Moved on in the same transaction as the page it speaks of.

use domain::incident::Api;
use rusqlite::{OptionalExtension, Row, params};
use time::OffsetDateTime;

use crate::time_stamp::{from_ms, to_ms};
use crate::{Store, StoreError};

/// The state of one listing of one API in one workspace (`""` for the tenant).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// Everything changed up to here was read by a listing that came to its end.
    pub watermark: Option<OffsetDateTime>,
    /// When the listing that is under way began.
    pub started: Option<OffsetDateTime>,
    /// Newest change seen in the listing under way.
    pub newest: Option<OffsetDateTime>,
    /// The page to go on with.
    pub next: Option<String>,
    /// When a listing last came to its end.
    pub completed: Option<OffsetDateTime>,
    /// Why the last attempt failed, a sentence.
    pub trouble: Option<String>,
}

impl Store {
    pub fn listing(&self, api: Api, workspace: &str) -> Result<Listing, StoreError> {
        self.read(|db| {
            let found = db
                .query_row(
                    "SELECT watermark, started, newest, next, completed, trouble FROM listing
                     WHERE api = ?1 AND workspace = ?2",
                    params![api.as_str(), workspace],
                    listing,
                )
                .optional()?;
            Ok(found.unwrap_or_default())
        })
    }

    /// Every listing, as (api, workspace, state).
    pub fn listings(&self) -> Result<Vec<(String, String, Listing)>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare(
                "SELECT watermark, started, newest, next, completed, trouble, api, workspace FROM listing
                 ORDER BY api, workspace",
            )?;
            let rows = query.query_map([], |row| Ok((row.get(6)?, row.get(7)?, listing(row)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    pub fn set_listing(&self, api: Api, workspace: &str, state: &Listing) -> Result<(), StoreError> {
        self.write(|db| put_listing(db, api, workspace, state))
    }
}

pub(crate) fn put_listing(
    db: &rusqlite::Connection,
    api: Api,
    workspace: &str,
    state: &Listing,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO listing (api, workspace, watermark, started, newest, next, completed, trouble)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        api.as_str(),
        workspace,
        state.watermark.map(to_ms),
        state.started.map(to_ms),
        state.newest.map(to_ms),
        state.next,
        state.completed.map(to_ms),
        state.trouble,
    ])?;
    Ok(())
}

fn listing(row: &Row<'_>) -> rusqlite::Result<Listing> {
    let time = |at: usize| row.get::<_, Option<i64>>(at).map(|ms| ms.map(from_ms));
    Ok(Listing {
        watermark: time(0)?,
        started: time(1)?,
        newest: time(2)?,
        next: row.get(3)?,
        completed: time(4)?,
        trouble: row.get(5)?,
    })
}
