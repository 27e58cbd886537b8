//! Changes to incidents: the intent before anything is sent, the outcome after. A row is never removed.

use rusqlite::{OptionalExtension, Row, params};
use time::OffsetDateTime;

use crate::time_stamp::{from_ms, to_ms};
use crate::{Store, StoreError};

/// What is about to be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeIntent {
    /// Those that are applied together; see [`Store::next_batch`].
    pub batch: i64,
    /// Key of the incident's row in the queue.
    pub incident: String,
    pub title: String,
    /// `sentinel` or `graph`.
    pub api: String,
    /// The change that this one takes back.
    pub undoes: Option<i64>,
    /// JSON of the engine's.
    pub intent: String,
}

/// Which changes are asked for; what is empty narrows nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeFilter {
    /// Key of one incident's row.
    pub incident: Option<String>,
    /// As in [`ChangeRow::outcome`], with `under_way` for none.
    pub outcomes: Vec<&'static str>,
    /// Is in the title, the incident's key or the name of who made it, whatever its case.
    pub text: String,
}

/// A stretch of them, newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeStretch {
    pub rows: Vec<ChangeRow>,
    /// How many the filter lets through, of how many of that incident or all.
    pub total: u64,
    pub of: u64,
    /// How many of each outcome the filter lets through without its own outcomes.
    pub outcomes: Vec<(String, u64)>,
}

/// One change as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRow {
    pub id: i64,
    pub at: OffsetDateTime,
    pub intent: ChangeIntent,
    /// `done`, `failed`, `conflict`, `unknown`; `None` while it is under way.
    pub outcome: Option<String>,
    pub said: Option<String>,
    /// Whether a later change that was done took it back.
    pub undone: bool,
}

const ROW: &str = "
    SELECT id, batch, at, incident, title, api, undoes, intent, outcome, said,
        EXISTS (SELECT 1 FROM change later WHERE later.undoes = change.id AND later.outcome = 'done')
    FROM change";

/// `lower` knows ASCII alone, and so does the text that was typed where it matters: ids and sign-in names.
const MATCHES: &str = "(?1 IS NULL OR incident = ?1)
    AND (?2 = '' OR instr(lower(title), ?2) OR instr(lower(incident), ?2) OR instr(lower(coalesce(json_extract(intent, '$.by'), '')), ?2)
        OR instr(lower(coalesce(json_extract(intent, '$.by_name'), '')), ?2))";

fn read(row: &Row<'_>) -> rusqlite::Result<ChangeRow> {
    Ok(ChangeRow {
        id: row.get(0)?,
        at: from_ms(row.get(2)?),
        intent: ChangeIntent {
            batch: row.get(1)?,
            incident: row.get(3)?,
            title: row.get(4)?,
            api: row.get(5)?,
            undoes: row.get(6)?,
            intent: row.get(7)?,
        },
        outcome: row.get(8)?,
        said: row.get(9)?,
        undone: row.get(10)?,
    })
}

impl Store {
    /// A number that no batch had before.
    pub fn next_batch(&self) -> Result<i64, StoreError> {
        self.read(|db| {
            Ok(db.query_row("SELECT coalesce(max(batch), 0) + 1 FROM change", [], |row| row.get(0))?)
        })
    }

    /// Writes the intent; the number goes back to [`Store::change_end`].
    pub fn change_begin(&self, intent: &ChangeIntent, at: OffsetDateTime) -> Result<i64, StoreError> {
        let sql = "INSERT INTO change (batch, at, incident, title, api, undoes, intent)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.write(|db| {
            let ChangeIntent { batch, incident, title, api, undoes, intent } = intent;
            db.execute(sql, params![batch, to_ms(at), incident, title, api, undoes, intent])?;
            Ok(db.last_insert_rowid())
        })
    }

    /// Adds to the intent what was learned on the way.
    pub fn change_note(&self, id: i64, intent: &str) -> Result<(), StoreError> {
        let sql = "UPDATE change SET intent = ?2 WHERE id = ?1";
        self.write(|db| Ok(db.execute(sql, params![id, intent]).map(|_| ())?))
    }

    /// Writes how it ended; what is learned later replaces what was thought before.
    pub fn change_end(
        &self,
        id: i64,
        outcome: &str,
        said: &str,
        at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE change SET outcome = ?2, said = ?3, ended = ?4 WHERE id = ?1";
        self.write(|db| Ok(db.execute(sql, params![id, outcome, said, to_ms(at)]).map(|_| ())?))
    }

    /// Whatever was under way when an earlier run ended is unknown from here on.
    pub fn changes_cut_off(&self, said: &str) -> Result<(), StoreError> {
        let sql = "UPDATE change SET outcome = 'unknown', said = ?1 WHERE outcome IS NULL";
        self.write(|db| Ok(db.execute(sql, [said]).map(|_| ())?))
    }

    /// Changes of which it is not known whether they were made, oldest first.
    pub fn unknown_changes(&self) -> Result<Vec<ChangeRow>, StoreError> {
        self.read(|db| {
            let mut query = db.prepare(&format!("{ROW} WHERE outcome = 'unknown' ORDER BY id"))?;
            let rows = query.query_map([], read)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    pub fn change(&self, id: i64) -> Result<Option<ChangeRow>, StoreError> {
        self.read(|db| Ok(db.query_row(&format!("{ROW} WHERE id = ?1"), [id], read).optional()?))
    }

    /// Newest first.
    pub fn changes(
        &self,
        asked: &ChangeFilter,
        offset: u64,
        limit: u32,
    ) -> Result<ChangeStretch, StoreError> {
        let (incident, text) = (&asked.incident, asked.text.to_lowercase());
        let wanted = |outcome: &str| asked.outcomes.is_empty() || asked.outcomes.contains(&outcome);
        self.read(|db| {
            let sql = format!(
                "SELECT coalesce(outcome, 'under_way'), count(*) FROM change WHERE {MATCHES} GROUP BY 1 ORDER BY 1"
            );
            let mut query = db.prepare(&sql)?;
            let counts = query.query_map(params![incident, text], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
            let counts: Vec<(String, i64)> = counts.collect::<Result<_, _>>()?;
            let outcomes: Vec<(String, u64)> =
                counts.into_iter().map(|(outcome, count)| (outcome, count as u64)).collect();
            let total = outcomes.iter().filter(|(outcome, _)| wanted(outcome)).map(|(_, count)| count).sum();
            let all = "SELECT count(*) FROM change WHERE (?1 IS NULL OR incident = ?1)";
            let of = db.query_row(all, [incident], |row| row.get::<_, i64>(0))? as u64;
            let sql = format!(
                "{ROW} WHERE {MATCHES} AND (?3 = '' OR instr(?3, ',' || coalesce(outcome, 'under_way') || ','))
                 ORDER BY id DESC LIMIT ?4 OFFSET ?5"
            );
            let listed = match asked.outcomes.is_empty() {
                true => String::new(),
                false => format!(",{},", asked.outcomes.join(",")),
            };
            let mut query = db.prepare(&sql)?;
            let offset = i64::try_from(offset).unwrap_or(i64::MAX);
            let rows = query.query_map(params![incident, text, listed, limit, offset], read)?;
            Ok(ChangeStretch { rows: rows.collect::<Result<_, _>>()?, total, of, outcomes })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Key;

    const NOON: OffsetDateTime = time::macros::datetime!(2026-11-24 12:00 UTC);

    fn intent(batch: i64, undoes: Option<i64>) -> ChangeIntent {
        ChangeIntent {
            batch,
            incident: "g:1".into(),
            title: "<script>".into(),
            api: "graph".into(),
            undoes,
            intent: "{}".into(),
        }
    }

    #[test]
    fn what_was_under_way_is_unknown_after_a_crash_and_can_be_learned_later() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Key::new([1; 32])).unwrap().store;
        let id = store.change_begin(&intent(store.next_batch().unwrap(), None), NOON).unwrap();
        drop(store);
        let store = Store::open(folder.path(), Key::new([1; 32])).unwrap().store;
        assert_eq!(store.change(id).unwrap().unwrap().outcome, None);
        store.changes_cut_off("Cut off.").unwrap();
        assert_eq!(store.unknown_changes().unwrap()[0].said.as_deref(), Some("Cut off."));
        store.change_end(id, "done", "Found.", NOON).unwrap();
        assert!(store.unknown_changes().unwrap().is_empty());
    }

    #[test]
    fn a_change_that_was_taken_back_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Key::new([1; 32])).unwrap().store;
        let first = store.change_begin(&intent(1, None), NOON).unwrap();
        let back = store.change_begin(&intent(store.next_batch().unwrap(), Some(first)), NOON).unwrap();
        store.change_end(back, "failed", "No.", NOON).unwrap();
        assert!(!store.change(first).unwrap().unwrap().undone);
        store.change_end(back, "done", "", NOON).unwrap();
        assert!(store.change(first).unwrap().unwrap().undone);
        let of = |incident: &str| ChangeFilter { incident: Some(incident.into()), ..ChangeFilter::default() };
        let found = store.changes(&of("g:1"), 0, 1).unwrap();
        assert_eq!((found.rows[0].id, found.rows[0].intent.batch, found.total), (back, 2, 2));
        assert_eq!(store.changes(&of("g:2"), 0, 9).unwrap().total, 0);
    }

    #[test]
    fn changes_are_narrowed_by_outcome_and_words_with_the_counts_beside() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Key::new([1; 32])).unwrap().store;
        for (batch, outcome) in [(1, Some("done")), (2, Some("conflict")), (3, None)] {
            let by = ["{}", r#"{"by":"Lena@contoso.example"}"#, r#"{"by":"5f0c","by_name":"Night Shift"}"#];
            let by = by[batch as usize % 3];
            let id =
                store.change_begin(&ChangeIntent { intent: by.into(), ..intent(batch, None) }, NOON).unwrap();
            if let Some(outcome) = outcome {
                store.change_end(id, outcome, "", NOON).unwrap();
            }
        }
        let found = |outcomes: &[&'static str], text: &str| {
            let filter =
                ChangeFilter { outcomes: outcomes.to_vec(), text: text.into(), ..ChangeFilter::default() };
            let found = store.changes(&filter, 0, 9).unwrap();
            (found.rows.iter().map(|row| row.intent.batch).collect::<Vec<_>>(), found.total, found.of)
        };
        assert_eq!(found(&[], ""), (vec![3, 2, 1], 3, 3));
        assert_eq!(found(&["under_way", "done"], ""), (vec![3, 1], 2, 3));
        assert_eq!(found(&[], "lena@"), (vec![1], 1, 3));
        assert_eq!(found(&[], "night shift"), (vec![2], 1, 3));
        assert_eq!(found(&["conflict"], "<SCRIPT"), (vec![2], 1, 3));
        assert_eq!(found(&[], "%"), (vec![], 0, 3));
        let counts = store.changes(&ChangeFilter { outcomes: vec!["done"], ..ChangeFilter::default() }, 0, 1);
        let counts = counts.unwrap().outcomes;
        assert_eq!(counts, [("conflict".into(), 1), ("done".into(), 1), ("under_way".into(), 1)]);
    }
}
