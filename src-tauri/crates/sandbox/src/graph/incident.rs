//! One incident and its comments.

use super::{Call, not_found};
use crate::world::{Comment, write_comments};
use crate::{answer, form, seed};
use axum::response::Response;
use std::fmt::Write as _;
use wire::graph::comment::Comment as Sent;

/// `GET /security/incidents/{id}`, with or without `$expand=alerts`.
pub fn get(call: &Call, id: &str) -> Response {
    let mut manner = call.manner;
    for (name, value) in form::pairs(&call.query) {
        match (name.as_str(), value.as_str()) {
            ("$expand", "alerts") => manner.alerts = true,
            (option, value) if option.starts_with('$') => {
                let message = format!("The query option '{option}' with '{value}' is not supported.");
                return call.session.graph_error(400, "BadRequest", &message);
            }
            _ => {}
        }
    }
    let view = call.session.world.view();
    let Some(at) = view.find_graph(id) else { return not_found(&call.session, id) };
    let mut incident = String::with_capacity(2_048);
    view.write_graph(&mut incident, at, manner);
    answer::json(200, in_context(call, "security/incidents/$entity", &incident))
}

/// Puts the context in front of an object's members.
pub fn in_context(call: &Call, what: &str, object: &str) -> String {
    let origin = &call.session.origins.graph;
    format!(r#"{{"@odata.context":"{origin}/v1.0/$metadata#{what}",{}"#, object.trim_start_matches('{'))
}

/// `GET …/comments`
pub fn comments(call: &Call, id: &str) -> Response {
    match call.session.world.view().find_graph(id) {
        Some(at) => comment_list(call, id, at),
        None => not_found(&call.session, id),
    }
}

/// `POST …/comments`: the answer is the whole list.
pub fn comment(call: &Call, id: &str, body: &str) -> Response {
    let Some(at) = call.session.world.view().find_graph(id) else { return not_found(&call.session, id) };
    let sent = serde_json::from_str::<Sent>(body).ok();
    let Some(text) = sent.as_ref().and_then(|one| one.comment.as_deref()).filter(|text| !text.is_empty())
    else {
        return call.session.graph_error(400, "BadRequest", "Property 'comment' is required.");
    };
    let world = &call.session.world;
    let created = world.clock();
    let name = seed::guid(call.session.scope.seed, "comment", created.unsigned_abs());
    world.comment(at, Comment { name, text: text.to_owned(), author: "Crosswalk".to_owned(), created });
    comment_list(call, id, at)
}

fn comment_list(call: &Call, id: &str, at: u32) -> Response {
    let mut out = String::new();
    let origin = &call.session.origins.graph;
    let _ = write!(
        out,
        r#"{{"@odata.context":"{origin}/v1.0/$metadata#security/incidents('{id}')/comments","value":"#
    );
    write_comments(&mut out, call.session.world.view().comments(at));
    out.push('}');
    answer::json(200, out)
}
