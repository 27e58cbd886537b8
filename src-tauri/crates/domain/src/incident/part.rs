//! What belongs to an incident and is read when it is opened: alerts, entities, comments, tasks, and all of
//! it in time.
//!
//! Text is verbatim and hostile. Never here: which API was asked first, or what it refused.

use time::{Duration, OffsetDateTime};

use super::{Api, Severity};

/// An alert as the API tells it that was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    pub id: String,
    pub title: String,
    pub severity: Severity,
    pub status: Option<String>,
    pub product: Option<String>,
    pub tactics: Vec<String>,
    pub first: Option<OffsetDateTime>,
    pub last: Option<OffsetDateTime>,
    pub api: Api,
}

/// What an alert is about: `Host`, `Account`, `Ip`, `Url`, `FileHash`, or any other kind in Sentinel's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    pub kind: String,
    pub name: String,
    /// Other names it goes by: a hash beside a file's name, an address beside an account's.
    pub aliases: Vec<String>,
    pub api: Api,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub text: String,
    pub author: Option<String>,
    pub at: Option<OffsetDateTime>,
    pub api: Api,
    /// The other API tells it too: the portals bring comments in line.
    pub in_both: bool,
}

/// A step somebody is to take, or took. Sentinel alone has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub title: String,
    pub description: Option<String>,
    pub status: TaskStatus,
    pub created: Option<OffsetDateTime>,
    pub created_by: Option<String>,
    pub changed: Option<OffsetDateTime>,
    pub changed_by: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskStatus {
    New,
    Completed,
    Other(String),
}

impl TaskStatus {
    pub fn parse(told: &str) -> Self {
        match told {
            "New" => Self::New,
            "Completed" => Self::Completed,
            other => Self::Other(other.to_owned()),
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::New => "new",
            Self::Completed => "completed",
            Self::Other(told) => told,
        }
    }
}

/// The same comment told by both APIs is one, kept as the first teller has it.
pub fn told_once(comments: Vec<Comment>) -> Vec<Comment> {
    let mut kept: Vec<Comment> = Vec::new();
    for comment in comments {
        // One teller's two equal comments were two, so each is paired at most once.
        match kept.iter_mut().find(|one| !one.in_both && one.same(&comment)) {
            Some(one) => one.in_both = true,
            None => kept.push(comment),
        }
    }
    kept
}

/// Comments are brought to the other side within minutes.
const LAG: Duration = Duration::minutes(10);

impl Comment {
    fn same(&self, other: &Comment) -> bool {
        let near = self.at.zip(other.at).is_some_and(|(at, other)| (at - other).abs() <= LAG);
        self.api != other.api && near && self.text.trim() == other.text.trim()
    }
}

/// Something that happened, and who tells it; `None` is Crosswalk itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    pub at: OffsetDateTime,
    pub api: Option<Api>,
    pub what: &'static str,
    pub text: String,
}

/// The same entity told twice is one; its aliases are gathered. Order is kept.
pub fn merged(entities: impl IntoIterator<Item = Entity>) -> Vec<Entity> {
    let mut kept: Vec<Entity> = Vec::new();
    for entity in entities {
        let same = |one: &&mut Entity| one.kind == entity.kind && one.name.eq_ignore_ascii_case(&entity.name);
        match kept.iter_mut().find(same) {
            None => kept.push(entity),
            Some(one) => {
                let new = entity.aliases.into_iter().filter(|alias| !one.aliases.contains(alias));
                let new: Vec<String> = new.collect();
                one.aliases.extend(new);
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_comment_that_both_tell_is_one_and_two_of_one_teller_stay_two() {
        let comment = |text: &str, minute, api| Comment {
            text: text.into(),
            author: None,
            at: Some(datetime!(2026-11-24 09:00 UTC) + Duration::minutes(minute)),
            api,
            in_both: false,
        };
        let told = vec![
            comment("Checked.", 0, Api::Sentinel),
            comment("Checked.", 1, Api::Sentinel),
            comment("Checked. ", 2, Api::Graph),
            comment("Checked.", 200, Api::Graph),
            comment("Done.", 3, Api::Graph),
        ];
        let kept: Vec<_> = told_once(told).into_iter().map(|one| (one.api, one.in_both)).collect();
        let (sentinel, graph) = (Api::Sentinel, Api::Graph);
        assert_eq!(kept, [(sentinel, true), (sentinel, false), (graph, false), (graph, false)]);
    }

    #[test]
    fn an_entity_that_both_tell_is_one() {
        let host = |name: &str, aliases: &[&str], api| Entity {
            kind: "Host".into(),
            name: name.into(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            api,
        };
        let told = [host("WEU-1", &[], Api::Sentinel), host("weu-1", &["weu-1.x"], Api::Graph)];
        assert_eq!(merged(told), [host("WEU-1", &["weu-1.x"], Api::Sentinel)]);
    }
}
