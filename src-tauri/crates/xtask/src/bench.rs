//! `cargo xtask bench [NAME…] [--json]`: the yardsticks, in release builds, beside what they are measured against.
//!
//! Not part of the tests: a figure is read by a person, and a busy machine makes it a wrong one.

use crate::step::{Outcome, Step};
use crate::test::driver;
use crate::{demo, need, place, python};

/// Whole-graph algorithms in Python, for the chains.
const GRAPHS: &str = "networkx==3.6.1";

/// As `tests/bench/main.rs` knows them; here too, so that a wrong name is told before anything is built.
const NAMES: &[&str] = &[
    "checks",
    "chains",
    "query",
    "sync-arm",
    "sync-graph",
    "sync-floor",
    "plan",
    "start",
    "memory",
    "scroll",
    "keystroke",
    "growth",
];

pub fn run(words: &[&str]) -> Outcome {
    known(words)?;
    need::provide(&[need::CORE, need::PYTHON].concat())?;
    let packages = [python::SDKS, &[GRAPHS]].concat();
    python::environment(&packages).into_iter().try_for_each(Step::run)?;
    Step::cargo().args("build --quiet --release --package cli").run()?;
    let measure = Step::cargo().args("bench --quiet --package tests --bench yardstick --");
    let measure = words.iter().fold(measure, |step, word| step.arg(word));
    let measure = if wants_window(words) { with_window(measure)? } else { measure };
    measure.env("XWALK", place::released("xwalk")).env("PYTHON", python::program()).run()
}

/// Names that need the window; no name means every one.
const WINDOW: &[&str] = &["start", "memory", "scroll", "keystroke"];

fn wants_window(words: &[&str]) -> bool {
    let mut names = words.iter().filter(|word| **word != "--json").peekable();
    names.peek().is_none() || names.any(|name| WINDOW.contains(name))
}

/// Builds the window as it ships, and a blank one beside it.
fn with_window(measure: Step) -> Result<Step, String> {
    need::provide(&[need::WINDOW, need::WINDOW_TEST, need::KEYRING].concat())?;
    demo::build_ui()?;
    Step::cargo().args("build --quiet --release --package desktop --bins --examples").run()?;
    driver()?;
    Ok(measure
        .env("CROSSWALK_WINDOW", place::released("crosswalk"))
        .env("BLANK_WINDOW", place::released("examples/blank"))
        .env("TAURI_DRIVER", place::program("tauri-driver").unwrap_or_default()))
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
        let told = known(&["checks", "end", "--json"]).unwrap_err();
        assert!(told.contains("`end`") && told.contains("sync-floor"), "{told}");
        assert_eq!(known(&["query", "--json"]), Ok(()));
    }

    #[test]
    fn the_window_is_built_only_where_it_is_measured() {
        assert!(wants_window(&[]) && wants_window(&["--json"]) && wants_window(&["query", "start"]));
        assert!(!wants_window(&["query", "--json"]));
    }
}
