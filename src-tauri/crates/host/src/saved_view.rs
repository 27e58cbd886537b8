//! Views of the queue by name, kept in the store of the tenant they belong to.

use contract::incident::{IncidentFilter, Presence, Sort, SortColumn};
use contract::view::{SavedView, ViewList, ViewSave};
use domain::fault::{Code, Fault};
use serde::{Deserialize, Serialize};

use crate::open::Open;

/// Where they are kept.
const SETTING: &str = "incident_views";

/// So many that a menu still holds them.
const MOST: usize = 100;

const LONGEST: usize = 60;

#[derive(Default, Serialize, Deserialize)]
struct Kept {
    saved: Vec<SavedView>,
    default: Option<String>,
}

pub(crate) fn list(open: &Open) -> Result<ViewList, Fault> {
    let kept = read(open)?;
    Ok(ViewList { built_in: built_in(), saved: kept.saved, default: kept.default })
}

pub(crate) fn save(open: &Open, asked: ViewSave) -> Result<ViewList, Fault> {
    let mut kept = read(open)?;
    let view = SavedView { name: asked.view.name.trim().to_owned(), ..asked.view };
    let place = match &asked.was {
        Some(was) => Some(place_of(&kept, was)?),
        None => None,
    };
    may_be_called(&kept, place, &view.name)?;
    match place {
        Some(at) => {
            if kept.default.as_deref() == Some(&kept.saved[at].name) {
                kept.default = Some(view.name.clone());
            }
            kept.saved[at] = view;
        }
        None => kept.saved.push(view),
    }
    write(open, &kept)
}

pub(crate) fn remove(open: &Open, name: &str) -> Result<ViewList, Fault> {
    let mut kept = read(open)?;
    let gone = kept.saved.remove(place_of(&kept, name)?);
    kept.default = kept.default.filter(|default| *default != gone.name);
    write(open, &kept)
}

pub(crate) fn set_default(open: &Open, name: Option<String>) -> Result<ViewList, Fault> {
    let mut kept = read(open)?;
    if let Some(name) = &name
        && !built_in().iter().any(|view| view.name == *name)
    {
        place_of(&kept, name)?;
    }
    kept.default = name;
    write(open, &kept)
}

fn read(open: &Open) -> Result<Kept, Fault> {
    let text = open.scope.store.setting(SETTING)?;
    // What an older version kept in another shape is no reason to close the queue.
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

fn write(open: &Open, kept: &Kept) -> Result<ViewList, Fault> {
    let text = serde_json::to_string(kept)
        .map_err(|error| Fault::new(Code::Internal, format!("The views can't be written: {error}.")))?;
    open.scope.store.set_setting(SETTING, &text)?;
    list(open)
}

fn place_of(kept: &Kept, name: &str) -> Result<usize, Fault> {
    let found = kept.saved.iter().position(|view| view.name == name);
    found.ok_or_else(|| Fault::new(Code::NotFound, format!("No view of yours is called `{name}`.")))
}

fn may_be_called(kept: &Kept, place: Option<usize>, name: &str) -> Result<(), Fault> {
    let invalid = |sentence: String| Err(Fault::new(Code::Invalid, sentence).hint("Choose another name."));
    if name.is_empty() || name.chars().count() > LONGEST || name.chars().any(char::is_control) {
        return invalid(format!("A view's name has 1 to {LONGEST} characters."));
    }
    let same = |view: &SavedView| view.name.to_lowercase() == name.to_lowercase();
    if built_in().iter().any(same)
        || kept.saved.iter().enumerate().any(|(at, view)| Some(at) != place && same(view))
    {
        return invalid(format!("There is a view `{name}` already."));
    }
    if place.is_none() && kept.saved.len() >= MOST {
        return invalid(format!("There are {MOST} views already, the most that are kept."));
    }
    Ok(())
}

/// Defender's own default filter first, then what a move asks for.
/// <https://learn.microsoft.com/defender-xdr/incident-queue>
fn built_in() -> Vec<SavedView> {
    let open = || ["new", "active", "in_progress", "awaiting_action"].map(str::to_owned).to_vec();
    let severe = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let view = |name: &str, filter: IncidentFilter| SavedView {
        name: name.to_owned(),
        filter,
        sort: Sort { column: SortColumn::Updated, descending: true },
        columns: Vec::new(),
        widths: Vec::new(),
        group: None,
    };
    let none = IncidentFilter::default;
    vec![
        view(
            "Open incidents",
            IncidentFilter { status: open(), severity: severe(&["high", "medium", "low"]), ..none() },
        ),
        view("Open and high", IncidentFilter { status: open(), severity: severe(&["high"]), ..none() }),
        view("Redirected", IncidentFilter { redirected: Some(true), ..none() }),
        view("Twin missing", IncidentFilter { presence: vec![Presence::TwinMissing], ..none() }),
        view("Owner differs", IncidentFilter { owner_differs: Some(true), ..none() }),
        view("Every incident", none()),
    ]
}
