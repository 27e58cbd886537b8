//! The files of sealed secrets: one folder per connection, written whole or not at all.
//!
//! Never here: a byte in clear, a path outside the folder. A reader needs no lock, since a file is replaced by a
//! rename; writers of all processes take turns by a lock on `.lock`.

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use domain::secret::{Item, KeychainFault};

const ENDING: &str = "sealed";
/// Of a file that is being written. One that a crash left is swept by the next writer.
const UNDER_WAY: &str = "new";

pub struct Folder(PathBuf);

impl Folder {
    pub fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    pub fn file(&self, item: &Item) -> PathBuf {
        self.of(&item.connection).join(item.purpose.word()).with_extension(ENDING)
    }

    pub fn holds(&self, item: &Item) -> bool {
        is_plain(&item.connection) && self.file(item).exists()
    }

    pub fn exists(&self, connection: &str) -> bool {
        is_plain(connection) && self.of(connection).is_dir()
    }

    /// Refuses a connection whose name is no folder's.
    pub fn check(&self, connection: &str) -> Result<(), KeychainFault> {
        if is_plain(connection) {
            return Ok(());
        }
        Err(KeychainFault::File { file: connection.to_owned(), why: "the name can't be a folder's".into() })
    }

    /// Waits for its turn among all writers, of this process and others; it ends with the value.
    pub fn lock(&self) -> Result<File, KeychainFault> {
        make(&self.0)?;
        let path = self.0.join(".lock");
        let locked = File::options().create(true).append(true).open(&path).and_then(|file| {
            file.lock()?;
            Ok(file)
        });
        locked.map_err(at(&path))
    }

    /// `None` where there is no such file. One that is longer than `most` comes cut, and so opens as nothing.
    pub fn read(&self, item: &Item, most: usize) -> Result<Option<Vec<u8>>, KeychainFault> {
        if !is_plain(&item.connection) {
            return Ok(None);
        }
        let path = self.file(item);
        let mut bytes = Vec::new();
        match File::open(&path).and_then(|file| file.take(most as u64).read_to_end(&mut bytes)) {
            Ok(_) => Ok(Some(bytes)),
            Err(why) if is_absent(&why) => Ok(None),
            Err(why) => Err(at(&path)(why)),
        }
    }

    /// Replaces the item's file: whatever happens, the old one or the new one is there, whole. Locked by the caller.
    pub fn write(&self, item: &Item, bytes: &[u8]) -> Result<(), KeychainFault> {
        let folder = self.of(&item.connection);
        make(&folder)?;
        self.sweep(&item.connection)?;
        replace(&folder, &self.file(item), bytes).map_err(at(&self.file(item)))
    }

    /// True where there was a file.
    pub fn delete(&self, item: &Item) -> Result<bool, KeychainFault> {
        let path = self.file(item);
        match fs::remove_file(&path) {
            Ok(()) => Ok(true),
            Err(why) if is_absent(&why) => Ok(false),
            Err(why) => Err(at(&path)(why)),
        }
    }

    /// Sweeps what a crash left; true where no sealed file remains, and then the connection's folder is gone too.
    pub fn tidy(&self, connection: &str) -> Result<bool, KeychainFault> {
        self.sweep(connection)?;
        if self.files(connection)?.iter().any(|file| ends_in(file, ENDING)) {
            return Ok(false);
        }
        match fs::remove_dir(self.of(connection)) {
            // Whatever else somebody laid there is not ours to delete.
            Err(why) if why.kind() != ErrorKind::DirectoryNotEmpty && !is_absent(&why) => {
                Err(at(&self.of(connection))(why))
            }
            _ => Ok(true),
        }
    }

    /// Everything that lies in the connection's folder, by name.
    pub fn files(&self, connection: &str) -> Result<Vec<PathBuf>, KeychainFault> {
        if !self.exists(connection) {
            return Ok(Vec::new());
        }
        let folder = self.of(connection);
        let entries = fs::read_dir(&folder).map_err(at(&folder))?;
        let mut found = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>();
        if let Ok(files) = &mut found {
            files.sort();
        }
        found.map_err(at(&folder))
    }

    fn of(&self, connection: &str) -> PathBuf {
        self.0.join(connection)
    }

    fn sweep(&self, connection: &str) -> Result<(), KeychainFault> {
        let left = self.files(connection)?.into_iter().filter(|file| ends_in(file, UNDER_WAY));
        left.into_iter().try_for_each(|file| fs::remove_file(&file).map_err(at(&file)))
    }
}

/// A name that is one folder's on every system, and can't lead elsewhere.
fn is_plain(connection: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !connection.is_empty() && !connection.starts_with('.') && connection.chars().all(plain)
}

fn ends_in(file: &Path, ending: &str) -> bool {
    file.extension().is_some_and(|end| end == ending)
}

fn is_absent(why: &io::Error) -> bool {
    matches!(why.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn make(folder: &Path) -> Result<(), KeychainFault> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(at(folder))
}

/// A file of its own in the same folder, 0600 from its first byte, on the disk before it gets its name; then the
/// folder, so that the name survives a power cut too.
fn replace(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = tempfile::Builder::new().suffix(&format!(".{UNDER_WAY}")).tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

fn at(path: &Path) -> impl Fn(io::Error) -> KeychainFault {
    move |why| KeychainFault::File { file: path.display().to_string(), why: why.to_string() }
}
