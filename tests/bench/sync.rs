//! `sync-arm` and `sync-graph`: `xwalk sync` of one API beside Microsoft's own SDK, 30 ms before each answer.
//!
//! Ours is the whole process from its start to its end, store and redirects included; the SDK's clock starts after
//! its modules are loaded.

use std::time::Duration;

use serde_json::Value;

use crate::Outcome;
use crate::figure::{Aim, Figure, ROUNDS, median};
use crate::process::{Run, Sandbox, python, run, xwalk};

const INCIDENTS: u32 = 20_000;
const LATENCY_MS: u32 = 30;

pub fn arm() -> Outcome<Vec<Figure>> {
    let beside = "azure-mgmt-securityinsight, as_dict() into plain SQLite";
    beside_sdk("sync-arm", "sentinel", "arm", beside, 10.0)
}

pub fn graph() -> Outcome<Vec<Figure>> {
    beside_sdk("sync-graph", "graph", "graph", "msgraph-sdk into plain SQLite", 30.0)
}

fn beside_sdk(
    name: &'static str,
    api: &str,
    sdk: &str,
    beside: &'static str,
    aim: f64,
) -> Outcome<Vec<Figure>> {
    let sandbox = Sandbox::start(INCIDENTS, LATENCY_MS)?;
    let (mut ours, mut theirs, mut runs) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let synced = sync(&sandbox, api)?;
        let mut command = python("sync_sdk.py")?;
        command.arg(sdk).arg(sandbox.file());
        let other = run(command, &[0])?.said;
        if other["rows"] != synced.run.said[api]["incidents"] {
            return Err(format!("{} rows and {other} are not the same rows", synced.run.said).into());
        }
        ours.push(synced.run.wall);
        theirs.push(Duration::from_secs_f64(other["seconds"].as_f64().unwrap_or_default()));
        runs.push(synced);
    }
    let bound_by = bound_by(&runs, api, LATENCY_MS);
    let aim = Aim::TimesFaster(aim);
    Ok(vec![Figure { name, ours: median(&ours), other: median(&theirs), unit: "s", beside, aim, bound_by }])
}

/// A sync, and the sandbox's processor time meanwhile.
pub struct Synced {
    pub run: Run,
    pub sandbox: Duration,
}

pub fn sync(sandbox: &Sandbox, api: &str) -> Outcome<Synced> {
    let before = sandbox.cpu();
    let mut command = xwalk()?;
    command.args(["sync", "--json", "--ephemeral", "--api", api, "--descriptor"]).arg(sandbox.file());
    let run = run(command, &[0])?;
    Ok(Synced { run, sandbox: sandbox.cpu().saturating_sub(before) })
}

/// Where the time of the runs went, the largest part first. Writing and asking overlap, so parts can exceed the whole;
/// the rest is waiting for a processor or the disk.
pub fn bound_by(runs: &[Synced], api: &str, latency_ms: u32) -> String {
    let middle = |part: fn(&Synced) -> Duration| median(&runs.iter().map(part).collect::<Vec<_>>());
    let (wall, cpu, sandbox) =
        (middle(|one| one.run.wall), middle(|one| one.run.cpu), middle(|one| one.sandbox));
    let counted = |key: &str| runs.last().and_then(|one| one.run.said[api][key].as_u64()).unwrap_or_default();
    let latency = counted("requests") as f64 * f64::from(latency_ms) / 1e3;
    let rest = (wall - cpu - sandbox - latency).max(0.0);
    let mut parts = [
        (cpu, "own CPU"),
        (sandbox, "the sandbox's CPU"),
        (latency, "latency, one page after the other"),
        (rest, "waiting for a processor or the disk"),
    ];
    parts.sort_by(|a, b| b.0.total_cmp(&a.0));
    let parts = parts.map(|(seconds, what)| format!("{what} {seconds:.2} s"));
    format!(
        "{} of {wall:.2} s; {} rows, {} requests, {:.1} MB",
        parts.join(", "),
        counted("incidents"),
        counted("requests"),
        counted("bytes") as f64 / 1e6,
    )
}

/// Elapsed as the sync itself tells it, in seconds.
pub fn elapsed(said: &Value) -> Duration {
    Duration::from_millis(said["elapsed_ms"].as_u64().unwrap_or_default())
}
