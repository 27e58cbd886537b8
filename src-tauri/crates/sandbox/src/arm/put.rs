//! Put: a full replace of the writable part, guarded by the etag in the body.

use super::incident::RATE;
use super::{Call, error};
use crate::answer;
use crate::world::{Conflict, Facts, Owner, Status, Written};
use axum::response::Response;
use wire::arm::incident::{Incident, IncidentProperties};

/// Longest description that Sentinel keeps; the service says 5,000 characters. The sandbox takes more, so that a
/// client's reading of huge texts can be tried.
const LONGEST_TITLE: usize = 500;

/// `PUT …/incidents/{name}`: 201 for a new one, 200 for a replaced one, 409 for a stale or missing etag.
pub fn incident(call: &Call, place: usize, name: &str) -> Response {
    let Ok(incident) = serde_json::from_slice::<Incident>(&call.body) else {
        return error::bad("The request body is not valid JSON.");
    };
    let Some(properties) = incident.properties.as_ref() else {
        return error::bad("Required property 'properties' is missing.");
    };
    let facts = match facts(properties) {
        Ok(facts) => facts,
        Err(refused) => return error::bad(&refused),
    };
    let world = &call.session.world;
    let (status, at) = match world.put(place, name, incident.etag.as_deref(), facts) {
        Ok(Written::Made(at)) => (201, at),
        Ok(Written::Replaced(at)) => (200, at),
        Err(Conflict) => return error::conflict(name),
    };
    let mut out = String::new();
    world.view().write_arm(&mut out, at);
    answer::with(answer::json(status, out), RATE, "497")
}

fn facts(properties: &IncidentProperties) -> Result<Facts, String> {
    let needed = |value: Option<&str>, name: &str| {
        value.filter(|text| !text.is_empty()).map(str::to_owned).ok_or(format!("'{name}' is required."))
    };
    let title = needed(properties.title.as_deref(), "title")?;
    if title.chars().count() > LONGEST_TITLE {
        return Err(format!("'title' is longer than {LONGEST_TITLE} characters."));
    }
    let severity = one_of(&needed(properties.severity.as_deref(), "severity")?, "severity", &SEVERITIES)?;
    let status = needed(properties.status.as_deref(), "status")?;
    let status = Status::from_arm(&status).ok_or_else(|| unknown("status", &status))?;
    let classification = properties.classification.as_deref().filter(|text| !text.is_empty());
    let classification =
        classification.map(|text| one_of(text, "classification", &CLASSIFICATIONS)).transpose()?;
    if status == Status::Closed && classification.is_none() {
        return Err("'classification' is required when the status is 'Closed'.".to_owned());
    }
    let text = |value: Option<&str>| value.filter(|text| !text.is_empty()).map(|text| text.to_owned().into());
    Ok(Facts {
        title: title.into(),
        description: text(properties.description.as_deref()),
        severity: severity.into(),
        status,
        classification: classification.map(Into::into),
        reason: text(properties.classification_reason.as_deref()),
        remark: text(properties.classification_comment.as_deref()),
        determination: "unknown".into(),
        owner: owner(properties),
        labels: labels(properties),
    })
}

const SEVERITIES: [&str; 4] = ["High", "Medium", "Low", "Informational"];
const CLASSIFICATIONS: [&str; 4] = ["Undetermined", "TruePositive", "BenignPositive", "FalsePositive"];

fn one_of(value: &str, name: &str, choices: &[&str]) -> Result<String, String> {
    choices.contains(&value).then(|| value.to_owned()).ok_or_else(|| unknown(name, value))
}

fn unknown(name: &str, value: &str) -> String {
    format!("There is an issue with deserializing : Error converting '{value}' for path 'properties.{name}'.")
}

fn owner(properties: &IncidentProperties) -> Option<Owner> {
    let owner = properties.owner.as_ref()?;
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let address = owner.email.as_deref().or(owner.user_principal_name.as_deref());
    let found = Owner {
        name: text(owner.assigned_to.as_deref()),
        address: text(address),
        object_id: text(owner.object_id.as_deref()),
    };
    let somebody = [&found.name, &found.address, &found.object_id].iter().any(|part| !part.is_empty());
    somebody.then_some(found)
}

fn labels(properties: &IncidentProperties) -> Vec<std::borrow::Cow<'static, str>> {
    let all = properties.labels.items().iter();
    all.filter_map(|label| label.label_name.as_deref().map(|name| name.to_owned().into())).collect()
}
