//! Reads the queue.

use domain::incident::queue::{Filter, Page, Row, Sort};
use rusqlite::{Connection, OptionalExtension};

use super::cell::{Cells, presence};
use super::filter::Chosen;
use super::walk::stretch;
use super::{line_of, unlist};
use crate::time_stamp::from_ms;
use crate::{Store, StoreError};

/// A line's key, as screens know it; `i` is the line and `c` its cell.
pub(crate) const KEY: &str = "CASE WHEN i.sentinel_id IS NULL THEN 'g:' || i.graph_id ELSE 's:' || c.workspace || '/' || i.sentinel_id END";

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
            let cells = Cells::read(db)?;
            let chosen = Chosen::of(db, filter, &cells)?;
            let lines = stretch(db, sort, &chosen, &cells, offset, limit.into())?;
            Ok(Page {
                rows: lines
                    .into_iter()
                    .filter_map(|line| row(db, line).transpose())
                    .collect::<Result<_, _>>()?,
                total: chosen.count(),
                of: cells.total(),
                unindexed: scalar(db, "SELECT count(*) FROM incident WHERE indexed = 0")?,
                with_entities: super::part::named(db)?,
            })
        })
    }

    /// Every row of the filtered, sorted queue, all of one moment: `work` is told how many match and how many there
    /// are, and takes them one by one.
    pub fn with_incidents<T>(
        &self,
        filter: &Filter,
        sort: Sort,
        work: impl FnOnce(u64, u64, &mut dyn Iterator<Item = Result<Row, StoreError>>) -> T,
    ) -> Result<T, StoreError> {
        self.read(|db| {
            let moment = db.unchecked_transaction()?;
            let cells = Cells::read(&moment)?;
            let chosen = Chosen::of(&moment, filter, &cells)?;
            let lines = stretch(&moment, sort, &chosen, &cells, 0, chosen.count())?;
            let mut rows = lines.into_iter().filter_map(|line| row(&moment, line).transpose());
            Ok(work(chosen.count(), cells.total(), &mut rows))
        })
    }

    /// Keys of a stretch of the filtered, sorted queue, with its total.
    pub fn incident_keys(
        &self,
        filter: &Filter,
        sort: Sort,
        offset: u64,
        limit: u32,
    ) -> Result<(Vec<String>, u64), StoreError> {
        self.read(|db| {
            let cells = Cells::read(db)?;
            let chosen = Chosen::of(db, filter, &cells)?;
            let sql =
                format!("SELECT {KEY} FROM incident i CROSS JOIN cell c ON c.id = i.cell WHERE i.id = ?1");
            let mut query = db.prepare_cached(&sql)?;
            let lines = stretch(db, sort, &chosen, &cells, offset, limit.into())?;
            let keys = lines.into_iter().map(|line| query.query_row([line], |row| row.get(0)));
            Ok((keys.collect::<Result<_, _>>()?, chosen.count()))
        })
    }

    pub fn incident(&self, key: &str) -> Result<Option<Row>, StoreError> {
        self.read(|db| match line_of(db, key)? {
            Some(line) => row(db, line),
            None => Ok(None),
        })
    }
}

pub(super) fn scalar(db: &Connection, sql: &str) -> Result<u64, StoreError> {
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get::<_, i64>(0))? as u64)
}

fn row(db: &Connection, line: i64) -> Result<Option<Row>, StoreError> {
    let sql = format!(
        "SELECT {KEY}, i.sentinel_id, i.graph_id, i.number, nullif(c.workspace, ''), i.title, c.severity, c.status,
            i.owner, i.alerts, i.tags, i.created, i.updated, c.presence, c.redirected, i.target, i.unresolved,
            i.absorbed
         FROM incident i CROSS JOIN cell c ON c.id = i.cell WHERE i.id = ?1"
    );
    Ok(db.prepare_cached(&sql)?.query_row([line], read_row).optional()?)
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
        presence: presence(&row.get::<_, String>(13)?),
        redirected: row.get(14)?,
        target: row.get(15)?,
        unresolved: row.get(16)?,
        absorbed: row.get(17)?,
    })
}
