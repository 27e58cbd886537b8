//! Steps of a playbook: blueprints and the workflow definition language they become.

use super::connection::expression;
use crate::content::place::Place;
use serde_json::{Map, Value, json};

type Fields = &'static [(&'static str, &'static str)];

/// One action of a definition.
pub(super) enum Step {
    /// `ApiConnection`: action name, managed API, method, path, body.
    Call(&'static str, &'static str, &'static str, &'static str, Fields),
    /// `Http` with the managed identity: action name, method, address, body.
    Http(&'static str, &'static str, &'static str, Fields),
    /// `Foreach`: action name, expression, inner steps.
    Each(&'static str, &'static str, &'static [Step]),
    /// `If` an expression equals a value: action name, both sides, steps of either branch.
    If(&'static str, [&'static str; 2], &'static [Step], &'static [Step]),
    /// `Switch`: action name, expression, one case, its steps, the default's steps.
    Switch(&'static str, &'static str, &'static str, &'static [Step], &'static [Step]),
    /// `Scope`.
    Scope(&'static str, &'static [Step]),
    /// `Compose`: action name, input.
    Compose(&'static str, &'static str),
    /// A comment on the incident that set the playbook off.
    Note(&'static str),
    /// The incident's entities of one kind: action name, path segment.
    Entities(&'static str, &'static str),
    /// An update of that incident: fields beside its id.
    Update(Fields),
}

use Step::{Call, Compose, Each, Entities, Http, If, Note, Scope, Switch, Update};

const SENTINEL: &str = "azuresentinel";
const ARM_ID: &str = "@triggerBody()?['object']?['id']";
const RELATED: &str = "@triggerBody()?['object']?['properties']?['relatedEntities']";

impl Step {
    fn name(&self) -> &'static str {
        match self {
            Call(name, ..) | Http(name, ..) | Each(name, ..) | If(name, ..) => name,
            Switch(name, ..) | Scope(name, _) | Compose(name, _) | Entities(name, _) => name,
            Note(_) => "Add_comment_to_incident",
            Update(_) => "Update_incident",
        }
    }

    fn inner(&self) -> [&'static [Step]; 2] {
        match self {
            Each(_, _, steps) | Scope(_, steps) => [steps, &[]],
            If(_, _, yes, no) | Switch(_, _, _, yes, no) => [yes, no],
            _ => [&[], &[]],
        }
    }

    fn json(&self, place: &Place) -> Value {
        match self {
            Call(_, api, method, path, body) => call(api, method, &fill(path, place), fields(body, place)),
            Note(text) => call(
                SENTINEL,
                "post",
                "/Incidents/Comment",
                json!({"incidentArmId": ARM_ID, "message": text}),
            ),
            Entities(_, kind) => call(SENTINEL, "post", &format!("/entities/{kind}"), json!(RELATED)),
            Update(body) => {
                let mut body = fields(body, place);
                body["incidentArmId"] = json!(ARM_ID);
                call(SENTINEL, "put", "/Incidents", body)
            }
            Http(_, method, uri, body) => json!({"type": "Http", "inputs": {
                "authentication": {"type": "ManagedServiceIdentity"},
                "body": fields(body, place),
                "method": method,
                "uri": fill(uri, place),
            }}),
            Each(_, over, steps) => {
                json!({"type": "Foreach", "foreach": over, "actions": render(steps, place)})
            }
            If(_, [left, right], yes, no) => json!({
                "type": "If",
                "expression": {"and": [{"equals": [left, right]}]},
                "actions": render(yes, place),
                "else": {"actions": render(no, place)},
            }),
            Switch(_, on, case, steps, other) => json!({
                "type": "Switch",
                "expression": on,
                "cases": {"Case": {"case": case, "actions": render(steps, place)}},
                "default": {"actions": render(other, place)},
            }),
            Scope(_, steps) => json!({"type": "Scope", "actions": render(steps, place)}),
            Compose(_, input) => json!({"type": "Compose", "inputs": input}),
        }
    }
}

/// Actions by name; each runs after the one before it.
pub(super) fn render(steps: &[Step], place: &Place) -> Value {
    let before = std::iter::once(None).chain(steps.iter().map(|step| Some(step.name())));
    let pairs = steps.iter().zip(before).map(|(step, before)| {
        let mut action = step.json(place);
        action["runAfter"] = before.map_or_else(|| json!({}), |name| json!({name: ["Succeeded"]}));
        (step.name().to_owned(), action)
    });
    Value::Object(pairs.collect::<Map<_, _>>())
}

/// Managed APIs that these steps call, with repeats.
pub(super) fn connections_of(steps: &[Step]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for step in steps {
        match step {
            Call(_, api, ..) => names.push(*api),
            Note(_) | Entities(..) | Update(_) => names.push(SENTINEL),
            _ => {}
        }
        for inner in step.inner() {
            names.extend(connections_of(inner));
        }
    }
    names
}

fn call(api: &str, method: &str, path: &str, body: Value) -> Value {
    json!({"type": "ApiConnection", "inputs": {
        "body": body,
        "host": {"connection": {"name": expression(api)}},
        "method": method,
        "path": path,
    }})
}

fn fields(pairs: &[(&str, &str)], place: &Place) -> Value {
    let filled = pairs.iter().map(|(key, value)| ((*key).to_owned(), json!(fill(value, place))));
    Value::Object(filled.collect::<Map<_, _>>())
}

/// `%sub%`, `%rg%`, `%ws%` and `%domain%` stand for this tenant's own.
fn fill(text: &str, place: &Place) -> String {
    text.replace("%sub%", &place.scope.subscription_id)
        .replace("%rg%", &place.scope.resource_group)
        .replace("%ws%", place.workspace)
        .replace("%domain%", &place.scope.mail_domain)
}
