//! The template functions that a file alone can answer.
//!
//! Anything that asks the deployment (subscription, resource group, references, times, generated ids) is unknown. A
//! text with unknown pieces keeps its shape, so that an id can still be joined by its last part.

use domain::tree::{HOLE, Tree, Unknown};

use super::expression::Expression;
use super::scope::unknown;

mod resource_id;
mod text;

/// Functions of ARM whose value only a deployment knows.
const AT_DEPLOYMENT: [&str; 26] = [
    "subscription",
    "resourcegroup",
    "tenant",
    "managementgroup",
    "deployment",
    "deployer",
    "environment",
    "reference",
    "references",
    "list",
    "listkeys",
    "listcallbackurl",
    "listsecrets",
    "listaccountsas",
    "providers",
    "pickzones",
    "guid",
    "newguid",
    "uniquestring",
    "utcnow",
    "datetimeadd",
    "datetimefromepoch",
    "datetimetoepoch",
    "getsecret",
    "externalinput",
    "toobject",
];

/// Functions that are answered here or by the scope.
const ANSWERED: [&str; 47] = [
    "parameters",
    "variables",
    "copyindex",
    "concat",
    "format",
    "replace",
    "tolower",
    "toupper",
    "trim",
    "split",
    "join",
    "substring",
    "startswith",
    "endswith",
    "indexof",
    "uri",
    "uricomponent",
    "padleft",
    "string",
    "int",
    "bool",
    "json",
    "array",
    "createarray",
    "createobject",
    "contains",
    "empty",
    "length",
    "first",
    "last",
    "take",
    "skip",
    "coalesce",
    "if",
    "equals",
    "not",
    "and",
    "or",
    "add",
    "sub",
    "mul",
    "null",
    "true",
    "false",
    "resourceid",
    "subscriptionresourceid",
    "extensionresourceid",
];

/// Whether every function in the expression is one of ARM's: how an expression is told from a bracketed title.
pub fn all_known(expression: &Expression) -> bool {
    match expression {
        Expression::Text(_) | Expression::Number(_) => false,
        Expression::Call { name, arguments } => {
            let name = name.to_ascii_lowercase();
            let known = AT_DEPLOYMENT.contains(&name.as_str()) || ANSWERED.contains(&name.as_str());
            known && arguments.iter().all(|a| !is_call(a) || all_known(a))
        }
        Expression::Member(of, _) | Expression::Index(of, _) => all_known(of),
    }
}

fn is_call(expression: &Expression) -> bool {
    !matches!(expression, Expression::Text(_) | Expression::Number(_))
}

/// The value of `name(arguments)`; `name` in lower case.
pub fn call(name: &str, arguments: Vec<Tree>) -> Tree {
    if AT_DEPLOYMENT.contains(&name) {
        return unknown(&format!("only a deployment knows `{name}()`"), "");
    }
    if let Some(id) = resource_id::call(name, &arguments) {
        return id;
    }
    if let Some(value) = shaped(name, &arguments) {
        return value;
    }
    // Everything below needs all of its arguments.
    if name != "coalesce"
        && name != "if"
        && let Some(open) = arguments.iter().find(|a| is_unknown(a))
    {
        return open.clone();
    }
    plain(name, &arguments)
        .or_else(|| text::call(name, &arguments))
        .unwrap_or_else(|| unknown(&format!("the function `{name}` is not resolved here"), ""))
}

/// Functions that make a text with holes from unknown pieces.
fn shaped(name: &str, arguments: &[Tree]) -> Option<Tree> {
    match name {
        "concat" if arguments.iter().any(|a| matches!(a, Tree::List(_))) => {
            let lists = arguments.iter().map(Tree::list).collect::<Option<Vec<_>>>();
            lists.map(|lists| Tree::List(lists.concat()))
        }
        "concat" => Some(text_of_pieces(arguments)),
        "format" => Some(text::format(arguments)),
        _ => None,
    }
}

/// A megabyte is more than any rule needs.
const MAX_TEXT: usize = 1 << 20;

/// One text from pieces; unknown as soon as one piece is.
pub fn text_of_pieces(pieces: &[Tree]) -> Tree {
    let mut shape = String::new();
    let mut because = None;
    for piece in pieces {
        match piece {
            Tree::Text(_) | Tree::Number(_) | Tree::Bool(_) => shape.push_str(&piece.raw()),
            Tree::Unknown(open) => {
                because.get_or_insert_with(|| open.because.clone());
                shape.push_str(open.shape.as_deref().unwrap_or(&HOLE.to_string()));
            }
            _ => {
                because.get_or_insert_with(|| "a piece of the text is no text".to_owned());
                shape.push(HOLE);
            }
        }
    }
    match because {
        _ if shape.len() > MAX_TEXT => unknown("the text would be too long", ""),
        None => Tree::Text(shape),
        Some(because) => Tree::Unknown(Unknown { because, raw: String::new(), shape: Some(shape) }),
    }
}

fn plain(name: &str, arguments: &[Tree]) -> Option<Tree> {
    match (name, arguments) {
        ("null", []) => Some(Tree::Null),
        ("true", []) => Some(Tree::Bool(true)),
        ("false", []) => Some(Tree::Bool(false)),
        ("if", [Tree::Bool(test), yes, no]) => Some(if *test { yes } else { no }.clone()),
        ("if", [open @ Tree::Unknown(_), _, _]) => Some(open.clone()),
        ("equals", [a, b]) => Some(Tree::Bool(equal(a, b))),
        ("not", [Tree::Bool(value)]) => Some(Tree::Bool(!value)),
        ("and", all) => booleans(all).map(|all| Tree::Bool(all.iter().all(|b| *b))),
        ("or", all) => booleans(all).map(|all| Tree::Bool(all.iter().any(|b| *b))),
        ("coalesce", all) => all.iter().find(|a| **a != Tree::Null).cloned(),
        ("createarray", all) => Some(Tree::List(all.to_vec())),
        ("createobject", all) => create_object(all),
        ("array", [list @ Tree::List(_)]) => Some(list.clone()),
        ("array", [one]) => Some(Tree::List(vec![one.clone()])),
        ("first", [Tree::List(items)]) => items.first().cloned(),
        ("last", [Tree::List(items)]) => items.last().cloned(),
        ("length", [Tree::List(items)]) => Some(number(items.len())),
        ("length", [Tree::Map(members)]) => Some(number(members.len())),
        ("empty", [Tree::List(items)]) => Some(Tree::Bool(items.is_empty())),
        ("empty", [Tree::Map(members)]) => Some(Tree::Bool(members.is_empty())),
        ("empty", [Tree::Null]) => Some(Tree::Bool(true)),
        ("contains", [Tree::List(items), item]) => Some(Tree::Bool(items.iter().any(|i| equal(i, item)))),
        ("contains", [map @ Tree::Map(_), Tree::Text(key)]) => Some(Tree::Bool(map.get(key).is_some())),
        ("int", [value]) => whole(value).map(|n| Tree::Number(n.to_string())),
        ("bool", [value]) => truth(value).map(Tree::Bool),
        ("string", [value]) if weight(value) < MAX_TEXT / 64 => Some(Tree::Text(value.raw())),
        ("add", [a, b]) => Some(Tree::Number(whole(a)?.checked_add(whole(b)?)?.to_string())),
        ("sub", [a, b]) => Some(Tree::Number(whole(a)?.checked_sub(whole(b)?)?.to_string())),
        ("mul", [a, b]) => Some(Tree::Number(whole(a)?.checked_mul(whole(b)?)?.to_string())),
        _ => None,
    }
}

fn create_object(pairs: &[Tree]) -> Option<Tree> {
    let members = pairs.chunks(2).map(|pair| Some((pair.first()?.text()?.to_owned(), pair.get(1)?.clone())));
    members.collect::<Option<Vec<_>>>().map(Tree::Map)
}

fn booleans(all: &[Tree]) -> Option<Vec<bool>> {
    all.iter()
        .map(|one| match one {
            Tree::Bool(value) => Some(*value),
            _ => None,
        })
        .collect()
}

/// ARM's `equals` takes case into account for texts.
fn equal(a: &Tree, b: &Tree) -> bool {
    a == b
}

fn truth(value: &Tree) -> Option<bool> {
    match value {
        Tree::Bool(value) => Some(*value),
        Tree::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Tree::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
        other => whole(other).map(|n| n != 0),
    }
}

/// A whole number, also one written as text.
pub fn whole(value: &Tree) -> Option<i64> {
    match value {
        Tree::Number(text) | Tree::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

pub fn number(value: usize) -> Tree {
    Tree::Number(value.to_string())
}

fn is_unknown(value: &Tree) -> bool {
    matches!(value, Tree::Unknown(_))
}

/// `value.key`.
pub fn member(value: Tree, key: &str) -> Tree {
    match value {
        Tree::Unknown(open) => Tree::Unknown(Unknown { shape: None, ..open }),
        other => {
            other.get(key).cloned().unwrap_or_else(|| unknown(&format!("there is no `{key}` in it"), ""))
        }
    }
}

/// `value[at]`, by number or by name.
pub fn index(value: Tree, at: &Tree) -> Tree {
    if let Tree::Text(key) = at {
        return member(value, key);
    }
    match (&value, at) {
        (Tree::Unknown(_), _) => member(value, ""),
        (_, Tree::Unknown(open)) => Tree::Unknown(open.clone()),
        _ => whole(at)
            .and_then(|at| usize::try_from(at).ok())
            .and_then(|at| value.item(at))
            .cloned()
            .unwrap_or_else(|| unknown("there is no such item in it", "")),
    }
}

/// What a value costs: its nodes, and its text by 64 bytes.
pub fn weight(value: &Tree) -> usize {
    match value {
        Tree::Text(text) => 1 + text.len() / 64,
        Tree::List(items) => 1 + items.iter().map(weight).sum::<usize>(),
        Tree::Map(members) => 1 + members.iter().map(|(_, v)| weight(v)).sum::<usize>(),
        _ => 1,
    }
}
