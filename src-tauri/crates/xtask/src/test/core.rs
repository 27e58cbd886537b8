//! The Rust code: format, lints, the tests of all crates, licences.

use super::report::Report;
use super::supplies::{Supplies, tool};
use crate::step::Step;

pub fn run(report: &mut Report, supplies: &mut Supplies) {
    report.step(Step::cargo().args("fmt --all --check"));
    if !supplies.compile(report) {
        return;
    }
    report.step(Step::cargo().args("clippy").args(supplies.selection).args("--all-targets -- -D warnings"));
    if report.note(supplies.python.wait()) {
        nextest(report, supplies, "not binary(real)");
        licences(report);
    }
}

/// Runs the tests that `filter` picks; those that need a real server beside them have a binary of their own.
pub fn nextest(report: &mut Report, supplies: &Supplies, filter: &str) {
    let step = tool("cargo-nextest").map(|program| {
        let program = program.args("nextest run").args(supplies.selection);
        program.args("--no-fail-fast --status-level fail -E").arg(filter)
    });
    perform(report, step);
}

fn licences(report: &mut Report) {
    let check = "--config .cargo/deny.toml check licenses bans sources --hide-inclusion-graph";
    perform(report, tool("cargo-deny").map(|program| program.args(check)));
}

fn perform(report: &mut Report, step: Result<Step, String>) {
    match step {
        Ok(step) => report.step(step),
        Err(why) => report.note(Err(why)),
    };
}
