//! CSV as RFC 4180, in UTF-8 with the mark that Excel needs. Every cell is quoted, and none is a formula.
//!
//! The head stands in lines that begin with `#`; no line of data does, because it begins with a quote.

use std::io::{Result, Write};

use super::Sheet;
use super::about::Head;
use super::column::{Cell, Column};
use super::text::{guarded, visible};

pub struct Csv<W: Write>(W);

impl<W: Write> Csv<W> {
    pub fn begin(mut out: W, head: &Head, columns: &[Column]) -> Result<Self> {
        write!(out, "\u{feff}# {}\r\n", visible(&head.title))?;
        for (name, value) in &head.facts {
            write!(out, "# {name}: {}\r\n", visible(value))?;
        }
        let mut csv = Self(out);
        csv.line(columns.iter().map(|column| column.header()))?;
        Ok(csv)
    }

    fn line<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<()> {
        let quoted: Vec<String> = cells.map(quoted).collect();
        write!(self.0, "{}\r\n", quoted.join(","))
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", guarded(&visible(text)).replace('"', "\"\""))
}

impl<W: Write> Sheet for Csv<W> {
    fn row(&mut self, cells: Vec<Cell>) -> Result<()> {
        self.line(cells.iter().map(|cell| cell.text.as_str()))
    }

    fn end(mut self: Box<Self>) -> Result<()> {
        self.0.flush()
    }
}
