//! Tasks and relations of an incident: list, paged, and one.

use super::incident::RATE;
use super::{Call, error, paged};
use crate::answer;
use crate::world::View;
use axum::response::Response;
use serde_json::Value;

/// Items on a page; the service's size is not published, so it is one that clients meet at once.
const PAGE: usize = 3;

/// `GET …/incidents/{incident}/tasks[/{name}]`, and the same of relations.
pub fn answer(
    call: &Call,
    (place, incident): (usize, &str),
    name: Option<&str>,
    items: impl Fn(&View, u32) -> Vec<Value>,
) -> Response {
    let view = call.session.world.view();
    let Some(at) = view.find(place, incident) else {
        return error::not_found(&format!("Incident '{incident}'"));
    };
    let items = items(&view, at);
    let items: Vec<&Value> = items.iter().collect();
    let response = match name {
        None => paged(call, &items, PAGE),
        Some(name) => match items.iter().find(|one| one["name"].as_str() == Some(name)) {
            Some(one) => answer::json(200, one.to_string()),
            None => error::not_found(&format!("'{name}'")),
        },
    };
    answer::with(response, RATE, "495")
}
