//! A filter as the lines it lets through: by their cells, by the time of their last update, by their text.
//!
//! Values are bound and columns are written here: nothing typed reaches the text of a statement.

use domain::incident::queue::Filter;
use rusqlite::{Connection, OptionalExtension};

use super::cell::{Cell, Cells, Facet};
use super::marks::Marks;
use crate::StoreError;
use crate::text;
use crate::time_stamp::to_ms;

/// The lines that a filter lets through, and how many.
pub(super) enum Chosen {
    All(u64),
    /// Those of these cells.
    Cells(Kept, u64),
    Marked(Marks),
}

impl Chosen {
    pub fn of(db: &Connection, filter: &Filter, cells: &Cells) -> Result<Self, StoreError> {
        let chosen: Vec<&Cell> = cells.chosen(filter, Facet::None).collect();
        let kept = Kept::of(chosen.iter().copied());
        let worded = worded(db, filter)?;
        if worded.is_some() || filter.updated_since.is_some() {
            return Ok(Self::Marked(marked(db, filter, worded, &kept)?));
        }
        let count = chosen.iter().map(|cell| cell.rows).sum();
        Ok(if count == cells.total() { Self::All(count) } else { Self::Cells(kept, count) })
    }

    pub fn count(&self) -> u64 {
        match self {
            Self::All(count) | Self::Cells(_, count) => *count,
            Self::Marked(marks) => marks.count(),
        }
    }
}

/// Cells by their numbers.
#[derive(Debug, Default)]
pub(super) struct Kept(Vec<bool>);

impl Kept {
    pub fn of<'a>(cells: impl Iterator<Item = &'a Cell>) -> Self {
        let mut kept = Vec::new();
        for cell in cells {
            let at = cell.id.max(0) as usize;
            kept.resize(kept.len().max(at + 1), false);
            kept[at] = true;
        }
        Self(kept)
    }

    pub fn has(&self, cell: i64) -> bool {
        self.0.get(cell as usize).copied().unwrap_or_default()
    }

    pub fn ids(&self) -> impl Iterator<Item = i64> + '_ {
        self.0.iter().zip(0..).filter(|(kept, _)| **kept).map(|(_, id)| id)
    }
}

/// Lines that meet text, time and cells alike; where the text is rare, without a look at any other.
fn marked(db: &Connection, filter: &Filter, worded: Option<Marks>, kept: &Kept) -> Result<Marks, StoreError> {
    let mut marks = Marks::default();
    each(db, filter, worded.as_ref(), |id, cell, _| {
        if kept.has(cell) {
            marks.add(id);
        }
    })?;
    Ok(marks)
}

/// So few that each is looked up by itself; more are met on a walk over the index.
pub(super) const FEW: u64 = 1_000;

/// Every line that meets text and time, as (line, cell, update), in no order.
pub(super) fn each(
    db: &Connection,
    filter: &Filter,
    worded: Option<&Marks>,
    mut visit: impl FnMut(i64, i64, Option<i64>),
) -> Result<(), StoreError> {
    let since = filter.updated_since.map(to_ms);
    let few = worded.filter(|marks| marks.count() <= FEW).map(Marks::json);
    let sql = match (&few, since) {
        (Some(_), _) => {
            "SELECT id, cell, updated FROM incident WHERE id IN (SELECT value FROM json_each(?2))
             AND (?1 IS NULL OR updated >= ?1)"
        }
        (None, Some(_)) => {
            "SELECT id, cell, updated FROM incident INDEXED BY incident_updated WHERE updated >= ?1 AND ?2 IS NULL"
        }
        (None, None) => {
            "SELECT id, cell, updated FROM incident INDEXED BY incident_updated WHERE ?1 IS NULL AND ?2 IS NULL
             ORDER BY updated"
        }
    };
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query(rusqlite::params![since, few])?;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        if worded.is_none_or(|marks| marks.has(id)) {
            visit(id, row.get(1)?, row.get(2)?);
        }
    }
    Ok(())
}

/// The lines that words or ids lead to, each by an index of its own; `None` where nothing was typed. Marks alone name
/// nothing.
pub(super) fn worded(db: &Connection, filter: &Filter) -> Result<Option<Marks>, StoreError> {
    let typed = filter.text.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let mut marks = Marks::default();
    if let Some(words) = text::words(typed) {
        gather(db, "SELECT rowid FROM incident_text WHERE incident_text MATCH ?1", &words, &mut marks)?;
    }
    let ids = text::ids(typed);
    if let Some(number) = ids.number {
        gather(db, "SELECT id FROM incident WHERE number = ?1", number, &mut marks)?;
        gather(db, TWINS_OF, number.to_string(), &mut marks)?;
        if let Some(line) = alone(db, &number.to_string())? {
            marks.add(line);
        }
    }
    if let Some(guid) = ids.guid {
        gather(db, "SELECT 2 * id FROM sentinel WHERE sentinel_id = ?1", guid, &mut marks)?;
    }
    Ok(Some(marks))
}

const TWINS_OF: &str = "SELECT 2 * id FROM sentinel WHERE pair = ?1";

/// The line of a Graph incident without a twin.
fn alone(db: &Connection, graph_id: &str) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT i.id FROM graph g CROSS JOIN incident i ON i.id = 2 * g.id + 1 WHERE g.graph_id = ?1";
    Ok(db.prepare_cached(sql)?.query_row([graph_id], |row| row.get(0)).optional()?)
}

fn gather(
    db: &Connection,
    sql: &str,
    value: impl rusqlite::ToSql,
    marks: &mut Marks,
) -> Result<(), StoreError> {
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query([value])?;
    while let Some(row) = rows.next()? {
        marks.add(row.get(0)?);
    }
    Ok(())
}
