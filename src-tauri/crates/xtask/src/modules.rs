//! The JavaScript packages of a folder, exactly as its lock file says.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::step::{Outcome, Step};

/// True where `node_modules` is as new as the lock file it was made from.
pub fn are_fresh(folder: &Path) -> bool {
    let made = modified(&folder.join("node_modules/.package-lock.json"));
    made.is_some() && made >= modified(&folder.join("package-lock.json"))
}

pub fn install(folder: &Path) -> Step {
    Step::new("npm").args("ci --no-audit --no-fund").dir(folder)
}

/// In the terminal, where they are not there yet.
pub fn provide(folder: &Path) -> Outcome {
    if are_fresh(folder) {
        return Ok(());
    }
    println!("Missing, and installed now: the packages of {}", folder.display());
    install(folder).run()
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|meta| meta.modified()).ok()
}
