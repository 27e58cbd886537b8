//! AU-01: the incident provider as a condition, at any depth.

use super::outcome::Outcome;
use super::subject::Subject;
use super::verdict::Verdict;
use super::walk::each_comparison;

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    subject.each_automation_rule(|rule, finding| {
        each_comparison(rule, "IncidentProviderName", finding, |_, _| Some(Verdict::Fail));
    })
}
