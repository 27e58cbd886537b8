//! IN-01: tickets that point to an incident which was merged away.
//!
//! Without a ticket source nobody knows which tickets those are; then every redirected source is listed with its end.

use super::outcome::{Finding, Outcome};
use super::subject::{Given, Subject};
use super::verdict::Verdict;

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    let (ledger, gap) = match &subject.incidents {
        Given::Missing(because) => return Outcome::CouldNotRun(because.clone()),
        Given::Read(ledger) => (ledger, None),
        Given::Partly(ledger, because) => (ledger, Some(because.clone())),
    };
    let gap = ledger.merges_unseen(gap);
    let mut finding = Finding::over("incidents");
    finding.gap = gap;
    finding.looked_at = ledger.total;
    finding.kind_exists = ledger.total > 0;
    for source in &ledger.redirected {
        finding.offend(Verdict::Review, source.clone());
    }
    if !ledger.redirected.is_empty() {
        finding
            .notes
            .push("No ticket system is connected, so which tickets point to them is not known.".into());
    }
    Outcome::Ran(finding)
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::readiness::{IncidentFacts, IncidentLedger, in_02, in_03};

    const NOW: time::OffsetDateTime = datetime!(2026-11-24 09:00 UTC);

    fn verdict(judge: fn(&Subject<'_>) -> Outcome, ledger: &IncidentLedger) -> Verdict {
        let subject = Subject {
            automation_rules: Given::Missing(String::new()),
            analytics_rules: Given::Missing(String::new()),
            playbooks: Given::Missing(String::new()),
            incidents: Given::Read(ledger),
            tenant_correlates: None,
            now: NOW,
        };
        match judge(&subject) {
            Outcome::Ran(finding) => finding.close().0,
            Outcome::CouldNotRun(_) => Verdict::CouldNotRun,
            Outcome::NotApplicable(_) => Verdict::NotApplicable,
        }
    }

    #[test]
    fn without_defenders_side_no_merge_seen_is_no_pass() {
        let kept = IncidentFacts { created: Some(NOW), ..IncidentFacts::default() };
        let mut ledger = IncidentLedger::of(NOW, &[kept]);
        assert_eq!(verdict(judge, &ledger), Verdict::Pass);
        assert_eq!(verdict(in_02::judge, &ledger), Verdict::Pass);
        ledger.defender_unread = Some("Defender's incidents".to_owned());
        assert_eq!(
            verdict(judge, &ledger),
            Verdict::CouldNotRun,
            "merges that Defender alone shows are missing"
        );
        assert_eq!(verdict(in_02::judge, &ledger), Verdict::CouldNotRun);
        assert_eq!(verdict(in_03::judge, &ledger), Verdict::NotApplicable, "it asks Sentinel alone");
    }
}
