//! IN-03: incidents that Defender does not show, made after their workspace was onboarded.

use super::outcome::{Finding, Outcome};
use super::pb_05::creates_incident;
use super::subject::{Given, Subject};
use super::verdict::Verdict;
use crate::playbook::Playbook;

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    let (ledger, gap) = match &subject.incidents {
        Given::Missing(because) => return Outcome::CouldNotRun(because.clone()),
        Given::Read(ledger) => (ledger, None),
        Given::Partly(ledger, because) => (ledger, Some(because.clone())),
    };
    if ledger.onboarding.is_empty() && gap.is_none() {
        return Outcome::NotApplicable("No workspace shows a sign of being onboarded to Defender.".into());
    }
    let makers = makers(subject);
    let verdict = if makers.is_empty() { Verdict::Review } else { Verdict::Fail };
    let mut finding = Finding::over("incidents");
    finding.gap = gap;
    finding.looked_at = ledger.total;
    for incident in &ledger.outside {
        finding.offend(verdict, incident.clone());
    }
    if let (false, false, Some(first)) = (ledger.outside.is_empty(), makers.is_empty(), makers.first()) {
        finding.notes.push(format!(
            "{} of the playbooks keep making such incidents, among them `{}`.",
            makers.len(),
            first.name
        ));
    }
    Outcome::Ran(finding)
}

/// Enabled playbooks with the connector's "create incident".
fn makers<'a>(subject: &Subject<'a>) -> Vec<&'a Playbook> {
    let (Given::Read(playbooks) | Given::Partly(playbooks, _)) = &subject.playbooks else {
        return Vec::new();
    };
    playbooks.iter().filter(|p| p.counts() && p.steps.iter().any(creates_incident)).collect()
}
