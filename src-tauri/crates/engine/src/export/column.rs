//! The queue's columns as cells of a file: what people read, and the same as JSON.

use domain::incident::queue::{Presence, Row};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::instant;
use super::mask::{Kind, Masks};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Severity,
    Title,
    /// For a merged incident also where it went.
    Status,
    Sources,
    Owner,
    Alerts,
    Tags,
    Workspace,
    Created,
    Updated,
    Number,
    DefenderId,
    SentinelId,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// As the screen says it; a stranger's text still.
    pub text: String,
    /// Names and values in JSON.
    pub json: Vec<(&'static str, Value)>,
}

impl Column {
    pub const ALL: [Column; 13] = [
        Column::Severity,
        Column::Title,
        Column::Status,
        Column::Sources,
        Column::Owner,
        Column::Alerts,
        Column::Tags,
        Column::Workspace,
        Column::Created,
        Column::Updated,
        Column::Number,
        Column::DefenderId,
        Column::SentinelId,
    ];

    pub fn header(self) -> &'static str {
        match self {
            Self::Severity => "Severity",
            Self::Title => "Title",
            Self::Status => "Status",
            Self::Sources => "In",
            Self::Owner => "Owner",
            Self::Alerts => "Alerts",
            Self::Tags => "Tags",
            Self::Workspace => "Workspace",
            Self::Created => "Created",
            Self::Updated => "Updated",
            Self::Number => "Sentinel number",
            Self::DefenderId => "Defender id",
            Self::SentinelId => "Sentinel id",
        }
    }

    pub(super) fn cell(self, row: &Row, masks: &mut Masks) -> Cell {
        match self {
            Self::Severity => word("severity", &row.severity, severity_word(&row.severity)),
            Self::Title => text("title", masks.value(Kind::Title, &row.title).into()),
            Self::Status => status(row, masks),
            Self::Sources => {
                let (raw, words) = (row.presence.as_str(), presence_word(row.presence));
                Cell { text: words.into(), json: vec![("sources", json!(raw))] }
            }
            Self::Owner => masked("owner", Kind::User, row.owner.as_deref(), masks),
            Self::Alerts => number("alerts", row.alerts),
            Self::Tags => tags(row, masks),
            Self::Workspace => masked("workspace", Kind::Workspace, row.workspace.as_deref(), masks),
            Self::Created => at("created", row.created),
            Self::Updated => at("updated", row.updated),
            Self::Number => id("number", row.number, masks),
            Self::DefenderId => masked("defender_id", Kind::Id, row.graph_id.as_deref(), masks),
            Self::SentinelId => masked("sentinel_id", Kind::Id, row.sentinel_id.as_deref(), masks),
        }
    }
}

fn text(name: &'static str, value: String) -> Cell {
    Cell { json: vec![(name, json!(value))], text: value }
}

fn word(name: &'static str, raw: &str, word: &str) -> Cell {
    Cell { text: word.to_owned(), json: vec![(name, json!(raw))] }
}

fn masked(name: &'static str, kind: Kind, value: Option<&str>, masks: &mut Masks) -> Cell {
    let value = value.map(|value| masks.value(kind, value).into_owned());
    Cell { json: vec![(name, json!(value))], text: value.unwrap_or_default() }
}

fn number(name: &'static str, value: Option<i64>) -> Cell {
    Cell { text: value.map(|n| n.to_string()).unwrap_or_default(), json: vec![(name, json!(value))] }
}

/// A number that names an incident.
fn id(name: &'static str, value: Option<i64>, masks: &mut Masks) -> Cell {
    match value {
        Some(value) if masks.redaction() == super::Redaction::All => {
            text(name, masks.value(Kind::Id, &value.to_string()).into())
        }
        value => number(name, value),
    }
}

fn at(name: &'static str, value: Option<OffsetDateTime>) -> Cell {
    let value = value.map(instant);
    Cell { json: vec![(name, json!(value))], text: value.unwrap_or_default() }
}

fn tags(row: &Row, masks: &mut Masks) -> Cell {
    let tags: Vec<String> = row.tags.iter().map(|tag| masks.value(Kind::Tag, tag).into_owned()).collect();
    Cell { text: tags.join(", "), json: vec![("tags", json!(tags))] }
}

/// A merged incident's status is where it went, or why that is not known.
fn status(row: &Row, masks: &mut Masks) -> Cell {
    if !row.redirected {
        return word("status", &row.status, status_word(&row.status));
    }
    let target = row.target.as_deref().map(|target| masks.value(Kind::Id, target).into_owned());
    let text = match (&target, &row.unresolved) {
        (Some(target), _) => format!("Redirected to {target}"),
        (None, Some(reason)) => format!("Redirected, {}", reason.replace('_', " ")),
        (None, None) => "Redirected".to_owned(),
    };
    let json = vec![
        ("status", json!(row.status)),
        ("redirected_to", json!(target)),
        ("unresolved_reason", json!(row.unresolved)),
    ];
    Cell { text, json }
}

pub(super) fn severity_word(severity: &str) -> &str {
    match severity {
        "high" => "High",
        "medium" => "Medium",
        "low" => "Low",
        "informational" => "Info",
        other => other,
    }
}

pub(super) fn status_word(status: &str) -> &str {
    match status {
        "new" => "New",
        "active" => "Active",
        "in_progress" => "In progress",
        "awaiting_action" => "Awaiting action",
        "closed" => "Closed",
        "redirected" => "Redirected",
        other => other,
    }
}

pub(super) fn presence_word(presence: Presence) -> &'static str {
    match presence {
        Presence::Both => "Sentinel and Defender",
        Presence::SentinelOnly => "Sentinel only",
        Presence::TwinNotProved => "Twin not proved",
        Presence::TwinMissing => "Twin missing",
        Presence::DefenderNotRead => "Defender not read yet",
        Presence::DefenderOnly => "Defender only",
    }
}
