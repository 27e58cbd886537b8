//! Results as the query API writes them: one table, typed columns, rows of cells.

use crate::alert::Alert;
use crate::moment;
use crate::world::LogRow;
use crate::{json, moment::Ticks};
use std::fmt::Write as _;

/// Rows that one answer may hold; a longer result is cut and says so.
const MOST: usize = 500_000;

/// The result of `incident_identity`.
pub fn identity(rows: &[LogRow]) -> String {
    let columns = [
        ("IncidentName", "string"),
        ("IncidentNumber", "int"),
        ("ProviderName", "string"),
        ("ProviderIncidentId", "string"),
        ("TimeGenerated", "datetime"),
    ];
    let kept = &rows[..rows.len().min(MOST)];
    let mut out = String::with_capacity(kept.len() * 112 + 512);
    head(&mut out, &columns);
    json::list(&mut out, kept, |out, row| {
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
    out.push_str("}]");
    if kept.len() < rows.len() {
        out.push_str(concat!(
            r#","error":{"code":"PartialError","message":"There were some errors when processing your query.","#,
            r#""details":[{"code":"EngineError","message":"The result set exceeds the limit of 500000 rows."}]}"#
        ));
    }
    out.push('}');
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
pub fn alerts(rows: &[(&Alert, Ticks)]) -> String {
    let mut out = String::with_capacity(rows.len() * 400 + 512);
    head(&mut out, &ALERTS.map(|name| (name, if name.contains("Time") { "datetime" } else { "string" })));
    json::list(&mut out, rows, |out, (alert, written)| {
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
    out.push_str("}]}");
    out
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
