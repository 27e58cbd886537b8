//! The truth document: what was planted, for tests to compare with.
//!
//! It is written from the plan, never from an answer and never by anything that resolves or checks. Nothing but
//! tests reads it.

use crate::content::{self, CREATES_INCIDENTS, Planted, PlantedObject};
use crate::scope::Scope;
use crate::session::Session;
use crate::story::Story;
use crate::world::{Manner, Order, Place, PlantedRedirect, World};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The whole document (`crosswalk.truth/1`).
pub fn write(session: &Session) -> Value {
    let (scope, world) = (&session.scope, &session.world);
    let redirects = world.planted_redirects();
    json!({
        "schema": "crosswalk.truth/1",
        "incidents": incidents(scope, world),
        "redirects": redirects.iter().flat_map(rows).collect::<Vec<Value>>(),
        "checks": checks(scope, world, &redirects),
        "alerts": session.alerts.truth(scope),
        "mail": crate::mail::planted(scope),
        "titles": world.planted_titles(),
    })
}

/// Each API's incidents, each in its own words.
pub fn incidents_now(world: &World, workspaces: usize) -> [Vec<Value>; 2] {
    let view = world.view();
    let all = |place: Place| view.walk(place, Order::Created, false, None).map(|one| one.at);
    let read = |write: &dyn Fn(&mut String)| {
        let mut text = String::new();
        write(&mut text);
        serde_json::from_str(&text).unwrap_or_default()
    };
    let manner = Manner { unknown: true, ..Manner::default() };
    [
        (0..workspaces)
            .flat_map(|at| all(Place::Workspace(at)))
            .map(|at| read(&|out| view.write_arm(out, at)))
            .collect(),
        all(Place::Graph).map(|at| read(&|out| view.write_graph(out, at, manner))).collect(),
    ]
}

fn incidents(scope: &Scope, world: &World) -> Value {
    let counts = (0..).zip(&scope.workspaces).map(|(place, name)| (name.clone(), world.planted_in(place)));
    let by_workspace: Vec<(String, usize)> = counts.collect();
    let all: usize = by_workspace.iter().map(|(_, count)| count).sum();
    let by_workspace: Map<String, Value> =
        by_workspace.into_iter().map(|(name, count)| (name, count.into())).collect();
    json!({"sentinel": all, "graph": world.planted_in_graph(), "by_workspace": by_workspace})
}

/// One row where the two sources are known to be one incident, else a row for each API that shows it.
fn rows(redirect: &PlantedRedirect) -> Vec<Value> {
    let source = &redirect.source;
    let arm = json!({
        "sentinel_id": source.sentinel,
        "graph_id": redirect.joined.then(|| source.graph.to_string()),
        "number": source.number,
        "workspace": redirect.workspace,
    });
    let graph = json!({
        "sentinel_id": null, "graph_id": source.graph.to_string(), "number": null, "workspace": null,
    });
    let sources = match (source.sentinel.is_some(), redirect.joined) {
        (true, true) => vec![arm],
        (true, false) => vec![arm, graph],
        (false, _) => vec![graph],
    };
    sources.into_iter().map(|source| row(redirect, &source)).collect()
}

fn row(redirect: &PlantedRedirect, source: &Value) -> Value {
    let target = redirect.target.as_ref().map(|target| {
        json!({
            "sentinel_id": target.sentinel, "graph_id": target.graph.to_string(), "number": target.number,
        })
    });
    json!({
        "source": source,
        "target": target,
        "hops": redirect.hops,
        "unresolved_reason": redirect.reason,
    })
}

fn checks(scope: &Scope, world: &World, redirects: &[PlantedRedirect]) -> Value {
    let ready = scope.story == Story::Ready;
    let mut checks = if ready { content::planted_ready() } else { content::planted(scope) };
    checks.extend(incident_checks(world, redirects, !ready && CREATES_INCIDENTS));
    let written = checks.into_iter().map(|(id, planted)| (id.to_owned(), check(&planted)));
    Value::Object(written.collect())
}

/// IN-01 to IN-03: what the planted incidents mean for the checks on incidents.
fn incident_checks(
    world: &World,
    redirects: &[PlantedRedirect],
    playbook_makes_more: bool,
) -> BTreeMap<&'static str, Planted> {
    let sources: Vec<PlantedObject> = redirects.iter().flat_map(source_objects).collect();
    let strays: Vec<PlantedObject> =
        world.planted_strays().into_iter().map(|stray| incident(stray.id, stray.title)).collect();
    let (merged, all) = world.planted_merge_rate();
    let merge_rate = match all {
        0 => "not_applicable",
        _ if merged * 100 > all * 5 => "review",
        _ => "pass",
    };
    let outside = match (world.planted_onboarded(), strays.is_empty(), playbook_makes_more) {
        (false, ..) => "not_applicable",
        (true, true, _) => "pass",
        (true, false, true) => "fail",
        (true, false, false) => "review",
    };
    let redirected = match (world.planted_total(), sources.is_empty()) {
        (0, _) => "not_applicable",
        (_, true) => "pass",
        (_, false) => "review",
    };
    BTreeMap::from([
        ("IN-01", Planted { verdict: redirected, objects: sources }),
        ("IN-02", Planted { verdict: merge_rate, objects: Vec::new() }),
        ("IN-03", Planted { verdict: outside, objects: strays }),
    ])
}

/// A source that can't be joined is two objects, as it is two rows.
fn source_objects(redirect: &PlantedRedirect) -> Vec<PlantedObject> {
    let graph = || incident(redirect.source.graph.to_string(), redirect.title.clone());
    match (&redirect.arm, redirect.joined) {
        (Some((id, title)), true) => vec![incident(id.clone(), title.clone())],
        (Some((id, title)), false) => vec![incident(id.clone(), title.clone()), graph()],
        (None, _) => vec![graph()],
    }
}

fn incident(id: String, name: String) -> PlantedObject {
    PlantedObject { kind: "incident", id, name }
}

fn check(planted: &Planted) -> Value {
    let objects = planted.objects.iter();
    let objects: Vec<Value> =
        objects.map(|one| json!({"kind": one.kind, "id": one.id, "name": one.name})).collect();
    json!({"verdict": planted.verdict, "objects": objects})
}
