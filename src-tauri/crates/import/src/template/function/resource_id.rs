//! `resourceId` and its kin: the type and the names are in the file, subscription and resource group are not.

use domain::tree::{HOLE, Tree};

use super::text_of_pieces;
use crate::template::scope::unknown;

pub(super) fn call(name: &str, arguments: &[Tree]) -> Option<Tree> {
    match name {
        "resourceid" => Some(resource_id(arguments)),
        "subscriptionresourceid" => Some(subscription_id(arguments)),
        "extensionresourceid" => Some(extension_id(arguments)),
        _ => None,
    }
}

/// `resourceId([subscription,] [group,] type, name…)`.
fn resource_id(arguments: &[Tree]) -> Tree {
    let Some(at) = type_position(arguments) else {
        return no_type();
    };
    let before = &arguments[..at];
    let hole = unknown("only a deployment knows the subscription and the resource group", "");
    let group = before.last().unwrap_or(&hole).clone();
    let subscription = if before.len() > 1 { before[0].clone() } else { hole };
    let mut pieces =
        vec![text("/subscriptions/"), subscription, text("/resourceGroups/"), group, text("/providers/")];
    pieces.extend(typed(&arguments[at..]));
    text_of_pieces(&pieces)
}

fn subscription_id(arguments: &[Tree]) -> Tree {
    let Some(at) = type_position(arguments) else {
        return no_type();
    };
    let hole = unknown("only a deployment knows the subscription", "");
    let subscription = arguments[..at].first().cloned().unwrap_or(hole);
    let mut pieces = vec![text("/subscriptions/"), subscription, text("/providers/")];
    pieces.extend(typed(&arguments[at..]));
    text_of_pieces(&pieces)
}

/// `extensionResourceId(base, type, name…)`.
fn extension_id(arguments: &[Tree]) -> Tree {
    let Some((base, rest)) = arguments.split_first() else {
        return no_type();
    };
    let mut pieces = vec![base.clone(), text("/providers/")];
    pieces.extend(typed(rest));
    text_of_pieces(&pieces)
}

/// The type is the first argument that looks like one and has a name for each of its parts.
fn type_position(arguments: &[Tree]) -> Option<usize> {
    arguments.iter().take(3).enumerate().find_map(|(at, argument)| {
        let kind = argument.text()?;
        let parts = kind.split('/').count();
        (parts > 1 && parts <= arguments.len() - at).then_some(at)
    })
}

/// `namespace/type/name/childType/childName…` from a type and its names.
fn typed(arguments: &[Tree]) -> Vec<Tree> {
    let Some((kind, names)) = arguments.split_first() else {
        return vec![unknown("a resource id without a type", "")];
    };
    let kind = kind.text().map_or_else(|| HOLE.to_string(), str::to_owned);
    let mut parts = kind.split('/');
    let mut pieces = vec![text(parts.next().unwrap_or_default())];
    let mut names = names.iter();
    for part in parts {
        pieces.push(text(&format!("/{part}/")));
        pieces.push(names.next().cloned().unwrap_or_else(no_type));
    }
    pieces
}

fn text(text: &str) -> Tree {
    Tree::Text(text.to_owned())
}

fn no_type() -> Tree {
    unknown("a resource id whose type and names don't fit", "")
}
