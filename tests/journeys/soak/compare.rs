//! The store beside the sandbox: each incident once, as the APIs show it, and each redirect as it is.

use std::collections::BTreeMap;

use domain::incident::queue::{Column, Filter, Sort};
use domain::incident::{Severity, Status};
use sandbox::Sandbox;
use serde_json::{Value, json};
use store::{Store, StoredRedirect};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// What is compared, as text by id.
type Rows = BTreeMap<String, String>;

/// What the two differ in, a line each.
pub fn differences(store: &Store, sandbox: &Sandbox) -> Vec<String> {
    let mut lines = Vec::new();
    let (held, twice) = held(store);
    lines.extend(twice);
    apart("incident", &held, &shown(sandbox), &mut lines);
    let redirects = store.redirects().expect("redirects");
    let known: Rows = redirects.iter().map(known).collect();
    if known.len() != redirects.len() {
        lines.push("a redirect is there twice".into());
    }
    let truth = sandbox.truth();
    let planted = truth["redirects"].as_array().expect("redirects").iter().map(planted).collect();
    apart("redirect", &known, &planted, &mut lines);
    lines
}

fn apart(what: &str, held: &Rows, shown: &Rows, lines: &mut Vec<String>) {
    for (id, here) in shown {
        match held.get(id) {
            Some(there) if there == here => (),
            there => lines.push(format!("{what} {id}: stored {there:?}, served {here}")),
        }
    }
    let beyond = held.keys().filter(|id| !shown.contains_key(*id));
    lines.extend(beyond.map(|id| format!("{what} {id} is stored and not served")));
}

/// Each side of each row of the queue, and the ids that came twice.
fn held(store: &Store) -> (Rows, Vec<String>) {
    let sort = Sort { column: Column::Updated, descending: true };
    let page = store.incidents(&Filter::default(), sort, 0, 100_000).expect("the queue");
    let (mut rows, mut twice) = (Rows::new(), Vec::new());
    let mut put = |id: String, told: String| {
        if rows.insert(id.clone(), told).is_some() {
            twice.push(format!("incident {id} is there twice"));
        }
    };
    for row in page.rows {
        let sides = store
            .sides(row.workspace.as_deref(), row.sentinel_id.as_deref(), row.graph_id.as_deref())
            .expect("both sides");
        if let Some(arm) = sides.sentinel {
            let told = (&arm.title, arm.status.as_str(), arm.severity.as_str(), &arm.owner);
            let more = (&arm.labels, ms(arm.modified), &arm.provider_incident_id);
            put(format!("{}/{}", arm.workspace, arm.sentinel_id), format!("{told:?} {more:?}"));
        }
        if let Some(graph) = sides.graph {
            let told = (&graph.title, graph.status.as_str(), graph.severity.as_str(), &graph.owner);
            let more = (&graph.tags, ms(graph.modified), &graph.redirect_incident_id);
            put(graph.graph_id.clone(), format!("{told:?} {more:?}"));
        }
    }
    (rows, twice)
}

fn shown(sandbox: &Sandbox) -> Rows {
    let [arm, graph] = sandbox.incidents();
    arm.iter().map(arm_row).chain(graph.iter().map(graph_row)).collect()
}

fn arm_row(one: &Value) -> (String, String) {
    let said = &one["properties"];
    let workspace = text(&one["id"]).and_then(|id| id.split('/').nth(8).map(str::to_owned));
    let labels: Vec<String> = said["labels"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|label| text(&label["labelName"]))
        .collect();
    let (status, severity) = words(&said["status"], &said["severity"]);
    let title = text(&said["title"]).unwrap_or_default();
    let told = (title, status, severity, text(&said["owner"]["userPrincipalName"]));
    let number = said["providerIncidentId"].as_i64().map(|id| id.to_string());
    let more =
        (labels, ms(moment(&said["lastModifiedTimeUtc"])), text(&said["providerIncidentId"]).or(number));
    let id = format!("{}/{}", workspace.unwrap_or_default(), text(&one["name"]).unwrap_or_default());
    (id, format!("{told:?} {more:?}"))
}

fn graph_row(one: &Value) -> (String, String) {
    let (status, severity) = words(&one["status"], &one["severity"]);
    let title = text(&one["displayName"]).unwrap_or_default();
    let told = (title, status, severity, text(&one["assignedTo"]));
    let tags: Vec<String> = one["customTags"].as_array().into_iter().flatten().filter_map(text).collect();
    let more = (tags, ms(moment(&one["lastUpdateDateTime"])), text(&one["redirectIncidentId"]));
    (text(&one["id"]).unwrap_or_default(), format!("{told:?} {more:?}"))
}

fn words(status: &Value, severity: &Value) -> (String, String) {
    let status = Status::parse(status.as_str().unwrap_or_default());
    let severity = Severity::parse(severity.as_str().unwrap_or_default());
    (status.as_str().to_owned(), severity.as_str().to_owned())
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn moment(value: &Value) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(value.as_str()?, &Rfc3339).ok()
}

/// As fine as the store keeps it.
fn ms(at: Option<OffsetDateTime>) -> Option<i128> {
    at.map(|at| at.unix_timestamp_nanos() / 1_000_000)
}

/// A source's ids, and what must be equal: the end, and the hops where its own Graph id is known.
fn redirect(source: [Value; 2], target: Value, hops: Value, reason: &Value) -> (String, String) {
    let hops = if source[1].is_null() { Value::Null } else { hops };
    (
        format!("{} {}", source[0], source[1]),
        json!({ "target": target, "hops": hops, "reason": reason }).to_string(),
    )
}

fn known(row: &StoredRedirect) -> (String, String) {
    let target = row.target.as_ref().map(|id| json!([row.target_sentinel_id, id, row.target_number]));
    let source = [json!(row.sentinel_id), json!(row.graph_id)];
    redirect(source, json!(target), json!(row.hops), &json!(row.unresolved))
}

fn planted(row: &Value) -> (String, String) {
    let target = &row["target"];
    let target = match target.is_null() {
        true => Value::Null,
        false => json!([target["sentinel_id"], target["graph_id"], target["number"]]),
    };
    let source = [row["source"]["sentinel_id"].clone(), row["source"]["graph_id"].clone()];
    redirect(source, target, row["hops"].clone(), &row["unresolved_reason"])
}
