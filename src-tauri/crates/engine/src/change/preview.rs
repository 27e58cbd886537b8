//! What would be sent, from what is stored. Nothing is asked and nothing is sent.

use domain::change::{Edit, Plan, Wish};
use domain::fault::{Code, Fault};
use domain::incident::Api;
use domain::incident::queue::Row;

use super::reading::{Place, Requested, Seen};
use crate::Scope;

/// One request that would be made.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub request: Requested,
    pub edits: Vec<Edit>,
    pub comment: Option<String>,
    /// What keeps it from overwriting somebody else's change, and what remains.
    pub guard: String,
    pub can_undo: bool,
}

/// What would be done to an incident that can be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub api: Api,
    pub seen: Seen,
    pub plan: Plan,
    /// Empty where all is so already.
    pub calls: Vec<Call>,
}

/// One incident of a wish.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    pub row: Row,
    /// Or why nothing would be sent, a sentence.
    pub target: Result<Target, String>,
}

impl Scope {
    /// # Errors
    /// The store's, and a key that it does not hold.
    pub fn preview_changes(&self, keys: &[String], wish: &Wish) -> Result<Vec<Preview>, Fault> {
        keys.iter().map(|key| self.preview_change(key, wish)).collect()
    }

    fn preview_change(&self, key: &str, wish: &Wish) -> Result<Preview, Fault> {
        let row = self.store.incident(key)?;
        let row =
            row.ok_or_else(|| Fault::new(Code::NotFound, format!("No incident is stored under `{key}`.")))?;
        let target = match self.place(&row)? {
            Ok(place) => self.target(&row, &place, wish)?,
            Err(why) => Err(why),
        };
        Ok(Preview { row, target })
    }

    fn target(&self, row: &Row, place: &Place, wish: &Wish) -> Result<Result<Target, String>, Fault> {
        let Some(reading) = self.stored(row, place)? else {
            return Ok(Err("What is stored of it is not enough to write to it. Sync first.".to_owned()));
        };
        let seen = reading.seen();
        Ok(wish.plan(place.api(), &seen.fields).map(|plan| {
            let calls = calls(place, &seen, &plan, wish);
            Target { api: place.api(), seen, plan, calls }
        }))
    }
}

fn calls(place: &Place, seen: &Seen, plan: &Plan, wish: &Wish) -> Vec<Call> {
    let fields = (!plan.edits.is_empty()).then(|| Call {
        request: place.fields_request(),
        edits: plan.edits.clone(),
        comment: None,
        guard: guard(place.api(), seen),
        can_undo: true,
    });
    let comment = wish.comment.clone().map(|comment| Call {
        request: place.comment_request("{new GUID}"),
        edits: Vec::new(),
        comment: Some(comment),
        guard: comment_guard(place.api()).to_owned(),
        can_undo: false,
    });
    fields.into_iter().chain(comment).collect()
}

/// What each API offers, and what it leaves open.
fn guard(api: Api, seen: &Seen) -> String {
    let version = seen.version.as_deref().unwrap_or("none");
    if api == Api::Graph {
        return format!(
            "Defender has no etag. `lastUpdateDateTime`, {version} when last read, and every field are read again just \
             before; a change in the moment between that reading and the writing would be overwritten. The write is read \
             back. Sentinel follows within about 10 minutes."
        );
    }
    format!(
        "The incident is read again just before and put back whole with its etag in the body, {version} when last read. A \
         stale etag is answered 409, and nothing is written."
    )
}

fn comment_guard(api: Api) -> &'static str {
    if api == Api::Graph {
        "Sent once. If the connection breaks, the comments are read before anything else. A comment can't be taken back."
    } else {
        "Put under a name of its own, so that it can't be there twice. A comment can't be taken back."
    }
}
