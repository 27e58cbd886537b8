//! `growth`: the first sync, its memory and the questions of the queue at 1,000,000 incidents beside 100,000.
//!
//! Sync and host run in this process, the sandbox in its own.

use std::time::Duration;

use crate::Outcome;
use crate::figure::{Aim, Figure};
use crate::process::{forget_peak, peak};
use crate::query::{Answered, LARGE, Tenant, bound_by, worst};

const HUGE: u32 = 1_000_000;

/// What one size came to.
struct Read {
    rows: u64,
    synced: Duration,
    indexed: Duration,
    /// MB.
    peak: f64,
    asked: [Vec<Answered>; 3],
}

pub fn measure() -> Outcome<Vec<Figure>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let large = runtime.block_on(read(LARGE))?;
    let huge = runtime.block_on(read(HUGE))?;
    let figure = |name, unit, ours, other, bound_by| Figure {
        name,
        ours,
        other,
        unit,
        beside: "a tenth of the incidents",
        aim: Aim::None,
        bound_by,
    };
    let rows = format!("{} rows beside {}", huge.rows, large.rows);
    let seconds = |duration: Duration| duration.as_secs_f64();
    let mut figures = vec![
        figure("growth.sync", "s", seconds(huge.synced), seconds(large.synced), rows.clone()),
        figure("growth.index", "s", seconds(huge.indexed), seconds(large.indexed), rows.clone()),
        figure("growth.memory", "MB", huge.peak, large.peak, format!("peak of the process; {rows}")),
    ];
    for (group, name) in ["growth.page", "growth.filter", "growth.search"].into_iter().enumerate() {
        let (ours, other) = (worst(&huge.asked[group]), worst(&large.asked[group]));
        figures.push(figure(name, "ms", ours, other, bound_by(&huge.asked[group])));
    }
    Ok(figures)
}

async fn read(incidents: u32) -> Outcome<Read> {
    forget_peak()?;
    let tenant = Tenant::read(incidents).await?;
    let peak = peak();
    let asked = tenant.ask().await?;
    Ok(Read { rows: tenant.total, synced: tenant.synced, indexed: tenant.indexed, peak, asked })
}
