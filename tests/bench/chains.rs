//! `chains`: ends, hops, cycles and missing targets over a million ids, beside networkx on the same arrays.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use domain::redirect::{Ends, Fate, Readings, Seen, Step, resolve};
use serde_json::{Value, json};

use crate::Outcome;
use crate::figure::{Aim, Figure, ROUNDS, median};
use crate::process::{python, run};

const IDS: usize = 1_000_000;
/// Prime and larger than [`IDS`], so that multiples of anything else modulo it are all different.
const SPREAD: usize = 1_000_003;
const RING: usize = 5;

/// An id and the id that it was merged into.
type Reading = (u64, Option<u64>);

pub fn measure() -> Outcome<Vec<Figure>> {
    let readings = readings(IDS);
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("readings.txt");
    std::fs::write(&file, text(&readings)?)?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (took, found) = follow(&readings);
        let mut command = python("chains.py")?;
        command.arg(&file);
        let other = run(command, &[0])?.said;
        agree(&found, &other["summary"])?;
        ours.push(took);
        theirs.push(Duration::from_secs_f64(other["seconds"].as_f64().unwrap_or_default()));
    }
    let tenth = self::readings(IDS / 10);
    let tenth: Vec<Duration> = (0..ROUNDS).map(|_| follow(&tenth).0).collect();
    Ok(vec![Figure {
        name: "chains",
        ours: median(&ours),
        other: median(&theirs),
        unit: "s",
        beside: "networkx on the same arrays of numbers, its graph built and the tree of each end walked",
        aim: Aim::TimesFaster(50.0),
        bound_by: bound_by(median(&ours), median(&tenth), resolved(&readings)),
    }])
}

/// The product's own follower on arrays; the table of positions that it builds counts.
fn follow(readings: &[Reading]) -> (Duration, Value) {
    let ids: Vec<u64> = readings.iter().map(|(id, _)| *id).collect();
    let steps: Vec<Step> = readings.iter().map(|(_, next)| next.map_or(Step::Live, Step::To)).collect();
    let began = Instant::now();
    let ends = Ends::of(&ids, &steps);
    let took = began.elapsed();
    let sources =
        (0..).zip(&steps).filter(|(_, step)| matches!(step, Step::To(_))).map(|(at, _)| ends.at(at));
    (took, summary(&ids, &sources.collect::<Vec<_>>()))
}

/// The whole verb over the same readings as text: ids turned into numbers, followed, a row made for each source.
fn resolved(readings: &[Reading]) -> Duration {
    let graph: HashMap<String, Seen> = readings
        .iter()
        .map(|(id, next)| match next {
            Some(next) => (id.to_string(), Seen::Redirected { next: Some(next.to_string()), gone: false }),
            None => (id.to_string(), Seen::Live),
        })
        .collect();
    let readings = Readings { graph, ..Readings::default() };
    let began = Instant::now();
    std::hint::black_box(resolve(&readings));
    began.elapsed()
}

/// A tenth of the ids for a tenth of the time is linear.
fn bound_by(whole: f64, tenth: f64, resolved: Duration) -> String {
    format!(
        "own memory, looked at out of order; an id costs {:.1} times what it costs among a tenth as many; with ids \
         as text at both ends and a row made for each source, {:.2} s",
        whole / tenth / 10.0,
        resolved.as_secs_f64(),
    )
}

/// A star of a tenth, one chain of a tenth, a hundredth in rings, a hundredth lost, short chains for the rest.
fn readings(count: usize) -> Vec<Reading> {
    let id = |at: usize| ((at * 611_953) % SPREAD + 1_000_000) as u64;
    let (star, chain, rings, lost) = (count / 10, count / 5, count / 5 + count / 100, count / 5 + count / 50);
    let next = |at: usize| match at {
        0 => None,
        _ if at < star => Some(id(0)),
        _ if at < chain => (at + 1 < chain).then(|| id(at + 1)),
        _ if at < rings => Some(id(if (at - chain) % RING == RING - 1 { at + 1 - RING } else { at + 1 })),
        _ if at < lost => Some(id(at) + 90_000_000),
        // Chains of four ids: three hops and an end.
        _ => (at % 4 != 3 && at + 1 < count).then(|| id(at + 1)),
    };
    (0..count).map(|at| (id(at), next(at))).collect()
}

fn text(readings: &[Reading]) -> Outcome<String> {
    let mut text = String::new();
    for (id, next) in readings {
        match next {
            Some(next) => writeln!(text, "{id} {next}")?,
            None => writeln!(text, "{id} -")?,
        }
    }
    Ok(text)
}

/// What both sides must find: how many ended how, all hops, and all ends added up.
fn summary(ids: &[u64], ends: &[(Fate, u32)]) -> Value {
    let live = ends.iter().filter_map(|(fate, _)| match fate {
        Fate::Live(at) => Some(ids[*at as usize]),
        _ => None,
    });
    let count = |is: fn(&Fate) -> bool| ends.iter().filter(|(fate, _)| is(fate)).count();
    json!({
        "ends": live.clone().count(),
        "ends_sum": live.sum::<u64>(),
        "cycles": count(|fate| matches!(fate, Fate::Cycle(_))),
        "missing": count(|fate| matches!(fate, Fate::Unread(_))),
        "hops": ends.iter().map(|(_, hops)| u64::from(*hops)).sum::<u64>(),
    })
}

fn agree(ours: &Value, theirs: &Value) -> Outcome<()> {
    if ours == theirs { Ok(()) } else { Err(format!("found {ours}, networkx {theirs}").into()) }
}
