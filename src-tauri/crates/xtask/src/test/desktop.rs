//! The real window under Xvfb, driven by WebDriver.

use super::report::Report;
use super::supplies::{Supplies, all};
use crate::place;
use crate::step::Step;

pub fn run(report: &mut Report, supplies: &mut Supplies) {
    let fetched = all([supplies.debian.wait(), supplies.ui.wait(), supplies.tests.wait()]);
    let built = report.note(fetched)
        && report.step(Step::new("npm").args("run --silent build").dir(place::ui()))
        && report.step(Step::cargo().args("build --package desktop"));
    if built {
        report.step(Step::new("node").args("--test").arg(place::tests().join("desktop")));
    }
}
