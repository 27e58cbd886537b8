//! A filter as SQL: columns come from here, values are bound, nothing typed reaches the text of a statement.

use domain::incident::queue::{Column, Filter, Sort};
use rusqlite::types::Value;

use crate::text;
use crate::time_stamp::to_ms;

/// Which facet to leave out, so that its own counts are not narrowed by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Facet {
    None,
    Severity,
    Status,
    Workspace,
    Presence,
    Redirected,
}

/// A WHERE clause with its values.
pub(super) struct Clause {
    pub sql: String,
    pub values: Vec<Value>,
}

pub(super) fn clause(filter: &Filter, without: Facet) -> Clause {
    let mut clause = Clause { sql: "WHERE true".into(), values: Vec::new() };
    let presence: Vec<String> = filter.presence.iter().map(|presence| presence.as_str().to_owned()).collect();
    for (facet, column, wanted) in [
        (Facet::Severity, "severity", &filter.severity),
        (Facet::Status, "status", &filter.status),
        (Facet::Workspace, "workspace", &filter.workspace),
        (Facet::Presence, "presence", &presence),
    ] {
        if facet != without {
            clause.any_of(column, wanted);
        }
    }
    if let (Some(redirected), true) = (filter.redirected, without != Facet::Redirected) {
        clause.push(" AND redirected = ", Value::Integer(redirected.into()));
    }
    if let Some(since) = filter.updated_since {
        clause.push(" AND updated >= ", Value::Integer(to_ms(since)));
    }
    if !filter.text.trim().is_empty() {
        clause.text(&filter.text);
    }
    clause
}

impl Clause {
    fn push(&mut self, sql: &str, value: Value) {
        self.values.push(value);
        self.sql.push_str(&format!("{sql}?{}", self.values.len()));
    }

    fn any_of(&mut self, column: &str, wanted: &[String]) {
        for (at, value) in wanted.iter().enumerate() {
            let before = if at == 0 { format!(" AND {column} IN (") } else { ", ".into() };
            self.push(&before, Value::Text(value.clone()));
        }
        if !wanted.is_empty() {
            self.sql.push(')');
        }
    }

    /// Words or ids, each by an index of its own: one term without an index would make it a walk over all rows.
    fn text(&mut self, typed: &str) {
        let ids = text::ids(typed);
        let words = text::words(typed).map(Value::Text);
        let number = ids.number.map(Value::Integer);
        let graph = ids.number.map(|number| Value::Text(number.to_string()));
        let terms = [
            ("id IN (SELECT rowid FROM incident_text WHERE incident_text MATCH ", words, ")"),
            ("number = ", number, ""),
            ("graph_id = ", graph, ""),
            ("sentinel_id = ", ids.guid.map(Value::Text), ""),
        ];
        let mut between = " AND (";
        for (before, value, after) in terms {
            let Some(value) = value else { continue };
            self.push(&format!("{between}{before}"), value);
            self.sql.push_str(after);
            between = " OR ";
        }
        // Marks alone name nothing.
        self.sql.push_str(if between == " OR " { ")" } else { " AND false" });
    }
}

/// The ORDER BY of a sort; ties end with the newest, then the row's own number, so that pages never overlap.
pub(super) fn order(sort: Sort) -> String {
    let direction = if sort.descending { "DESC" } else { "ASC" };
    let column = match sort.column {
        Column::Severity => "severity_rank",
        Column::Title => "title COLLATE NOCASE",
        Column::Status => "status",
        Column::Owner => "owner COLLATE NOCASE",
        Column::Number => "number",
        Column::Workspace => "workspace",
        Column::Created => "created",
        Column::Updated => "updated",
        Column::Alerts => "alerts",
    };
    match sort.column {
        Column::Updated | Column::Created | Column::Number => {
            format!("ORDER BY {column} {direction}, id {direction}")
        }
        _ => format!("ORDER BY {column} {direction}, updated {direction}, id {direction}"),
    }
}
