//! What the core tells without being asked.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::commands::COMMANDS;
use crate::job::JobView;

/// What a query shows and an action changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    Session,
    Incidents,
    Redirects,
    Changes,
    Readiness,
    Mail,
    Accounts,
    Network,
    Requests,
    Views,
    Jobs,
}

/// One message on the event stream.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Queries that show these topics are stale.
    Changed { topics: Vec<Topic> },
    /// A job moved on or ended.
    Job { job: JobView },
    /// Something the user asked to be told of, such as a secret that ends in a week.
    Notice { notice: Notice },
}

/// A short message, also shown by the operating system where it can.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Notice {
    pub title: String,
    pub text: String,
    /// Route to go to, such as `/accounts`.
    pub route: String,
}

impl Event {
    /// For a listener that missed some events: whatever it shows may be stale.
    pub fn everything_changed() -> Self {
        let mut topics = Vec::new();
        for topic in COMMANDS.iter().flat_map(|command| command.topics) {
            if !topics.contains(topic) {
                topics.push(*topic);
            }
        }
        Self::Changed { topics }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_missed_events_each_topic_is_stale_once() {
        let Event::Changed { topics } = Event::everything_changed() else { panic!("not a change") };
        assert!(topics.contains(&Topic::Incidents) && topics.contains(&Topic::Jobs));
        for topic in &topics {
            assert_eq!(topics.iter().filter(|other| *other == topic).count(), 1);
        }
    }
}
