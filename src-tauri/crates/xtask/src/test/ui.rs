//! The user interface by itself: types, lints, component tests, and that it builds.

use super::report::Report;
use super::supplies::Supplies;
use crate::place;
use crate::step::Step;

pub fn run(report: &mut Report, supplies: &mut Supplies) {
    if !report.note(supplies.ui.wait()) {
        return;
    }
    for script in ["check", "lint", "test"] {
        report.step(Step::new("npm").args("run --silent").arg(script).dir(place::ui()));
    }
    supplies.pages(report);
}
