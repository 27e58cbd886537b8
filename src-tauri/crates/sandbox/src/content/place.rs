//! Where a resource lives and the stamps it carries: ids, etags, times, people.
//!
//! Every value follows from the scope and a key; nothing here counts up or reads a clock.

use crate::scope::Scope;
use crate::seed;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

/// One workspace of a scope.
pub(super) struct Place<'a> {
    pub(super) scope: &'a Scope,
    pub(super) workspace: &'a str,
    /// Position in the scope: blueprints name workspaces by it.
    pub(super) at: usize,
}

/// People of the demo tenant: given name, family name.
const PEOPLE: [(&str, &str); 6] = [
    ("Ines", "Marques"),
    ("Tomasz", "Wrona"),
    ("Aoife", "Brennan"),
    ("Kwame", "Boateng"),
    ("Signe", "Lund"),
    ("Rafael", "Ortega"),
];

impl<'a> Place<'a> {
    pub(super) fn find(scope: &'a Scope, workspace: &str) -> Option<Self> {
        scope.workspaces.iter().position(|name| name == workspace).and_then(|at| Self::nth(scope, at))
    }

    pub(super) fn nth(scope: &'a Scope, at: usize) -> Option<Self> {
        let workspace = scope.workspaces.get(at)?;
        Some(Self { scope, workspace, at })
    }

    pub(super) fn id(&self, collection: &str, name: &str) -> String {
        self.scope.sentinel_id(self.workspace, collection, name)
    }

    /// A GUID that belongs to `key` in this workspace.
    pub(super) fn guid(&self, key: &str) -> String {
        seed::guid(self.scope.seed, &format!("{}/{key}", self.workspace), 0)
    }

    /// A number below `bound` that belongs to `key` in this workspace.
    pub(super) fn below(&self, key: &str, bound: u64) -> u64 {
        seed::below(self.scope.seed, &format!("{}/{key}", self.workspace), 1, bound)
    }

    /// Cosmos-style version; its quotes are part of the value.
    pub(super) fn etag(&self, key: &str) -> String {
        let word = seed::mix(self.scope.seed, &format!("{}/{key}/etag", self.workspace), 0);
        let time = self.changed(key).unix_timestamp();
        format!("\"{:08x}-0000-0d00-0000-{time:08x}0000\"", word >> 32)
    }

    /// When the thing behind `key` was made: 60 to 700 days before the story's now, never at a round second.
    pub(super) fn made(&self, key: &str) -> OffsetDateTime {
        let days = i64::try_from(60 + self.below(key, 640)).unwrap_or(60);
        self.scope.now - Duration::days(days) + self.jitter(key)
    }

    /// When it was last changed: 2 to 50 days before now.
    pub(super) fn changed(&self, key: &str) -> OffsetDateTime {
        let days = i64::try_from(2 + self.below(&format!("{key}/changed"), 48)).unwrap_or(2);
        self.scope.now - Duration::days(days) + self.jitter(key)
    }

    fn jitter(&self, key: &str) -> Duration {
        let ticks = self.below(&format!("{key}/jitter"), 863_999_999_999);
        Duration::nanoseconds(i64::try_from(ticks * 100).unwrap_or(0))
    }

    /// A person as automation rules name their makers (`ClientInfo`).
    pub(super) fn person(&self, at: usize) -> Value {
        let (name, address) = self.who(at);
        json!({"objectId": self.object_id(at), "email": address, "name": name, "userPrincipalName": address})
    }

    /// Display name and address of a person.
    pub(super) fn who(&self, at: usize) -> (String, String) {
        let (given, family) = PEOPLE[at % PEOPLE.len()];
        let address =
            format!("{}.{}@{}", given.to_lowercase(), family.to_lowercase(), self.scope.mail_domain);
        (format!("{given} {family}"), address)
    }

    /// Directory object id of a person; the same in every workspace.
    pub(super) fn object_id(&self, at: usize) -> String {
        seed::guid(self.scope.seed, "content/person", (at % PEOPLE.len()) as u64)
    }
}

/// `2026-11-03T04:05:06.1234567Z` with 0 to 7 digits of fraction: services differ (`Z` is the caller's to replace).
pub(super) fn stamp(time: OffsetDateTime, digits: usize) -> String {
    let whole = format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        time.year(),
        u8::from(time.month()),
        time.day(),
        time.hour(),
        time.minute(),
        time.second()
    );
    match digits.min(7) {
        0 => format!("{whole}Z"),
        n => format!("{whole}.{}Z", &format!("{:09}", time.nanosecond())[..n]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn stamps_have_the_digits_asked_for() {
        let time = datetime!(2026-11-03 04:05:06.123456700 UTC);
        assert_eq!(stamp(time, 0), "2026-11-03T04:05:06Z");
        assert_eq!(stamp(time, 3), "2026-11-03T04:05:06.123Z");
        assert_eq!(stamp(time, 7), "2026-11-03T04:05:06.1234567Z");
    }

    #[test]
    fn things_are_made_before_they_are_changed_and_both_before_now() {
        let scope = Scope::new(4, datetime!(2026-11-24 0:00 UTC), std::time::Duration::ZERO);
        let place = Place::nth(&scope, 0).unwrap();
        for key in ["a", "b", "c", "d"] {
            assert!(place.made(key) < place.changed(key), "{key}");
            assert!(place.changed(key) < scope.now, "{key}");
        }
    }
}
