//! Comments on an incident: list, get, put, delete.

use super::incident::RATE;
use super::{Call, error};
use crate::world::Comment;
use crate::{answer, json};
use axum::response::Response;
use wire::arm::incident::Comment as Sent;

/// Longest comment that Sentinel takes.
const LONGEST: usize = 30_000;

/// Everything below `…/incidents/{name}/comments`.
pub fn answer(call: &Call, place: usize, incident: &str, rest: &[&str]) -> Response {
    let Some(at) = call.session.world.view().find(place, incident) else {
        return error::not_found(&format!("Incident '{incident}'"));
    };
    let response = match (call.method.as_str(), rest) {
        ("GET", []) => list(call, at),
        ("GET", [name]) => get(call, at, name, 200),
        ("PUT", [name]) => put(call, at, name),
        ("DELETE", [name]) => match call.session.world.uncomment(at, name) {
            true => answer::json(200, "{}".to_owned()),
            false => answer::empty(204),
        },
        _ => {
            error::plain(405, "MethodNotAllowed", "The requested resource does not support this HTTP method.")
        }
    };
    answer::with(response, RATE, "496")
}

fn list(call: &Call, at: u32) -> Response {
    let view = call.session.world.view();
    let mut out = r#"{"value":"#.to_owned();
    json::list(&mut out, view.comments(at), |out, comment| view.write_arm_comment(out, at, comment));
    out.push('}');
    answer::json(200, out)
}

fn get(call: &Call, at: u32, name: &str, status: u16) -> Response {
    let view = call.session.world.view();
    let Some(comment) = view.comments(at).iter().find(|comment| comment.name == name) else {
        return error::not_found(&format!("Comment '{name}'"));
    };
    let mut out = String::new();
    view.write_arm_comment(&mut out, at, comment);
    answer::json(status, out)
}

fn put(call: &Call, at: u32, name: &str) -> Response {
    let sent = serde_json::from_slice::<Sent>(&call.body).ok();
    let message =
        sent.as_ref().and_then(|one| one.properties.as_ref()).and_then(|one| one.message.as_deref());
    let Some(message) = message.filter(|text| !text.is_empty()) else {
        return error::bad("'message' is required.");
    };
    if message.chars().count() > LONGEST {
        return error::bad(&format!("'message' is longer than {LONGEST} characters."));
    }
    let known = call.session.world.view().comments(at).iter().any(|comment| comment.name == name);
    let world = &call.session.world;
    world.comment(
        at,
        Comment {
            name: name.to_owned(),
            text: message.to_owned(),
            author: "Crosswalk".to_owned(),
            created: world.clock(),
        },
    );
    get(call, at, name, if known { 200 } else { 201 })
}
