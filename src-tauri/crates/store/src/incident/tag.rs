//! Tags: the lines that carry one, and how many carry each.

use domain::incident::queue::{Count, Filter};
use rusqlite::Connection;

use super::cell::Cells;
use super::filter::Chosen;
use crate::StoreError;
use crate::marks::{Marks, gather};

/// Tags that a menu still holds; others are found by search.
const MOST: usize = 30;

/// Lines with one of these tags; `None` where none is asked for.
pub(super) fn tagged(db: &Connection, tags: &[String]) -> Result<Option<Marks>, StoreError> {
    let mut marks = Marks::default();
    for tag in tags {
        gather(db, "SELECT incident FROM incident_tag WHERE name = ?1", tag, &mut marks)?;
    }
    Ok((!tags.is_empty()).then_some(marks))
}

/// The most frequent tags of the lines that a filter lets through. `filter` names no tag itself, and `named` are the
/// lines that its other names lead to.
pub(super) fn counts(
    db: &Connection,
    filter: &Filter,
    named: Option<Marks>,
    cells: &Cells,
) -> Result<Vec<Count>, StoreError> {
    let mut query = db.prepare_cached("SELECT name, incident FROM incident_tag ORDER BY name, incident")?;
    let mut rows = query.query([])?;
    let mut next = rows.next()?;
    if next.is_none() {
        return Ok(Vec::new());
    }
    let marks = Chosen::among(db, filter, named, cells)?.marks(db)?;
    let mut counts: Vec<Count> = Vec::new();
    while let Some(row) = next {
        let name = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        let incident = row.get(1)?;
        if marks.as_ref().is_none_or(|marks| marks.has(incident)) {
            match counts.last_mut() {
                Some((last, count)) if last.eq_ignore_ascii_case(name) => *count += 1,
                _ => counts.push((name.to_owned(), 1)),
            }
        }
        next = rows.next()?;
    }
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.truncate(MOST);
    Ok(counts)
}
