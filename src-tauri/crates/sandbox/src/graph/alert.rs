//! Alerts apart from their incidents, read only: the newest incident's first
//! (<https://learn.microsoft.com/graph/api/security-list-alerts_v2>).

use super::{Call, incident};
use crate::world::{Place, View};
use crate::{answer, form, json};
use axum::response::Response;

/// The page's limit, and its size where none is asked for.
const MOST: usize = 1_000;

/// `GET /security/alerts_v2`
pub fn list(call: &Call) -> Response {
    let (mut top, mut after) = (MOST, 0);
    for (name, value) in form::pairs(&call.query) {
        match (name.as_str(), value.parse::<usize>()) {
            ("$top", Ok(asked)) if (1..=MOST).contains(&asked) => top = asked,
            ("$skiptoken", Ok(seen)) => after = seen,
            (option, _) if option.starts_with('$') => return refused(call, option, &value),
            _ => {}
        }
    }
    let view = call.session.world.view();
    let mut page: Vec<(u32, u32)> = all(&view).skip(after).take(top + 1).collect();
    let more = page.len() > top;
    page.truncate(top);
    let origin = &call.session.origins.graph;
    let mut out = format!(r#"{{"@odata.context":"{origin}/v1.0/$metadata#security/alerts_v2""#);
    if more {
        let next = format!("{origin}/v1.0/security/alerts_v2?$top={top}&$skiptoken={}", after + top);
        out.push_str(r#","@odata.nextLink":"#);
        json::text(&mut out, &next);
    }
    out.push_str(r#","value":"#);
    json::list(&mut out, page, |out, (at, which)| view.write_graph_alert(out, at, which, call.manner));
    out.push('}');
    answer::json(200, out)
}

/// `GET /security/alerts_v2/{id}`
pub fn get(call: &Call, id: &str) -> Response {
    let view = call.session.world.view();
    let Some((at, which)) = all(&view).find(|(at, which)| view.alert_name(*at, *which) == id) else {
        return call.session.graph_error(404, "NotFound", &format!("Alert with ID '{id}' was not found."));
    };
    let mut alert = String::new();
    view.write_graph_alert(&mut alert, at, which, call.manner);
    answer::json(200, incident::in_context(call, "security/alerts_v2/$entity", &alert))
}

fn all<'a>(view: &'a View<'a>) -> impl Iterator<Item = (u32, u32)> + 'a {
    let incidents = view.walk_made(Place::Graph, true, None, &crate::odata::ANY_TIME);
    incidents.flat_map(|one| (0..view.nature(one.at).alerts).map(move |which| (one.at, which)))
}

fn refused(call: &Call, option: &str, value: &str) -> Response {
    let message = format!("The query option '{option}' with '{value}' is not supported.");
    call.session.graph_error(400, "BadRequest", &message)
}
