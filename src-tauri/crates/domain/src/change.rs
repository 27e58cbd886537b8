//! What may be changed of an incident, through which API, and what stands in the way.
//!
//! Members are compared and shown in the API's own words. Never here: a request, or the status `redirected` as a wish:
//! it is correlation's word alone. Start at [`route`], then [`Wish`] and [`Wish::plan`]; [`clashes`] is the guard.

mod guard;
mod plan;
mod wish;

pub use guard::{Clash, clashes, undo};
pub use plan::Plan;
pub use wish::{CLASSIFICATIONS, DETERMINATIONS, REASONS, Typed, Wish};

use crate::incident::Api;
use crate::incident::queue::{Presence, Row};

/// A part of an incident that people change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Member {
    Status,
    Owner,
    Severity,
    Classification,
    /// Graph's determination, or Sentinel's reason for the classification.
    Determination,
    Tags,
}

impl Member {
    pub const ALL: [Member; 6] = [
        Member::Status,
        Member::Owner,
        Member::Severity,
        Member::Classification,
        Member::Determination,
        Member::Tags,
    ];

    /// The member's name in the body of a request.
    pub fn name(self, api: Api) -> &'static str {
        match (api, self) {
            (Api::Graph, Self::Status) => "status",
            (Api::Graph, Self::Owner) => "assignedTo",
            (Api::Graph, Self::Severity) => "severity",
            (Api::Graph, Self::Classification) => "classification",
            (Api::Graph, Self::Determination) => "determination",
            (Api::Graph, Self::Tags) => "customTags",
            (_, Self::Status) => "properties.status",
            (_, Self::Owner) => "properties.owner",
            (_, Self::Severity) => "properties.severity",
            (_, Self::Classification) => "properties.classification",
            (_, Self::Determination) => "properties.classificationReason",
            (_, Self::Tags) => "properties.labels",
        }
    }

    /// The member of this name.
    pub fn of_name(api: Api, name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|member| member.name(api) == name)
    }
}

/// What a member holds. A list compares without order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Value {
    #[default]
    Nothing,
    Text(String),
    List(Vec<String>),
}

impl Value {
    pub(crate) fn text(text: Option<&str>) -> Self {
        text.filter(|text| !text.is_empty()).map_or(Self::Nothing, |text| Self::Text(text.to_owned()))
    }

    /// Whether both mean the same to Microsoft: words of enums and addresses come in several casings.
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(two)) => one.eq_ignore_ascii_case(two),
            (Self::List(one), Self::List(two)) => {
                one.len() == two.len() && one.iter().all(|item| two.contains(item))
            }
            (Self::Nothing, Self::List(list)) | (Self::List(list), Self::Nothing) => list.is_empty(),
            _ => self == other,
        }
    }
}

/// The part of an incident that people change, as one API tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    pub status: String,
    pub owner: Option<String>,
    pub severity: String,
    pub classification: Option<String>,
    pub determination: Option<String>,
    pub tags: Vec<String>,
}

impl Fields {
    pub fn value(&self, member: Member) -> Value {
        match member {
            Member::Status => Value::text(Some(&self.status)),
            Member::Owner => Value::text(self.owner.as_deref()),
            Member::Severity => Value::text(Some(&self.severity)),
            Member::Classification => Value::text(self.classification.as_deref()),
            Member::Determination => Value::text(self.determination.as_deref()),
            Member::Tags => Value::List(self.tags.clone()),
        }
    }

    /// The same with one member replaced.
    #[must_use]
    pub fn with(mut self, edit: &Edit) -> Self {
        let text = match &edit.after {
            Value::Text(text) => Some(text.clone()),
            Value::Nothing | Value::List(_) => None,
        };
        match (edit.member, &edit.after) {
            (Member::Tags, Value::List(tags)) => self.tags.clone_from(tags),
            (Member::Tags, _) => self.tags.clear(),
            (Member::Status, _) => self.status = text.unwrap_or_default(),
            (Member::Severity, _) => self.severity = text.unwrap_or_default(),
            (Member::Owner, _) => self.owner = text,
            (Member::Classification, _) => self.classification = text,
            (Member::Determination, _) => self.determination = text,
        }
        self
    }

    /// The same with every edit made.
    #[must_use]
    pub fn edited(&self, edits: &[Edit]) -> Self {
        edits.iter().fold(self.clone(), Self::with)
    }

    /// Whether every edit's wish is what stands here.
    pub fn holds(&self, edits: &[Edit]) -> bool {
        edits.iter().all(|edit| self.value(edit.member).same(&edit.after))
    }
}

/// One member, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub member: Member,
    pub before: Value,
    pub after: Value,
}

/// Which API writes an incident: Graph where it is proved to be the same incident there, else Sentinel.
///
/// # Errors
/// Why it can't be written, a sentence.
pub fn route(row: &Row) -> Result<Api, String> {
    if row.redirected {
        return Err(merged(row.target.as_deref()));
    }
    match row.presence {
        Presence::Both | Presence::DefenderOnly => Ok(Api::Graph),
        Presence::SentinelOnly | Presence::TwinNotProved | Presence::TwinMissing => Ok(Api::Sentinel),
        Presence::DefenderNotRead => {
            Err("Its Defender side was not read yet, and that side is the one to write. Open the incident, \
                 which reads it."
                .to_owned())
        }
    }
}

/// Why a merged incident is not written.
pub fn merged(target: Option<&str>) -> String {
    match target {
        Some(target) => {
            format!("It was merged into `{target}`, which holds its alerts. Change that one instead.")
        }
        None => "It was merged into another incident that is not known here, so nothing is written to it."
            .to_owned(),
    }
}

#[cfg(test)]
mod tests;
