//! The list of incidents: newest first, 50 at most on a page.

use super::Call;
use crate::answer;
use crate::form;
use crate::json;
use crate::moment::Ticks;
use crate::odata::{ANY_TIME, Field, Filter};
use crate::world::{Cursor, Manner, Place, View, graph};
use axum::response::Response;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

/// The page's limit, and its size where none is asked for.
const MOST: usize = 50;

struct Ask {
    filter: Option<Filter>,
    top: usize,
    skip: usize,
    count: bool,
    after: Option<Cursor>,
    manner: Manner,
}

/// `GET /security/incidents`
pub fn answer(call: &Call) -> Response {
    let ask = match Ask::read(call) {
        Ok(ask) => ask,
        // An empty code is what the real service answers here.
        Err(message) => return call.session.graph_error(400, "", &message),
    };
    let view = call.session.world.view();
    let (page, next) = page(&view, &ask);
    let origin = &call.session.origins.graph;
    let mut out = String::with_capacity(page.len() * 1_536 + 512);
    let _ = write!(out, r#"{{"@odata.context":"{origin}/v1.0/$metadata#security/incidents""#);
    if ask.count {
        let all = view.walk_made(Place::Graph, true, None, &ask.made());
        let _ = write!(out, r#","@odata.count":{}"#, all.filter(|one| ask.holds(&view, one.at)).count());
    }
    if let Some(cursor) = next {
        out.push_str(r#","@odata.nextLink":"#);
        json::text(&mut out, &next_link(call, cursor));
    }
    out.push_str(r#","value":"#);
    json::list(&mut out, &page, |out, at| view.write_graph(out, *at, ask.manner));
    out.push('}');
    answer::json(200, out)
}

/// The page, and where the next one begins.
fn page(view: &View, ask: &Ask) -> (Vec<u32>, Option<Cursor>) {
    let mut page = Vec::with_capacity(ask.top);
    let mut last = None;
    let matching =
        view.walk_made(Place::Graph, true, ask.after, &ask.made()).filter(|one| ask.holds(view, one.at));
    for cursor in matching.skip(ask.skip) {
        if page.len() == ask.top {
            return (page, last);
        }
        page.push(cursor.at);
        last = Some(cursor);
    }
    (page, None)
}

/// The same question, from behind the page's last incident.
fn next_link(call: &Call, cursor: Cursor) -> String {
    let mut link = format!("{}/v1.0/security/incidents?", call.session.origins.graph);
    let kept = form::pairs(&call.query);
    for (name, value) in kept.iter().filter(|(name, _)| !matches!(name.as_str(), "$skip" | "$skiptoken")) {
        let _ = write!(link, "{}={}&", form::encode(name), form::encode(value));
    }
    let _ = write!(link, "$skiptoken={}", cursor.text());
    link
}

impl Ask {
    fn read(call: &Call) -> Result<Self, String> {
        let mut ask =
            Self { filter: None, top: MOST, skip: 0, count: false, after: None, manner: call.manner };
        for (name, value) in form::pairs(&call.query) {
            ask.option(&name, &value)?;
        }
        Ok(ask)
    }

    fn option(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "$top" => self.top = top(value)?,
            "$skip" => self.skip = number(name, value)?,
            "$count" => self.count = value.eq_ignore_ascii_case("true"),
            "$filter" => self.filter = Some(filter(value)?),
            "$expand" if value == "alerts" => self.manner.alerts = true,
            "$skiptoken" => {
                self.after = Some(Cursor::read(value).ok_or_else(|| invalid("The skip token is invalid."))?)
            }
            _ if name.starts_with('$') => {
                return Err(invalid(&format!("The query option '{name}' with '{value}' is not supported.")));
            }
            // Graph ignores what isn't a query option.
            _ => {}
        }
        Ok(())
    }

    /// The window of a large list that the filter leaves.
    fn made(&self) -> RangeInclusive<Ticks> {
        let is_made = |path: &str| path == "createdDateTime";
        self.filter.as_ref().map_or(ANY_TIME, |filter| filter.between(&is_made))
    }

    fn holds(&self, view: &View, at: u32) -> bool {
        self.filter.as_ref().is_none_or(|filter| filter.holds(&|path| field(view, at, path)))
    }
}

fn invalid(message: &str) -> String {
    format!("The query specified in the URI is not valid. {message}")
}

fn number(name: &str, value: &str) -> Result<usize, String> {
    value.parse().map_err(|_| invalid(&format!("Invalid value '{value}' for {name} query option found.")))
}

fn top(value: &str) -> Result<usize, String> {
    match number("$top", value)? {
        top if top > MOST => Err(invalid(&format!(
            "The limit of '{MOST}' for Top query has been exceeded. The value from the incoming request is '{top}'."
        ))),
        0 => Ok(MOST),
        top => Ok(top),
    }
}

/// The members that the documentation lists for `$filter`.
const MEMBERS: [&str; 7] = [
    "assignedTo",
    "classification",
    "createdDateTime",
    "determination",
    "lastUpdateDateTime",
    "severity",
    "status",
];

fn filter(text: &str) -> Result<Filter, String> {
    Filter::read(text, |path| MEMBERS.contains(&path)).map_err(|misread| invalid(&misread.to_string()))
}

fn field<'a>(view: &'a View, at: u32, path: &str) -> Field<'a> {
    match path {
        "status" => Field::Text(view.status(at).in_graph().into()),
        "severity" => Field::Text(graph::severity(&view.severity(at)).into()),
        "createdDateTime" => Field::Time(view.graph_created(at)),
        "lastUpdateDateTime" => Field::Time(view.graph_changed(at)),
        "classification" => {
            Field::Text(graph::classification(view.facts(at).classification.as_deref()).into())
        }
        "determination" => Field::Text(view.facts(at).determination),
        "assignedTo" => view.facts(at).owner.map_or(Field::Null, |owner| Field::Text(owner.address.into())),
        _ => Field::Null,
    }
}
