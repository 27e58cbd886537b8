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

    /// Newest first, of one incident or of all, and how many there are.
    pub fn changes(
        &self,
        incident: Option<&str>,
        offset: u64,
        limit: u32,
    ) -> Result<(Vec<ChangeRow>, u64), StoreError> {
        self.read(|db| {
            let filter = "WHERE (?1 IS NULL OR incident = ?1)";
            let mut query = db.prepare(&format!("{ROW} {filter} ORDER BY id DESC LIMIT ?2 OFFSET ?3"))?;
            let rows =
                query.query_map(params![incident, limit, i64::try_from(offset).unwrap_or(i64::MAX)], read)?;
            let rows = rows.collect::<Result<_, _>>()?;
            let count = format!("SELECT count(*) FROM change {filter}");
            let total = db.query_row(&count, [incident], |row| row.get::<_, i64>(0))?;
            Ok((rows, total as u64))
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
        let (rows, total) = store.changes(Some("g:1"), 0, 1).unwrap();
        assert_eq!((rows[0].id, rows[0].intent.batch, total), (back, 2, 2));
        assert_eq!(store.changes(Some("g:2"), 0, 9).unwrap().1, 0);
    }
}
