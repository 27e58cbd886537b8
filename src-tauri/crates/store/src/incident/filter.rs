//! A filter as the lines it lets through: by their cells, by the time of their last update, by their text.
//!
//! Values are bound and columns are written here: nothing typed reaches the text of a statement.

use domain::incident::queue::Filter;
use rusqlite::{Connection, OptionalExtension};

use super::cell::{Cell, Cells, Facet};
use super::tag::tagged;
use crate::StoreError;
use crate::marks::{FEW, Marks, gather};
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
        Self::among(db, filter, named(db, filter)?, cells)
    }

    /// The same where the lines that names lead to are known.
    pub fn among(
        db: &Connection,
        filter: &Filter,
        named: Option<Marks>,
        cells: &Cells,
    ) -> Result<Self, StoreError> {
        let chosen: Vec<&Cell> = cells.chosen(filter, Facet::None).collect();
        let kept = Kept::of(chosen.iter().copied());
        if named.is_some() || timed(filter) {
            return Ok(Self::Marked(marked(db, filter, named, &kept)?));
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

    /// The lines themselves; `None` is all of them.
    pub fn marks(self, db: &Connection) -> Result<Option<Marks>, StoreError> {
        match self {
            Self::All(_) => Ok(None),
            Self::Cells(kept, _) => kept.marks(db).map(Some),
            Self::Marked(marks) => Ok(Some(marks)),
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

    pub fn marks(&self, db: &Connection) -> Result<Marks, StoreError> {
        let mut marks = Marks::default();
        for cell in self.ids() {
            gather(db, "SELECT id FROM incident INDEXED BY incident_cell WHERE cell = ?1", cell, &mut marks)?;
        }
        Ok(marks)
    }

    pub fn ids(&self) -> impl Iterator<Item = i64> + '_ {
        self.0.iter().zip(0..).filter(|(kept, _)| **kept).map(|(_, id)| id)
    }
}

/// Whether the last update is asked for.
pub(super) fn timed(filter: &Filter) -> bool {
    filter.updated_since.is_some() || filter.updated_until.is_some()
}

/// Lines that meet names, time and cells alike; where the names are rare, without a look at any other.
fn marked(db: &Connection, filter: &Filter, named: Option<Marks>, kept: &Kept) -> Result<Marks, StoreError> {
    let mut marks = Marks::default();
    each(db, filter, named.as_ref(), |id, cell, _| {
        if kept.has(cell) {
            marks.add(id);
        }
    })?;
    Ok(marks)
}

/// Every line that meets names and time, as (line, cell, update), in no order.
pub(super) fn each(
    db: &Connection,
    filter: &Filter,
    named: Option<&Marks>,
    mut visit: impl FnMut(i64, i64, Option<i64>),
) -> Result<(), StoreError> {
    let from = timed(filter).then(|| filter.updated_since.map_or(i64::MIN, to_ms));
    let until = filter.updated_until.map_or(i64::MAX, to_ms);
    let few = named.filter(|marks| marks.count() <= FEW).map(Marks::json);
    let sql = match (&few, from) {
        (Some(_), _) => {
            "SELECT id, cell, updated FROM incident WHERE id IN (SELECT value FROM json_each(?3))
             AND (?1 IS NULL OR updated >= ?1 AND updated < ?2)"
        }
        (None, Some(_)) => {
            "SELECT id, cell, updated FROM incident INDEXED BY incident_updated
             WHERE updated >= ?1 AND updated < ?2 AND ?3 IS NULL"
        }
        (None, None) => {
            "SELECT id, cell, updated FROM incident INDEXED BY incident_updated
             WHERE ?1 IS NULL AND ?2 NOTNULL AND ?3 IS NULL ORDER BY updated"
        }
    };
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query(rusqlite::params![from, until, few])?;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        if named.is_none_or(|marks| marks.has(id)) {
            visit(id, row.get(1)?, row.get(2)?);
        }
    }
    Ok(())
}

/// The lines that what was typed, owners, targets and tags lead to, each by an index of its own; `None` where no name
/// is asked for.
pub(super) fn named(db: &Connection, filter: &Filter) -> Result<Option<Marks>, StoreError> {
    let sets = [
        worded(db, filter)?,
        owned(db, &filter.owner)?,
        aimed(db, &filter.target)?,
        tagged(db, &filter.tag)?,
    ];
    Ok(sets.into_iter().flatten().reduce(|both, one| both.and(&one)))
}

fn owned(db: &Connection, owners: &[String]) -> Result<Option<Marks>, StoreError> {
    let mut marks = Marks::default();
    for owner in owners {
        gather(db, "SELECT id FROM incident WHERE owner = ?1 COLLATE NOCASE", owner, &mut marks)?;
        if owner.is_empty() {
            gather(db, "SELECT id FROM incident WHERE owner IS NULL AND ?1 = ''", owner, &mut marks)?;
        }
    }
    Ok((!owners.is_empty()).then_some(marks))
}

fn aimed(db: &Connection, targets: &[String]) -> Result<Option<Marks>, StoreError> {
    let mut marks = Marks::default();
    for target in targets {
        gather(db, "SELECT id FROM incident WHERE target = ?1", target, &mut marks)?;
        if target.is_empty() {
            marks = without_target(db, marks)?;
        }
    }
    Ok((!targets.is_empty()).then_some(marks))
}

/// Those that lead nowhere: all but the few that the index of targets holds.
fn without_target(db: &Connection, mut marks: Marks) -> Result<Marks, StoreError> {
    let (mut all, mut led) = (Marks::default(), Marks::default());
    gather(db, "SELECT id FROM incident INDEXED BY incident_cell WHERE ?1 = ''", "", &mut all)?;
    let targets = "SELECT id FROM incident INDEXED BY incident_target WHERE target IS NOT NULL AND ?1 = ''";
    gather(db, targets, "", &mut led)?;
    for id in all.without(&led).iter() {
        marks.add(id);
    }
    Ok(marks)
}

/// The lines that words or ids lead to; `None` where nothing was typed. Marks alone name nothing.
fn worded(db: &Connection, filter: &Filter) -> Result<Option<Marks>, StoreError> {
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
