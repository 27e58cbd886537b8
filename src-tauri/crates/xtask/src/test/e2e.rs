//! The user interface in Chromium against devhost: journeys, screenshots, axe.

use super::report::Report;
use super::supplies::{Supplies, all};
use crate::place;
use crate::step::Step;

pub fn run(report: &mut Report, supplies: &mut Supplies) {
    let fetched = all([supplies.debian.wait(), supplies.tests.wait()]);
    if report.note(fetched) && supplies.pages(report) && supplies.programs(report) {
        let devhost = place::built("devhost");
        report.step(
            Step::new("npm").args("run --silent e2e").dir(place::tests()).env("CROSSWALK_DEVHOST", devhost),
        );
    }
}
