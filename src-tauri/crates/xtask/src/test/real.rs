//! Against strangers: gnome-keyring, Microsoft's own SDKs and KQL parser, mail servers.

use super::core::{SELECTION, nextest};
use super::report::Report;
use super::supplies::{Supplies, all, python_program};
use crate::place;
use crate::step::Step;

pub fn run(report: &mut Report, supplies: &mut Supplies) {
    let fetched = all([supplies.debian.wait(), supplies.python.wait(), supplies.kql.wait()]);
    if !report.note(fetched) {
        return;
    }
    report.step(Step::new("node").args("check.mjs").dir(place::tests().join("real/kql")));
    if report.step(Step::cargo().args("build").args(SELECTION).args("--bins")) {
        nextest(report, "binary(real)");
        sdks(report);
    }
}

/// Python's own runner over `tests/real/*.py`.
fn sdks(report: &mut Report) {
    let step = Step::new(python_program()).args("-m pytest -q").arg(place::tests().join("real"));
    report.step(step.env("XWALK", place::built("xwalk")));
}
