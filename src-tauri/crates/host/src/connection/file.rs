//! Small files that belong to one user alone, replaced as a whole so that a crash leaves the old or the new one.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::Write;
use std::path::Path;

use domain::fault::{Code, Fault};

use super::{Connection, FILE};

/// The facts in a folder; none where it holds no connection.
pub(super) fn read(folder: &Path) -> Result<Option<Connection>, Fault> {
    let path = folder.join(FILE);
    let Ok(text) = std::fs::read_to_string(&path) else { return Ok(None) };
    serde_json::from_str(&text)
        .map(Some)
        .map_err(|error| Fault::new(Code::Storage, format!("`{}` can't be read: {error}.", path.display())))
}

pub(super) fn write(folder: &Path, connection: &Connection) -> Result<(), Fault> {
    let json = serde_json::to_string_pretty(connection)
        .map_err(|error| Fault::new(Code::Internal, format!("A connection can't be written: {error}.")))?;
    write_private(folder, FILE, &json)
}

/// Writes `folder/name` beside itself and moves it into place. Folder and file are readable by their owner alone.
pub(crate) fn write_private(folder: &Path, name: &str, text: &str) -> Result<(), Fault> {
    let written = private_folder(folder).and_then(|()| {
        let fresh = folder.join(format!(".{name}.{}", std::process::id()));
        let moved = fill(&fresh, text).and_then(|()| std::fs::rename(&fresh, folder.join(name)));
        if moved.is_err() {
            // What stands in the way of the file may stand in the way of this too; the first reason is told.
            let _ = std::fs::remove_file(&fresh);
        }
        moved
    });
    written.map_err(|error| {
        Fault::new(Code::Storage, format!("`{}` can't be written: {error}.", folder.join(name).display()))
            .hint("Make room on the disk, or allow writing there.")
    })
}

fn fill(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = open_private(path, OpenOptions::new().write(true).create(true).truncate(true))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// A folder that only its owner may look into; one that is there already becomes so.
pub(super) fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    #[cfg(unix)]
    std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

/// Opens a file that only its owner may read. On Windows a user's own profile folder is private by default.
pub(super) fn open_private(path: &Path, options: &mut OpenOptions) -> std::io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("contoso");
        write_private(&inner, FILE, "one").unwrap();
        write_private(&inner, FILE, "two").unwrap();
        assert_eq!(std::fs::read_to_string(inner.join(FILE)).unwrap(), "two");
        assert_eq!(std::fs::read_dir(&inner).unwrap().count(), 1, "the fresh file was moved, not copied");
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_may_read() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("contoso");
        std::fs::create_dir(&inner).unwrap();
        std::fs::set_permissions(&inner, std::fs::Permissions::from_mode(0o755)).unwrap();
        write_private(&inner, FILE, "{}").unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&inner), mode(&inner.join(FILE))), (0o700, 0o600), "an older folder is closed too");
    }

    #[test]
    fn where_it_can_not_be_written_the_place_is_named_and_the_old_stays() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(FILE)).unwrap();
        let fault = write_private(folder.path(), FILE, "x").unwrap_err();
        assert!(fault.code == Code::Storage && fault.sentence.contains(FILE), "{fault}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no half file is left");
    }
}
