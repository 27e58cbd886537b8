//! Carries over what no service could give back: what the user set, and what was done.
//!
//! Never here: rows that came from Microsoft; a sync reads them anew.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::{Store, StoreError};

/// What is the user's own. Of a damaged table, the rows before the damage are kept.
const OWN: &[&str] = &["setting", "audit", "change"];

/// Copies what can be read of `damaged` into `new`, which has the same tables or newer ones.
pub(crate) fn carry_over(damaged: &Connection, new: &Store) -> Result<(), StoreError> {
    new.write(|db| {
        for table in OWN {
            // What can't be read is lost: there is no second copy to turn to.
            let _ = carry_table(damaged, db, table);
        }
        Ok(())
    })
}

fn carry_table(damaged: &Connection, new: &Connection, table: &str) -> Result<(), StoreError> {
    let mut query = damaged.prepare(&format!("SELECT * FROM {table}"))?;
    let columns: Vec<String> = query.column_names().iter().map(ToString::to_string).collect();
    let marks = vec!["?"; columns.len()].join(", ");
    let sql = format!("INSERT OR REPLACE INTO {table} ({}) VALUES ({marks})", columns.join(", "));
    let mut put = new.prepare(&sql)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let values = (0..columns.len()).map(|at| row.get(at)).collect::<Result<Vec<Value>, _>>()?;
        put.execute(params_from_iter(values))?;
    }
    Ok(())
}
