//! The user interface in Chromium against devhost: journeys, screenshots, axe.

use super::core::SELECTION;
use super::report::Report;
use super::supplies::{Supplies, all};
use crate::place;
use crate::step::Step;

pub fn run(report: &mut Report, supplies: &mut Supplies) {
    let fetched = all([supplies.debian.wait(), supplies.ui.wait(), supplies.tests.wait()]);
    let built = report.note(fetched)
        && report.step(Step::new("npm").args("run --silent build").dir(place::ui()))
        && report.step(Step::cargo().args("build").args(SELECTION).args("--bins"));
    if built {
        let devhost = place::built("devhost");
        report.step(
            Step::new("npm").args("run --silent e2e").dir(place::tests()).env("CROSSWALK_DEVHOST", devhost),
        );
    }
}
