//! Against strangers: gnome-keyring, Microsoft's own SDKs and KQL parser, mail clients, a proxy.

use super::core::nextest;
use super::report::Report;
use super::supplies::{Supplies, all};
use crate::place;
use crate::step::Step;

pub fn run(report: &mut Report, supplies: &mut Supplies) {
    let fetched = all([supplies.debian.wait(), supplies.python.wait(), supplies.kql.wait()]);
    if !report.note(fetched) {
        return;
    }
    report.step(Step::new("node").args("check.mjs").dir(place::tests().join("real/kql")));
    // The tests start `xwalk`, as a user does.
    if supplies.programs(report) {
        nextest(report, supplies, "binary(real)");
    }
}
