//! The permission doctor: what was granted against what the tier needs, which checks that stops, and which single
//! grant lets most of them run.
//!
//! Never here: asking Microsoft; a right that counts as granted because nobody could look. What an API answered
//! outranks what a list says, and effective permissions outrank assignments, because groups stand behind those.
//! Start at [`judge`], then `doctor/azure.rs` and `doctor/graph.rs`.

mod azure;
mod evidence;
mod graph;
mod unlock;

pub use evidence::{Answer, Assignment, Claims, Effective, Evidence};

use super::check::{self, stopped_by};
use super::need::{self, Asked, Need, needs};
use super::right::{GrantKind, Right};
use super::{Tier, Way};

/// How a right stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    Granted,
    Missing,
    /// More than the tier needs, or for the whole tenant where a scope would do.
    TooWide,
    /// Nothing of the tier uses it.
    NotNeeded,
    /// It can't be read whether it is granted.
    Unknown,
}

impl State {
    pub const ALL: [State; 5] =
        [State::Missing, State::TooWide, State::Unknown, State::Granted, State::NotNeeded];

    /// The word used in JSON and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Granted => "granted",
            State::Missing => "missing",
            State::TooWide => "too_wide",
            State::NotNeeded => "not_needed",
            State::Unknown => "unknown",
        }
    }

    /// The state a word names; `None` for any other word.
    pub fn from_word(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// What the doctor says of one right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub state: State,
    pub kind: GrantKind,
    pub permission: String,
    pub scope: String,
    /// Requests that used it; `None` where that is not counted.
    pub used: Option<u64>,
    pub why: String,
    /// Checks that can't run without it.
    pub checks: Vec<&'static str>,
    /// One of [`KNOWN_BY`]; empty where it is not known.
    pub known_by: &'static str,
}

/// How a right can be known.
pub const KNOWN_BY: [&str; 4] = [BY_TOKEN, BY_APP_ROLE, BY_ROLE, BY_ANSWER];

const BY_TOKEN: &str = "token";
const BY_APP_ROLE: &str = "app role assignment";
const BY_ROLE: &str = "role assignment";
const BY_ANSWER: &str = "answer";

/// The single grant that lets most checks run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlock {
    pub permission: String,
    pub scope: String,
    pub checks: Vec<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doctor {
    pub tier: Tier,
    pub mail: bool,
    /// What is missing first.
    pub rows: Vec<Row>,
    /// Checks that can't run for lack of a right.
    pub blocked: Vec<&'static str>,
    /// Checks there are.
    pub checks: usize,
    pub unlock: Option<Unlock>,
    /// What could not be read, and what stands beside the rights, a sentence each.
    pub notes: Vec<String>,
}

/// What was found of one need.
struct Found {
    state: State,
    known_by: &'static str,
    /// In place of why the right is needed.
    remark: Option<String>,
}

impl Found {
    fn new(state: State, known_by: &'static str) -> Self {
        Self { state, known_by, remark: None }
    }

    fn saying(mut self, remark: impl Into<String>) -> Self {
        self.remark = Some(remark.into());
        self
    }
}

/// Judges every right of the tier, and every right beside it.
pub fn judge(asked: &Asked, evidence: &Evidence) -> Doctor {
    let needs = needs(asked);
    let mut rows: Vec<Row> = needs.iter().map(|need| row(asked, need, evidence)).collect();
    let missing: Vec<&Need> =
        needs.iter().zip(&rows).filter(|(_, row)| is_missing(row)).map(|(need, _)| need).collect();
    let blocked = unlock::blocked(asked, &missing);
    let unlock = unlock::best(asked, &missing);
    rows.extend(need::log(asked).iter().map(|need| row(asked, need, evidence)).filter(is_missing));
    rows.extend(azure::beside(asked, &needs, evidence));
    rows.extend(graph::beside(asked, &needs, evidence));
    rows.sort_by_key(|row| State::ALL.iter().position(|state| *state == row.state));
    Doctor {
        tier: asked.tier,
        mail: asked.mail,
        rows,
        blocked,
        checks: check::total(),
        unlock,
        notes: notes(asked, evidence),
    }
}

fn is_missing(row: &Row) -> bool {
    row.state == State::Missing
}

fn row(asked: &Asked, need: &Need, evidence: &Evidence) -> Row {
    let found = match need.right {
        Right::Azure(role) => azure::found(role, &need.reach, evidence),
        Right::Graph(permission) => graph::found(asked, permission, evidence),
        Right::ApplicationMailSend => graph::exchange(evidence),
    };
    Row {
        state: found.state,
        kind: need.kind(),
        permission: need.permission().to_owned(),
        scope: need.reach.text(),
        used: evidence.used(need.right),
        why: found.remark.map_or_else(|| need.why.to_owned(), |remark| format!("{} {remark}", need.why)),
        checks: stopped_by(asked, need),
        known_by: found.known_by,
    }
}

fn notes(asked: &Asked, evidence: &Evidence) -> Vec<String> {
    let mut notes = evidence.gaps();
    if asked.way == Way::AzureCli {
        notes.push(
            "Azure CLI's token for Microsoft Graph carries what Microsoft gave Azure CLI, and that holds no right to \
             read incidents. Nobody can add it: connect another way for Defender's side."
                .to_owned(),
        );
    }
    if let Some(role) = evidence.directory_role() {
        notes.push(format!(
            "Whoever signed in is {role} in Entra ID, which is far more than Crosswalk needs. An account without it is \
             safer."
        ));
    }
    notes
}

#[cfg(test)]
mod tests;
