//! `checks`: every readiness check over files, as `xwalk readiness --import` runs them.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use sandbox::content::{Content, playbooks};
use sandbox::scope::Scope;
use serde_json::Value;
use time::macros::datetime;

use crate::Outcome;
use crate::figure::{Aim, Figure, ROUNDS, median};
use crate::process::{run, xwalk};

const AUTOMATION_RULES: usize = 2_000;
const ANALYTICS_RULES: usize = 2_000;
const PLAYBOOKS: usize = 500;

pub fn measure() -> Outcome<Vec<Figure>> {
    let folder = tempfile::tempdir()?;
    let bytes = write(folder.path())?;
    let (mut ours, mut cpu, mut parse) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let mut command = xwalk()?;
        command.args(["readiness", "--json", "--import"]).arg(folder.path());
        let ran = run(command, &[0, 1])?;
        all_were_read(&ran.said)?;
        ours.push(ran.wall);
        cpu.push(ran.cpu);
        parse.push(read_and_parse(folder.path())?);
    }
    Ok(vec![Figure {
        name: "checks",
        ours: median(&ours),
        other: median(&parse),
        unit: "s",
        beside: "reading and parsing the same files, nothing else",
        aim: Aim::AtMost(2.0),
        bound_by: format!(
            "own CPU: {:.2} s of the {:.2} s for {} files, {:.1} MB",
            median(&cpu),
            median(&ours),
            AUTOMATION_RULES + ANALYTICS_RULES + PLAYBOOKS,
            bytes as f64 / 1e6,
        ),
    }])
}

/// The sandbox's rules and playbooks, broken ones among them, again and again under other names: a file for each.
fn write(folder: &Path) -> Outcome<usize> {
    let scope = Scope::new(1, datetime!(2026-11-24 0:00 UTC), Duration::ZERO);
    let all: Vec<Content> = scope.workspaces.iter().map(|name| Content::make(&scope, name)).collect();
    let automation: Vec<&Value> = all.iter().flat_map(|one| &one.automation_rules).collect();
    let analytics: Vec<&Value> = all.iter().flat_map(|one| &one.alert_rules).map(|rule| &rule.json).collect();
    let playbooks = playbooks(&scope).workflows;
    Ok(copies(folder, "automation", &automation, AUTOMATION_RULES)?
        + copies(folder, "analytics", &analytics, ANALYTICS_RULES)?
        + copies(folder, "playbook", &playbooks.iter().collect::<Vec<_>>(), PLAYBOOKS)?)
}

fn copies(folder: &Path, kind: &str, models: &[&Value], count: usize) -> Outcome<usize> {
    let mut bytes = 0;
    for (at, model) in models.iter().cycle().take(count).enumerate() {
        let mut copy = (*model).clone();
        for key in ["id", "name"] {
            let own = format!("{}-{at}", copy[key].as_str().unwrap_or_default());
            copy[key] = own.into();
        }
        let text = format!("{copy:#}");
        bytes += text.len();
        fs::write(folder.join(format!("{kind}-{at}.json")), text)?;
    }
    Ok(bytes)
}

/// A refused file would make ours look fast.
fn all_were_read(said: &Value) -> Outcome<()> {
    let files = said["files"].as_array().map(Vec::as_slice).unwrap_or_default();
    let read = files.iter().filter(|file| file["read"] == true).count();
    match read == AUTOMATION_RULES + ANALYTICS_RULES + PLAYBOOKS {
        true => Ok(()),
        false => Err(format!("only {read} files were read").into()),
    }
}

fn read_and_parse(folder: &Path) -> Outcome<Duration> {
    let began = Instant::now();
    for entry in fs::read_dir(folder)? {
        let parsed: Value = serde_json::from_slice(&fs::read(entry?.path())?)?;
        std::hint::black_box(parsed);
    }
    Ok(began.elapsed())
}
