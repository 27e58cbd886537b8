//! Which Graph incident an ARM incident was before any merge.
//!
//! A reading of our own is kept with the ARM incident (`sentinel.known_as`); the log's telling lies here, and counts
//! where there is no such reading.

use domain::incident::{Api, Identity};
use rusqlite::{Connection, OptionalExtension, params};
use time::OffsetDateTime;

use crate::incident::queue::{self, Touched};
use crate::listing::put_listing;
use crate::time_stamp::to_ms;
use crate::{Listing, Store, StoreError};

impl Store {
    /// Keeps what the log tells of the time before the merges, with the state of that listing.
    pub fn put_identities(
        &self,
        workspace: &str,
        found: &[Identity],
        listing: &Listing,
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        self.write(|db| {
            let mut touched = Touched::default();
            for identity in found {
                db.prepare_cached(REMEMBER)?.execute(params![
                    workspace,
                    identity.sentinel_id,
                    identity.graph_id,
                    to_ms(at)
                ])?;
                touched.sentinel.extend(pair(db, workspace, identity)?);
            }
            queue::refresh(db, touched)?;
            put_listing(db, Api::Logs, workspace, listing)
        })
    }
}

/// The first telling stays.
const REMEMBER: &str =
    "INSERT OR IGNORE INTO identity (workspace, sentinel_id, graph_id, read_at) VALUES (?1, ?2, ?3, ?4)";

/// A merged source gets the Graph id it had; a twin has its own already. Answers the number of a row that changed.
fn pair(db: &Connection, workspace: &str, identity: &Identity) -> Result<Option<i64>, StoreError> {
    let sql = "
        UPDATE sentinel SET pair = (SELECT graph_id FROM identity WHERE workspace = ?1 AND sentinel_id = ?2)
        WHERE sentinel_id = ?2 AND workspace = ?1 AND provider_kind = 'source' AND pair IS NULL
        RETURNING id";
    let mut update = db.prepare_cached(sql)?;
    Ok(update.query_row([workspace, &identity.sentinel_id], |row| row.get(0)).optional()?)
}
