//! `cargo xtask bench [NAME…] [--json]`: the yardsticks, in release builds, beside what they are measured against.
//!
//! Not part of the tests: a figure is read by a person, and a busy machine makes it a wrong one.

use crate::step::{Outcome, Step};
use crate::{need, place, python};

/// Whole-graph algorithms in Python, for the chains.
const GRAPHS: &str = "networkx==3.6.1";

/// As `tests/bench/main.rs` knows them; here too, so that a wrong name is told before anything is built.
const NAMES: &[&str] = &["checks", "chains", "query", "sync-arm", "sync-graph", "sync-floor"];

pub fn run(words: &[&str]) -> Outcome {
    known(words)?;
    need::provide(&[need::CORE, need::PYTHON].concat())?;
    let packages = [python::SDKS, &[GRAPHS]].concat();
    python::environment(&packages).into_iter().try_for_each(Step::run)?;
    Step::cargo().args("build --quiet --release --package cli").run()?;
    let measure = Step::cargo().args("bench --quiet --package tests --bench yardstick --");
    let measure = words.iter().fold(measure, |step, word| step.arg(word));
    measure.env("XWALK", place::released("xwalk")).env("PYTHON", python::program()).run()
}

fn known(words: &[&str]) -> Outcome {
    match words.iter().find(|word| **word != "--json" && !NAMES.contains(word)) {
        Some(unknown) => {
            Err(format!("There is no yardstick `{unknown}`. The yardsticks: {}.", NAMES.join(", ")))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_yardstick_is_refused_and_the_known_ones_are_named() {
        let told = known(&["checks", "start", "--json"]).unwrap_err();
        assert!(told.contains("`start`") && told.contains("sync-floor"), "{told}");
        assert_eq!(known(&["query", "--json"]), Ok(()));
    }
}
