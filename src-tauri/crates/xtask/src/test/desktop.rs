//! The real window under Xvfb, driven by WebDriver.

use super::report::Report;
use super::supplies::{Supplies, all};
use crate::place;
use crate::step::{Outcome, Step};

/// Turns WebDriver's words into those of the system's web view.
const DRIVER: &str = "tauri-driver@2.1.0";

const TESTS: &str = "tests/desktop/window.test.mjs tests/desktop/crash.test.mjs";

pub fn run(report: &mut Report, supplies: &mut Supplies) {
    let fetched = all([supplies.debian.wait(), supplies.tests.wait()]);
    if report.note(fetched) && report.note(driver()) && supplies.programs(report) {
        report.step(in_a_screen().args("node --test --test-concurrency=1").args(TESTS));
    }
}

/// Not with `--release`: it relays a few requests, and the debug build is there in a third of the time.
pub fn driver() -> Outcome {
    if place::program("tauri-driver").is_some() {
        return Ok(());
    }
    Step::cargo().args("install --quiet --locked --debug --root").arg(place::tools()).arg(DRIVER).run()
}

fn in_a_screen() -> Step {
    Step::new("xvfb-run")
        .args("--auto-servernum --server-args")
        .arg("-screen 0 1440x900x24")
        .env("CROSSWALK_WINDOW", place::built("crosswalk"))
        .env("TAURI_DRIVER", place::program("tauri-driver").unwrap_or_default())
}
