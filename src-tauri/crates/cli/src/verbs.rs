//! The verbs that read a tenant or files. With a descriptor they fetch first what they need.

use std::process::ExitCode;

use contract::readiness::Verdict;
use contract::terminal::{Planned, Redirect, SyncApi};
use host::{Apis, Host, Source};

use crate::args::{Place, ReadinessArgs, SyncArgs};
use crate::{desk, print};

pub async fn sync(args: SyncArgs, json: bool) -> Result<ExitCode, host::Fault> {
    let host = desk::open(args.place).await?;
    let apis = desk::apis(args.api);
    if args.plan {
        return plan(&host.plan_sync(apis, args.reconcile).await?, json);
    }
    let sync = match args.reconcile {
        true => host.reconcile(apis).await?,
        false => host.sync(apis).await?,
    };
    let clean = sync.troubles.is_empty();
    if json {
        print::json(&sync)?;
        return Ok(print::exit(clean));
    }
    let row = |name: &str, part: Option<SyncApi>| {
        part.map(|part| {
            vec![
                name.to_owned(),
                format!("{} incidents", part.incidents),
                format!("{} read", part.read),
                format!("{} requests", part.requests),
                format!("{} bytes", part.bytes),
                format!("{} retries", part.retries),
            ]
        })
    };
    let rows: Vec<Vec<String>> =
        [row("sentinel", sync.sentinel), row("graph", sync.graph), row("logs", sync.logs)]
            .into_iter()
            .flatten()
            .collect();
    print::table(&rows)?;
    print::line(&format!("{} ms", sync.elapsed_ms))?;
    if let Some(plan) = &sync.plan {
        print::line(&format!("The plan was: {}", plan.sentence))?;
    }
    for trouble in sync.notes.iter().chain(&sync.troubles) {
        print::line(&print::safe(trouble))?;
    }
    Ok(print::exit(clean))
}

fn plan(planned: &Planned, json: bool) -> Result<ExitCode, host::Fault> {
    match &planned.plan {
        _ if json => print::json(planned)?,
        Some(plan) => print::line(&plan.sentence)?,
        None => print::line("Only what changed is read; how much that is shows when it is read.")?,
    }
    Ok(print::exit(true))
}

pub async fn redirects(place: Place, json: bool) -> Result<ExitCode, host::Fault> {
    let host = synced(place).await?;
    host.read_ends(|left| eprintln!("Asking Defender where merged incidents went: {left} left.")).await?;
    let redirects = host.redirects().await?;
    if json {
        print::json(&redirects)?;
    } else {
        print::table(&redirects.iter().map(redirect_row).collect::<Vec<_>>())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn redirect_row(row: &Redirect) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".into());
    vec![
        row.source.number.map_or_else(|| "–".into(), |number| format!("#{number}")),
        text(&row.source.graph_id),
        "→".into(),
        row.target
            .as_ref()
            .map_or_else(|| print::word(&row.unresolved_reason), |target| text(&target.graph_id)),
        format!("{} hops", row.hops),
        print::word(&row.known_by),
    ]
}

pub async fn readiness(args: ReadinessArgs, json: bool) -> Result<ExitCode, host::Fault> {
    let host = if args.import.is_empty() {
        let place = Place {
            descriptor: args.descriptor,
            connection: args.connection,
            data_dir: args.data_dir,
            ephemeral: args.ephemeral,
        };
        synced(place).await?
    } else {
        let host = desk::fleeting();
        host.open(Source::Files(args.import)).await?;
        host
    };
    let report = host.readiness().await?;
    let clean = report
        .checks
        .iter()
        .all(|check| !matches!(check.verdict, Verdict::Fail | Verdict::Review | Verdict::CouldNotRun));
    if json {
        print::json(&report)?;
        return Ok(print::exit(clean));
    }
    let rows = report.checks.iter().map(|check| {
        vec![
            check.id.clone(),
            print::word(&check.verdict),
            print::safe(&check.title),
            print::safe(&check.reason),
        ]
    });
    print::table(&rows.collect::<Vec<_>>())?;
    for file in report.files.iter().filter(|file| !file.read) {
        print::line(&format!("{}: {}", print::safe(&file.file), print::safe(&file.reason)))?;
    }
    print::line(&format!("{} of {} checks ran", report.coverage.ran, report.coverage.total))?;
    Ok(print::exit(clean))
}

#[cfg(feature = "demo")]
pub async fn check(json: bool) -> Result<ExitCode, host::Fault> {
    let rows = desk::fleeting().check_demo().await?;
    if json {
        let table: serde_json::Map<String, serde_json::Value> =
            rows.into_iter().map(|row| (row.what.to_owned(), row.found.into())).collect();
        print::json(&table)?;
    } else {
        print::table(&rows.into_iter().map(|row| vec![row.what.to_owned(), row.found]).collect::<Vec<_>>())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens and, where the source is a sandbox's descriptor or was never read, reads it first.
pub(crate) async fn synced(place: Place) -> Result<Host, host::Fault> {
    let fetch = place.descriptor.is_some();
    let host = desk::open(place).await?;
    if fetch || !host.was_read().await? {
        // A partial reading is told, so that a short answer is not taken for a whole one.
        for trouble in host.sync(Apis::ALL).await?.troubles {
            eprintln!("{}", print::safe(&trouble));
        }
    }
    Ok(host)
}
