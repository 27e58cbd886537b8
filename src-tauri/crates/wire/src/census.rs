//! What was on the wire, by the fields of the records: which were filled, and what had no field.
//!
//! It counts names and never values.

use std::collections::{BTreeMap, BTreeSet};

/// What a value was found to hold: which fields of its records, and what has no field of its own.
#[derive(Clone, Debug, Default)]
pub struct Census {
    /// Each `wire::module::Record.field` of every record met, and whether it was ever on the wire.
    pub fields: BTreeMap<&'static str, bool>,
    /// Unknown members (`wire::module::Record.member`), members of another shape, unknown cases, and raw JSON.
    pub strays: BTreeSet<String>,
}

impl Census {
    /// Counts a record's field.
    pub fn field(&mut self, name: &'static str, on_the_wire: bool) {
        *self.fields.entry(name).or_default() |= on_the_wire;
    }

    /// Counts what has no field.
    pub fn stray(&mut self, name: String) {
        self.strays.insert(name);
    }
}
