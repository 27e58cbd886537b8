//! The named worlds that a session can be started with.
//!
//! A story changes what is planted or how doors answer; each one's effect is listed in the crate's README.
//! A name that is not in the list is refused, never replaced by the default.

use std::fmt;
use std::str::FromStr;

/// One named world.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Story {
    /// Onboarded from the beginning, every redirect ends at a target that both APIs show.
    Ready,
    /// Two workspaces that were onboarded one after the other; everything that can break is broken somewhere.
    #[default]
    HalfMigrated,
    /// The second workspace and Graph's incidents answer 403.
    Denied,
    /// 429 on a schedule, with whole, decimal and absent `Retry-After`.
    Throttled,
    /// Two workspaces more, one of them not onboarded to Sentinel.
    MultiWorkspace,
    /// The app may send neither by Graph nor by XOAUTH2: only mailbox passwords work.
    LegacyMail,
    /// ARM lists end at 1,000 incidents without a `nextLink`.
    ListCapped,
    /// A redirected source in ARM still carries its own provider id instead of the target's.
    OwnId,
    /// The app's role at the workspaces does not query the log.
    NoLogReader,
    /// The app has no role that reads playbooks.
    NoPlaybookReader,
    /// The app holds no `SecurityIncident` permission in Graph.
    NoGraphIncidents,
    /// The app holds no mail permission in Graph; `SMTP.SendAsApp` it has.
    NoMail,
    /// The app may not read the directory, so neither its own permissions nor end dates of its secrets.
    NoDirectory,
    /// The app may look at incidents in both APIs and change none.
    LookOnly,
}

/// The name is not that of a story.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no story is called `{0}`; there are {list}", list = Story::NAMES.join(", "))]
pub struct NoStory(pub String);

impl Story {
    /// All names, in the order of the variants.
    pub const NAMES: [&'static str; 14] = [
        "ready",
        "half-migrated",
        "denied",
        "throttled",
        "multi-workspace",
        "legacy-mail",
        "list-capped",
        "own-id",
        "no-log-reader",
        "no-playbook-reader",
        "no-graph-incidents",
        "no-mail",
        "no-directory",
        "look-only",
    ];

    const ALL: [Self; 14] = [
        Self::Ready,
        Self::HalfMigrated,
        Self::Denied,
        Self::Throttled,
        Self::MultiWorkspace,
        Self::LegacyMail,
        Self::ListCapped,
        Self::OwnId,
        Self::NoLogReader,
        Self::NoPlaybookReader,
        Self::NoGraphIncidents,
        Self::NoMail,
        Self::NoDirectory,
        Self::LookOnly,
    ];

    /// The name as typed behind `--story`.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Story {
    type Err = NoStory;

    fn from_str(name: &str) -> Result<Self, NoStory> {
        Self::ALL.into_iter().find(|story| story.name() == name).ok_or_else(|| NoStory(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_reads_back() {
        for story in Story::ALL {
            assert_eq!(story.name().parse(), Ok(story));
        }
    }

    #[test]
    fn an_unknown_name_is_refused_with_the_list() {
        let refusal = "half".parse::<Story>().unwrap_err().to_string();
        assert!(refusal.contains("`half`") && refusal.contains("own-id"), "{refusal}");
    }
}
