//! Where things lie in the checkout. One target directory holds everything that can be made again.

use std::path::{Path, PathBuf};

/// The root of the checkout. The manifest's folder is known when this is compiled, and a checkout that was moved is
/// compiled again.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3).unwrap_or(Path::new(".")).to_owned()
}

/// Cargo's target directory: its own variable where it is set, else `target`.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A program that Cargo built in the debug profile.
pub fn built(name: &str) -> PathBuf {
    target().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// The same from the release profile.
pub fn released(name: &str) -> PathBuf {
    target().join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

pub fn ui() -> PathBuf {
    root().join("ui")
}

pub fn tests() -> PathBuf {
    root().join("tests")
}

/// The folder of [`crate::python`]'s environment.
pub fn venv() -> PathBuf {
    target().join("venv")
}

/// Programs of others that Cargo built for us.
pub fn tools() -> PathBuf {
    target().join("tools")
}

/// Looks for a program as a shell would: what was fetched for the tests first, then `PATH`.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = [venv().join("bin"), tools().join("bin")].into_iter().chain(std::env::split_paths(&path));
    folders.map(|folder| folder.join(name)).find(|file| file.is_file())
}
