//! The truth about readiness: which objects were made to offend which check.
//!
//! It is read from the notes in the blueprint tables, written by hand beside each blueprint; it must never be found
//! by evaluating what is served. How each check is read here, to be compared with the product's own reading:
//!
//! Only what is switched on counts: automation rules with `isEnabled`, analytics rules with `enabled`, workflows in
//! state `Enabled`. Conditions are walked to any depth, in `innerConditions` and `itemConditions`. ARM ids compare
//! without case. A Fail among the objects makes the verdict fail, otherwise any object makes it review.
//!
//! | check | an object offends when | level |
//! |---|---|---|
//! | AU-01 | a condition names `IncidentProviderName` | fail |
//! | AU-02 | a condition names `IncidentTitle` | fail where the rule closes, else review |
//! | AU-03 | a condition names `IncidentDescription` | fail |
//! | AU-04 | an `IncidentUpdatedBySource` value contains `365` or `Defender`, whatever the operator | review |
//! | AU-05 | incidents/created, and some way to satisfy the conditions names no analytics rule (an Or is scoped only when each branch is) | fail where it closes or runs a playbook, else review |
//! | AU-06 | `triggersOn` is `Alerts` | review |
//! | AU-07 | a named analytics rule is missing in its workspace, disabled, or `BuiltInFusion` | fail |
//! | AU-08 | `triggersWhen` is `Updated` with any `PropertyChanged` | review |
//! | AU-09 | `Updated` with status changed to Closed, or Labels or Alerts added, and no `IncidentLabel` `NotEquals` `Redirected` (any case) | fail |
//! | AU-12 | expired; or expires at most 24 h after `createdTimeUtc`; or closes as BenignPositive; or closes without classification; or shares `order` in its workspace with a rule that sets the same field otherwise (both are listed) | review |
//! | AR-01 | Fusion is enabled | review |
//! | AR-02 | incident-creation rule: product outside Defender XDR (fail), or a severity or name filter (review); a plain rule for a Defender product passes with a note | |
//! | AR-03 | Scheduled or NRT with `createIncident` false | review |
//! | AR-04 | grouping enabled and `reopenClosedIncident` true | review |
//! | AR-05 | Scheduled or NRT, grouping enabled, no correlation tag at the start of the description; review because the tenant's default (ON-08) is unknown | review |
//! | AR-06 | a correlation tag stands elsewhere than at the start | fail |
//! | AR-07 | `alertDisplayNameFormat` holds `{{…}}` | review |
//! | PB-02 | **the playbook** is run by a rule of the other kind: alert trigger from an incident rule or the reverse | fail |
//! | PB-05 | `POST /Incidents/Relation/Create` or `/Delete`, or `PUT /Incidents/subscriptions/…`, at any depth, whatever triggers the workflow | fail |
//! | PB-06 | the definition reads `description`, `providerName`, `incidentUrl`, or holds `portal.azure.com`; `providerIncidentUrl` is not `incidentUrl` | review |

use super::{analytics, automation, playbook};
use crate::scope::Scope;
use std::collections::BTreeMap;

/// The checks that content is planted for.
pub(super) const CHECKS: [&str; 20] = [
    "AU-01", "AU-02", "AU-03", "AU-04", "AU-05", "AU-06", "AU-07", "AU-08", "AU-09", "AU-12", "AR-01",
    "AR-02", "AR-03", "AR-04", "AR-05", "AR-06", "AR-07", "PB-02", "PB-05", "PB-06",
];

/// What one check must find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planted {
    /// `pass`, `fail`, `review`, `could_not_run` or `not_applicable`.
    pub verdict: &'static str,
    /// Offending objects, each once, in the order they are served.
    pub objects: Vec<PlantedObject>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlantedObject {
    /// `automation_rule`, `analytics_rule` or `playbook`.
    pub kind: &'static str,
    /// The ARM resource id exactly as served.
    pub id: String,
    /// Display name; of a playbook the workflow's name.
    pub name: String,
}

/// A blueprint's note: it offends this check, this badly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Offence {
    pub(super) check: &'static str,
    fails: bool,
}

pub(super) const fn fail(check: &'static str) -> Offence {
    Offence { check, fails: true }
}

pub(super) const fn warn(check: &'static str) -> Offence {
    Offence { check, fails: false }
}

/// What the checks must find in the default story.
#[must_use]
pub fn planted(scope: &Scope) -> BTreeMap<&'static str, Planted> {
    let mut truth = planted_ready();
    let notes = automation::offenders(scope)
        .into_iter()
        .chain(analytics::offenders(scope))
        .chain(playbook::offenders(scope));
    for (object, offences) in notes {
        for offence in offences {
            let check = truth.entry(offence.check).or_insert_with(pass);
            check.objects.push(object.clone());
            check.verdict = if offence.fails || check.verdict == "fail" { "fail" } else { "review" };
        }
    }
    truth
}

/// What the checks must find in story `ready`: nothing.
#[must_use]
pub fn planted_ready() -> BTreeMap<&'static str, Planted> {
    CHECKS.into_iter().map(|check| (check, pass())).collect()
}

fn pass() -> Planted {
    Planted { verdict: "pass", objects: Vec::new() }
}
