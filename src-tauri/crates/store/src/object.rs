//! Rules, playbooks and other resources, verbatim, and what was read at all.

use rusqlite::{OptionalExtension, Row, params};
use time::OffsetDateTime;

use crate::time_stamp::{from_ms, to_ms};
use crate::{Store, StoreError};

/// One resource as served.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    pub workspace: String,
    pub id: String,
    pub json: String,
}

/// One listing of a kind: when and by which request, or why it failed. The resources of an earlier reading stay.
#[derive(Clone, Debug, PartialEq)]
pub struct Collection {
    pub kind: String,
    pub workspace: String,
    pub request: String,
    pub read_at: OffsetDateTime,
    pub trouble: Option<String>,
}

impl Store {
    /// Replaces what is known of a kind in a workspace by a complete listing.
    pub fn set_objects(
        &self,
        collection: &Collection,
        objects: &[(String, String)],
    ) -> Result<(), StoreError> {
        self.write(|db| {
            db.execute(
                "DELETE FROM object WHERE kind = ?1 AND workspace = ?2",
                params![collection.kind, collection.workspace],
            )?;
            let mut insert = db.prepare_cached(
                "INSERT OR REPLACE INTO object (kind, workspace, id, json) VALUES (?1, ?2, ?3, ?4)",
            )?;
            for (id, json) in objects {
                insert.execute(params![collection.kind, collection.workspace, id, json])?;
            }
            put_collection(db, collection)
        })
    }

    /// Notes that a listing failed; what was read before stays.
    pub fn set_trouble(&self, collection: &Collection) -> Result<(), StoreError> {
        self.write(|db| put_collection(db, collection))
    }

    pub fn objects(&self, kind: &str) -> Result<Vec<Object>, StoreError> {
        self.read(|db| {
            let mut query =
                db.prepare("SELECT workspace, id, json FROM object WHERE kind = ?1 ORDER BY workspace, id")?;
            let rows = query.query_map([kind], |row| {
                Ok(Object { workspace: row.get(0)?, id: row.get(1)?, json: row.get(2)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// One resource by its id, in any spelling of it.
    pub fn object(&self, kind: &str, id: &str) -> Result<Option<Object>, StoreError> {
        self.read(|db| {
            let sql =
                "SELECT workspace, id, json FROM object WHERE kind = ?1 AND id = ?2 COLLATE NOCASE LIMIT 1";
            let read =
                |row: &Row<'_>| Ok(Object { workspace: row.get(0)?, id: row.get(1)?, json: row.get(2)? });
            Ok(db.query_row(sql, params![kind, id], read).optional()?)
        })
    }

    /// Which request read a kind in a workspace, and how it went.
    pub fn collections(&self) -> Result<Vec<Collection>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare(
                "SELECT kind, workspace, request, read_at, trouble FROM collection ORDER BY kind, workspace",
            )?;
            Ok(query.query_map([], collection)?.collect::<Result<_, _>>()?)
        })
    }
}

fn put_collection(db: &rusqlite::Connection, collection: &Collection) -> Result<(), StoreError> {
    db.execute(
        "INSERT OR REPLACE INTO collection (kind, workspace, request, read_at, trouble) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            collection.kind,
            collection.workspace,
            collection.request,
            to_ms(collection.read_at),
            collection.trouble
        ],
    )?;
    Ok(())
}

fn collection(row: &Row<'_>) -> rusqlite::Result<Collection> {
    Ok(Collection {
        kind: row.get(0)?,
        workspace: row.get(1)?,
        request: row.get(2)?,
        read_at: from_ms(row.get(3)?),
        trouble: row.get(4)?,
    })
}
