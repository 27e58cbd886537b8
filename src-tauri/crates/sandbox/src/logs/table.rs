//! Results as the query API writes them: one table, typed columns, rows of cells.

use crate::alert::Alert;
use crate::moment;
use crate::world::LogRow;
use crate::{json, moment::Ticks};
use std::fmt::Write as _;

/// What one answer may hold; a longer result is cut and says so. Microsoft tells 500,000 rows and about 100 MB as they
/// are before packing (<https://learn.microsoft.com/azure/azure-monitor/service-limits>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub rows: usize,
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { rows: 500_000, bytes: 100 << 20 }
    }
}

/// The result of `incident_identity`.
pub fn identity(rows: &[LogRow], limits: Limits) -> String {
    let columns = [
        ("IncidentName", "string"),
        ("IncidentNumber", "int"),
        ("ProviderName", "string"),
        ("ProviderIncidentId", "string"),
        ("TimeGenerated", "datetime"),
    ];
    let mut out = String::with_capacity(rows.len().min(limits.rows) * 112 + 512);
    head(&mut out, &columns);
    listed(&mut out, rows, limits, |out, row| {
        let _ = write!(
            out,
            r#"["{}",{},"{}","{}","{}"]"#,
            row.name,
            row.number,
            row.provider,
            row.provider_incident_id,
            moment::text(row.generated)
        );
    });
    out
}

/// The result of `incident_windows`.
pub fn windows(rows: &[(Ticks, usize)]) -> String {
    let mut out = String::with_capacity(rows.len() * 48 + 256);
    head(&mut out, &[("Window", "long"), ("From", "datetime"), ("Incidents", "long")]);
    let rows: Vec<_> = rows.iter().enumerate().collect();
    json::list(&mut out, &rows, |out, (at, (from, incidents))| {
        let _ = write!(out, r#"[{at},"{}",{incidents}]"#, moment::text(*from));
    });
    out.push_str("}]}");
    out
}

/// The result of `alerts_without_incident`.
pub fn alerts(rows: &[(&Alert, Ticks)], limits: Limits) -> String {
    let mut out = String::with_capacity(rows.len().min(limits.rows) * 400 + 512);
    head(&mut out, &ALERTS.map(|name| (name, if name.contains("Time") { "datetime" } else { "string" })));
    listed(&mut out, rows, limits, |out, (alert, written)| {
        let state = if alert.written.first() == Some(written) { "New" } else { "Resolved" };
        let description = format!("Raised for {}; its rule creates no incident.", alert.entity);
        let (first, last, at) = (moment::text(alert.first), moment::text(alert.last), moment::text(*written));
        let cells: [&str; 12] = [
            &alert.id,
            &alert.title,
            alert.severity,
            state,
            alert.product,
            alert.rule,
            &alert.entity,
            alert.tactic,
            &description,
            &first,
            &last,
            &at,
        ];
        json::texts(out, cells);
    });
    out
}

/// The rows up to the limits, and the answer's end, which tells of a limit that was met.
fn listed<T>(out: &mut String, rows: &[T], limits: Limits, mut one: impl FnMut(&mut String, &T)) {
    let begun = out.len();
    let mut kept = 0;
    out.push('[');
    while kept < rows.len().min(limits.rows) && out.len() - begun < limits.bytes {
        if kept > 0 {
            out.push(',');
        }
        one(out, &rows[kept]);
        kept += 1;
    }
    out.push_str("]}]");
    if kept < rows.len() {
        let (most, what) = if kept == limits.rows { (limits.rows, "rows") } else { (limits.bytes, "bytes") };
        let _ = write!(
            out,
            concat!(
                r#","error":{{"code":"PartialError","message":"There were some errors when processing your query.","#,
                r#""details":[{{"code":"EngineError","message":"The result set exceeds the limit of {} {}."}}]}}"#
            ),
            most, what
        );
    }
    out.push('}');
}

const ALERTS: [&str; 12] = [
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

fn head(out: &mut String, columns: &[(&str, &str)]) {
    out.push_str(r#"{"tables":[{"name":"PrimaryResult","columns":"#);
    json::list(out, columns, |out, (name, kind)| {
        let _ = write!(out, r#"{{"name":"{name}","type":"{kind}"}}"#);
    });
    out.push_str(r#","rows":"#);
}
