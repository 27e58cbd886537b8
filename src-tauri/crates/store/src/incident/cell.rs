//! Where lines of the queue stand: each combination of what they are filtered by, with how many have it.
//!
//! A tenant has a few hundred, so they are read whole: counts, totals and filters come from here, and a line carries
//! one number in place of five columns. Triggers keep the counts. Never here: a line.

use std::collections::HashMap;

use domain::incident::queue::{Filter, Presence};
use rusqlite::{Connection, params};

use crate::{Store, StoreError};

/// A combination.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Place {
    pub severity: String,
    pub severity_rank: u8,
    pub status: String,
    /// Empty for what only Graph holds.
    pub workspace: String,
    pub presence: Presence,
    pub redirected: bool,
}

/// A combination that is or was taken.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub id: i64,
    pub place: Place,
    pub rows: u64,
}

/// Which facet to leave out of a filter, so that its own counts are not narrowed by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Facet {
    None,
    Severity,
    Status,
    Workspace,
    Presence,
    Redirected,
}

pub(super) struct Cells {
    pub all: Vec<Cell>,
    by_place: HashMap<Place, i64>,
}

impl Cells {
    pub fn read(db: &Connection) -> Result<Self, StoreError> {
        let mut query = db.prepare_cached(
            "SELECT id, severity, severity_rank, status, workspace, presence, redirected, rows FROM cell",
        )?;
        let rows = query.query_map([], |row| {
            let place = Place {
                severity: row.get(1)?,
                severity_rank: row.get(2)?,
                status: row.get(3)?,
                workspace: row.get(4)?,
                presence: presence(&row.get::<_, String>(5)?),
                redirected: row.get(6)?,
            };
            Ok(Cell { id: row.get(0)?, place, rows: row.get::<_, i64>(7)?.max(0) as u64 })
        })?;
        let all = rows.collect::<Result<Vec<_>, _>>()?;
        let by_place = all.iter().map(|cell| (cell.place.clone(), cell.id)).collect();
        Ok(Self { all, by_place })
    }

    /// The number of a combination, which is made where it is new.
    pub fn at(&mut self, db: &Connection, place: Place) -> Result<i64, StoreError> {
        if let Some(id) = self.by_place.get(&place) {
            return Ok(*id);
        }
        let mut insert = db.prepare_cached(
            "INSERT INTO cell (severity, severity_rank, status, workspace, presence, redirected)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        let id = insert.insert(params![
            place.severity,
            place.severity_rank,
            place.status,
            place.workspace,
            place.presence.as_str(),
            place.redirected,
        ])?;
        self.by_place.insert(place, id);
        Ok(id)
    }

    /// Those that a filter lets through, one facet left out.
    pub fn chosen<'a>(&'a self, filter: &'a Filter, without: Facet) -> impl Iterator<Item = &'a Cell> {
        self.all.iter().filter(move |cell| passes(filter, without, &cell.place))
    }

    /// How many lines there are.
    pub fn total(&self) -> u64 {
        self.all.iter().map(|cell| cell.rows).sum()
    }
}

fn passes(filter: &Filter, without: Facet, place: &Place) -> bool {
    let any = |facet: Facet, wanted: &[String], value: &str| {
        facet == without || wanted.is_empty() || wanted.iter().any(|one| one == value)
    };
    any(Facet::Severity, &filter.severity, &place.severity)
        && any(Facet::Status, &filter.status, &place.status)
        && any(Facet::Workspace, &filter.workspace, &place.workspace)
        && (without == Facet::Presence
            || filter.presence.is_empty()
            || filter.presence.contains(&place.presence))
        && (without == Facet::Redirected || filter.redirected.is_none_or(|wanted| wanted == place.redirected))
}

pub(super) fn presence(text: &str) -> Presence {
    Presence::parse(text).unwrap_or(Presence::TwinNotProved)
}

impl Store {
    /// Graph ids of twins that Graph was not heard of yet, at most `most`.
    pub fn unread_twins(&self, most: u32) -> Result<Vec<String>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare_cached(UNREAD)?;
            let found =
                query.query_map(params![Presence::DefenderNotRead.as_str(), most], |row| row.get(0))?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}

const UNREAD: &str = "
    SELECT DISTINCT i.graph_id FROM cell c CROSS JOIN incident i ON i.cell = c.id
    WHERE c.presence = ?1 AND c.rows > 0 AND i.graph_id IS NOT NULL LIMIT ?2";
