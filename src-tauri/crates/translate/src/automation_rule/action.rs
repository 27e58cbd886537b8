//! Actions.

use domain::automation::{Action, Changes, Deed};
use domain::tree::Setting;

use crate::node::Node;

pub(super) fn read(node: Node<'_>) -> Action {
    let configuration = node.get("actionConfiguration");
    Action { source: node.source(), configuration: configuration.source(), deed: deed(&node, &configuration) }
}

fn deed(node: &Node<'_>, configuration: &Node<'_>) -> Deed {
    let kind = node.get("actionType").text();
    if kind.is("ModifyProperties") {
        Deed::ModifyProperties(Box::new(changes(configuration)))
    } else if kind.is("RunPlaybook") {
        Deed::RunPlaybook { playbook: configuration.get("logicAppResourceId").field(Node::text) }
    } else if kind.is("AddIncidentTask") {
        Deed::AddIncidentTask
    } else {
        Deed::Other(kind)
    }
}

fn changes(configuration: &Node<'_>) -> Changes {
    Changes {
        status: configuration.get("status").text(),
        severity: configuration.get("severity").text(),
        classification: configuration.get("classification").text(),
        owner: owner(&configuration.get("owner")),
    }
}

/// The wire sends an owner of nulls where nobody is assigned.
fn owner(node: &Node<'_>) -> Setting<String> {
    ["objectId", "userPrincipalName", "email", "assignedTo"]
        .iter()
        .map(|key| node.get(key).text())
        .find(|setting| *setting != Setting::Absent)
        .unwrap_or(Setting::Absent)
}
