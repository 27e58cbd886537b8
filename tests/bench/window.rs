//! `start` and `memory`: the window on 100,000 cached incidents beside the same window on an empty store, and beside a
//! blank window of the system's web view.
//!
//! `starts.mjs` drives them on a screen and in a login session of their own. `CROSSWALK_WINDOW`, `BLANK_WINDOW` and
//! `TAURI_DRIVER` name the programs.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::{Value, json};

use crate::Outcome;
use crate::figure::{Aim, Figure, ROUNDS, median};
use crate::process::{Sandbox, named_by};

const INCIDENTS: u32 = 100_000;

pub fn start() -> Outcome<Vec<Figure>> {
    let told = told()?;
    let (cached, empty, blank) =
        (told.of("cached", "rows"), told.of("empty", "rows"), told.of("blank", "window"));
    let loaded = told.of("cached", "window");
    let spread = format!(
        "process start to first rows {cached:.2} s, of which to the page's load {loaded:.2} s; a blank window has loaded after \
         {blank:.2} s; medians of {ROUNDS}"
    );
    let figure = |name, ours, other, beside, times| Figure {
        name,
        ours,
        other,
        unit: "s",
        beside,
        aim: Aim::TimesTheTime(times),
        bound_by: spread.clone(),
    };
    Ok(vec![
        figure("start", cached, empty, "the same window on an empty store", 1.2),
        figure("start-blank", loaded, blank, "a blank window's load; ours to the page's load", 1.3),
    ])
}

pub fn memory() -> Outcome<Vec<Figure>> {
    let told = told()?;
    let (cached, empty, blank) =
        (told.of("cached", "memory"), told.of("empty", "memory"), told.of("blank", "memory"));
    let figure = |name, other, beside, times| Figure {
        name,
        ours: cached,
        other,
        unit: "MB",
        beside,
        aim: Aim::TimesTheTime(times),
        bound_by: format!("proportional set size of all processes, idle; medians of {ROUNDS}"),
    };
    Ok(vec![
        figure("memory", empty, "the same window on an empty store", 1.05),
        figure("memory-blank", blank, "a blank window", 1.6),
    ])
}

/// What the script told, each a list of rounds.
struct Told(Value);

impl Told {
    /// Times in s, memory in MB.
    fn of(&self, world: &str, what: &str) -> f64 {
        let rounds = self.0[world].as_array().into_iter().flatten();
        let scale = if what == "memory" { 1.0 } else { 1e-3 };
        let values: Vec<Duration> = rounds
            .filter_map(|round| round[what].as_f64())
            .map(|value| Duration::from_secs_f64(value.max(0.0) * scale))
            .collect();
        median(&values)
    }
}

/// Both yardsticks come from the same starts.
fn told() -> Outcome<&'static Told> {
    static TOLD: OnceLock<Told> = OnceLock::new();
    if let Some(told) = TOLD.get() {
        return Ok(told);
    }
    let told = Told(drive()?);
    Ok(TOLD.get_or_init(|| told))
}

fn drive() -> Outcome<Value> {
    let (cached, empty) = (Sandbox::start(INCIDENTS, 0)?, Sandbox::start(0, 0)?);
    let world = json!({ "cached": cached.file(), "empty": empty.file(), "rounds": ROUNDS });
    on_a_screen("starts.mjs", world)
}

/// Runs a script that drives windows, on a screen and in a login session of its own, and gives what it told.
pub fn on_a_screen(script: &str, mut world: Value) -> Outcome<Value> {
    let home = tempfile::tempdir()?;
    let told = home.path().join("told.json");
    for (key, variable) in [
        ("application", "CROSSWALK_WINDOW"),
        ("blank", "BLANK_WINDOW"),
        ("driver", "TAURI_DRIVER"),
        ("xwalk", "XWALK"),
    ] {
        world[key] = json!(named_by(variable)?);
    }
    world["home"] = json!(home.path());
    world["told"] = json!(told);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench").join(script);
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "xvfb-run", "--auto-servernum", "--server-args", "-screen 0 1440x900x24", "node"]);
    command.arg(script).arg(world.to_string());
    let ended = command.stdin(Stdio::null()).stdout(std::io::stderr()).status()?;
    if !ended.success() {
        return Err(format!("the window's script ended with {ended}").into());
    }
    Ok(serde_json::from_slice(&std::fs::read(told)?)?)
}
