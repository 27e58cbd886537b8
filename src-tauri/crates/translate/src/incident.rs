//! Incidents of either API into the domain's, and rows of `SecurityIncident` into identities.
//!
//! Never fails on an odd member: what can't be read is absent, and unknown enum values are kept as they came.
//! Never here: pairing, following a redirect, or a decision by title or time.

use domain::incident::{GraphIncident, Identity, SentinelIncident, Severity, Status};
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Iso8601;
use wire::Maybe;
use wire::arm::incident::{Incident as ArmIncident, IncidentProperties, Owner};
use wire::graph::incident::Incident as WireGraphIncident;

/// ARM's telling of an incident in `workspace`. `None` only where it has neither `name` nor `id`: then nothing can be
/// said about it, today or at the next sync.
pub fn sentinel(wire: &ArmIncident, workspace: &str) -> Option<SentinelIncident> {
    let arm_id = wire.id.as_deref().unwrap_or_default();
    let sentinel_id = text(&wire.name).or_else(|| last_segment(arm_id))?;
    let none = IncidentProperties::default();
    let said = wire.properties.as_ref().unwrap_or(&none);
    let more = said.additional_data.as_ref();
    let url = more.and_then(|more| text(&more.provider_incident_url));
    Some(SentinelIncident {
        workspace: workspace.to_owned(),
        sentinel_id,
        arm_id: arm_id.to_owned(),
        etag: text(&wire.etag),
        number: number(&said.incident_number).unwrap_or_default(),
        title: said.title.as_deref().unwrap_or_default().to_owned(),
        description: text(&said.description),
        severity: Severity::parse(said.severity.as_deref().unwrap_or_default()),
        status: Status::parse(said.status.as_deref().unwrap_or_default()),
        classification: text(&said.classification),
        owner: said.owner.as_ref().and_then(owner),
        labels: said.labels.items().iter().filter_map(|label| text(&label.label_name)).collect(),
        created: moment(&said.created_time_utc),
        modified: moment(&said.last_modified_time_utc),
        provider_name: text(&said.provider_name),
        provider_incident_id: text_or_number(&said.provider_incident_id),
        provider_incident_url: url,
        incident_url: text(&said.incident_url),
        alerts: more.and_then(|more| number(&more.alerts_count)),
        tactics: more.map(|more| more.tactics.items().to_vec()).unwrap_or_default(),
        products: more.map(|more| more.alert_product_names.items().to_vec()).unwrap_or_default(),
    })
}

/// Graph's telling of an incident. `None` only where it has no `id`.
pub fn graph(wire: &WireGraphIncident) -> Option<GraphIncident> {
    Some(GraphIncident {
        graph_id: text_or_number(&wire.id)?,
        title: wire.display_name.as_deref().unwrap_or_default().to_owned(),
        description: text(&wire.description),
        severity: Severity::parse(wire.severity.as_deref().unwrap_or_default()),
        status: Status::parse(wire.status.as_deref().unwrap_or_default()),
        classification: text(&wire.classification),
        determination: text(&wire.determination),
        owner: text(&wire.assigned_to),
        tags: tags(wire),
        created: moment(&wire.created_date_time),
        modified: moment(&wire.last_update_date_time),
        modified_by: text(&wire.last_modified_by),
        url: text(&wire.incident_web_url),
        redirect_incident_id: text_or_number(&wire.redirect_incident_id),
        alerts: wire.alerts.as_ref().map(|alerts| i64::try_from(alerts.len()).unwrap_or(i64::MAX)),
    })
}

/// One identity, and when the row that tells it was written.
pub type Told = (Identity, Option<OffsetDateTime>);

/// Rows of the query `incident_identity`: which Graph incident a Sentinel incident was before any merge. Columns are
/// found by name; a row without both ids says nothing. `None` where a column is missing altogether.
pub fn identities(columns: &[String], rows: &[Vec<Value>]) -> Option<Vec<Told>> {
    let at = |name: &str| columns.iter().position(|column| column.eq_ignore_ascii_case(name));
    let (sentinel, graph, written) = (at("IncidentName")?, at("ProviderIncidentId")?, at("TimeGenerated")?);
    let read = |row: &Vec<Value>| {
        let identity = Identity { sentinel_id: cell(row.get(sentinel)?)?, graph_id: cell(row.get(graph)?)? };
        Some((identity, row.get(written).and_then(Value::as_str).and_then(time)))
    };
    Some(rows.iter().filter_map(read).collect())
}

/// Rows of the query `incident_windows`: when the first incident of each window was made, and how many the window has.
/// `None` where a column is missing, or a row can't be read: a cut that is not known is none.
pub fn windows(columns: &[String], rows: &[Vec<Value>]) -> Option<Vec<(OffsetDateTime, u64)>> {
    let at = |name: &str| columns.iter().position(|column| column.eq_ignore_ascii_case(name));
    let (from, incidents) = (at("From")?, at("Incidents")?);
    let read = |row: &Vec<Value>| {
        let from = row.get(from).and_then(Value::as_str).and_then(time)?;
        Some((from, cell(row.get(incidents)?)?.parse().ok()?))
    };
    rows.iter().map(read).collect()
}

/// Microsoft's time: `2026-11-24T09:42:00Z`, with 0 to 7 fractional digits, `Z` or an offset; one without either is
/// UTC. Years that no incident can have (before 1970) are `0001-01-01`, .NET's "never".
pub fn time(text: &str) -> Option<OffsetDateTime> {
    let text = text.trim();
    let parsed = OffsetDateTime::parse(text, &Iso8601::PARSING)
        .or_else(|_| OffsetDateTime::parse(&format!("{text}Z"), &Iso8601::PARSING));
    parsed.ok().map(|at| at.to_offset(time::UtcOffset::UTC)).filter(|at| at.year() >= 1970)
}

pub(crate) fn moment(member: &Maybe<String>) -> Option<OffsetDateTime> {
    member.as_deref().and_then(time)
}

/// A text that says something.
pub(crate) fn text(member: &Maybe<String>) -> Option<String> {
    member.as_deref().filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

/// Ids are texts; a number in their place means the same id.
fn text_or_number(member: &Maybe<String>) -> Option<String> {
    text(member).or_else(|| cell(member.other()?)).map(|id| id.trim().to_owned())
}

/// Counts are numbers; a text of digits in their place means the same.
fn number(member: &Maybe<i64>) -> Option<i64> {
    member.copied().or_else(|| match member.other()? {
        Value::String(text) => text.trim().parse().ok(),
        Value::Number(number) => {
            number.as_f64().filter(|number| number.fract() == 0.0).map(|number| number as i64)
        }
        _ => None,
    })
}

fn cell(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn last_segment(id: &str) -> Option<String> {
    id.rsplit('/').next().filter(|segment| !segment.is_empty()).map(str::to_owned)
}

/// Whoever it is, by the name people know: members arrive as `null`, as empty texts, or alone.
pub(crate) fn owner(owner: &Owner) -> Option<String> {
    [&owner.user_principal_name, &owner.email, &owner.assigned_to, &owner.object_id]
        .into_iter()
        .find_map(text)
}

/// `customTags`; one documented answer spells it `tags`.
pub(crate) fn tags(wire: &WireGraphIncident) -> Vec<String> {
    let listed = |tags: &Maybe<Vec<String>>| tags.as_ref().filter(|tags| !tags.is_empty()).cloned();
    listed(&wire.custom_tags).or_else(|| listed(&wire.tags)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
