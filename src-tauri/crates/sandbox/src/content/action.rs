//! Actions of automation rules: blueprints and their wire form.
//!
//! The portal writes one `ModifyProperties` per change, with every unset field as null.

use super::condition::other_case;
use super::place::Place;
use serde_json::{Value, json};

/// An action of a blueprint.
pub(super) enum Act {
    /// Close with a classification and a reason.
    Close(&'static str, Option<&'static str>),
    /// Close and leave the classification unset.
    CloseBare,
    Status(&'static str),
    Severity(&'static str),
    /// Assign to a person of [`Place::who`].
    Owner(usize),
    Tag(&'static [&'static str]),
    /// Title and text of an incident task.
    Task(&'static str, &'static str),
    /// Run a playbook, by workflow name.
    Run(&'static str),
    /// Run a playbook whose id is written in other capitals.
    RunOtherCase(&'static str),
}

/// The wire form of a rule's actions, numbered from 1.
pub(super) fn list(actions: &[Act], place: &Place) -> Value {
    actions.iter().zip(1..).map(|(action, order)| action.json(order, place)).collect()
}

impl Act {
    fn json(&self, order: u32, place: &Place) -> Value {
        let (kind, configuration) = match self {
            Self::Task(title, text) => ("AddIncidentTask", json!({"title": title, "description": text})),
            Self::Run(name) => ("RunPlaybook", run(place.scope.workflow_id(name), place)),
            Self::RunOtherCase(name) => {
                ("RunPlaybook", run(other_case(&place.scope.workflow_id(name)), place))
            }
            other => ("ModifyProperties", other.change(place)),
        };
        json!({"order": order, "actionType": kind, "actionConfiguration": configuration})
    }

    fn change(&self, place: &Place) -> Value {
        let mut fields = json!({
            "severity": null, "status": null, "classification": null, "classificationReason": null,
            "classificationComment": null, "owner": null, "labels": null,
        });
        match self {
            Self::Close(class, reason) => {
                fields["status"] = json!("Closed");
                fields["classification"] = json!(class);
                fields["classificationReason"] = json!(reason);
                fields["classificationComment"] = json!("Closed by automation rule");
            }
            Self::CloseBare => fields["status"] = json!("Closed"),
            Self::Status(status) => fields["status"] = json!(status),
            Self::Severity(severity) => fields["severity"] = json!(severity),
            Self::Owner(at) => fields["owner"] = owner(*at, place),
            Self::Tag(tags) => fields["labels"] = labels(tags),
            Self::Task(..) | Self::Run(_) | Self::RunOtherCase(_) => {}
        }
        fields
    }
}

fn run(id: String, place: &Place) -> Value {
    json!({"logicAppResourceId": id, "tenantId": place.scope.tenant_id})
}

fn owner(at: usize, place: &Place) -> Value {
    let (name, address) = place.who(at);
    json!({
        "objectId": place.object_id(at), "email": address, "assignedTo": name,
        "userPrincipalName": address, "ownerType": "User",
    })
}

fn labels(tags: &[&str]) -> Value {
    tags.iter().map(|tag| json!({"labelName": tag, "labelType": "User"})).collect()
}
