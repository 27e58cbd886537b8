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
