//! AU-02: the incident title as a condition; worse where it decides what is closed.

use super::outcome::Outcome;
use super::subject::Subject;
use super::verdict::Verdict;
use super::walk::each_comparison;

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    subject.each_automation_rule(|rule, finding| {
        let verdict = if rule.closes() { Verdict::Fail } else { Verdict::Review };
        each_comparison(rule, "IncidentTitle", finding, |_, _| Some(verdict));
    })
}
