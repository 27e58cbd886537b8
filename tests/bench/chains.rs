//! `chains`: ends, hops, cycles and missing targets over a million ids, beside networkx on the same arrays.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use domain::redirect::{End, Follower, Readings, Seen, resolve};
use serde_json::{Value, json};

use crate::Outcome;
use crate::figure::{Aim, Figure, ROUNDS, median};
use crate::process::{python, run};

const IDS: usize = 1_000_000;
/// Prime and larger than [`IDS`], so that multiples of anything else modulo it are all different.
const SPREAD: usize = 1_000_003;
const RING: usize = 5;

/// An id and the id that it was merged into.
type Reading = (String, Option<String>);

pub fn measure() -> Outcome<Vec<Figure>> {
    let readings = readings(IDS);
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("readings.txt");
    std::fs::write(&file, text(&readings)?)?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (parts, found) = follow(readings.clone());
        let mut command = python("chains.py")?;
        command.arg(&file);
        let other = run(command, &[0])?.said;
        agree(&found, &other["summary"])?;
        ours.push(parts);
        theirs.push(Duration::from_secs_f64(other["seconds"].as_f64().unwrap_or_default()));
    }
    let tenth: Vec<Parts> = (0..ROUNDS).map(|_| follow(self::readings(IDS / 10)).0).collect();
    Ok(vec![Figure {
        name: "chains",
        ours: middle(&ours, Parts::followed),
        other: median(&theirs),
        unit: "s",
        beside: "networkx, its graph built and the tree of each end walked",
        aim: Aim::TimesFaster(50.0),
        bound_by: bound_by(&ours, &tenth),
    }])
}

/// What building the map of the readings took, following every chain, and then making the rows that are stored.
struct Parts {
    map: Duration,
    chains: Duration,
    rows: Duration,
}

impl Parts {
    /// As networkx answers: ends and hops, its graph's building counted.
    fn followed(&self) -> Duration {
        self.map + self.chains
    }
}

fn middle(runs: &[Parts], part: fn(&Parts) -> Duration) -> f64 {
    median(&runs.iter().map(part).collect::<Vec<_>>())
}

fn follow(readings: Vec<Reading>) -> (Parts, Value) {
    let sources: Vec<String> =
        readings.iter().filter(|one| one.1.is_some()).map(|one| one.0.clone()).collect();
    let began = Instant::now();
    let graph: HashMap<String, Seen> = readings
        .into_iter()
        .map(|(id, next)| match next {
            Some(next) => (id, Seen::Redirected { next: Some(next), gone: false }),
            None => (id, Seen::Live),
        })
        .collect();
    let map = began.elapsed();
    let began = Instant::now();
    let follower = Follower::new(&graph);
    let ends: Vec<(End, u32)> = sources.iter().map(|id| follower.follow(id)).collect();
    let chains = began.elapsed();
    let found = summary(&ends);
    drop((follower, ends));
    let readings = Readings { graph, ..Readings::default() };
    let began = Instant::now();
    std::hint::black_box(resolve(&readings));
    (Parts { map, chains, rows: began.elapsed() }, found)
}

/// A tenth of the ids for a tenth of the time is linear.
fn bound_by(whole: &[Parts], tenth: &[Parts]) -> String {
    format!(
        "own CPU and memory: hashing text ids, {:.2} s into the map and {:.2} s to follow; an id costs {:.1} times \
         what it costs among a tenth as many; the rows to store, followed anew, {:.2} s on top",
        middle(whole, |parts| parts.map),
        middle(whole, |parts| parts.chains),
        middle(whole, Parts::followed) / middle(tenth, Parts::followed) / 10.0,
        middle(whole, |parts| parts.rows),
    )
}

/// A star of a tenth, one chain of a tenth, a hundredth in rings, a hundredth lost, short chains for the rest.
fn readings(count: usize) -> Vec<Reading> {
    let id = |at: usize| ((at * 611_953) % SPREAD + 1_000_000).to_string();
    let (star, chain, rings, lost) = (count / 10, count / 5, count / 5 + count / 100, count / 5 + count / 50);
    let next = |at: usize| match at {
        0 => None,
        _ if at < star => Some(id(0)),
        _ if at < chain => (at + 1 < chain).then(|| id(at + 1)),
        _ if at < rings => Some(id(if (at - chain) % RING == RING - 1 { at + 1 - RING } else { at + 1 })),
        _ if at < lost => Some(format!("9{}", id(at))),
        // Chains of four ids: three hops and an end.
        _ => (at % 4 != 3 && at + 1 < count).then(|| id(at + 1)),
    };
    (0..count).map(|at| (id(at), next(at))).collect()
}

fn text(readings: &[Reading]) -> Outcome<String> {
    let mut text = String::new();
    for (id, next) in readings {
        writeln!(text, "{id} {}", next.as_deref().unwrap_or("-"))?;
    }
    Ok(text)
}

/// What both sides must find: how many ended how, all hops, and all ends added up.
fn summary(ends: &[(End, u32)]) -> Value {
    let live = ends.iter().filter_map(|(end, _)| match end {
        End::Live(id) => id.parse::<u64>().ok(),
        _ => None,
    });
    let count = |is: fn(&End) -> bool| ends.iter().filter(|(end, _)| is(end)).count();
    json!({
        "ends": live.clone().count(),
        "ends_sum": live.sum::<u64>(),
        "cycles": count(|end| matches!(end, End::Cycle(_))),
        "missing": count(|end| matches!(end, End::Unread(_))),
        "hops": ends.iter().map(|(_, hops)| u64::from(*hops)).sum::<u64>(),
    })
}

fn agree(ours: &Value, theirs: &Value) -> Outcome<()> {
    if ours == theirs { Ok(()) } else { Err(format!("found {ours}, networkx {theirs}").into()) }
}
