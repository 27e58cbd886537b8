//! `scroll` and `keystroke`: the real window on 200,000 incidents, moved at 20,000 px/s for 10 s beside a blank list, and
//! typed into.

use std::sync::OnceLock;
use std::time::Duration;

use serde_json::{Value, json};

use crate::Outcome;
use crate::figure::{Aim, Figure, median, p95};
use crate::process::Sandbox;
use crate::window::on_a_screen;

const INCIDENTS: u32 = 200_000;

pub fn scroll() -> Outcome<Vec<Figure>> {
    let told = &told()?["scroll"];
    let number = |world: &str, what: &str| told[world][what].as_f64().unwrap_or_default();
    let frame = |world: &str| number(world, "seconds") * 1e3 / number(world, "frames");
    let frames = number("list", "frames");
    let seen = format!(
        "{frames} frames over {:.0} px; {} with a placeholder, {} with a stretch not drawn yet",
        number("list", "moved"),
        number("list", "waiting"),
        number("list", "bare"),
    );
    Ok(vec![
        Figure {
            name: "scroll.waiting",
            ours: 100.0 * number("list", "waiting") / frames,
            other: 100.0,
            unit: "%",
            beside: "all frames",
            aim: Aim::AtMost(1.0),
            bound_by: seen.clone(),
        },
        Figure {
            name: "scroll.frame",
            ours: frame("list"),
            other: frame("blank"),
            unit: "ms",
            beside: "a frame of a blank list in a blank window",
            aim: Aim::None,
            bound_by: seen,
        },
    ])
}

pub fn keystroke() -> Outcome<Vec<Figure>> {
    let typed = told()?["typed"].as_array().into_iter().flatten();
    let times: Vec<Duration> =
        typed.filter_map(Value::as_f64).map(|ms| Duration::from_secs_f64(ms / 1e3)).collect();
    Ok(vec![Figure {
        name: "keystroke",
        ours: p95(&times) * 1e3,
        other: median(&times) * 1e3,
        unit: "ms",
        beside: "the median of the same letters",
        aim: Aim::AtMost(100.0),
        bound_by: format!("p95 of {} letters, from the event to the frame that has its rows", times.len()),
    }])
}

/// Both yardsticks come from the same store.
fn told() -> Outcome<&'static Value> {
    static TOLD: OnceLock<Value> = OnceLock::new();
    if let Some(told) = TOLD.get() {
        return Ok(told);
    }
    let large = Sandbox::start(INCIDENTS, 0)?;
    let told = on_a_screen("motion.mjs", json!({ "large": large.file() }))?;
    Ok(TOLD.get_or_init(|| told))
}
