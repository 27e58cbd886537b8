//! The indexes of the orders that the queue is seldom in.
//!
//! Ids, titles and owners come in no order, so that each new line rewrites a page of each of these. While an empty
//! queue is filled they are laid aside, and made at the end by sorting: each of their pages is written once. Until then
//! such an order is sorted for. Never here: the queue's own order, and what filters ask for.

use rusqlite::Connection;

use crate::{Store, StoreError};

const MADE: &str = "
    CREATE INDEX IF NOT EXISTS incident_created ON incident (created);
    CREATE INDEX IF NOT EXISTS incident_number ON incident (number);
    CREATE INDEX IF NOT EXISTS incident_title ON incident (title COLLATE NOCASE, updated);
    CREATE INDEX IF NOT EXISTS incident_owner ON incident (owner COLLATE NOCASE, updated);
    CREATE INDEX IF NOT EXISTS incident_alerts ON incident (alerts, updated);";

const LAID_ASIDE: &str = "
    DROP INDEX IF EXISTS incident_created; DROP INDEX IF EXISTS incident_number; DROP INDEX IF EXISTS incident_title;
    DROP INDEX IF EXISTS incident_owner; DROP INDEX IF EXISTS incident_alerts;";

impl Store {
    /// Lays them aside where the queue is empty; whoever fills it calls [`Store::make_orders`] behind that.
    pub fn lay_orders_aside(&self) -> Result<(), StoreError> {
        self.write(|db| {
            let filled = db.query_row("SELECT EXISTS (SELECT 1 FROM incident)", [], |row| row.get(0))?;
            if filled { Ok(()) } else { Ok(db.execute_batch(LAID_ASIDE)?) }
        })
    }

    /// Makes those that are not there; each is sorted for once.
    pub fn make_orders(&self) -> Result<(), StoreError> {
        self.write(|db| Ok(db.execute_batch(MADE)?))
    }
}

/// `INDEXED BY` an order's index where it is there: the planner knows no sizes, and might sort where it could walk.
pub(super) fn by_index(db: &Connection, name: &str) -> Result<String, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?1)";
    let there = db.prepare_cached(sql)?.query_row([name], |row| row.get(0))?;
    Ok(if there { format!("INDEXED BY {name}") } else { String::new() })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{arm, put_arm, store};
    use super::*;

    fn indexes(store: &Store) -> Vec<String> {
        let sql =
            "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'incident' ORDER BY name";
        let read = |db: &Connection| {
            let mut query = db.prepare(sql)?;
            let found = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            Ok(found)
        };
        store.read(read).expect("indexes")
    }

    #[test]
    fn what_is_made_behind_a_filling_is_what_a_new_file_has() {
        let (_folder, store) = store();
        let new = indexes(&store);
        store.lay_orders_aside().expect("laid aside");
        assert_eq!(indexes(&store).len(), new.len() - 5);
        put_arm(&store, &[arm("a", 1, None)]);
        store.lay_orders_aside().expect("nothing to do");
        store.make_orders().expect("made");
        assert_eq!(indexes(&store), new);
    }

    #[test]
    fn a_queue_that_holds_something_keeps_its_orders() {
        let (_folder, store) = store();
        let new = indexes(&store);
        put_arm(&store, &[arm("a", 1, None)]);
        store.lay_orders_aside().expect("nothing to do");
        assert_eq!(indexes(&store), new);
    }
}
