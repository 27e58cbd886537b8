//! The order of the queue: a stretch of it, by a walk over the index of that order.
//!
//! Ties end with the newest, then the line's own number, so that pages never overlap. What is counted already is not
//! walked: a stretch behind the middle is reached from the end, and an order by what cells hold goes cell by cell.

use domain::incident::queue::{Column, Sort};
use rusqlite::{Connection, params};

use super::cell::{Cell, Cells};
use super::filter::{Chosen, Kept};
use super::order::by_index;
use crate::StoreError;
use crate::marks::{FEW, Marks};

/// Lines from `skip` on, at most `take`.
pub(super) fn stretch(
    db: &Connection,
    sort: Sort,
    chosen: &Chosen,
    cells: &Cells,
    skip: u64,
    take: u64,
) -> Result<Vec<i64>, StoreError> {
    let take = take.min(chosen.count().saturating_sub(skip));
    if take == 0 {
        return Ok(Vec::new());
    }
    match (chosen, key(sort.column)) {
        (Chosen::Marked(marks), _) if marks.count() <= FEW => few(db, sort, marks, skip, take),
        (_, Key::Cell(attribute)) => by_cell(db, attribute, sort.descending, chosen, cells, skip, take),
        (_, Key::Index(index)) => {
            let marks = marked(db, index, chosen)?;
            let keep = match (chosen, &marks) {
                (_, Some(marks)) | (Chosen::Marked(marks), _) => Keep::Marked(marks),
                (Chosen::Cells(kept, _), None) => Keep::Cells(kept),
                (Chosen::All(_), None) => Keep::All,
            };
            walk(db, index, sort.descending, &keep, Span { skip, take, of: chosen.count() })
        }
    }
}

/// What a column is ordered by.
enum Key {
    Index(&'static Index),
    Cell(fn(&Cell) -> (u8, &str)),
}

/// An index that holds an order, and that order.
#[derive(PartialEq, Eq)]
struct Index {
    name: &'static str,
    columns: &'static [&'static str],
    /// Whether it holds the cell too, so that no line has to be looked up for it.
    holds_cell: bool,
}

const fn index(name: &'static str, columns: &'static [&'static str]) -> Index {
    Index { name, columns, holds_cell: false }
}

static UPDATED: Index =
    Index { name: "incident_updated", columns: &["updated", "cell", "id"], holds_cell: true };
static CREATED: Index = index("incident_created", &["created", "id"]);
static NUMBER: Index = index("incident_number", &["number", "id"]);
static TITLE: Index = index("incident_title", &["title COLLATE NOCASE", "updated", "id"]);
static OWNER: Index = index("incident_owner", &["owner COLLATE NOCASE", "updated", "id"]);
static ALERTS: Index = index("incident_alerts", &["alerts", "updated", "id"]);

fn key(column: Column) -> Key {
    match column {
        Column::Updated => Key::Index(&UPDATED),
        Column::Created => Key::Index(&CREATED),
        Column::Number => Key::Index(&NUMBER),
        Column::Title => Key::Index(&TITLE),
        Column::Owner => Key::Index(&OWNER),
        Column::Alerts => Key::Index(&ALERTS),
        Column::Severity => Key::Cell(|cell| (cell.place.severity_rank, "")),
        Column::Status => Key::Cell(|cell| (0, &cell.place.status)),
        Column::Workspace => Key::Cell(|cell| (0, &cell.place.workspace)),
    }
}

impl Index {
    fn order(&self, descending: bool) -> String {
        let direction = if descending { " DESC" } else { "" };
        let columns: Vec<String> = self.columns.iter().map(|column| format!("{column}{direction}")).collect();
        columns.join(", ")
    }
}

/// Which lines of a walk count.
enum Keep<'a> {
    All,
    Cells(&'a Kept),
    Marked(&'a Marks),
}

/// A part of a walk that meets `of` lines in all.
#[derive(Clone, Copy)]
struct Span {
    skip: u64,
    take: u64,
    of: u64,
}

fn walk(
    db: &Connection,
    index: &Index,
    descending: bool,
    keep: &Keep<'_>,
    span: Span,
) -> Result<Vec<i64>, StoreError> {
    let behind = span.of.saturating_sub(span.skip + span.take);
    if behind < span.skip {
        let mut lines = forward(db, index, !descending, keep, behind, span.take)?;
        lines.reverse();
        return Ok(lines);
    }
    forward(db, index, descending, keep, span.skip, span.take)
}

fn forward(
    db: &Connection,
    index: &Index,
    descending: bool,
    keep: &Keep<'_>,
    skip: u64,
    take: u64,
) -> Result<Vec<i64>, StoreError> {
    let cell = if index.holds_cell { "cell" } else { "0" };
    let sql = format!(
        "SELECT id, {cell} FROM incident {} ORDER BY {} LIMIT ?1 OFFSET ?2",
        by_index(db, index.name)?,
        index.order(descending)
    );
    let (limit, offset, mut left) = match keep {
        Keep::All => (take as i64, skip as i64, 0),
        _ => (-1, 0, skip),
    };
    let mut query = db.prepare_cached(&sql)?;
    let mut rows = query.query(params![limit, offset])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        let kept = match keep {
            Keep::All => true,
            Keep::Cells(kept) => kept.has(row.get(1)?),
            Keep::Marked(marks) => marks.has(id),
        };
        match (kept, left) {
            (false, _) => {}
            (true, 0) => lines.push(id),
            (true, _) => left -= 1,
        }
        if lines.len() as u64 == take {
            break;
        }
    }
    Ok(lines)
}

/// Cells as marks, where the index of the order doesn't hold them.
fn marked(db: &Connection, index: &Index, chosen: &Chosen) -> Result<Option<Marks>, StoreError> {
    match chosen {
        Chosen::Cells(kept, _) if !index.holds_cell => Ok(Some(kept.marks(db)?)),
        _ => Ok(None),
    }
}

/// An order by what cells hold: one group of cells after the other, each by the last update.
fn by_cell(
    db: &Connection,
    attribute: fn(&Cell) -> (u8, &str),
    descending: bool,
    chosen: &Chosen,
    cells: &Cells,
    mut skip: u64,
    take: u64,
) -> Result<Vec<i64>, StoreError> {
    let mut lines: Vec<i64> = Vec::new();
    for group in groups(cells, attribute, descending) {
        let (kept, count) = within(db, &group, chosen)?;
        if skip >= count {
            skip -= count;
            continue;
        }
        let wanted = (take - lines.len() as u64).min(count - skip);
        let keep = match &kept {
            Narrowed::Cells(kept) => Keep::Cells(kept),
            Narrowed::Marked(marks) => Keep::Marked(marks),
        };
        lines.extend(walk(db, &UPDATED, descending, &keep, Span { skip, take: wanted, of: count })?);
        skip = 0;
        if lines.len() as u64 == take {
            break;
        }
    }
    Ok(lines)
}

/// Cells that stand equal in an order, one group after the other.
fn groups(cells: &Cells, attribute: fn(&Cell) -> (u8, &str), descending: bool) -> Vec<Vec<&Cell>> {
    let mut all: Vec<&Cell> = cells.all.iter().filter(|cell| cell.rows > 0).collect();
    all.sort_by(|a, b| attribute(a).cmp(&attribute(b)));
    let mut groups: Vec<Vec<&Cell>> =
        all.chunk_by(|a, b| attribute(a) == attribute(b)).map(<[_]>::to_vec).collect();
    if descending {
        groups.reverse();
    }
    groups
}

/// What a filter leaves of a group.
enum Narrowed {
    Cells(Kept),
    Marked(Marks),
}

fn within(db: &Connection, group: &[&Cell], chosen: &Chosen) -> Result<(Narrowed, u64), StoreError> {
    let left = |cell: &&&Cell| match chosen {
        Chosen::Cells(kept, _) => kept.has(cell.id),
        Chosen::All(_) | Chosen::Marked(_) => true,
    };
    let kept: Vec<&Cell> = group.iter().filter(left).copied().collect();
    let count = kept.iter().map(|cell| cell.rows).sum();
    let cells = Kept::of(kept.into_iter());
    let Chosen::Marked(wanted) = chosen else { return Ok((Narrowed::Cells(cells), count)) };
    let mut marks = Marks::default();
    let mut query = db.prepare_cached("SELECT id FROM incident INDEXED BY incident_cell WHERE cell = ?1")?;
    for cell in cells.ids() {
        let mut rows = query.query([cell])?;
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            if wanted.has(id) {
                marks.add(id);
            }
        }
    }
    let count = marks.count();
    Ok((Narrowed::Marked(marks), count))
}

/// Few lines, each looked up and sorted.
fn few(db: &Connection, sort: Sort, marks: &Marks, skip: u64, take: u64) -> Result<Vec<i64>, StoreError> {
    let direction = if sort.descending { "DESC" } else { "ASC" };
    let column = match sort.column {
        Column::Severity => "c.severity_rank",
        Column::Status => "c.status",
        Column::Workspace => "c.workspace",
        Column::Title => "i.title COLLATE NOCASE",
        Column::Owner => "i.owner COLLATE NOCASE",
        Column::Number => "i.number",
        Column::Created => "i.created",
        Column::Updated => "i.updated",
        Column::Alerts => "i.alerts",
    };
    let tie = match key(sort.column) {
        Key::Index(index) if index.columns.len() == 2 => "i.id",
        Key::Index(index) if index.holds_cell => "i.cell, i.id",
        Key::Index(_) => "i.updated, i.id",
        Key::Cell(_) => "i.updated, i.cell, i.id",
    };
    let tie = tie.replace(',', &format!(" {direction},"));
    let sql = format!(
        "SELECT i.id FROM incident i CROSS JOIN cell c ON c.id = i.cell
         WHERE i.id IN (SELECT value FROM json_each(?1))
         ORDER BY {column} {direction}, {tie} {direction} LIMIT ?2 OFFSET ?3"
    );
    let mut query = db.prepare_cached(&sql)?;
    let rows = query.query_map(params![marks.json(), take as i64, skip as i64], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
