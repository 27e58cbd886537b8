//! API examples as the REST specifications keep them: `{parameters, responses}`.
//!
//! The request and every answer of one example tell the same object, so only one of them is read: the first answer
//! that holds something, else the request.

use domain::tree::{Tree, step};

use super::kind::Kind;

/// Whether the document is such an example.
pub(super) fn is_example(tree: &Tree) -> bool {
    let maps = |key: &str| tree.get(key).is_some_and(|t| t.map().is_some());
    maps("parameters") && maps("responses") && !tree.has("resources")
}

/// The part to read, with its path; nothing when the example is about something else.
pub(super) fn chosen(tree: &Tree) -> Option<(String, &Tree)> {
    answers(tree).into_iter().chain(requests(tree)).find(|(_, one)| holds(one))
}

fn answers(tree: &Tree) -> Vec<(String, &Tree)> {
    let codes = tree.get("responses").and_then(Tree::map).unwrap_or(&[]);
    codes
        .iter()
        .filter_map(|(code, answer)| Some((format!("{}.body", step("responses", code)), answer.get("body")?)))
        .collect()
}

fn requests(tree: &Tree) -> Vec<(String, &Tree)> {
    let parameters = tree.get("parameters").and_then(Tree::map).unwrap_or(&[]);
    parameters.iter().map(|(name, value)| (step("parameters", name), value)).collect()
}

fn holds(tree: &Tree) -> bool {
    let list = tree.get("value").and_then(Tree::list).or_else(|| tree.list());
    Kind::of(tree, None).is_some()
        || list.is_some_and(|items| items.iter().any(|one| Kind::of(one, None).is_some()))
}
