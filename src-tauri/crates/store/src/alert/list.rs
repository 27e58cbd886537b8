//! The list of alerts without an incident: a stretch of it, by a walk over the index of its order, and what was typed as
//! words. How many there are of each severity and workspace is kept, never counted.

use std::collections::BTreeMap;

use domain::alert::Filter;
use domain::incident::queue::Count;
use rusqlite::{Connection, Row, params};

use crate::StoreError;
use crate::marks::{FEW, Marks, gather};
use crate::text;

/// The alerts of one workspace and severity.
pub(super) struct Cell {
    pub workspace: String,
    pub severity: String,
    pub rows: u64,
}

impl Cell {
    fn fits(&self, filter: &Filter) -> bool {
        fits(filter, &self.workspace, &self.severity)
    }
}

fn fits(filter: &Filter, workspace: &str, severity: &str) -> bool {
    let is_wanted =
        |wanted: &[String], value: &str| wanted.is_empty() || wanted.iter().any(|one| one == value);
    is_wanted(&filter.workspace, workspace) && is_wanted(&filter.severity, severity)
}

pub(super) fn cells(db: &Connection) -> Result<Vec<Cell>, StoreError> {
    let mut query = db.prepare_cached("SELECT workspace, severity, rows FROM alert_cell WHERE rows > 0")?;
    let cells = query.query_map([], |row| {
        Ok(Cell { workspace: row.get(0)?, severity: row.get(1)?, rows: row.get::<_, i64>(2)? as u64 })
    })?;
    Ok(cells.collect::<Result<_, _>>()?)
}

/// Rows by one of a cell's values, the most first.
pub(super) fn counts(cells: &[Cell], of: impl Fn(&Cell) -> &String) -> Vec<Count> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for cell in cells {
        *counts.entry(of(cell)).or_default() += cell.rows;
    }
    let mut counts: Vec<Count> = counts.into_iter().map(|(value, rows)| (value.to_owned(), rows)).collect();
    counts.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
    counts
}

/// Lines from `skip` on, at most `take`, and how many the filter lets through.
pub(super) fn stretch(
    db: &Connection,
    filter: &Filter,
    cells: &[Cell],
    skip: u64,
    take: u64,
) -> Result<(Vec<i64>, u64), StoreError> {
    let is_narrowed = cells.iter().any(|cell| !cell.fits(filter));
    let of = |cells: &[Cell]| cells.iter().filter(|cell| cell.fits(filter)).map(|cell| cell.rows).sum();
    match worded(db, filter)? {
        None if !is_narrowed => Ok((window(db, skip, take)?, of(cells))),
        None => Ok((walk(db, filter, None, skip, Some(take))?, of(cells))),
        Some(marks) if marks.count() <= FEW => cut(few(db, filter, &marks)?, skip, take),
        Some(marks) if !is_narrowed => Ok((walk(db, filter, Some(&marks), skip, Some(take))?, marks.count())),
        Some(marks) => cut(walk(db, filter, Some(&marks), 0, None)?, skip, take),
    }
}

fn cut(lines: Vec<i64>, skip: u64, take: u64) -> Result<(Vec<i64>, u64), StoreError> {
    let total = lines.len() as u64;
    Ok((lines.into_iter().skip(skip as usize).take(take as usize).collect(), total))
}

/// The lines that hold a word that begins so for each that was typed; `None` where nothing was typed. Marks alone name
/// nothing.
fn worded(db: &Connection, filter: &Filter) -> Result<Option<Marks>, StoreError> {
    if filter.text.trim().is_empty() {
        return Ok(None);
    }
    let mut marks = Marks::default();
    if let Some(words) = text::words(&filter.text) {
        gather(db, "SELECT rowid FROM alert_text WHERE alert_text MATCH ?1", &words, &mut marks)?;
    }
    Ok(Some(marks))
}

fn window(db: &Connection, skip: u64, take: u64) -> Result<Vec<i64>, StoreError> {
    let sql = format!("{ORDERED} LIMIT ?1 OFFSET ?2");
    let mut query = db.prepare_cached(&sql)?;
    let lines = query.query_map(params![take as i64, skip as i64], |row| row.get(0))?;
    Ok(lines.collect::<Result<_, _>>()?)
}

fn walk(
    db: &Connection,
    filter: &Filter,
    marks: Option<&Marks>,
    mut skip: u64,
    take: Option<u64>,
) -> Result<Vec<i64>, StoreError> {
    let mut query = db.prepare_cached(ORDERED)?;
    let mut rows = query.query([])?;
    let mut lines = Vec::new();
    while take.is_none_or(|take| (lines.len() as u64) < take) {
        let Some(row) = rows.next()? else { break };
        let line = row.get(0)?;
        let kept = marks.is_none_or(|marks| marks.has(line)) && lets(filter, row)?;
        match (kept, skip) {
            (false, _) => {}
            (true, 0) => lines.push(line),
            (true, _) => skip -= 1,
        }
    }
    Ok(lines)
}

/// Of a line, its workspace and its severity.
fn lets(filter: &Filter, row: &Row<'_>) -> rusqlite::Result<bool> {
    Ok(fits(filter, row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str()?))
}

const ORDERED: &str =
    "SELECT id, workspace, severity FROM alert INDEXED BY alert_newest ORDER BY written DESC, id";

/// Few lines, each looked up and sorted.
fn few(db: &Connection, filter: &Filter, marks: &Marks) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT id, workspace, severity FROM alert WHERE id IN (SELECT value FROM json_each(?1))
               ORDER BY written DESC, id";
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query([marks.json()])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        if lets(filter, row)? {
            lines.push(row.get(0)?);
        }
    }
    Ok(lines)
}
