//! `xwalk alerts`: alerts of the log that no incident holds.

use std::process::ExitCode;

use contract::Menu;
use contract::alert::{AlertFilter, AlertListRequest, AlertPage, LogAlert};

use crate::args::AlertsArgs;
use crate::{print, verbs};

pub async fn alerts(args: AlertsArgs, json: bool) -> Result<ExitCode, host::Fault> {
    let host = verbs::synced(args.place).await?;
    let filter = AlertFilter { text: args.search, severity: args.severity, workspace: args.workspace };
    let request = AlertListRequest { filter, offset: args.offset, limit: args.limit };
    let page = host.alert_list(request).await.map_err(host::Fault::from)?;
    if json {
        print::json(&page)?
    } else {
        table(&page)?
    }
    let clean = !page.readings.is_empty()
        && page.readings.iter().all(|one| one.trouble.is_none() && one.read_at.is_some());
    Ok(print::exit(clean))
}

fn table(page: &AlertPage) -> Result<(), host::Fault> {
    print::table(&page.rows.iter().map(row).collect::<Vec<_>>())?;
    print::line(&format!("{} of {} alerts that no incident holds", page.rows.len(), page.total))?;
    if page.readings.is_empty() {
        print::line("The log was not read yet: `xwalk sync` reads it.")?;
    }
    let troubles = page.readings.iter().filter_map(|one| Some((&one.workspace, one.trouble.as_ref()?)));
    troubles
        .map(|(workspace, why)| print::safe(&format!("{workspace}: {why}")))
        .try_for_each(|line| print::line(&line))
}

fn row(alert: &LogAlert) -> Vec<String> {
    let text = |value: &Option<String>| print::safe(value.as_deref().unwrap_or_default());
    vec![
        print::safe(&alert.written),
        print::safe(&alert.severity),
        print::safe(&alert.workspace),
        print::safe(&alert.title),
        text(&alert.rule),
        text(&alert.entity),
    ]
}
