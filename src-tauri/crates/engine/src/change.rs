//! Changing incidents: the preview from the store, the writing with its guards, the outcome, the way back.
//!
//! Every change is re-read just before it is written and read back after. An intent stands in the store before anything
//! is sent. Never here: a second sending of what may have been done. Start at [`Scope::preview_changes`], then `apply`.

mod apply;
mod kept;
mod preview;
mod reading;
mod send;
mod settle;
mod undo;

pub use apply::{Applied, Item};
pub use preview::{Call, Preview, Target};
pub use reading::{Requested, Seen};

use domain::change::{Clash, Fields, Member};
use domain::fault::{Code, Fault};
use domain::incident::Api;
use store::{ChangeFilter, ChangeRow};
use time::OffsetDateTime;

use crate::Scope;
use kept::Intent;

/// How a change ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Sent or about to be.
    UnderWay,
    Done,
    /// Nothing was written, or not all of it; the sentence says which.
    Failed,
    /// Somebody else changed it since it was seen; nothing was written.
    Conflict,
    /// It may have been written.
    Unknown,
}

impl Outcome {
    /// The word under which the store counts it.
    fn listed(self) -> &'static str {
        self.word().unwrap_or("under_way")
    }

    fn word(self) -> Option<&'static str> {
        match self {
            Self::UnderWay => None,
            Self::Done => Some("done"),
            Self::Failed => Some("failed"),
            Self::Conflict => Some("conflict"),
            Self::Unknown => Some("unknown"),
        }
    }

    fn of_word(word: Option<&str>) -> Self {
        [Self::Done, Self::Failed, Self::Conflict]
            .into_iter()
            .find(|outcome| outcome.word() == word)
            .unwrap_or(if word.is_none() { Self::UnderWay } else { Self::Unknown })
    }
}

/// Who writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// A person's sign-in name, or an application's id.
    pub id: String,
    /// What an application's account is called here.
    pub name: Option<String>,
}

/// What to do about a change whose outcome is not known.
pub(crate) const READ_AGAIN: &str =
    "Check the incident: reading it again settles this, and nothing is sent again.";

/// A change as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub id: i64,
    pub batch: i64,
    pub at: OffsetDateTime,
    pub key: String,
    pub title: String,
    /// `None` where it could not be told which API to write.
    pub api: Option<Api>,
    pub before: Fields,
    pub after: Fields,
    pub comment: Option<String>,
    /// Who wrote; `None` where it is not known.
    pub by: Option<Who>,
    /// The requests that were sent, or are about to be.
    pub sent: Vec<Requested>,
    pub outcome: Outcome,
    pub said: String,
    pub clashes: Vec<Clash>,
    /// The change that this one takes back.
    pub undoes: Option<i64>,
    /// Why it can't be taken back; `None` = it can be tried.
    pub no_undo: Option<String>,
}

impl Change {
    /// Members that were to change.
    pub fn members(&self) -> impl Iterator<Item = Member> + '_ {
        Member::ALL.into_iter().filter(|member| !self.before.value(*member).same(&self.after.value(*member)))
    }
}

/// Which changes are asked for; what is empty narrows nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Key of one incident's row.
    pub incident: Option<String>,
    pub outcomes: Vec<Outcome>,
    pub text: String,
}

/// A stretch of the changes, newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    pub changes: Vec<Change>,
    /// How many the filter lets through, of how many.
    pub total: u64,
    pub of: u64,
    /// How many of each outcome the filter lets through without its own outcomes.
    pub outcomes: Vec<(String, u64)>,
}

impl Scope {
    /// Newest first.
    pub fn changes(&self, asked: Asked, offset: u64, limit: u32) -> Result<Changes, Fault> {
        let Asked { incident, outcomes, text } = asked;
        let outcomes = outcomes.into_iter().map(Outcome::listed).collect();
        let found = self.store.changes(&ChangeFilter { incident, outcomes, text }, offset, limit)?;
        let changes = found.rows.into_iter().map(change).collect();
        Ok(Changes { changes, total: found.total, of: found.of, outcomes: found.outcomes })
    }

    pub fn change(&self, id: i64) -> Result<Change, Fault> {
        let row = self.store.change(id)?;
        row.map(change).ok_or_else(|| Fault::new(Code::NotFound, format!("There is no change {id}.")))
    }
}

fn change(row: ChangeRow) -> Change {
    let intent = Intent::read(&row.intent.intent);
    let api = Api::ALL.into_iter().find(|api| api.as_str() == row.intent.api);
    let change = Change {
        id: row.id,
        batch: row.intent.batch,
        at: row.at,
        key: row.intent.incident,
        title: row.intent.title,
        api,
        before: intent.before.into(),
        after: intent.after.into(),
        comment: intent.comment,
        by: intent.by.map(|id| Who { id, name: intent.by_name }),
        sent: intent.sent.into_iter().map(Into::into).collect(),
        outcome: Outcome::of_word(row.outcome.as_deref()),
        said: row.said.unwrap_or_default(),
        clashes: intent.clashes.into_iter().filter_map(|clash| clash.read(api?)).collect(),
        undoes: row.intent.undoes,
        no_undo: None,
    };
    Change { no_undo: no_undo(&change, row.undone), ..change }
}

fn no_undo(change: &Change, undone: bool) -> Option<String> {
    let why = match change.outcome {
        _ if undone => "It was taken back.",
        Outcome::Done if change.undoes.is_some() => {
            "It takes another change back; make that one anew instead."
        }
        Outcome::Done if change.members().next().is_none() && change.comment.is_some() => {
            "A comment stays: it can't be taken back."
        }
        Outcome::Done if change.members().next().is_none() => "Nothing was sent.",
        Outcome::Done => return None,
        _ => "Only what is known to be done can be taken back.",
    };
    Some(why.to_owned())
}
