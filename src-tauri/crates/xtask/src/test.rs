//! `cargo xtask test [STAGE…]`: every test of the project, stage by stage, a line and a time for each.
//!
//! A stage that can't run has failed. Packages of Debian, npm and PyPI are fetched while Cargo compiles.

mod core;
mod desktop;
mod e2e;
mod real;
mod report;
mod supplies;
mod ui;

use std::time::{Duration, Instant};

use crate::need::{self, Need};
use crate::step::Outcome;
use crate::tally::Tally;
pub use desktop::driver;
use report::Report;
use supplies::Supplies;

/// One stage: its name, what it needs from Debian, and its steps.
struct Stage {
    name: &'static str,
    needs: &'static [&'static [Need]],
    run: fn(&mut Report, &mut Supplies),
}

/// In the order in which they run: the cheap and telling ones first.
const STAGES: &[Stage] = &[
    Stage { name: "core", needs: &[need::CORE, need::PYTHON], run: core::run },
    Stage { name: "ui", needs: &[], run: ui::run },
    Stage { name: "e2e", needs: &[need::CORE, need::BROWSER], run: e2e::run },
    Stage { name: "real", needs: &[need::CORE, need::PYTHON, need::KEYRING, need::PROXY], run: real::run },
    Stage { name: "desktop", needs: &[need::CORE, need::WINDOW, need::WINDOW_TEST], run: desktop::run },
];

pub fn run(names: &[&str]) -> Outcome {
    let chosen = choose(names)?;
    let mut supplies = Supplies::order(&chosen)?;
    let mut ended = Vec::new();
    for stage in chosen {
        ended.push(perform(stage, &mut supplies));
    }
    close(&ended)
}

fn choose(names: &[&str]) -> Result<Vec<&'static Stage>, String> {
    if let Some(unknown) = names.iter().find(|name| STAGES.iter().all(|stage| stage.name != **name)) {
        let known: Vec<&str> = STAGES.iter().map(|stage| stage.name).collect();
        return Err(format!("There is no stage `{unknown}`. The stages: {}.", known.join(", ")));
    }
    Ok(STAGES.iter().filter(|stage| names.is_empty() || names.contains(&stage.name)).collect())
}

struct Ended {
    name: &'static str,
    took: Duration,
    report: Report,
}

fn perform(stage: &Stage, supplies: &mut Supplies) -> Ended {
    println!("\n━━ {}", stage.name);
    let started = Instant::now();
    let mut report = Report::default();
    (stage.run)(&mut report, supplies);
    report.close();
    Ended { name: stage.name, took: started.elapsed(), report }
}

fn close(ended: &[Ended]) -> Outcome {
    let mut all = Tally::default();
    let mut failed = Vec::new();
    println!();
    for stage in ended {
        let word = if stage.report.faults.is_empty() { "ok" } else { "FAILED" };
        println!("{:<8} {word:<6} {:>5} s   {}", stage.name, stage.took.as_secs(), stage.report.tally);
        for fault in &stage.report.faults {
            println!("         {fault}");
        }
        all.add(stage.report.tally);
        if !stage.report.faults.is_empty() {
            failed.push(stage.name);
        }
    }
    println!("{all}");
    if failed.is_empty() { Ok(()) } else { Err(format!("Failed: {}", failed.join(", "))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_every_stage_and_order_is_ours() {
        let names =
            |words: &[&str]| choose(words).map(|all| all.iter().map(|stage| stage.name).collect::<Vec<_>>());
        assert_eq!(names(&[]).unwrap().len(), STAGES.len());
        assert_eq!(names(&["ui", "core"]).unwrap(), ["core", "ui"]);
    }

    #[test]
    fn an_unknown_stage_is_refused_and_the_known_ones_are_named() {
        let Err(told) = choose(&["e3e"]) else { panic!("`e3e` was taken for a stage") };
        assert!(told.contains("`e3e`") && told.contains("e2e"), "{told}");
    }

    #[test]
    fn a_stage_without_a_test_has_failed() {
        let mut report = Report::default();
        report.close();
        assert_eq!(report.faults.len(), 1);
    }
}
