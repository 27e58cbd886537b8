//! AU-03: the incident description as a condition.

use super::outcome::Outcome;
use super::subject::Subject;
use super::verdict::Verdict;
use super::walk::each_comparison;

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    subject.each_automation_rule(|rule, finding| {
        each_comparison(rule, "IncidentDescription", finding, |_, _| Some(Verdict::Fail));
    })
}
