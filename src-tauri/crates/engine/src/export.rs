//! The queue as a file: exactly the view, with its filter, order and columns, every row that matches.
//!
//! Rows go from the store to the file one by one. What is written is inert: a title may be a formula, markup or a trick
//! of direction, and none of it acts where the file is opened. Never here: half a file; it is written beside its place
//! and renamed. Start at [`Scope::export_incidents`].

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use domain::fault::{Code, Fault};
use domain::incident::queue::{Filter, Row, Sort};
use store::StoreError;
use tempfile::NamedTempFile;
use time::OffsetDateTime;

use crate::Scope;

mod about;
mod column;
mod csv;
mod html;
mod json;
mod mask;
mod text;
mod xlsx;

use about::About;
use column::Cell;
pub use column::Column;
use mask::Masks;
pub use mask::Redaction;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xlsx,
    Json,
    Html,
}

impl Format {
    /// What its files end with.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Html => "html",
        }
    }
}

/// What to write.
#[derive(Clone, Debug)]
pub struct View {
    pub filter: Filter,
    pub sort: Sort,
    pub columns: Vec<Column>,
    pub format: Format,
    pub redaction: Redaction,
}

/// Whose incidents they are, for the head of the file.
#[derive(Clone, Debug)]
pub struct Whose {
    pub tenant: String,
    pub demo: bool,
}

/// A file being written, in one of the formats. Cells come in the order of the columns.
trait Sheet {
    fn row(&mut self, cells: Vec<Cell>) -> std::io::Result<()>;
    fn end(self: Box<Self>) -> std::io::Result<()>;
}

/// Rows between two questions whether to go on.
const STEP: u64 = 500;

impl Scope {
    /// Writes the view to `path` and answers how many rows it holds. `go_on` is told the rows written and all there
    /// are, now and then; an error from it ends the writing.
    ///
    /// # Errors
    /// The disk's, or what the format can't hold. Nothing is left at `path` then that was not there before.
    pub fn export_incidents(
        &self,
        view: &View,
        whose: Whose,
        path: &Path,
        go_on: &dyn Fn(u64, u64) -> Result<(), Fault>,
    ) -> Result<u64, Fault> {
        let file = beside(path).map_err(|error| unwritable(path, &error))?;
        let about = About { whose, at: self.wall.now() };
        let written = self.store.with_incidents(&view.filter, view.sort, |total, of, rows| {
            fits(view.format, total)?;
            let mut masks = Masks::new(view.redaction);
            let head = about.head(view, total, of, &mut masks);
            let out = BufWriter::new(file.as_file());
            let mut sheet =
                sheet(view, folder(path), &head, out).map_err(|error| unwritable(path, &error))?;
            let written = write(view, &mut masks, sheet.as_mut(), rows, total, path, go_on)?;
            sheet.end().map_err(|error| unwritable(path, &error))?;
            Ok::<_, Fault>(written)
        })??;
        put(file, path).map_err(|error| unwritable(path, &error))?;
        Ok(written)
    }
}

fn write(
    view: &View,
    masks: &mut Masks,
    sheet: &mut dyn Sheet,
    rows: &mut dyn Iterator<Item = Result<Row, StoreError>>,
    total: u64,
    path: &Path,
    go_on: &dyn Fn(u64, u64) -> Result<(), Fault>,
) -> Result<u64, Fault> {
    let mut written = 0;
    for row in rows {
        if written % STEP == 0 {
            go_on(written, total)?;
        }
        let row = row?;
        let cells = view.columns.iter().map(|column| column.cell(&row, masks)).collect();
        sheet.row(cells).map_err(|error| unwritable(path, &error))?;
        written += 1;
    }
    go_on(written, total)?;
    Ok(written)
}

fn sheet<'a>(
    view: &View,
    folder: &Path,
    head: &about::Head,
    out: BufWriter<&'a File>,
) -> std::io::Result<Box<dyn Sheet + 'a>> {
    let columns = &view.columns;
    Ok(match view.format {
        Format::Csv => Box::new(csv::Csv::begin(out, head, columns)?),
        Format::Json => Box::new(json::Json::begin(out, head, columns)?),
        Format::Html => Box::new(html::Html::begin(out, head, columns)?),
        Format::Xlsx => Box::new(xlsx::Xlsx::begin(out, folder, head, columns)?),
    })
}

/// A file beside its place, so that renaming it there is one step.
fn beside(path: &Path) -> std::io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(".crosswalk-export-").tempfile_in(folder(path))
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn put(file: NamedTempFile, path: &Path) -> std::io::Result<()> {
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

fn fits(format: Format, total: u64) -> Result<(), Fault> {
    if format == Format::Xlsx && total > xlsx::MOST_ROWS {
        return Err(Fault::new(
            Code::Invalid,
            format!(
                "A worksheet holds {} incidents and {total} match, so nothing was exported.",
                xlsx::MOST_ROWS
            ),
        )
        .hint("Choose CSV, JSON or HTML, or narrow the filter."));
    }
    Ok(())
}

/// What the disk said, with nothing left behind.
fn unwritable(path: &Path, error: &std::io::Error) -> Fault {
    let name = path.display();
    let fault = |why: String| Fault::new(Code::Storage, format!("{why}, so `{name}` was not written."));
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            fault("The disk is full".into())
                .hint("Free some space or choose another folder, and export again.")
        }
        std::io::ErrorKind::NotFound => {
            fault("The folder does not exist".into()).hint("Choose another folder.")
        }
        std::io::ErrorKind::PermissionDenied => {
            fault("This user may not write there".into()).hint("Choose another folder.")
        }
        _ => fault(format!("Writing failed ({error})")).hint("Choose another folder, and export again."),
    }
}

/// `2026-11-24T09:42:00Z`.
fn instant(at: OffsetDateTime) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    let (date, time) = (at.date(), at.time());
    format!("{date}T{:02}:{:02}:{:02}Z", time.hour(), time.minute(), time.second())
}

#[cfg(test)]
mod tests;
