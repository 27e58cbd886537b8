//! Which readiness check reads what, so that a missing right can say which checks it stops.
//!
//! Never here: a check's rule. A test holds that every check of the catalogue has its row.

use super::need::{Asked, Need, Reach};
use super::right::{Permission, Right, Role};

/// One kind of thing that a check reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    AutomationRules,
    AnalyticsRules,
    Playbooks,
    /// Sentinel's, by ARM.
    Incidents,
    /// Defender's, by Graph.
    DefenderIncidents,
}

use Reading::*;

/// A check and everything that it can't do without.
const READS: &[(&str, &[Reading])] = &[
    ("AU-01", &[AutomationRules]),
    ("AU-02", &[AutomationRules]),
    ("AU-03", &[AutomationRules]),
    ("AU-04", &[AutomationRules]),
    ("AU-05", &[AutomationRules]),
    ("AU-06", &[AutomationRules]),
    ("AU-07", &[AutomationRules, AnalyticsRules]),
    ("AU-08", &[AutomationRules]),
    ("AU-09", &[AutomationRules]),
    ("AU-12", &[AutomationRules]),
    ("AR-01", &[AnalyticsRules]),
    ("AR-02", &[AnalyticsRules]),
    ("AR-03", &[AnalyticsRules]),
    ("AR-04", &[AnalyticsRules]),
    ("AR-05", &[AnalyticsRules]),
    ("AR-06", &[AnalyticsRules]),
    ("AR-07", &[AnalyticsRules]),
    ("PB-02", &[Playbooks, AutomationRules]),
    ("PB-05", &[Playbooks]),
    ("PB-06", &[Playbooks]),
    ("IN-01", &[Incidents, DefenderIncidents]),
    ("IN-02", &[Incidents, DefenderIncidents]),
    ("IN-03", &[Incidents]),
];

/// What a check reads; empty for an id that isn't in the catalogue.
pub fn reads(id: &str) -> &'static [Reading] {
    READS.iter().find(|(check, _)| *check == id).map_or(&[], |(_, readings)| readings)
}

/// The check's id as this catalogue holds it; `None` for one that is gone.
pub fn known(id: &str) -> Option<&'static str> {
    READS.iter().find(|(check, _)| *check == id).map(|(check, _)| *check)
}

/// How many checks there are.
pub fn total() -> usize {
    READS.len()
}

/// The checks that can't run without this right.
pub(super) fn stopped_by(asked: &Asked, need: &Need) -> Vec<&'static str> {
    let stops = |readings: &[Reading]| readings.iter().any(|reading| is_read_by(asked, *reading, need));
    READS.iter().filter(|(_, readings)| stops(readings)).map(|(check, _)| *check).collect()
}

fn is_read_by(asked: &Asked, reading: Reading, need: &Need) -> bool {
    let on_workspaces = match &need.reach {
        Reach::Group(group) => asked.workspaces.iter().any(|one| one.same(group)),
        Reach::WorkspaceGroups => true,
        _ => false,
    };
    match (reading, need.right) {
        (
            AutomationRules | AnalyticsRules | Incidents,
            Right::Azure(Role::SentinelReader | Role::SentinelResponder | Role::SentinelContributor),
        ) => on_workspaces,
        (Playbooks, Right::Azure(Role::Reader | Role::PlaybookOperator)) => true,
        (DefenderIncidents, Right::Graph(Permission::IncidentRead | Permission::IncidentReadWrite)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readiness::catalogue;

    #[test]
    fn every_check_of_the_catalogue_says_what_it_reads() {
        let known: Vec<&str> = READS.iter().map(|(id, _)| *id).collect();
        let all: Vec<&str> = catalogue().iter().map(|info| info.id).collect();
        assert_eq!(known, all, "a check is missing here, or stands here and is gone");
        assert!(READS.iter().all(|(_, readings)| !readings.is_empty()), "a check reads nothing");
    }
}
