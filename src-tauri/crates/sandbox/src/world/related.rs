//! What hangs on some of ARM's incidents beside their facts: tasks, bookmarks, and the relations that name them
//! (<https://learn.microsoft.com/rest/api/securityinsights/incident-tasks>).
//!
//! Planted by the seed; clients read them and change none.

use super::template::HOSTILE;
use super::view::View;
use crate::moment::{self, SECOND, Ticks};
use crate::seed::{self, Dice};
use serde_json::{Value, json};

/// How many incidents in a hundred have tasks.
const WITH_TASKS: u64 = 40;
const MOST_TASKS: u64 = 5;
/// How many in a hundred have a bookmark.
const WITH_BOOKMARK: u64 = 15;

const STEPS: [(&str, Option<&str>); 6] = [
    (
        "Ask the owner of the account",
        Some("By phone, not by mail: the mailbox may be read by somebody else."),
    ),
    ("Isolate the device", Some("Only after the evidence was collected.")),
    ("Collect the sign-in log of the last 30 days", None),
    ("Reset the password and end the sessions", Some("Both portals list the sessions.")),
    ("Tell the data protection officer", None),
    ("Write down what was found", Some("A line for each finding, with its time.")),
];

impl View<'_> {
    /// An incident's tasks, the oldest first. A title in four is hostile.
    pub fn tasks(&self, at: u32) -> Vec<Value> {
        let mut dice = Dice::new(self.world.scope.seed, "task", u64::from(at));
        if self.is_made(at) || !dice.chance(WITH_TASKS) {
            return Vec::new();
        }
        (0..1 + dice.below(MOST_TASKS)).map(|which| self.task(at, which, &mut dice)).collect()
    }

    fn task(&self, at: u32, which: u64, dice: &mut Dice) -> Value {
        let (step, description) = dice.of(&STEPS);
        let title = if dice.chance(25) { dice.of(&HOSTILE) } else { step };
        let created = self.arm_created(at) + Ticks::try_from(which + 1).unwrap_or(1) * 60 * SECOND;
        let done = dice.chance(50);
        let changed = if done { created + 1_800 * SECOND } else { created };
        let name = seed::guid(self.world.scope.seed, "task", u64::from(at) * 8 + which);
        let mut properties = json!({
            "title": title,
            "status": if done { "Completed" } else { "New" },
            "createdTimeUtc": moment::text(created),
            "lastModifiedTimeUtc": moment::text(changed),
            "createdBy": self.person("Lena Brandt", "lena.brandt"),
            "lastModifiedBy": if done { self.person("Omar Haddad", "omar.haddad") } else { self.person("Lena Brandt", "lena.brandt") },
        });
        if let Some(description) = description {
            properties["description"] = description.into();
        }
        self.below_incident(at, "Tasks", &name, properties)
    }

    /// An incident's bookmarks, as `POST …/bookmarks` tells them.
    pub fn bookmarks(&self, at: u32) -> Vec<Value> {
        if self.bookmark_count(at) == 0 {
            return Vec::new();
        }
        let name = seed::guid(self.world.scope.seed, "bookmark", u64::from(at));
        let created = moment::text(self.arm_created(at));
        let by = self.person("Lena Brandt", "lena.brandt");
        vec![json!({
            "id": self.sibling(at, "Bookmarks", &name),
            "name": name,
            "type": "Microsoft.SecurityInsights/Entities",
            "kind": "Bookmark",
            "properties": {
                "displayName": "Sign-ins around the first alert", "friendlyName": "Sign-ins around the first alert",
                "created": created, "updated": created, "createdBy": by, "updatedBy": by, "labels": [],
                "query": "SigninLogs | take 10", "queryResult": "{}",
            },
        })]
    }

    pub(super) fn bookmark_count(&self, at: u32) -> usize {
        let draw = seed::below(self.world.scope.seed, "bookmark", u64::from(at), 100);
        usize::from(!self.is_made(at) && draw < WITH_BOOKMARK)
    }

    /// What an incident is related to: its bookmarks and its alerts.
    pub fn relations(&self, at: u32) -> Vec<Value> {
        let bookmarks =
            self.bookmarks(at).into_iter().filter_map(|one| one["name"].as_str().map(str::to_owned));
        let bookmarks = bookmarks.map(|name| (name, "Bookmarks", Value::Null));
        let alerts = (0..self.nature(at).alerts).map(|which| self.alert_name(at, which));
        let alerts = alerts.map(|name| (name, "Entities", "SecurityAlert".into()));
        let related = bookmarks.chain(alerts).enumerate();
        related.map(|(which, (name, kind, of))| self.relation(at, which as u64, (&name, kind, of))).collect()
    }

    fn relation(&self, at: u32, which: u64, (related, kind, of): (&str, &str, Value)) -> Value {
        let name = seed::guid(self.world.scope.seed, "relation", u64::from(at) * 8 + which);
        let mut properties = json!({
            "relatedResourceId": self.sibling(at, kind, related),
            "relatedResourceName": related,
            "relatedResourceType": format!("Microsoft.SecurityInsights/{kind}"),
        });
        if !of.is_null() {
            properties["relatedResourceKind"] = of;
        }
        self.below_incident(at, "Relations", &name, properties)
    }

    fn below_incident(&self, at: u32, kind: &str, name: &str, properties: Value) -> Value {
        json!({
            "id": format!("{}/{kind}/{name}", self.arm_id(at)),
            "name": name,
            "etag": self.etag(at),
            "type": format!("Microsoft.SecurityInsights/Incidents/{kind}"),
            "properties": properties,
        })
    }

    fn sibling(&self, at: u32, kind: &str, name: &str) -> String {
        let scope = &self.world.scope;
        let workspace = scope.workspaces.get(usize::from(self.unit(at).workspace)).map_or("", String::as_str);
        scope.sentinel_id(workspace, kind, name)
    }

    fn person(&self, name: &str, account: &str) -> Value {
        let address = format!("{account}@contoso.example");
        let object_id = seed::guid(self.world.scope.seed, account, 0);
        json!({"objectId": object_id, "email": address, "name": name, "userPrincipalName": address})
    }
}
