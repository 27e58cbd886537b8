//! `plan`: what a first sync of a large tenant asks at the published budgets, beside the least that could be asked, and
//! how long that takes beside what was predicted.
//!
//! Our budgets and the sandbox's counters read one clock that jumps to the next due time, so hours pass in seconds; the
//! sandbox answers 429 beyond the budgets. One run of each size: nothing in it depends on the machine.

use std::sync::Arc;

use cloud::pace::Pace;
use domain::incident::Api;
use engine::Control;
use engine::sync::{Apis, SyncPlan, SyncReport};
use sandbox::{Door, Options};
use tests::clock::Jumping;
use tests::limited;

use crate::Outcome;
use crate::figure::{Aim, Figure};

const SIZES: [(&str, &str, u32); 2] =
    [("plan.100k", "plan.100k.time", 100_000), ("plan.1m", "plan.1m.time", 1_000_000)];

/// Rows of a full page.
const ARM: u64 = 1_000;
const GRAPH: u64 = 50;

pub fn measure() -> Outcome<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut figures = Vec::new();
    for (requests, time, incidents) in SIZES {
        figures.extend(runtime.block_on(of(requests, time, incidents))?);
    }
    Ok(figures)
}

async fn of(requests: &'static str, time: &'static str, incidents: u32) -> Outcome<[Figure; 2]> {
    let clock = Jumping::new();
    let sandbox = limited::sandbox(Options { incidents, ..Options::default() }, &clock).await?;
    let folder = tempfile::tempdir()?;
    let scope = limited::scope(&sandbox, folder.path(), &clock, true)?;
    let report = scope.sync(Apis::ALL, &Control::silent()).await.map_err(|fault| fault.sentence)?;
    let plan = report.plan.ok_or("a first sync has no plan")?;
    let workspaces = sandbox.descriptor().workspaces.len() as u64;
    let refused: u64 = [Door::Arm, Door::Graph, Door::Logs]
        .into_iter()
        .map(|door| sandbox.journal().count(door).throttled as u64)
        .sum();
    let told = format!(
        "{refused} answers 429; {}; planned {}; {} rows",
        asked(&report),
        plan.requests(),
        plan.rows()
    );
    Ok([
        Figure {
            name: requests,
            ours: report.requests() as f64,
            other: least(&plan, workspaces) as f64,
            unit: "req",
            beside: "full pages of what the plan reads, one count and one answer of the log per workspace",
            aim: Aim::TimesTheTime(1.1),
            bound_by: told,
        },
        Figure {
            name: time,
            ours: took(&clock),
            other: plan.time().as_secs_f64(),
            unit: "s",
            beside: "the time that the plan told, on the clock that jumps",
            aim: Aim::TimesTheTime(1.1),
            bound_by: "Graph's 50 requests a minute, where it has the most to ask".to_owned(),
        },
    ])
}

fn took(clock: &Arc<Jumping>) -> f64 {
    clock.now().as_secs_f64()
}

fn asked(report: &SyncReport) -> String {
    let parts = [(Api::Sentinel, report.sentinel), (Api::Graph, report.graph), (Api::Logs, report.logs)];
    let parts = parts.map(|(api, part)| format!("{} {}", api.as_str(), part.map_or(0, |part| part.requests)));
    parts.join(", ")
}

/// No reader could do with fewer.
fn least(plan: &SyncPlan, workspaces: u64) -> u64 {
    let pages = |rows: u64, page: u64| rows.div_ceil(page);
    let arm = plan.sentinel.map_or(0, |part| pages(part.rows, ARM));
    let graph = plan.graph.map_or(0, |part| pages(part.rows, GRAPH));
    arm + graph + 2 * workspaces
}
