//! Exports: the view to a file that a person named, or to a private one that a browser takes away.
//!
//! Never here: a path of a page that could be anything but the file of an export. The ending must be the format's, and
//! a host that serves browsers takes no path at all.

use std::cell::Cell;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use contract::export::{ExportPart, ExportPartRequest, IncidentExport};
use contract::job::JobView;
use domain::fault::{Code, Fault};
use engine::Control;
use engine::export::{Format, View, Whose};
use tempfile::TempDir;
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::open::Open;
use crate::{Host, view};

/// Bytes of one stretch.
const PART: u64 = 1 << 20;

/// The last file that was written for a browser, and the job that wrote it.
pub(crate) struct Kept {
    job: Option<u32>,
    name: String,
    folder: TempDir,
}

impl Kept {
    fn path(&self) -> PathBuf {
        self.folder.path().join(&self.name)
    }
}

impl Host {
    pub(crate) fn start_export(&self, asked: IncidentExport) -> Result<JobView, Fault> {
        let open = self.open_session()?;
        let (target, view) = (asked.path.clone(), view::export::view(asked, open.scope.now()));
        let kept = match &target {
            Some(path) => {
                self.may_write(Path::new(path), view.format)?;
                None
            }
            None => Some(private(view.format)?),
        };
        let path = kept.as_ref().map_or_else(|| PathBuf::from(target.unwrap_or_default()), Kept::path);
        let writing = open.clone();
        let job = self.job("incident_export", &open, move |control| export(writing, view, path, control));
        if let Some(kept) = kept {
            let mut exported = self.0.exported.lock().unwrap_or_else(PoisonError::into_inner);
            // Where an export was under way already, that one was answered, and its file stays.
            if exported.as_ref().is_none_or(|old| old.job != Some(job.id)) {
                *exported = Some(Kept { job: Some(job.id), ..kept });
            }
        }
        Ok(job)
    }

    pub(crate) fn export_part(&self, asked: &ExportPartRequest) -> Result<ExportPart, Fault> {
        let exported = self.0.exported.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = exported.as_ref().filter(|kept| kept.job == Some(asked.job)).ok_or_else(gone)?;
        let mut file = File::open(kept.path()).map_err(|_| gone())?;
        let bytes = part(&mut file, asked.offset).map_err(|_| gone())?;
        let next = asked.offset + bytes.len() as u64;
        let more = bytes.len() as u64 == PART;
        Ok(ExportPart {
            name: kept.name.clone(),
            base64: BASE64_STANDARD.encode(&bytes),
            next: more.then_some(next),
        })
    }

    /// A path comes from a dialog of the window's. A page that was tampered with could name any file of this user, so
    /// only one that ends as an export does is taken.
    fn may_write(&self, path: &Path, format: Format) -> Result<(), Fault> {
        if self.0.options.demo_only {
            return Err(Fault::new(Code::ReadOnly, "This window writes no files on this machine.")
                .hint("The browser saves the export itself."));
        }
        let ends = path.extension().is_some_and(|end| end.eq_ignore_ascii_case(format.ending()));
        if !path.is_absolute() || !ends {
            return Err(Fault::new(
                Code::Invalid,
                format!("`{}` is no full path of a .{} file.", path.display(), format.ending()),
            )
            .hint("Choose a place and a name in the dialog."));
        }
        Ok(())
    }
}

fn gone() -> Fault {
    Fault::new(Code::NotFound, "This export is not here any more.").hint("Export again.")
}

fn part(file: &mut File, offset: u64) -> std::io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(offset))?;
    let mut bytes = Vec::new();
    file.take(PART).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn private(format: Format) -> Result<Kept, Fault> {
    let folder = TempDir::with_prefix("crosswalk-export-")
        .map_err(|error| Fault::new(Code::Storage, format!("No private folder can be made: {error}.")))?;
    Ok(Kept { job: None, name: format!("incidents.{}", format.ending()), folder })
}

/// Writes on a thread that may block, waits there while paused, and ends there when the job's future is dropped.
async fn export(open: Arc<Open>, view: View, path: PathBuf, control: Control) -> Result<(), Fault> {
    let (_alive, dropped) = watch::channel(());
    control.step("Writing incidents");
    let telling = control.clone();
    let to = path.clone();
    let written = tokio::task::spawn_blocking(move || {
        let (handle, told) = (Handle::current(), Cell::new(0));
        let go_on = |rows: u64, of: u64| {
            if rows == 0 {
                telling.expect(of);
            }
            telling.advance(rows - told.replace(rows));
            handle.block_on(paused(&telling, dropped.clone()))
        };
        open.scope.export_incidents(&view, whose(&open), &to, &go_on)
    })
    .await
    .map_err(|broken| Fault::new(Code::Internal, format!("Writing ended early: {broken}.")))??;
    control.step(format!("{written} incidents written to {}", path.display()));
    Ok(())
}

pub(crate) fn whose(open: &Open) -> Whose {
    Whose { tenant: open.title(), demo: open.is_demo() }
}

/// Returns when the job may go on; an error when nobody wants it any more.
async fn paused(control: &Control, mut dropped: watch::Receiver<()>) -> Result<(), Fault> {
    tokio::select! {
        biased;
        _ = dropped.changed() => Err(Fault::new(Code::Cancelled, "Cancelled. No file was written.")),
        () = control.checkpoint() => Ok(()),
    }
}
