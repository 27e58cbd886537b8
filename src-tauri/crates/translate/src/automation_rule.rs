//! Automation rules: `Microsoft.SecurityInsights/automationRules`, as served or as a file holds them.
//!
//! One reader for both. Also reads a rule without the frame of a resource (`triggeringLogic` beside `actions`), as
//! repositories keep them.

use domain::automation::AutomationRule;
use domain::tree::Tree;

use crate::node::Node;

mod action;
mod condition;

/// A rule from a tenant's answer.
pub fn from_answer(tree: &Tree) -> AutomationRule {
    read(&Node::answer(tree))
}

/// Whether this is a rule by its shape, with or without type and id.
pub fn has_shape(tree: &Tree) -> bool {
    let frame = |t: &Tree| t.has("triggeringLogic") && t.has("actions");
    frame(tree) || tree.get("properties").is_some_and(frame)
}

/// A rule at a place. Never fails: what can't be read is unknown.
pub fn read(node: &Node<'_>) -> AutomationRule {
    let framed = node.get("properties");
    let inner = if framed.get("triggeringLogic").is_there() || !node.get("triggeringLogic").is_there() {
        framed
    } else {
        node.clone()
    };
    let logic = inner.get("triggeringLogic");
    AutomationRule {
        id: node.get("id").id(),
        name: name(node, &inner),
        source: node.source(),
        order: inner.get("order").field(Node::integer),
        enabled: logic.get("isEnabled").field(Node::boolean),
        expires: logic.get("expirationTimeUtc").field(Node::time),
        created: inner.get("createdTimeUtc").field(Node::time),
        triggers_on: logic.get("triggersOn").field(Node::text),
        triggers_when: logic.get("triggersWhen").field(Node::text),
        conditions: conditions(&logic),
        actions: inner.get("actions").field(|n| n.list(action::read)),
    }
}

/// Where there are no conditions at all, the triggering logic is what stands for them.
fn conditions(logic: &Node<'_>) -> domain::tree::Field<Vec<domain::automation::Condition>> {
    let conditions = logic.get("conditions");
    let mut field = conditions.field(|n| n.list(condition::read));
    if !conditions.is_there() {
        field.at = logic.source();
    }
    field
}

fn name(node: &Node<'_>, inner: &Node<'_>) -> String {
    let named = inner.get("displayName").shown();
    named
        .or_else(|| node.get("name").last_segment().known().cloned())
        .or_else(|| node.get("automationRuleId").shown())
        .or_else(|| node.get("name").shown())
        .unwrap_or_else(|| "automation rule without a name".to_owned())
}
