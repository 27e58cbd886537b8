//! Conditions, at any depth.

use domain::automation::{Condition, Junction, Test};
use domain::tree::{Setting, Unknown};

use crate::node::Node;

pub(super) fn read(node: Node<'_>) -> Condition {
    let inner = node.get("conditionProperties");
    let place = if inner.is_there() { &inner } else { &node };
    Condition { source: place.source(), test: test(&node, &inner) }
}

fn test(node: &Node<'_>, inner: &Node<'_>) -> Test {
    if let Some(unknown) = node.tree().and_then(as_unknown) {
        return Test::Other(Setting::Unknown(unknown));
    }
    let kind = kind(node, inner);
    if kind.is("Property") {
        Test::Property {
            property: inner.get("propertyName").text(),
            operator: inner.get("operator").text(),
            values: inner.get("propertyValues").texts(),
        }
    } else if kind.is("PropertyChanged") {
        Test::PropertyChanged {
            property: inner.get("propertyName").text(),
            change: inner.get("changeType").text(),
            operator: inner.get("operator").text(),
            values: inner.get("propertyValues").texts(),
        }
    } else if kind.is("PropertyArrayChanged") {
        Test::PropertyArrayChanged { array: inner.get("arrayType").text() }
    } else if kind.is("PropertyArray") {
        Test::PropertyArray {
            array: inner.get("arrayType").text(),
            items: inner.get("itemConditions").list(read),
        }
    } else if kind.is("Boolean") {
        boolean(node, inner)
    } else {
        Test::Other(kind)
    }
}

fn boolean(node: &Node<'_>, inner: &Node<'_>) -> Test {
    let clauses = node.get("clauses");
    if clauses.is_there() {
        return Test::Boolean { junction: junction(node.get("operator").text()), inner: clauses.list(read) };
    }
    Test::Boolean {
        junction: junction(inner.get("operator").text()),
        inner: inner.get("innerConditions").list(read),
    }
}

/// The condition's type; hand-written files leave it out, and then the members tell it.
fn kind(node: &Node<'_>, inner: &Node<'_>) -> Setting<String> {
    let named = node.get("conditionType").text();
    let has = |key: &str| inner.get(key).is_there();
    let told = if named != Setting::Absent {
        return named;
    } else if has("innerConditions") || node.get("clauses").is_there() {
        "Boolean"
    } else if has("itemConditions") {
        "PropertyArray"
    } else if has("propertyName") && has("changeType") {
        "PropertyChanged"
    } else if has("propertyName") {
        "Property"
    } else if has("arrayType") {
        "PropertyArrayChanged"
    } else {
        return Setting::Absent;
    };
    Setting::Known(told.to_owned())
}

fn as_unknown(tree: &domain::tree::Tree) -> Option<Unknown> {
    match tree {
        domain::tree::Tree::Unknown(unknown) => Some(unknown.clone()),
        _ => None,
    }
}

fn junction(operator: Setting<String>) -> Setting<Junction> {
    match operator {
        Setting::Known(word) if word.eq_ignore_ascii_case("And") => Setting::Known(Junction::And),
        Setting::Known(word) if word.eq_ignore_ascii_case("Or") => Setting::Known(Junction::Or),
        Setting::Known(word) => {
            Setting::Unknown(Unknown { because: "it is neither And nor Or".into(), raw: word, shape: None })
        }
        Setting::Unknown(unknown) => Setting::Unknown(unknown),
        Setting::Absent => Setting::Absent,
    }
}
