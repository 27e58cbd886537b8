//! Alerts that stand in the log alone: no incident holds them, so neither Defender nor Graph shows them and nobody gets
//! a ticket.
//!
//! Text is verbatim and hostile. Never here: alerts of an incident, which are parts of it.

use time::OffsetDateTime;

use crate::incident::Severity;
use crate::incident::queue::Count;

/// One of them, as its newest row tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct LogAlert {
    pub workspace: String,
    /// `SystemAlertId`.
    pub id: String,
    pub title: String,
    pub severity: Severity,
    pub status: Option<String>,
    pub product: Option<String>,
    /// Name of the analytics rule that raised it.
    pub rule: Option<String>,
    /// What it is about, in one word.
    pub entity: Option<String>,
    pub tactics: Vec<String>,
    pub description: Option<String>,
    pub first: Option<OffsetDateTime>,
    pub last: Option<OffsetDateTime>,
    /// When the row was written.
    pub written: OffsetDateTime,
}

impl LogAlert {
    /// Whether Sentinel raised it. One of another product may have an incident in that product's own portal.
    pub fn is_sentinels(&self) -> bool {
        let product = self.product.as_deref().unwrap_or_default();
        ["Azure Sentinel", "Microsoft Sentinel"].iter().any(|name| product.eq_ignore_ascii_case(name))
    }
}

/// Which of them to show; an empty list lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Beginnings of words of title, rule, entity, product or id, whatever the case; all of them are due.
    pub text: String,
    pub severity: Vec<String>,
    pub workspace: Vec<String>,
}

/// How a workspace's log was last read for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub workspace: String,
    /// Of the last reading that came to its end; `None` = never.
    pub read_at: Option<OffsetDateTime>,
    /// What stood in the way of the last one, a sentence.
    pub trouble: Option<String>,
}

/// Rows of a list, newest first, and what there is besides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub rows: Vec<LogAlert>,
    /// How many the filter lets through, of how many.
    pub total: u64,
    pub of: u64,
    /// Over all of them.
    pub severities: Vec<Count>,
    pub workspaces: Vec<Count>,
    /// One for each workspace that was ever asked.
    pub readings: Vec<Reading>,
}
