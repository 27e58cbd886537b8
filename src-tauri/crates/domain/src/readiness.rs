//! The readiness checks: what in a tenant, or in a folder of its files, changes or breaks in the Defender portal.
//!
//! Pure: rules in, findings out. Never here: reading files, asking a tenant, the clock (`now` is an argument).
//! A check is a pair, `<id>.rs` and `<id>.md`: the rule, and why it matters, what changes, the fix and Microsoft's
//! page. Start at [`run`], then the list in `catalogue.rs`.

mod ar_01;
mod ar_02;
mod ar_03;
mod ar_04;
mod ar_05;
mod ar_06;
mod ar_07;
mod au_01;
mod au_02;
mod au_03;
mod au_04;
mod au_05;
mod au_06;
mod au_07;
mod au_08;
mod au_09;
mod au_12;
mod catalogue;
mod in_01;
mod in_02;
mod in_03;
mod incident;
mod outcome;
mod pb_02;
mod pb_05;
mod pb_06;
mod refer;
mod subject;
mod tag;
mod text;
mod verdict;
mod walk;

pub use catalogue::{Area, CheckInfo, catalogue};
pub use incident::{IncidentFacts, IncidentLedger, MERGE_WINDOW, Onboarding};
pub use subject::{Given, Subject};
pub use text::{Page, Text};
pub use verdict::{Severity, Verdict};

/// What kind of thing a finding names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    AutomationRule,
    AnalyticsRule,
    Playbook,
    Connector,
    Incident,
    Workspace,
}

impl Kind {
    /// The word used in JSON and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::AutomationRule => "automation_rule",
            Kind::AnalyticsRule => "analytics_rule",
            Kind::Playbook => "playbook",
            Kind::Connector => "connector",
            Kind::Incident => "incident",
            Kind::Workspace => "workspace",
        }
    }
}

/// One place that offends: the object, where it stands, and the raw value there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offence {
    pub kind: Kind,
    /// ARM resource id as served, the Graph id for what only Graph holds, None where a file gives none.
    pub id: Option<String>,
    pub name: String,
    /// None for the tenant's data.
    pub file: Option<String>,
    /// JSON path from the top of the file, or of the served resource.
    pub path: String,
    pub value: Option<String>,
}

impl Offence {
    /// What makes two offences one object's: kind and id, or file and name where there is no id.
    fn identity(&self) -> (Kind, Option<String>, Option<String>, String) {
        let id = self.id.as_deref().map(str::to_ascii_lowercase);
        let name = if id.is_some() { String::new() } else { self.name.clone() };
        (self.kind, id, self.file.clone(), name)
    }
}

/// How one check ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckResult {
    pub id: &'static str,
    pub title: &'static str,
    pub verdict: Verdict,
    pub severity: Severity,
    /// Whole sentences; a check that could not run says "Could not run: …".
    pub reason: String,
    /// Offending objects only, once per path.
    pub objects: Vec<Offence>,
}

/// How many checks could be run at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    pub ran: usize,
    pub could_not_run: usize,
    pub total: usize,
}

/// One run over everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub checks: Vec<CheckResult>,
    pub coverage: Coverage,
}

/// Runs every check of the catalogue, in its order.
pub fn run(subject: &Subject<'_>) -> Report {
    let checks: Vec<CheckResult> = catalogue::CHECKS.iter().map(|check| result(check, subject)).collect();
    let could_not_run = checks.iter().filter(|c| c.verdict == Verdict::CouldNotRun).count();
    let coverage = Coverage { ran: checks.len() - could_not_run, could_not_run, total: checks.len() };
    Report { checks, coverage }
}

fn result(check: &catalogue::Check, subject: &Subject<'_>) -> CheckResult {
    let (verdict, reason, objects) = match (check.judge)(subject) {
        outcome::Outcome::CouldNotRun(because) => {
            (Verdict::CouldNotRun, format!("Could not run: {because}"), Vec::new())
        }
        outcome::Outcome::NotApplicable(reason) => (Verdict::NotApplicable, reason, Vec::new()),
        outcome::Outcome::Ran(finding) => finding.close(),
    };
    CheckResult {
        id: check.info.id,
        title: check.info.title(),
        verdict,
        severity: check.info.severity,
        reason,
        objects,
    }
}
