//! Functions over texts.

use domain::tree::Tree;

use super::{MAX_TEXT, number, text_of_pieces, weight, whole};
use crate::template::scope::unknown;

pub(super) fn call(name: &str, arguments: &[Tree]) -> Option<Tree> {
    let text = |text: String| Some(Tree::Text(text));
    match (name, arguments) {
        ("tolower", [Tree::Text(t)]) => text(t.to_lowercase()),
        ("toupper", [Tree::Text(t)]) => text(t.to_uppercase()),
        ("trim", [Tree::Text(t)]) => text(t.trim().to_owned()),
        ("replace", [Tree::Text(t), Tree::Text(old), Tree::Text(new)]) if !old.is_empty() => {
            text(bounded_replace(t, old, new)?)
        }
        ("length", [Tree::Text(t)]) => Some(number(t.chars().count())),
        ("empty", [Tree::Text(t)]) => Some(Tree::Bool(t.is_empty())),
        ("contains", [Tree::Text(t), Tree::Text(part)]) => Some(Tree::Bool(t.contains(part.as_str()))),
        ("startswith", [Tree::Text(t), Tree::Text(part)]) => {
            Some(Tree::Bool(t.to_lowercase().starts_with(&part.to_lowercase())))
        }
        ("endswith", [Tree::Text(t), Tree::Text(part)]) => {
            Some(Tree::Bool(t.to_lowercase().ends_with(&part.to_lowercase())))
        }
        ("first", [Tree::Text(t)]) => text(t.chars().take(1).collect()),
        ("last", [Tree::Text(t)]) => text(t.chars().next_back().map(String::from)?),
        ("take", [Tree::Text(t), n]) => text(t.chars().take(size(n)?).collect()),
        ("skip", [Tree::Text(t), n]) => text(t.chars().skip(size(n)?).collect()),
        ("take", [Tree::List(items), n]) => Some(Tree::List(items.iter().take(size(n)?).cloned().collect())),
        ("skip", [Tree::List(items), n]) => Some(Tree::List(items.iter().skip(size(n)?).cloned().collect())),
        ("substring", [Tree::Text(t), from]) => text(t.chars().skip(size(from)?).collect()),
        ("substring", [Tree::Text(t), from, n]) => text(t.chars().skip(size(from)?).take(size(n)?).collect()),
        ("split", [Tree::Text(t), Tree::Text(by)]) if !by.is_empty() => {
            Some(Tree::List(t.split(by.as_str()).map(|p| Tree::Text(p.to_owned())).collect()))
        }
        ("join", [list @ Tree::List(items), Tree::Text(by)]) => {
            let size = weight(list) + items.len() * (1 + by.len() / 64);
            let joined = || items.iter().map(Tree::raw).collect::<Vec<_>>().join(by);
            (size < MAX_TEXT / 64).then(|| Tree::Text(joined()))
        }
        ("uri", [Tree::Text(base), Tree::Text(rest)]) => text(joined(base, rest)),
        _ => None,
    }
}

fn size(value: &Tree) -> Option<usize> {
    whole(value).and_then(|n| usize::try_from(n).ok())
}

fn bounded_replace(text: &str, old: &str, new: &str) -> Option<String> {
    let grown = text.matches(old).count().checked_mul(new.len())?;
    (grown < MAX_TEXT).then(|| text.replace(old, new))
}

fn joined(base: &str, rest: &str) -> String {
    format!("{}/{}", base.trim_end_matches('/'), rest.trim_start_matches('/'))
}

/// `format('{0}/{1}', a, b)`; doubled braces are literal, number formats are not applied.
pub(super) fn format(arguments: &[Tree]) -> Tree {
    let Some((Tree::Text(pattern), values)) = arguments.split_first() else {
        return arguments.first().cloned().unwrap_or_else(|| unknown("`format` has no pattern", ""));
    };
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = pattern.as_str();
    while let Some(at) = rest.find(['{', '}']) {
        literal.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(brace) {
            literal.push_str(brace);
            rest = after;
        } else if let Some((slot, after)) = rest.split_once('}').filter(|_| brace == "{") {
            pieces.push(Tree::Text(std::mem::take(&mut literal)));
            pieces.push(slot_value(slot, values));
            rest = after;
        }
    }
    literal.push_str(rest);
    pieces.push(Tree::Text(literal));
    text_of_pieces(&pieces)
}

fn slot_value(slot: &str, values: &[Tree]) -> Tree {
    slot.trim()
        .parse::<usize>()
        .ok()
        .and_then(|at| values.get(at))
        .cloned()
        .unwrap_or_else(|| unknown("a place of `format` can't be filled", ""))
}
