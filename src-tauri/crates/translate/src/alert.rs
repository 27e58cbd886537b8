//! Rows of the query `alerts_without_incident` into alerts.

use domain::alert::LogAlert;
use domain::incident::Severity;
use serde_json::Value;

use crate::incident::time;

/// Columns are found by name; a row without an id or a time says nothing. `None` where a column is missing altogether.
pub fn log_alerts(columns: &[String], rows: &[Vec<Value>], workspace: &str) -> Option<Vec<LogAlert>> {
    let columns = Columns::of(columns)?;
    Some(rows.iter().filter_map(|row| alert(&columns, row, workspace)).collect())
}

/// Where each column stands.
struct Columns([usize; 12]);

const NAMES: [&str; 12] = [
    "SystemAlertId",
    "Title",
    "AlertSeverity",
    "Status",
    "ProductName",
    "Rule",
    "CompromisedEntity",
    "Tactics",
    "Description",
    "StartTime",
    "EndTime",
    "TimeGenerated",
];

impl Columns {
    fn of(columns: &[String]) -> Option<Self> {
        let mut places = [0; 12];
        for (place, name) in places.iter_mut().zip(NAMES) {
            *place = columns.iter().position(|column| column.eq_ignore_ascii_case(name))?;
        }
        Some(Self(places))
    }
}

fn alert(columns: &Columns, row: &[Value], workspace: &str) -> Option<LogAlert> {
    let cells = columns.0.map(|place| row.get(place).and_then(Value::as_str).map(str::trim));
    let cells = cells.map(|cell| cell.filter(|text| !text.is_empty()));
    let [id, title, severity, status, product, rule, entity, tactics, description, first, last, written] =
        cells;
    let own = |text: Option<&str>| text.map(str::to_owned);
    Some(LogAlert {
        workspace: workspace.to_owned(),
        id: own(id)?,
        title: own(title).unwrap_or_default(),
        severity: Severity::parse(severity.unwrap_or_default()),
        status: own(status),
        product: own(product),
        rule: own(rule),
        entity: own(entity),
        tactics: tactics.map(listed).unwrap_or_default(),
        description: own(description),
        first: first.and_then(time),
        last: last.and_then(time),
        written: written.and_then(time)?,
    })
}

/// `InitialAccess, Execution`.
fn listed(tactics: &str) -> Vec<String> {
    tactics.split(',').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn columns() -> Vec<String> {
        NAMES.iter().rev().map(|name| (*name).to_owned()).collect()
    }

    fn row(mut cells: Value) -> Vec<Value> {
        let cells = cells.as_array_mut().unwrap();
        cells.reverse();
        std::mem::take(cells)
    }

    #[test]
    fn a_row_is_read_by_the_names_of_its_columns() {
        let told = row(json!([
            "a1",
            "Denied traffic",
            "Medium",
            "New",
            "Azure Sentinel",
            "Honeypot",
            "WS-1",
            "Discovery, InitialAccess",
            "",
            "2026-11-01T00:00:00Z",
            null,
            "2026-11-02T00:00:00Z"
        ]));
        let read = log_alerts(&columns(), &[told], "soc").unwrap();
        let one = &read[0];
        assert_eq!(
            (one.id.as_str(), one.workspace.as_str(), &one.severity),
            ("a1", "soc", &Severity::Medium)
        );
        assert_eq!(one.tactics, ["Discovery", "InitialAccess"]);
        assert_eq!((one.description.as_deref(), one.last, one.is_sentinels()), (None, None, true));
    }

    #[test]
    fn a_row_without_an_id_or_a_time_says_nothing() {
        let cells =
            |id: Value, at: Value| row(json!([id, "t", "Low", "New", "x", "", "", "", "", "", "", at]));
        let at = json!("2026-11-02T00:00:00Z");
        let rows =
            [cells(json!(""), at.clone()), cells(json!("a"), json!("soon")), vec![], cells(json!("a"), at)];
        assert_eq!(log_alerts(&columns(), &rows, "soc").unwrap().len(), 1);
        assert_eq!(log_alerts(&columns()[1..], &rows, "soc"), None);
    }
}
