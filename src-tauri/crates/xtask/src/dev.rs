//! `cargo xtask dev`: devhost on the demo tenant, and the pages built anew whenever a file of the UI changes.
//!
//! devhost reads the pages from disk, so a reload in the browser shows the change.

use std::thread;

use crate::step::{Outcome, Step};
use crate::{demo, place};

pub fn run() -> Outcome {
    demo::build_browser_half()?;
    let pages = Step::new("npm")
        .args("exec -- vite build --watch --emptyOutDir false --logLevel warn")
        .dir(place::ui());
    // It ends with the terminal's interrupt, as devhost does.
    thread::spawn(|| pages.run());
    demo::serve()
}
