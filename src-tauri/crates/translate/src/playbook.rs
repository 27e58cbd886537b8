//! Playbooks: `Microsoft.Logic/workflows`, as served or as a file holds them.

use domain::playbook::{Playbook, Step, Trigger};
use domain::tree::{Setting, Tree};

use crate::node::Node;

/// A workflow from a tenant's answer.
pub fn from_answer(tree: &Tree) -> Playbook {
    read(&Node::answer(tree))
}

/// Whether this is a workflow by its definition, without a type: the resource, the portal's code view, or the bare
/// definition.
pub fn has_shape(tree: &Tree) -> bool {
    let framed = |t: &Tree| t.get("definition").is_some_and(is_definition);
    framed(tree) || tree.get("properties").is_some_and(framed) || is_definition(tree)
}

fn is_definition(tree: &Tree) -> bool {
    let of_workflow = |key: &str| tree.get(key).is_some_and(|t| t.map().is_some());
    of_workflow("triggers") && of_workflow("actions")
}

/// A workflow at a place. Never fails: what can't be read is unknown.
pub fn read(node: &Node<'_>) -> Playbook {
    let definition = definition(node);
    let mut steps = Vec::new();
    collect(&definition.get("actions"), &mut steps);
    Playbook {
        id: node.get("id").id(),
        name: name(node),
        resource_name: node.get("name").last_segment(),
        source: node.source(),
        enabled: node.at(&["properties", "state"]).field(enabled),
        triggers: definition.get("triggers").members().into_iter().map(trigger).collect(),
        steps,
        definition: definition.tree().cloned().unwrap_or(Tree::Null),
        definition_at: definition.source(),
    }
}

fn definition<'a>(node: &Node<'a>) -> Node<'a> {
    let framed = node.at(&["properties", "definition"]);
    let flat = node.get("definition");
    if framed.is_there() {
        framed
    } else if flat.is_there() {
        flat
    } else if node.tree().is_some_and(is_definition) {
        node.clone()
    } else {
        framed
    }
}

/// `Disabled` and `Suspended` do not start; any other state, or none, may.
fn enabled(state: &Node<'_>) -> Setting<bool> {
    match state.text() {
        Setting::Known(word) => {
            Setting::Known(!word.eq_ignore_ascii_case("Disabled") && !word.eq_ignore_ascii_case("Suspended"))
        }
        Setting::Unknown(unknown) => Setting::Unknown(unknown),
        Setting::Absent => Setting::Absent,
    }
}

fn name(node: &Node<'_>) -> String {
    let last = node.get("name").last_segment();
    last.known()
        .cloned()
        .or_else(|| node.get("name").shown())
        .unwrap_or_else(|| "playbook without a name".to_owned())
}

fn trigger((name, node): (&str, Node<'_>)) -> Trigger {
    Trigger {
        name: name.to_owned(),
        source: node.source(),
        kind: node.get("type").text(),
        path: node.at(&["inputs", "path"]).field(Node::text),
    }
}

/// Actions hold actions: loops and scopes in `actions`, conditions also in `else`, switches in `cases` and `default`.
fn collect(actions: &Node<'_>, steps: &mut Vec<Step>) {
    for (name, action) in actions.members() {
        let path = action.at(&["inputs", "path"]);
        if path.is_there() {
            steps.push(Step {
                name: name.to_owned(),
                source: path.source(),
                method: action.at(&["inputs", "method"]).text(),
                path: path.text(),
            });
        }
        collect(&action.get("actions"), steps);
        collect(&action.at(&["else", "actions"]), steps);
        collect(&action.at(&["default", "actions"]), steps);
        for (_, case) in action.get("cases").members() {
            collect(&case.get("actions"), steps);
        }
    }
}
