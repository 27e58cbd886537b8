//! One JSON document, `crosswalk.incidents/1`: the head, then a row per line.

use std::io::{Result, Write};

use serde_json::{Map, Value, json};

use super::Sheet;
use super::about::Head;
use super::column::{Cell, Column};
use super::text::json as inert;

pub struct Json<W: Write> {
    out: W,
    first: bool,
}

impl<W: Write> Json<W> {
    pub fn begin(mut out: W, head: &Head, columns: &[Column]) -> Result<Self> {
        let about: Map<String, Value> =
            head.facts.iter().map(|(name, value)| (name.to_lowercase(), json!(value))).collect();
        let columns: Vec<&str> = columns.iter().map(|column| column.header()).collect();
        write!(
            out,
            "{{\"schema\":\"crosswalk.incidents/1\",\"demo\":{},\"title\":{},\"about\":{},\"columns\":{},\"rows\":{},\n\"incidents\":[",
            head.demo,
            inert(&json!(head.title)),
            inert(&Value::Object(about)),
            inert(&json!(columns)),
            head.rows
        )?;
        Ok(Self { out, first: true })
    }
}

impl<W: Write> Sheet for Json<W> {
    fn row(&mut self, cells: Vec<Cell>) -> Result<()> {
        let row: Map<String, Value> = cells
            .into_iter()
            .flat_map(|cell| cell.json)
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        let comma = if std::mem::take(&mut self.first) { "" } else { "," };
        write!(self.out, "{comma}\n{}", inert(&Value::Object(row)))
    }

    fn end(mut self: Box<Self>) -> Result<()> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()
    }
}
