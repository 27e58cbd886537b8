//! Rows of `SecurityAlert` that no incident holds: what rules raise that create none, and what a product sends without
//! an incident.
//!
//! Planted at start, a few for each such rule whatever the number of incidents. An alert has a row for each of its
//! states, so that two rows of one can lie in two stretches of the log.

use crate::content;
use crate::moment::{DAY, SECOND, Ticks};
use crate::scope::Scope;
use crate::seed::{self, Dice};
use crate::story::Story;
use crate::world::HOSTILE;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::{PoisonError, RwLock};

/// One alert.
#[derive(Clone, Debug)]
pub struct Alert {
    pub id: String,
    pub title: String,
    pub severity: &'static str,
    pub product: &'static str,
    /// The analytics rule that raised it; empty for another product's.
    pub rule: &'static str,
    pub tactic: &'static str,
    pub entity: String,
    pub first: Ticks,
    pub last: Ticks,
    /// When each of its rows was written, the first one first.
    pub written: Vec<Ticks>,
}

/// All of them, by workspace.
#[derive(Debug)]
pub struct Alerts {
    planted: Vec<Vec<Alert>>,
    /// Ids of those that somebody made an incident of.
    adopted: RwLock<HashSet<String>>,
}

/// What each such rule has raised.
const EACH: u64 = 12;

/// They lie so far apart.
const APART: Ticks = 7 * DAY;

/// Nothing is newer than this before now.
const QUIET: Ticks = 3_600 * SECOND;

impl Alerts {
    /// The story `ready` has no rule that creates no incident.
    pub fn plant(scope: &Scope, now: Ticks) -> Self {
        let places = 0..scope.workspaces.len();
        let planted = match scope.story {
            Story::Ready => places.map(|_| Vec::new()).collect(),
            _ => places.map(|place| Planter { scope, place, now }.all()).collect(),
        };
        Self { planted, adopted: RwLock::default() }
    }

    /// Those of a workspace with a row in `written`, each with the newest such row.
    pub fn written(&self, place: usize, written: &Range<Ticks>) -> Vec<(&Alert, Ticks)> {
        let adopted = self.adopted.read().unwrap_or_else(PoisonError::into_inner);
        let lone = self.planted.get(place).into_iter().flatten().filter(|one| !adopted.contains(&one.id));
        lone.filter_map(|one| Some((one, *one.written.iter().rev().find(|at| written.contains(at))?)))
            .collect()
    }

    /// Somebody makes an incident of it, in the log alone.
    pub fn adopt(&self, id: &str) {
        self.adopted.write().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned());
    }

    /// What was planted.
    pub fn truth(&self, scope: &Scope) -> Vec<Value> {
        let all = scope.workspaces.iter().zip(&self.planted);
        all.flat_map(|(workspace, alerts)| alerts.iter().map(move |one| told(workspace, one))).collect()
    }
}

fn told(workspace: &str, alert: &Alert) -> Value {
    let product = alert.product == SENTINEL;
    json!({"workspace": workspace, "id": alert.id, "title": alert.title, "severity": alert.severity, "sentinels": product})
}

const SENTINEL: &str = "Azure Sentinel";
const CLOUD_APPS: &str = "Microsoft Cloud App Security";

/// Plants one workspace.
struct Planter<'a> {
    scope: &'a Scope,
    place: usize,
    now: Ticks,
}

impl Planter<'_> {
    fn all(&self) -> Vec<Alert> {
        let rules = content::alert_only(self.scope, self.place);
        let raised = rules.iter().enumerate().flat_map(|(at, rule)| {
            (0..EACH).map(move |which| self.alert(at as u64 * EACH + which, which, SENTINEL, rule))
        });
        let mut all: Vec<Alert> = raised.collect();
        if self.place == 0 {
            let sent = content::AlertOnly { name: "", severity: "Low", tactic: "Exfiltration" };
            all.extend((0..3).map(|which| Alert {
                title: "Unusual file share activity".to_owned(),
                ..self.alert(10_000 + which, which, CLOUD_APPS, &sent)
            }));
            for (alert, title) in all.iter_mut().zip(HOSTILE) {
                title.clone_into(&mut alert.title);
            }
        }
        all
    }

    fn alert(&self, number: u64, which: u64, product: &'static str, rule: &content::AlertOnly) -> Alert {
        let stream = format!("alert/{}", self.place);
        let mut dice = Dice::new(self.scope.seed, &stream, number);
        let spread = Ticks::try_from(dice.below(APART.unsigned_abs())).unwrap_or(0);
        let first_row = self.now - QUIET - APART * Ticks::try_from(which).unwrap_or(0) - spread;
        // Some are changed once more, days later.
        let later = first_row + Ticks::try_from(dice.below(20)).unwrap_or(0) * DAY + 60 * SECOND;
        let changed = dice.chance(25) && later < self.now - QUIET;
        Alert {
            id: seed::guid(self.scope.seed, &stream, number),
            title: rule.name.to_owned(),
            severity: rule.severity,
            product,
            rule: rule.name,
            tactic: rule.tactic,
            entity: format!("WS-{:04}", dice.below(10_000)),
            first: first_row - 900 * SECOND,
            last: first_row - 300 * SECOND,
            written: if changed { vec![first_row, later] } else { vec![first_row] },
        }
    }
}
