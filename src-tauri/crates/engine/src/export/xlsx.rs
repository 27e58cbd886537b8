//! A workbook whose every cell is text: nothing is a formula, a link or a number. Rows are not held in memory.

use std::io::{Error, Result, Write};
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::Sheet;
use super::about::Head;
use super::column::{Cell, Column};
use super::text::visible;

/// A worksheet's rows but the head.
/// <https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3>
pub const MOST_ROWS: u64 = 1_048_575;

/// Characters of a cell, with room for the mark of a cut.
const MOST_TEXT: usize = 32_000;

pub struct Xlsx<W: Write + Send> {
    out: W,
    book: Workbook,
    next: u32,
}

impl<W: Write + Send> Xlsx<W> {
    /// Rows wait in `folder`, in a file without a name, until the workbook is put together.
    pub fn begin(out: W, folder: &Path, head: &Head, columns: &[Column]) -> Result<Self> {
        let book = begun(folder, head, columns).map_err(odd)?;
        Ok(Self { out, book, next: 1 })
    }
}

fn begun(folder: &Path, head: &Head, columns: &[Column]) -> std::result::Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    book.set_tempdir(folder)?;
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name("Incidents")?.set_freeze_panes(1, 0)?;
    for (at, column) in (0..).zip(columns) {
        sheet.set_column_width(at, width(*column))?;
        sheet.write_string_with_format(0, at, column.header(), &bold)?;
    }
    about(book.add_worksheet(), head, &bold)?;
    Ok(book)
}

fn about(sheet: &mut Worksheet, head: &Head, bold: &Format) -> std::result::Result<(), XlsxError> {
    sheet.set_name("About")?.set_column_width(0, 14)?.set_column_width(1, 90)?;
    sheet.write_string_with_format(0, 0, cut(&head.title), bold)?;
    for (at, (name, value)) in (1..).zip(&head.facts) {
        sheet.write_string(at, 0, *name)?.write_string(at, 1, cut(value))?;
    }
    Ok(())
}

fn width(column: Column) -> f64 {
    match column {
        Column::Title => 60.0,
        Column::SentinelId => 38.0,
        Column::Owner | Column::Tags => 28.0,
        Column::Sources | Column::Status | Column::Workspace | Column::Created | Column::Updated => 22.0,
        _ => 12.0,
    }
}

fn cut(text: &str) -> String {
    let text = visible(text);
    match text.char_indices().nth(MOST_TEXT) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.into_owned(),
    }
}

/// The disk's error where it was one, so that a full disk is told as such.
fn odd(error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(error) => error,
        other => Error::other(other),
    }
}

impl<W: Write + Send> Sheet for Xlsx<W> {
    fn row(&mut self, cells: Vec<Cell>) -> Result<()> {
        let sheet = self.book.worksheet_from_index(0).map_err(odd)?;
        for (at, cell) in (0..).zip(&cells) {
            sheet.write_string(self.next, at, cut(&cell.text)).map_err(odd)?;
        }
        self.next += 1;
        Ok(())
    }

    fn end(mut self: Box<Self>) -> Result<()> {
        self.book.save_to_writer(&mut self.out).map_err(odd)?;
        self.out.flush()
    }
}
