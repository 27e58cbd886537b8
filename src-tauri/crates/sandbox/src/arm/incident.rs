//! One incident: get, delete, and the lists that are asked for by POST and are never paged.

use super::{Call, error};
use crate::answer;
use crate::world::View;
use axum::response::Response;
use serde_json::json;

/// `GET …/incidents/{name}`
pub fn get(call: &Call, place: usize, name: &str) -> Response {
    found(call, place, name, |view, at| {
        let mut out = String::with_capacity(2_560);
        view.write_arm(&mut out, at);
        out
    })
}

/// `DELETE …/incidents/{name}`: what Defender has too stays.
pub fn delete(call: &Call, place: usize, name: &str) -> Response {
    let found = call.session.world.view().find(place, name);
    let response = match found.map(|at| call.session.world.delete(at)) {
        None => answer::empty(204),
        Some(true) => answer::empty(200),
        Some(false) => error::bad("Incidents of Microsoft Defender XDR can't be deleted."),
    };
    answer::with(response, RATE, "497")
}

/// `POST …/incidents/{name}/alerts`
pub fn alerts(call: &Call, place: usize, name: &str) -> Response {
    found(call, place, name, |view, at| {
        let mut out = String::new();
        view.write_arm_alerts(&mut out, at);
        out
    })
}

/// `POST …/incidents/{name}/entities`
pub fn entities(call: &Call, place: usize, name: &str) -> Response {
    found(call, place, name, |view, at| {
        let mut out = String::new();
        view.write_arm_entities(&mut out, at);
        out
    })
}

/// `POST …/incidents/{name}/bookmarks`
pub fn bookmarks(call: &Call, place: usize, name: &str) -> Response {
    found(call, place, name, |view, at| json!({"value": view.bookmarks(at)}).to_string())
}

fn found(call: &Call, place: usize, name: &str, write: impl FnOnce(&View, u32) -> String) -> Response {
    let view = call.session.world.view();
    match view.find(place, name) {
        Some(at) => answer::with(answer::json(200, write(&view, at)), RATE, "498"),
        None => error::not_found(&format!("Incident '{name}'")),
    }
}

/// Sentinel's own pool, apart from the subscription's.
pub const RATE: &str = "x-ms-ratelimit-remaining-subscription-resource-requests";
