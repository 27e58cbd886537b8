//! The yardsticks: what Crosswalk does, timed beside something else in the same run.
//!
//! `cargo xtask bench` builds and starts it; `XWALK` names the program under test, `PYTHON` an interpreter with
//! Microsoft's SDKs; `window` needs more. Figures are medians. Never here: a verdict, a limit that fails a build, a figure that was not
//! measured in this run. Start at [`YARDSTICKS`].

mod chains;
mod checks;
mod figure;
mod floor;
mod growth;
mod motion;
mod plan;
mod process;
mod query;
mod sync;
mod window;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use figure::Figure;

/// Whatever stops a measurement, for the person at the terminal.
type Outcome<T> = Result<T, Box<dyn Error>>;

/// A yardstick's name and what measures it.
type Yardstick = (&'static str, fn() -> Outcome<Vec<Figure>>);

/// In the order in which they run.
const YARDSTICKS: &[Yardstick] = &[
    ("checks", checks::measure),
    ("chains", chains::measure),
    ("query", query::measure),
    ("sync-arm", sync::arm),
    ("sync-graph", sync::graph),
    ("sync-floor", floor::measure),
    ("plan", plan::measure),
    ("start", window::start),
    ("memory", window::memory),
    ("scroll", motion::scroll),
    ("keystroke", motion::keystroke),
    ("growth", growth::measure),
];

fn main() -> ExitCode {
    // Cargo adds `--bench` to what was typed.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let (flags, names): (Vec<_>, Vec<_>) = words.into_iter().partition(|word| word == "--json");
    let chosen = match chosen(&names) {
        Ok(chosen) => chosen,
        Err(why) => return failure(&why),
    };
    // One that fails does not take the others' figures with it.
    let (mut figures, mut failures) = (Vec::new(), Vec::new());
    for (name, work) in chosen {
        eprintln!("· {name}");
        match work() {
            Ok(found) => {
                eprintln!("{}", figure::table(&found));
                figures.extend(found);
            }
            Err(why) => failures.push(format!("{name}: {why}")),
        }
    }
    if let Err(why) = print(&figures, !flags.is_empty()) {
        failures.push(why.to_string());
    }
    if failures.is_empty() { ExitCode::SUCCESS } else { failure(&failures.join("\n")) }
}

fn failure(why: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("{why}");
    ExitCode::FAILURE
}

/// Those that are named, or all.
fn chosen(names: &[String]) -> Result<Vec<&'static Yardstick>, String> {
    let known: Vec<&str> = YARDSTICKS.iter().map(|(name, _)| *name).collect();
    if let Some(unknown) = names.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(format!("There is no yardstick `{unknown}`. The yardsticks: {}.", known.join(", ")));
    }
    let named = |name: &str| names.is_empty() || names.iter().any(|wanted| wanted == name);
    Ok(YARDSTICKS.iter().filter(|(name, _)| named(name)).collect())
}

fn print(figures: &[Figure], json: bool) -> Outcome<()> {
    let text = if json { format!("{:#}", figure::json(figures)) } else { figure::table(figures) };
    Ok(writeln!(std::io::stdout(), "{text}")?)
}
