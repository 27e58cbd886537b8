//! The list of incidents: filter, order, pages by `$skipToken`.
//!
//! The token holds a place by value, so that incidents which change on the way are neither lost nor shifted.

use super::incident::RATE;
use super::{Call, error};
use crate::answer;
use crate::json;
use crate::odata::{ANY_TIME, Field, Filter};
use crate::story::Story;
use crate::world::{Cursor, Order, Place, View};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;

/// The page where the client asks for no size.
const USUAL: usize = 50;
/// The page's limit.
const MOST: usize = 1_000;

/// What a list request asks for.
struct Ask {
    filter: Option<Filter>,
    order: Order,
    descending: bool,
    top: usize,
    after: Option<Cursor>,
    /// How many earlier pages of this list held.
    seen: usize,
}

/// `GET …/incidents`
pub fn incidents(call: &Call, place: usize) -> Response {
    let ask = match Ask::read(call) {
        Ok(ask) => ask,
        Err(refused) => return error::bad(&refused),
    };
    let view = call.session.world.view();
    let (mut page, mut last, mut more) = (Vec::new(), None, false);
    for cursor in ask.walk(&view, Place::Workspace(place)) {
        if !ask.filter.as_ref().is_none_or(|filter| filter.holds(&|path| field(&view, cursor.at, path))) {
            continue;
        }
        if page.len() == ask.top {
            more = true;
            break;
        }
        page.push(cursor.at);
        last = Some(cursor);
    }
    let seen = ask.seen + page.len();
    let next = last.filter(|_| more && !capped(call, seen)).map(|cursor| next_link(call, cursor, seen));
    answer::with(answer::json(200, write(&view, &page, next.as_deref())), RATE, "499")
}

/// A tenant whose list ends at 1,000 whatever there is.
fn capped(call: &Call, seen: usize) -> bool {
    call.session.scope.story == Story::ListCapped && seen >= MOST
}

fn next_link(call: &Call, cursor: Cursor, seen: usize) -> String {
    let token = BASE64.encode(format!("{seen}:{}", cursor.text()));
    call.link(&[("$skipToken", &token)])
}

fn write(view: &View, page: &[u32], next: Option<&str>) -> String {
    let mut out = String::with_capacity(page.len() * 2_304 + 512);
    out.push_str(r#"{"value":"#);
    json::list(&mut out, page, |out, at| view.write_arm(out, *at));
    if let Some(next) = next {
        out.push_str(r#","nextLink":"#);
        json::text(&mut out, next);
    }
    out.push('}');
    out
}

impl Ask {
    /// What may match, in order: the rest of a large list isn't looked at for a small window of it.
    fn walk<'a>(&self, view: &'a View, place: Place) -> Box<dyn Iterator<Item = Cursor> + 'a> {
        let is_made = |path: &str| member(path) == Some("createdTimeUtc");
        let made = self.filter.as_ref().map_or(ANY_TIME, |filter| filter.between(&is_made));
        match self.order {
            Order::Created => view.walk_made(place, self.descending, self.after, &made),
            Order::Changed => view.walk(place, Order::Changed, self.descending, self.after),
        }
    }

    fn read(call: &Call) -> Result<Self, String> {
        // The SDKs write `$skipToken`; links of some services write it in lower case.
        let value = |name: &str| {
            call.query.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
        };
        let filter =
            value("$filter").map(|text| Filter::read(text, |path| member(path).is_some())).transpose();
        let (order, descending) = order(value("$orderby"))?;
        let (seen, after) = value("$skipToken").map_or(Ok((0, None)), token)?;
        Ok(Self {
            filter: filter.map_err(|misread| format!("Invalid filter: {misread}"))?,
            order,
            descending,
            top: top(value("$top"))?,
            after,
            seen,
        })
    }
}

fn top(text: Option<&str>) -> Result<usize, String> {
    match text.map(str::parse) {
        None => Ok(USUAL),
        Some(Ok(top)) if (1..=MOST).contains(&top) => Ok(top),
        Some(_) => Err(format!("Invalid $top value. It must be a number from 1 to {MOST}.")),
    }
}

fn order(text: Option<&str>) -> Result<(Order, bool), String> {
    let Some(text) = text else { return Ok((Order::Created, true)) };
    let mut words = text.split_whitespace();
    let order = match words.next().and_then(member) {
        Some("createdTimeUtc" | "incidentNumber") => Order::Created,
        Some("lastModifiedTimeUtc") => Order::Changed,
        _ => return Err(format!("Ordering by '{text}' is not supported.")),
    };
    match (words.next(), words.next()) {
        (None | Some("asc"), None) => Ok((order, false)),
        (Some("desc"), None) => Ok((order, true)),
        _ => Err(format!("'{text}' is not an order.")),
    }
}

fn token(text: &str) -> Result<(usize, Option<Cursor>), String> {
    let read = || {
        let plain = String::from_utf8(BASE64.decode(text).ok()?).ok()?;
        let (seen, cursor) = plain.split_once(':')?;
        Some((seen.parse().ok()?, Some(Cursor::read(cursor)?)))
    };
    read().ok_or_else(|| "The $skipToken is invalid.".to_owned())
}

/// Members that may be filtered by, as `properties/status` or by name alone.
const MEMBERS: [&str; 9] = [
    "status",
    "severity",
    "title",
    "createdTimeUtc",
    "lastModifiedTimeUtc",
    "incidentNumber",
    "classification",
    "providerName",
    "providerIncidentId",
];

fn member(path: &str) -> Option<&'static str> {
    let name = path.strip_prefix("properties/").unwrap_or(path);
    MEMBERS.into_iter().find(|one| *one == name)
}

fn field<'a>(view: &'a View, at: u32, path: &str) -> Field<'a> {
    match member(path) {
        Some("status") => Field::Text(view.status(at).in_arm().into()),
        Some("severity") => Field::Text(view.severity(at)),
        Some("title") => Field::Text(view.facts(at).title),
        Some("createdTimeUtc") => Field::Time(view.arm_created(at)),
        Some("lastModifiedTimeUtc") => Field::Time(view.arm_changed(at)),
        Some("incidentNumber") => Field::Number(view.unit(at).number.into()),
        Some("classification") => view.facts(at).classification.map_or(Field::Null, Field::Text),
        Some("providerName") => Field::Text(view.provider(at).name.into()),
        Some("providerIncidentId") => Field::Text(view.provider(at).id.to_string().into()),
        _ => Field::Null,
    }
}
