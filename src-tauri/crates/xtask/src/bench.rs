//! `cargo xtask bench [NAME…] [--json]`: the yardsticks, in release builds, beside what they are measured against.
//!
//! Not part of the tests: a figure is read by a person, and a busy machine makes it a wrong one.

use crate::step::{Outcome, Step};
use crate::{need, place, python};

/// Whole-graph algorithms in Python, for the chains.
const GRAPHS: &str = "networkx==3.6.1";

pub fn run(words: &[&str]) -> Outcome {
    need::provide(&[need::CORE, need::PYTHON].concat())?;
    let packages = [python::SDKS, &[GRAPHS]].concat();
    python::environment(&packages).into_iter().try_for_each(Step::run)?;
    Step::cargo().args("build --quiet --release --package cli").run()?;
    let measure = Step::cargo().args("bench --quiet --package tests --bench yardstick --");
    let measure = words.iter().fold(measure, |step, word| step.arg(word));
    measure.env("XWALK", place::released("xwalk")).env("PYTHON", python::program()).run()
}
