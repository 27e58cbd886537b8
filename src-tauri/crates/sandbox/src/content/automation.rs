//! Automation rules: 36 in the first workspace, 24 in the second.
//!
//! Shapes: AutomationRules of api-version 2025-09-01; `type` and path say `AutomationRules`, as the service does.
//! The tables beside this file hold the rules; what they offend is noted there by hand.

mod primary;
mod retail;
mod sound;

use super::Faults;
use super::action::{self, Act};
use super::condition::{self, Cond};
use super::place::{Place, stamp};
use super::planted::{Offence, PlantedObject};
use crate::scope::Scope;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

/// What sets a rule off: `triggersOn`, `triggersWhen`.
#[derive(Clone, Copy)]
enum Trigger {
    Created,
    Updated,
    Alert,
}

/// One automation rule as a row of a table.
struct Blueprint {
    order: u16,
    name: &'static str,
    trigger: Trigger,
    enabled: bool,
    /// Hours before now that it was made, and hours it lives from then.
    life: Option<(i64, i64)>,
    when: &'static [Cond],
    then: &'static [Act],
    offends: &'static [Offence],
}

type Whens = &'static [Cond];
type Thens = &'static [Act];

const fn created(order: u16, name: &'static str, when: Whens, then: Thens) -> Blueprint {
    rule(order, name, Trigger::Created, when, then)
}

const fn updated(order: u16, name: &'static str, when: Whens, then: Thens) -> Blueprint {
    rule(order, name, Trigger::Updated, when, then)
}

const fn alert(order: u16, name: &'static str, when: Whens, then: Thens) -> Blueprint {
    rule(order, name, Trigger::Alert, when, then)
}

const fn rule(order: u16, name: &'static str, trigger: Trigger, when: Whens, then: Thens) -> Blueprint {
    Blueprint { order, name, trigger, enabled: true, life: None, when, then, offends: &[] }
}

impl Blueprint {
    const fn off(mut self) -> Self {
        self.enabled = false;
        self
    }

    const fn lives(mut self, made_hours_ago: i64, for_hours: i64) -> Self {
        self.life = Some((made_hours_ago, for_hours));
        self
    }

    const fn offends(mut self, offences: &'static [Offence]) -> Self {
        self.offends = offences;
        self
    }
}

/// The rules of the workspace at position `at`, in the order they are served.
fn rows(at: usize) -> impl Iterator<Item = &'static Blueprint> {
    let (sound, broken) = match at {
        0 => (sound::PRIMARY, primary::BROKEN),
        1 => (sound::RETAIL, retail::BROKEN),
        _ => (&[] as &[Blueprint], &[] as &[Blueprint]),
    };
    sound.iter().chain(broken)
}

pub(super) fn rules(place: &Place, faults: Faults) -> Vec<Value> {
    rows(place.at)
        .filter(|row| faults == Faults::All || row.offends.is_empty())
        .map(|row| row.json(place))
        .collect()
}

/// The blueprints that offend, with their notes.
pub(super) fn offenders(scope: &Scope) -> Vec<(PlantedObject, &'static [Offence])> {
    let places = (0..2).filter_map(|at| Place::nth(scope, at));
    places
        .flat_map(|place| {
            let offending = rows(place.at).filter(|row| !row.offends.is_empty());
            offending.map(|row| (row.object(&place), row.offends)).collect::<Vec<_>>()
        })
        .collect()
}

impl Blueprint {
    fn key(&self) -> String {
        format!("AutomationRules/{}", self.name)
    }

    fn id(&self, place: &Place) -> String {
        place.id("AutomationRules", &place.guid(&self.key()))
    }

    fn object(&self, place: &Place) -> PlantedObject {
        PlantedObject { kind: "automation_rule", id: self.id(place), name: self.name.to_owned() }
    }

    fn json(&self, place: &Place) -> Value {
        let key = self.key();
        let (made, changed) = self.times(place);
        let maker = usize::try_from(place.below(&key, 6)).unwrap_or(0);
        json!({
            "id": self.id(place),
            "name": place.guid(&key),
            "etag": place.etag(&key),
            "type": "Microsoft.SecurityInsights/AutomationRules",
            "properties": {
                "displayName": self.name,
                "order": self.order,
                "triggeringLogic": self.logic(place, made),
                "actions": action::list(self.then, place),
                "lastModifiedTimeUtc": stamp(changed, 0),
                "createdTimeUtc": stamp(made, 0),
                "lastModifiedBy": place.person(maker + 1),
                "createdBy": place.person(maker),
            },
        })
    }

    fn times(&self, place: &Place) -> (OffsetDateTime, OffsetDateTime) {
        match self.life {
            Some((ago, _)) => {
                (place.scope.now - Duration::hours(ago), place.scope.now - Duration::hours(ago))
            }
            None => (place.made(&self.key()), place.changed(&self.key())),
        }
    }

    fn logic(&self, place: &Place, made: OffsetDateTime) -> Value {
        let (on, when) = match self.trigger {
            Trigger::Created => ("Incidents", "Created"),
            Trigger::Updated => ("Incidents", "Updated"),
            Trigger::Alert => ("Alerts", "Created"),
        };
        let mut logic = json!({"isEnabled": self.enabled});
        if let Some((_, hours)) = self.life {
            logic["expirationTimeUtc"] = json!(stamp(made + Duration::hours(hours), 0));
        }
        logic["triggersOn"] = json!(on);
        logic["triggersWhen"] = json!(when);
        logic["conditions"] = condition::list(self.when, place);
        logic
    }
}
