//! Reads the queue.

use domain::incident::queue::{Filter, Page, Presence, Row, Sort};
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::filter::{Facet, clause, order};
use super::unlist;
use crate::time_stamp::from_ms;
use crate::{Store, StoreError};

const COLUMNS: &str =
    "key, sentinel_id, graph_id, number, workspace, title, severity, status, owner, alerts, tags,
    created, updated, presence, redirected, target, unresolved, absorbed";

impl Store {
    /// A stretch of the filtered, sorted queue with its total.
    pub fn incidents(
        &self,
        filter: &Filter,
        sort: Sort,
        offset: u64,
        limit: u32,
    ) -> Result<Page, StoreError> {
        self.read(|db| {
            let clause = clause(filter, Facet::None);
            let count = format!("SELECT count(*) FROM incident {}", clause.sql);
            let total: i64 = db.query_row(&count, params_from_iter(&clause.values), |row| row.get(0))?;
            let sql = format!(
                "SELECT {COLUMNS} FROM incident {} {} LIMIT {limit} OFFSET {offset}",
                clause.sql,
                order(sort)
            );
            let mut query = db.prepare_cached(&sql)?;
            let rows = query.query_map(params_from_iter(&clause.values), read_row)?;
            Ok(Page {
                rows: rows.collect::<Result<_, _>>()?,
                total: total as u64,
                of: scalar(db, "SELECT count(*) FROM incident")?,
                unindexed: scalar(db, "SELECT count(*) FROM incident WHERE indexed = 0")?,
            })
        })
    }

    pub fn incident(&self, key: &str) -> Result<Option<Row>, StoreError> {
        self.read(|db| {
            let sql = format!("SELECT {COLUMNS} FROM incident WHERE key = ?1");
            Ok(db.query_row(&sql, [key], read_row).optional()?)
        })
    }
}

pub(super) fn scalar(db: &Connection, sql: &str) -> Result<u64, StoreError> {
    Ok(db.query_row(sql, [], |row| row.get::<_, i64>(0))? as u64)
}

fn read_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let time = |at: usize| row.get::<_, Option<i64>>(at).map(|ms| ms.map(from_ms));
    Ok(Row {
        key: row.get(0)?,
        sentinel_id: row.get(1)?,
        graph_id: row.get(2)?,
        number: row.get(3)?,
        workspace: row.get(4)?,
        title: row.get(5)?,
        severity: row.get(6)?,
        status: row.get(7)?,
        owner: row.get(8)?,
        alerts: row.get(9)?,
        tags: unlist(&row.get::<_, String>(10)?),
        created: time(11)?,
        updated: time(12)?,
        presence: Presence::parse(&row.get::<_, String>(13)?).unwrap_or(Presence::TwinNotProved),
        redirected: row.get(14)?,
        target: row.get(15)?,
        unresolved: row.get(16)?,
        absorbed: row.get(17)?,
    })
}
