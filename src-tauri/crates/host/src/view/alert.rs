//! Alerts that no incident holds.

use contract::alert as out;
use contract::incident::FacetValue;
use domain::alert::{Filter, LogAlert, Page, Reading};
use domain::incident::queue::Count;

use super::instant;

pub(crate) fn filter(asked: out::AlertFilter) -> Filter {
    let out::AlertFilter { text, severity, workspace } = asked;
    Filter { text, severity, workspace }
}

pub(crate) fn page(page: Page, readable: bool) -> out::AlertPage {
    out::AlertPage {
        rows: page.rows.into_iter().map(alert).collect(),
        total: page.total,
        of: page.of,
        severity: counts(page.severities),
        workspace: counts(page.workspaces),
        readings: page.readings.into_iter().map(reading).collect(),
        readable,
    }
}

fn counts(counts: Vec<Count>) -> Vec<FacetValue> {
    counts.into_iter().map(|(value, count)| FacetValue { value, count }).collect()
}

fn reading(reading: Reading) -> out::AlertReading {
    let Reading { workspace, read_at, trouble } = reading;
    out::AlertReading { workspace, read_at: read_at.map(instant), trouble }
}

fn alert(alert: LogAlert) -> out::LogAlert {
    out::LogAlert {
        key: format!("{}/{}", alert.workspace, alert.id),
        severity: alert.severity.as_str().to_owned(),
        nowhere_else: alert.is_sentinels(),
        id: alert.id,
        workspace: alert.workspace,
        title: alert.title,
        status: alert.status,
        product: alert.product,
        rule: alert.rule,
        entity: alert.entity,
        tactics: alert.tactics,
        description: alert.description,
        first: alert.first.map(instant),
        last: alert.last.map(instant),
        written: instant(alert.written),
    }
}
