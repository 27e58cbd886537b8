//! What the incident checks need of each incident, gathered in one pass so that a million need no second copy.

use std::collections::HashMap;

use time::{Duration, OffsetDateTime};

use super::{Kind, Offence};
use crate::incident::is_defender;

/// The window of the merge rate.
pub const MERGE_WINDOW: Duration = Duration::days(30);

/// One incident; a twin pair is one incident.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IncidentFacts {
    /// ARM resource id, the Graph id for what only Graph holds, None where a file gives none.
    pub id: Option<String>,
    /// What a person calls it: its number or title.
    pub name: String,
    /// None for the tenant's data.
    pub file: Option<String>,
    /// JSON path in the file; empty for the tenant's data.
    pub path: String,
    /// Whatever tells workspaces apart; onboarding is judged per workspace.
    pub workspace: String,
    /// `providerName`; None when only Graph holds the incident.
    pub provider_name: Option<String>,
    /// Whether `providerIncidentUrl` holds anything.
    pub has_provider_url: bool,
    /// For a redirected source: where its chain ends, in words.
    pub redirect_end: Option<String>,
    pub created: Option<OffsetDateTime>,
}

impl IncidentFacts {
    /// Whether it bears one of Defender's names. Older answers say `Microsoft 365 Defender`.
    pub fn is_xdr_named(&self) -> bool {
        is_defender(self.provider_name.as_deref())
    }

    /// Whether Defender does not show it although its workspace was onboarded before it was made. A merged source is
    /// gone from Defender by design and does not count.
    pub fn is_outside_defender(&self, onboarded: Option<OffsetDateTime>) -> bool {
        let (Some(onboarded), Some(_)) = (onboarded, &self.provider_name) else {
            return false;
        };
        let made_after = self.created.is_none_or(|created| created >= onboarded);
        self.redirect_end.is_none() && made_after && !(self.is_xdr_named() && self.has_provider_url)
    }
}

/// When each workspace was onboarded, as its oldest incident with one of Defender's names and a Defender address
/// tells. No API says it outright.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Onboarding(HashMap<String, OffsetDateTime>);

impl Onboarding {
    /// Takes note of one incident.
    pub fn see(&mut self, facts: &IncidentFacts) {
        let proof = facts.is_xdr_named() && facts.has_provider_url;
        if let (true, Some(created)) = (proof, facts.created) {
            self.see_proof(&facts.workspace, created);
        }
    }

    /// Takes note of the time of an incident that proves onboarding, as a database can tell it by one aggregate.
    pub fn see_proof(&mut self, workspace: &str, created: OffsetDateTime) {
        let since = self.0.entry(workspace.to_owned()).or_insert(created);
        *since = (*since).min(created);
    }

    pub fn since(&self, workspace: &str) -> Option<OffsetDateTime> {
        self.0.get(workspace).copied()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Totals, and the incidents that a check names. Feed it in batches, in any order, each incident once.
#[derive(Clone, Debug)]
pub struct IncidentLedger {
    now: OffsetDateTime,
    /// Why Defender's own list could not be read, a clause; its incidents, and merges that it alone shows, are then
    /// missing here.
    pub defender_unread: Option<String>,
    pub(super) onboarding: Onboarding,
    pub(super) total: usize,
    pub(super) recent: usize,
    pub(super) recent_redirected: usize,
    pub(super) redirected: Vec<Offence>,
    pub(super) outside: Vec<Offence>,
}

impl IncidentLedger {
    pub fn new(now: OffsetDateTime, onboarding: Onboarding) -> IncidentLedger {
        IncidentLedger {
            now,
            defender_unread: None,
            onboarding,
            total: 0,
            recent: 0,
            recent_redirected: 0,
            redirected: Vec::new(),
            outside: Vec::new(),
        }
    }

    /// A ledger over incidents that are all in memory.
    pub fn of(now: OffsetDateTime, all: &[IncidentFacts]) -> IncidentLedger {
        let mut onboarding = Onboarding::default();
        all.iter().for_each(|facts| onboarding.see(facts));
        let mut ledger = IncidentLedger::new(now, onboarding);
        all.iter().for_each(|facts| ledger.add(facts));
        ledger
    }

    /// What a check that asks where incidents went could not see: `gap`, and Defender's side.
    pub(super) fn merges_unseen(&self, gap: Option<String>) -> Option<String> {
        let all: Vec<String> = gap.into_iter().chain(self.defender_unread.clone()).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }

    pub fn add(&mut self, facts: &IncidentFacts) {
        self.total += 1;
        let recent = facts.created.is_some_and(|at| at <= self.now && at > self.now - MERGE_WINDOW);
        self.recent += usize::from(recent);
        if let Some(end) = &facts.redirect_end {
            self.recent_redirected += usize::from(recent);
            self.redirected.push(offence(facts, end.clone()));
        }
        if facts.is_outside_defender(self.onboarding.since(&facts.workspace)) {
            self.outside.push(offence(facts, outside_value(facts)));
        }
    }
}

fn outside_value(facts: &IncidentFacts) -> String {
    let name = facts.provider_name.as_deref().unwrap_or_default();
    if facts.is_xdr_named() {
        format!("providerName {name}, no providerIncidentUrl")
    } else {
        format!("providerName {name}")
    }
}

fn offence(facts: &IncidentFacts, value: String) -> Offence {
    Offence {
        kind: Kind::Incident,
        id: facts.id.clone(),
        name: facts.name.clone(),
        file: facts.file.clone(),
        path: facts.path.clone(),
        value: Some(value),
    }
}
