//! One figure, and how all of them are printed.

use std::time::Duration;

use serde_json::{Map, Value, json};

/// What was measured. Times are medians over [`ROUNDS`] runs unless `bound_by` says otherwise.
pub struct Figure {
    pub name: &'static str,
    pub ours: f64,
    pub other: f64,
    pub unit: &'static str,
    /// What `other` is.
    pub beside: &'static str,
    /// How the aim is written, which says which way the ratio goes.
    pub aim: Aim,
    /// What limits ours, as measured.
    pub bound_by: String,
}

pub enum Aim {
    /// `other / ours`: how many times faster.
    TimesFaster(f64),
    /// `ours / other`: how many times the time.
    TimesTheTime(f64),
    /// `ours / other`, and ours alone is held against this many of the unit.
    AtMost(f64),
    /// `ours / other`, told beside each other.
    None,
}

/// Runs of each side, one after the other in turn.
pub const ROUNDS: usize = 3;

impl Figure {
    fn ratio(&self) -> f64 {
        match self.aim {
            Aim::TimesFaster(_) => self.other / self.ours,
            Aim::TimesTheTime(_) | Aim::AtMost(_) | Aim::None => self.ours / self.other,
        }
    }

    fn aim(&self) -> String {
        match self.aim {
            Aim::TimesFaster(times) => format!("≥ {times} times faster"),
            Aim::TimesTheTime(times) => format!("≤ {times} times"),
            Aim::AtMost(most) => format!("≤ {most} {}", self.unit),
            Aim::None => "none".to_owned(),
        }
    }
}

pub fn json(figures: &[Figure]) -> Value {
    let entry = |figure: &Figure| {
        json!({
            "ours": rounded(figure.ours),
            "other": rounded(figure.other),
            "ratio": rounded(figure.ratio()),
            "unit": figure.unit,
            "bound_by": figure.bound_by,
        })
    };
    figures.iter().map(|figure| (figure.name.to_owned(), entry(figure))).collect::<Map<_, _>>().into()
}

pub fn table(figures: &[Figure]) -> String {
    let mut text = format!("{:<15} {:>9} {:>9} {:>8}  {:<4}  aim\n", "", "ours", "other", "ratio", "unit");
    for figure in figures {
        text += &format!(
            "{:<15} {:>9} {:>9} {:>8}  {:<4}  {}\n{:15} other: {}\n{:15} bound by: {}\n",
            figure.name,
            rounded(figure.ours),
            rounded(figure.other),
            rounded(figure.ratio()),
            figure.unit,
            figure.aim(),
            "",
            figure.beside,
            "",
            figure.bound_by,
        );
    }
    text.trim_end().to_owned()
}

/// Three places, which is more than the runs agree on.
fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

pub fn median(times: &[Duration]) -> f64 {
    quantile(times, 0.5)
}

/// The time below which 95 of 100 lie.
pub fn p95(times: &[Duration]) -> f64 {
    quantile(times, 0.95)
}

/// In seconds, nearest rank; 0 of nothing.
fn quantile(times: &[Duration], part: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let rank = ((sorted.len() as f64 * part).ceil() as usize).saturating_sub(1);
    sorted.get(rank).map_or(0.0, Duration::as_secs_f64)
}
