//! From a wish to the members that one API is asked to change.

use super::{CLASSIFICATIONS, Edit, Fields, Member, REASONS, Value, Wish};
use crate::incident::{Api, Severity, Status};

/// What one incident's request changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Members that differ from what is wanted; empty where all is so already.
    pub edits: Vec<Edit>,
    /// What is written otherwise than it was asked, a sentence each.
    pub notes: Vec<String>,
}

impl Wish {
    /// # Errors
    /// Why this API can't hold what is wanted, a sentence.
    pub fn plan(&self, api: Api, now: &Fields) -> Result<Plan, String> {
        let mut plan = Plan::default();
        let text = |text: &str| Value::Text(text.to_owned());
        let mut wanted: Vec<(Member, Value)> = Vec::new();
        if let Some(status) = &self.status {
            wanted.push((Member::Status, text(status_word(api, status, &mut plan.notes)?)));
        }
        if let Some(owner) = &self.owner {
            wanted.push((Member::Owner, Value::text(owner.as_deref())));
        }
        if let Some(severity) = &self.severity {
            wanted.push((Member::Severity, text(severity_word(api, severity))));
        }
        if let Some(classification) = self.classification {
            wanted.push((Member::Classification, text(classification_word(api, classification))));
        }
        wanted.extend(self.determination(api, now, &mut plan.notes));
        let tags = self.tags(now);
        if tags != now.tags {
            wanted.push((Member::Tags, Value::List(tags)));
        }
        plan.edits = wanted
            .into_iter()
            .map(|(member, after)| Edit { member, before: now.value(member), after })
            .filter(|edit| !edit.before.same(&edit.after))
            .collect();
        classified(api, &now.edited(&plan.edits), &plan.edits)?;
        Ok(plan)
    }

    /// Graph's determination, or ARM's reason.
    fn determination(&self, api: Api, now: &Fields, notes: &mut Vec<String>) -> Option<(Member, Value)> {
        if api == Api::Graph {
            if self.reason.is_some() {
                notes.push(
                    "Defender has no reason for a classification; its determination says it.".to_owned(),
                );
            }
            return self.determination.map(|word| (Member::Determination, Value::Text(word.to_owned())));
        }
        if self.determination.is_some() {
            notes.push("Sentinel has no determination, so none is written to it.".to_owned());
        }
        let reason = match (self.reason, self.classification) {
            (Some(reason), _) => Some(reason),
            (None, None) => return None,
            (None, Some(classification)) => reason_for(classification, now.determination.as_deref()),
        };
        Some((Member::Determination, Value::text(reason)))
    }

    fn tags(&self, now: &Fields) -> Vec<String> {
        let kept = now.tags.iter().filter(|tag| !self.remove_tags.contains(tag));
        let mut tags: Vec<String> = kept.cloned().collect();
        tags.extend(self.add_tags.iter().filter(|tag| !now.tags.contains(tag)).cloned());
        tags
    }
}

/// The reason that goes with a classification where none was named: the present one where it fits, the only one
/// where there is only one.
fn reason_for(classification: &str, now: Option<&str>) -> Option<&'static str> {
    let mut fitting = REASONS.iter().filter(|one| one.1 == classification).map(|one| one.0);
    let kept = fitting.clone().find(|reason| now.is_some_and(|now| reason.eq_ignore_ascii_case(now)));
    kept.or_else(|| fitting.next().filter(|_| fitting.next().is_none()))
}

/// ARM knows three statuses, Graph has no "new": what one lacks is written as the nearest.
fn status_word(api: Api, status: &Status, notes: &mut Vec<String>) -> Result<&'static str, String> {
    Ok(match (api, status) {
        (Api::Graph, Status::New) => {
            notes.push("Defender has no status New; `active` is its first one.".to_owned());
            "active"
        }
        (Api::Graph, Status::Active) => "active",
        (Api::Graph, Status::InProgress) => "inProgress",
        (Api::Graph, Status::AwaitingAction) => "awaitingAction",
        (Api::Graph, Status::Closed) => "resolved",
        (_, Status::New) => "New",
        (_, Status::Active) => "Active",
        (_, Status::InProgress) => {
            notes.push("Sentinel has no status In progress; `Active` is written.".to_owned());
            "Active"
        }
        (_, Status::AwaitingAction) => {
            return Err("Sentinel has no status Awaiting action, and nothing that comes near.".to_owned());
        }
        (_, Status::Closed) => "Closed",
        (_, Status::Redirected | Status::Other(_)) => {
            return Err(format!("`{}` is no status that can be written.", status.as_str()));
        }
    })
}

fn severity_word(api: Api, severity: &Severity) -> &str {
    match (api, severity) {
        (Api::Graph, _) | (_, Severity::Other(_)) => severity.as_str(),
        (_, Severity::High) => "High",
        (_, Severity::Medium) => "Medium",
        (_, Severity::Low) => "Low",
        (_, Severity::Informational) => "Informational",
    }
}

fn classification_word(api: Api, arm: &'static str) -> &'static str {
    let graph = CLASSIFICATIONS.iter().find(|one| one.0 == arm).map_or(arm, |one| one.1);
    if api == Api::Graph { graph } else { arm }
}

/// Sentinel closes an incident only with a classification.
fn classified(api: Api, after: &Fields, edits: &[Edit]) -> Result<(), String> {
    let closes = edits.iter().any(|edit| edit.member == Member::Status);
    if api != Api::Graph && closes && after.status == "Closed" && after.classification.is_none() {
        return Err("Sentinel closes an incident only with a classification. Choose one.".to_owned());
    }
    Ok(())
}
