//! From paths to files: folders are walked, links are not followed, everything is bounded.
//!
//! Never here: reading content. Names that were refused are told with the reason.

use std::fs;
use std::path::{Path, PathBuf};

/// Files in one import.
pub const MAX_FILES: usize = 20_000;
/// Folders below a given one.
pub const MAX_DEPTH: usize = 32;

/// One thing met on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    File {
        path: PathBuf,
        /// Whether the user named it; such a file is read whatever it is called.
        named: bool,
        size: u64,
    },
    Refused {
        path: PathBuf,
        because: String,
    },
}

/// Everything below the paths, in order of name.
pub fn entries(paths: &[PathBuf]) -> Vec<Entry> {
    let mut scan = Scan { entries: Vec::new() };
    for path in paths {
        scan.given(path);
    }
    scan.entries
}

struct Scan {
    entries: Vec<Entry>,
}

impl Scan {
    /// A path the user named may be a link; what it leads to is what they chose.
    fn given(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => self.folder(path, 0),
            Ok(meta) if meta.is_file() => self.file(path, true, meta.len()),
            Ok(_) => self.refuse(path, "it is neither a file nor a folder"),
            Err(error) => self.refuse(path, &reason(&error)),
        }
    }

    fn folder(&mut self, folder: &Path, depth: usize) {
        if depth > MAX_DEPTH {
            self.refuse(folder, "it lies more than 32 folders deep");
            return;
        }
        let listed = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut found = match listed {
            Ok(found) => found,
            Err(error) => return self.refuse(folder, &reason(&error)),
        };
        if found.is_empty() && depth == 0 {
            self.refuse(folder, "the folder is empty");
        }
        found.sort_by_key(fs::DirEntry::file_name);
        for entry in found {
            if self.entries.len() >= MAX_FILES {
                return self.too_many(folder);
            }
            self.below(&entry.path(), depth);
        }
    }

    fn below(&mut self, path: &Path, depth: usize) {
        // Not `metadata`: that would follow a link.
        match fs::symlink_metadata(path) {
            Ok(meta) if meta.is_symlink() => {
                self.refuse(path, "it is a link, and links inside a folder are not followed")
            }
            Ok(meta) if meta.is_dir() && is_foreign(path) => {
                self.refuse(path, "the folder belongs to another tool and holds no rules");
            }
            Ok(meta) if meta.is_dir() => self.folder(path, depth + 1),
            Ok(meta) if meta.is_file() => self.file(path, false, meta.len()),
            Ok(_) => self.refuse(path, "it is neither a file nor a folder"),
            Err(error) => self.refuse(path, &reason(&error)),
        }
    }

    fn file(&mut self, path: &Path, named: bool, size: u64) {
        self.entries.push(Entry::File { path: path.to_owned(), named, size });
    }

    fn refuse(&mut self, path: &Path, because: &str) {
        self.entries.push(Entry::Refused { path: path.to_owned(), because: because.to_owned() });
    }

    /// Said once, however many folders are still open.
    fn too_many(&mut self, folder: &Path) {
        let because = "there are more than 20,000 files; the rest is left out";
        let said = matches!(self.entries.last(), Some(Entry::Refused { because: b, .. }) if b == because);
        if !said {
            self.refuse(folder, because);
        }
    }
}

/// Version control and package folders: thousands of files, none of them a rule.
fn is_foreign(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    [".git", ".hg", ".svn", "node_modules", ".terraform"].iter().any(|n| name == *n)
}

pub(crate) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "this account may not read it".to_owned(),
        _ => format!("it can't be read: {error}"),
    }
}
