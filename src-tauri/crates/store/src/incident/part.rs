//! What was asked of one incident when it was opened, by part and API.
//!
//! An answer replaces the one before; a refusal leaves it and stands beside it. Names of entities go into the text index
//! in the same transaction, so that search never finds what is not here.

use rusqlite::{Connection, OptionalExtension, Row, params};
use time::OffsetDateTime;

use super::line_of;
use crate::text::index_line;
use crate::time_stamp::{from_ms, to_ms};
use crate::{Store, StoreError};

/// How an API answered for one part.
#[derive(Clone, Debug, PartialEq)]
pub struct PartAnswer {
    /// `alerts`, `entities`, `comments`, `tasks`.
    pub part: &'static str,
    /// `sentinel` or `graph`.
    pub api: &'static str,
    /// The list as JSON and the names of entities in it, or why there is none.
    pub told: Result<(String, Option<String>), String>,
}

/// What is kept of it.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptPart {
    pub part: String,
    pub api: String,
    pub json: Option<String>,
    pub read_at: Option<OffsetDateTime>,
    pub trouble: Option<String>,
}

impl Store {
    /// Keeps what was answered for one incident; answers of APIs that were not asked this time go. False where the
    /// incident is not in the queue any more.
    pub fn put_incident_parts(
        &self,
        key: &str,
        answers: &[PartAnswer],
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        self.write(|db| {
            let Some(line) = line(db, key)? else { return Ok(false) };
            drop_unasked(db, line, answers)?;
            for answer in answers {
                put(db, line, answer, at)?;
            }
            index_line(db, line)?;
            Ok(true)
        })
    }

    pub fn incident_parts(&self, key: &str) -> Result<Vec<KeptPart>, StoreError> {
        self.read(|db| {
            let Some(line) = line(db, key)? else { return Ok(Vec::new()) };
            let mut query = db.prepare_cached(PARTS)?;
            let kept = query.query_map([line], kept)?;
            Ok(kept.collect::<Result<_, _>>()?)
        })
    }
}

/// Incidents whose entities are searchable.
pub(super) fn named(db: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT count(DISTINCT incident) FROM incident_part WHERE names IS NOT NULL";
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get::<_, i64>(0))? as u64)
}

/// The line that shows this key: a Graph row that has become a twin shows under its twin's.
fn line(db: &Connection, key: &str) -> Result<Option<i64>, StoreError> {
    let Some(line) = line_of(db, key)? else { return Ok(None) };
    let sql = "SELECT id FROM incident WHERE id = ?1";
    Ok(db.prepare_cached(sql)?.query_row([line], |row| row.get(0)).optional()?)
}

fn drop_unasked(db: &Connection, line: i64, answers: &[PartAnswer]) -> Result<(), StoreError> {
    let mut find = db.prepare_cached("SELECT id, part, api FROM incident_part WHERE incident = ?1")?;
    let asked = |part: &str, api: &str| answers.iter().any(|one| one.part == part && one.api == api);
    let rows = find.query_map([line], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let rows: Vec<(i64, String, String)> = rows.collect::<Result<_, _>>()?;
    for (id, _, _) in rows.iter().filter(|(_, part, api)| !asked(part, api)) {
        db.prepare_cached("DELETE FROM incident_part WHERE id = ?1")?.execute([id])?;
    }
    Ok(())
}

fn put(db: &Connection, line: i64, answer: &PartAnswer, at: OffsetDateTime) -> Result<(), StoreError> {
    let PartAnswer { part, api, told } = answer;
    match told {
        Ok((json, names)) => {
            db.prepare_cached(TOLD)?.execute(params![line, part, api, json, to_ms(at), names])?
        }
        Err(why) => db.prepare_cached(REFUSED)?.execute(params![line, part, api, why])?,
    };
    Ok(())
}

const TOLD: &str = "
    INSERT INTO incident_part (incident, part, api, json, read_at, names) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (incident, part, api) DO UPDATE SET json = excluded.json, read_at = excluded.read_at,
        names = excluded.names, trouble = NULL";

const REFUSED: &str = "
    INSERT INTO incident_part (incident, part, api, trouble) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (incident, part, api) DO UPDATE SET trouble = excluded.trouble";

const PARTS: &str =
    "SELECT part, api, json, read_at, trouble FROM incident_part WHERE incident = ?1 ORDER BY part, api DESC";

fn kept(row: &Row<'_>) -> rusqlite::Result<KeptPart> {
    Ok(KeptPart {
        part: row.get(0)?,
        api: row.get(1)?,
        json: row.get(2)?,
        read_at: row.get::<_, Option<i64>>(3)?.map(from_ms),
        trouble: row.get(4)?,
    })
}
