//! Patch: a few members of an incident (<https://learn.microsoft.com/graph/api/security-incident-update>).
//!
//! `redirected` is correlation's word alone: it can't be set, and a merged incident keeps it.

use super::incident::in_context;
use super::{Call, not_found};
use crate::answer;
use crate::world::{Facts, Owner, Status};
use axum::response::Response;
use wire::graph::incident::Incident;

/// `PATCH /security/incidents/{id}`: 200 with the incident.
pub fn answer(call: &Call, id: &str, body: &str) -> Response {
    let world = &call.session.world;
    let Some(at) = world.view().find_graph(id) else { return not_found(&call.session, id) };
    let Ok(sent) = serde_json::from_str::<Incident>(body) else {
        return call.session.graph_error(400, "BadRequest", "Unable to read JSON request payload.");
    };
    let mut facts = world.view().facts(at);
    if let Err(message) = apply(&sent, &mut facts) {
        return call.session.graph_error(400, "BadRequest", &message);
    }
    world.change(at, |kept| *kept = facts);
    let mut out = String::new();
    world.view().write_graph(&mut out, at, call.manner);
    answer::json(200, in_context(call, "security/incidents/$entity", &out))
}

fn apply(sent: &Incident, facts: &mut Facts) -> Result<(), String> {
    let own = |text: &str| text.to_owned().into();
    if let Some(word) = sent.status.as_deref() {
        facts.status = Status::from_graph(word).ok_or_else(|| unknown("status", word))?;
    }
    if let Some(word) = sent.classification.as_deref() {
        facts.classification = Some(classification(word)?.into());
    }
    if let Some(word) = sent.determination.as_deref() {
        facts.determination = DETERMINATIONS
            .into_iter()
            .find(|one| *one == word)
            .ok_or_else(|| unknown("determination", word))?
            .into();
    }
    if let Some(word) = sent.severity.as_deref() {
        facts.severity = severity(word)?.into();
    }
    if let Some(title) = sent.display_name.as_deref() {
        facts.title = own(title);
    }
    if let Some(text) = sent.description.as_deref() {
        facts.description = Some(own(text));
    }
    if let Some(text) = sent.resolving_comment.as_deref() {
        facts.remark = Some(own(text));
    }
    if sent.assigned_to.is_null() {
        facts.owner = None;
    } else if let Some(address) = sent.assigned_to.as_deref() {
        facts.owner = owner(address);
    }
    if let Some(tags) = sent.custom_tags.as_ref() {
        facts.labels = tags.iter().map(|tag| own(tag)).collect();
    }
    Ok(())
}

/// Nobody where the text is empty.
fn owner(address: &str) -> Option<Owner> {
    let name = address.split('@').next().unwrap_or(address).to_owned();
    (!address.is_empty()).then(|| Owner { name, address: address.to_owned(), object_id: String::new() })
}

/// v1.0's members; the documentation's older names are not among them.
const DETERMINATIONS: [&str; 15] = [
    "unknown",
    "apt",
    "malware",
    "securityPersonnel",
    "securityTesting",
    "unwantedSoftware",
    "other",
    "multiStagedAttack",
    "compromisedAccount",
    "phishing",
    "maliciousUserActivity",
    "notMalicious",
    "notEnoughDataToValidate",
    "confirmedActivity",
    "lineOfBusinessApplication",
];

fn classification(word: &str) -> Result<&'static str, String> {
    match word {
        "truePositive" => Ok("TruePositive"),
        "informationalExpectedActivity" => Ok("BenignPositive"),
        "falsePositive" => Ok("FalsePositive"),
        "unknown" => Ok("Undetermined"),
        _ => Err(unknown("classification", word)),
    }
}

fn severity(word: &str) -> Result<&'static str, String> {
    match word {
        "high" => Ok("High"),
        "medium" => Ok("Medium"),
        "low" => Ok("Low"),
        "informational" => Ok("Informational"),
        _ => Err(unknown("severity", word)),
    }
}

fn unknown(name: &str, word: &str) -> String {
    format!("Cannot convert the value '{word}' of '{name}' to a member of its enumeration that can be set.")
}
