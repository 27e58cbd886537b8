//! What a whole listing of Sentinel's did not hold any more leaves the queue.
//!
//! Never here: a conclusion from a listing that read only what changed, or from one that did not come to its end.

use domain::incident::Api;
use rusqlite::{Connection, params};

use super::queue::{self, Touched};
use crate::listing::{Listing, put_listing};
use crate::time_stamp::to_ms;
use crate::{Store, StoreError};

impl Store {
    /// Takes off what the last whole listing of a workspace did not hold; answers how many. Done once per listing,
    /// however often it is asked for: [`Listing::sweep`] says what is still to be done.
    pub fn take_off_gone(&self, workspace: &str) -> Result<u64, StoreError> {
        let state = self.listing(Api::Sentinel, workspace)?;
        let Some(before) = state.sweep else { return Ok(0) };
        self.write(|db| {
            let gone = gone(db, workspace, to_ms(before))?;
            let mut touched = Touched::default();
            for (id, pair) in &gone {
                take_off(db, *id)?;
                // Its Defender side, if there is one, gets a line of its own again.
                touched.left.extend(pair.clone());
            }
            queue::refresh(db, touched)?;
            put_listing(db, Api::Sentinel, workspace, &Listing { sweep: None, ..state })?;
            Ok(gone.len() as u64)
        })
    }
}

fn gone(db: &Connection, workspace: &str, before: i64) -> Result<Vec<(i64, Option<String>)>, StoreError> {
    let mut query = db.prepare("SELECT id, pair FROM sentinel WHERE workspace = ?1 AND read_at < ?2")?;
    let found = query.query_map(params![workspace, before], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn take_off(db: &Connection, id: i64) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM incident_part WHERE incident = 2 * ?1",
        "DELETE FROM incident_text WHERE rowid = 2 * ?1",
        "DELETE FROM incident WHERE id = 2 * ?1",
        "DELETE FROM sentinel_body WHERE id = ?1",
        "DELETE FROM sentinel WHERE id = ?1",
    ] {
        db.prepare_cached(sql)?.execute([id])?;
    }
    Ok(())
}
