//! Where lines of the queue stand: each combination of what they are filtered by, with how many have it.
//!
//! A tenant has some hundreds, seldom thousands, so a question reads them whole: counts, totals and filters come from
//! here, and a line carries one number in place of eight columns. Triggers keep the counts. Never here: a line.

use std::collections::HashMap;

use domain::incident::queue::{Filter, Presence};
use rusqlite::{Connection, OptionalExtension, params};

use super::{list, unlist};
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
    /// Sentinel's word, empty where nobody classified.
    pub classification: String,
    /// A list as [`products`] writes it.
    pub products: String,
    pub owner_differs: bool,
}

/// A combination that is or was taken.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub id: i64,
    pub place: Place,
    pub products: Vec<String>,
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
    Classification,
    Product,
    OwnerDiffers,
}

pub(super) struct Cells {
    pub all: Vec<Cell>,
}

impl Cells {
    pub fn read(db: &Connection) -> Result<Self, StoreError> {
        let mut query = db.prepare_cached(
            "SELECT id, severity, severity_rank, status, workspace, presence, redirected, classification, products,
                owner_differs, rows FROM cell",
        )?;
        let rows = query.query_map([], |row| {
            let place = Place {
                severity: row.get(1)?,
                severity_rank: row.get(2)?,
                status: row.get(3)?,
                workspace: row.get(4)?,
                presence: presence(&row.get::<_, String>(5)?),
                redirected: row.get(6)?,
                classification: row.get(7)?,
                products: row.get(8)?,
                owner_differs: row.get(9)?,
            };
            let products = unlist(&place.products);
            Ok(Cell { id: row.get(0)?, place, products, rows: row.get::<_, i64>(10)?.max(0) as u64 })
        })?;
        Ok(Self { all: rows.collect::<Result<_, _>>()? })
    }

    /// Those that a filter lets through, one facet left out.
    pub fn chosen<'a>(&'a self, filter: &'a Filter, without: Facet) -> impl Iterator<Item = &'a Cell> {
        self.all.iter().filter(move |cell| passes(filter, without, cell))
    }

    /// How many lines there are.
    pub fn total(&self) -> u64 {
        self.all.iter().map(|cell| cell.rows).sum()
    }
}

/// Numbers of combinations as a transaction meets them: it needs few of many.
#[derive(Default)]
pub(super) struct Places(HashMap<Place, i64>);

impl Places {
    /// The number of a combination, which is made where it is new.
    pub fn at(&mut self, db: &Connection, place: Place) -> Result<i64, StoreError> {
        if let Some(id) = self.0.get(&place) {
            return Ok(*id);
        }
        let id = match known(db, &place)? {
            Some(id) => id,
            None => made(db, &place)?,
        };
        self.0.insert(place, id);
        Ok(id)
    }
}

fn known(db: &Connection, place: &Place) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT id FROM cell WHERE severity = ?1 AND status = ?2 AND workspace = ?3 AND presence = ?4
        AND redirected = ?5 AND classification = ?6 AND products = ?7 AND owner_differs = ?8";
    let found = db.prepare_cached(sql)?.query_row(
        params![
            place.severity,
            place.status,
            place.workspace,
            place.presence.as_str(),
            place.redirected,
            place.classification,
            place.products,
            place.owner_differs,
        ],
        |row| row.get(0),
    );
    Ok(found.optional()?)
}

fn made(db: &Connection, place: &Place) -> Result<i64, StoreError> {
    let sql =
        "INSERT INTO cell (severity, severity_rank, status, workspace, presence, redirected, classification,
        products, owner_differs) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    Ok(db.prepare_cached(sql)?.insert(params![
        place.severity,
        place.severity_rank,
        place.status,
        place.workspace,
        place.presence.as_str(),
        place.redirected,
        place.classification,
        place.products,
        place.owner_differs,
    ])?)
}

/// The products of an incident as a cell keeps them: each once, in order, so that equal ones are one combination.
pub(super) fn products(told: &str) -> String {
    let mut names = unlist(told);
    names.sort_unstable();
    names.dedup();
    names.retain(|name| !name.is_empty());
    list(&names)
}

fn passes(filter: &Filter, without: Facet, cell: &Cell) -> bool {
    let place = &cell.place;
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
        && any(Facet::Classification, &filter.classification, &place.classification)
        && (without == Facet::Product
            || filter.product.is_empty()
            || cell.products.iter().any(|name| filter.product.contains(name)))
        && (without == Facet::OwnerDiffers
            || filter.owner_differs.is_none_or(|wanted| wanted == place.owner_differs))
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
