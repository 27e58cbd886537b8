//! Which Graph incident an ARM incident was before any merge.

use domain::incident::{Api, Identity};
use rusqlite::params;
use time::OffsetDateTime;

use crate::incident::queue;
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
            queue::clear(db)?;
            for identity in found {
                remember(db, workspace, identity, "log", at)?;
                queue::touch_sentinel(db, workspace, &identity.sentinel_id)?;
            }
            db.execute_batch(PAIR_SOURCES)?;
            queue::refresh(db)?;
            put_listing(db, Api::Logs, workspace, listing)
        })
    }
}

/// A merged source gets the Graph id it had; a twin has its own already.
const PAIR_SOURCES: &str = "
    UPDATE sentinel SET pair = (
        SELECT graph_id FROM identity i
        WHERE i.workspace = sentinel.workspace AND i.sentinel_id = sentinel.sentinel_id)
    WHERE provider_kind = 'source'
      AND EXISTS (SELECT 1 FROM touched_sentinel t
                  WHERE t.workspace = sentinel.workspace AND t.sentinel_id = sentinel.sentinel_id)";

/// A reading of our own outranks the log's; neither is ever forgotten.
pub(crate) fn remember(
    db: &rusqlite::Connection,
    workspace: &str,
    identity: &Identity,
    source: &str,
    at: OffsetDateTime,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO identity (workspace, sentinel_id, graph_id, source, read_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (workspace, sentinel_id) DO UPDATE SET graph_id = excluded.graph_id,
         source = excluded.source, read_at = excluded.read_at
         WHERE excluded.source = 'cache' AND (identity.graph_id, identity.source) <> (excluded.graph_id, 'cache')",
    )?
    .execute(params![workspace, identity.sentinel_id, identity.graph_id, source, to_ms(at)])?;
    Ok(())
}
