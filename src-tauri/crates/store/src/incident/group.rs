//! What the queue is grouped by: each value and how many lines have it. A group's own lines are a filter like any other.

use std::collections::HashMap;

use super::cell::{Cell, Cells, Facet};
use super::facet::recount;
use super::filter::{Chosen, Kept, each, named};
use super::order::by_index;
use crate::time_stamp::from_ms;
use crate::{Store, StoreError};
use domain::incident::queue::{Count, Filter, Group};
use rusqlite::Connection;

/// In milliseconds.
const DAY: i64 = 86_400_000;

impl Store {
    /// Values with their counts: what is most severe, latest or largest first. What has none has an empty value; a line
    /// that was never changed has no day.
    pub fn incident_groups(&self, filter: &Filter, group: Group) -> Result<Vec<Count>, StoreError> {
        self.read(|db| {
            let cells = Cells::read(db)?;
            match group {
                Group::Severity => {
                    let rank = |cell: &Cell| u64::from(u8::MAX - cell.place.severity_rank);
                    by_cell(db, filter, cells, |cell| &cell.place.severity, Some(rank))
                }
                Group::Status => by_cell(db, filter, cells, |cell| &cell.place.status, None),
                Group::Workspace => by_cell(db, filter, cells, |cell| &cell.place.workspace, None),
                Group::Presence => by_cell(db, filter, cells, |cell| cell.place.presence.as_str(), None),
                Group::Day => by_day(db, filter, &cells),
                Group::Owner => by_text(db, filter, &cells, &owners(db)?).map(|(counts, _)| counts),
                Group::Target => by_target(db, filter, &cells),
            }
        })
    }
}

fn by_cell(
    db: &Connection,
    filter: &Filter,
    cells: Cells,
    value: fn(&Cell) -> &str,
    rank: Option<fn(&Cell) -> u64>,
) -> Result<Vec<Count>, StoreError> {
    let cells = recount(db, filter, named(db, filter)?.as_ref(), cells)?;
    let mut counts: HashMap<&str, (u64, u64)> = HashMap::new();
    for cell in cells.chosen(filter, Facet::None).filter(|cell| cell.rows > 0) {
        let count = counts.entry(value(cell)).or_default();
        count.1 += cell.rows;
        count.0 = rank.map_or(u64::MAX - count.1, |rank| rank(cell));
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|a, b| (a.1.0, a.0).cmp(&(b.1.0, b.0)));
    Ok(counts.into_iter().map(|(value, (_, count))| (value.to_owned(), count)).collect())
}

fn by_day(db: &Connection, filter: &Filter, cells: &Cells) -> Result<Vec<Count>, StoreError> {
    let kept = Kept::of(cells.chosen(filter, Facet::None));
    let mut counts: HashMap<i64, u64> = HashMap::new();
    each(db, filter, named(db, filter)?.as_ref(), |_, cell, updated| {
        if let Some(at) = updated.filter(|_| kept.has(cell)) {
            *counts.entry(at.div_euclid(DAY)).or_default() += 1;
        }
    })?;
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    Ok(counts.into_iter().map(|(day, count)| (from_ms(day * DAY).date().to_string(), count)).collect())
}

// Both walk an index that holds the value, so equal values come one after the other.
fn owners(db: &Connection) -> Result<String, StoreError> {
    let index = by_index(db, "incident_owner")?;
    Ok(format!("SELECT id, owner FROM incident {index} ORDER BY owner COLLATE NOCASE"))
}

const TARGETS: &str =
    "SELECT id, target FROM incident INDEXED BY incident_target WHERE target IS NOT NULL ORDER BY target";

/// Targets, then those that lead nowhere.
fn by_target(db: &Connection, filter: &Filter, cells: &Cells) -> Result<Vec<Count>, StoreError> {
    let (mut counts, all) = by_text(db, filter, cells, TARGETS)?;
    let led: u64 = counts.iter().map(|(_, count)| count).sum();
    if all > led {
        counts.push((String::new(), all - led));
    }
    Ok(counts)
}

/// Values by their counts, and how many lines the filter lets through.
fn by_text(
    db: &Connection,
    filter: &Filter,
    cells: &Cells,
    sql: &str,
) -> Result<(Vec<Count>, u64), StoreError> {
    let chosen = Chosen::of(db, filter, cells)?;
    let all = chosen.count();
    let marks = chosen.marks(db)?;
    let mut counts: Vec<Count> = Vec::new();
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        if !marks.as_ref().is_none_or(|marks| marks.has(id)) {
            continue;
        }
        let value = row.get_ref(1)?.as_str_or_null().map_err(rusqlite::Error::from)?.unwrap_or_default();
        match counts.last_mut() {
            Some((last, count)) if last.eq_ignore_ascii_case(value) => *count += 1,
            _ => counts.push((value.to_owned(), 1)),
        }
    }
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok((counts, all))
}
