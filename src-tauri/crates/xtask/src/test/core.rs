//! Everything but the window: format, lints, the tests of all crates, licences.

use super::report::Report;
use super::supplies::{Supplies, tool};
use crate::step::Step;

/// One selection for every Cargo call of this and the next stages: another one would unify features anew and
/// compile the dependencies twice.
pub const SELECTION: &str = "--workspace --exclude desktop";

pub fn run(report: &mut Report, supplies: &mut Supplies) {
    report.step(Step::cargo().args("fmt --all --check"));
    report.step(Step::cargo().args("clippy").args(SELECTION).args("--all-targets -- -D warnings"));
    if report.note(supplies.python.wait()) {
        nextest(report, "not binary(real)");
        licences(report);
    }
}

/// Runs the tests that `filter` picks; stages that need a real server beside them have binaries of their own.
pub fn nextest(report: &mut Report, filter: &str) {
    let step = tool("cargo-nextest").map(|program| {
        program.args("nextest run").args(SELECTION).args("--no-fail-fast --status-level fail -E").arg(filter)
    });
    match step {
        Ok(step) => drop(report.step(step)),
        Err(why) => drop(report.note(Err(why))),
    }
}

fn licences(report: &mut Report) {
    let step = tool("cargo-deny").map(|program| {
        program.args("--config .cargo/deny.toml check licenses bans sources --hide-inclusion-graph")
    });
    match step {
        Ok(step) => drop(report.step(step)),
        Err(why) => drop(report.note(Err(why))),
    }
}
