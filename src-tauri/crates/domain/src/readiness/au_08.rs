//! AU-08: update rules that wait for one change of a property, which batching may swallow.

use super::outcome::Outcome;
use super::subject::Subject;
use crate::automation::Test;

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    subject.each_automation_rule(|rule, finding| {
        if !rule.triggers_when.is.is("Updated") {
            return;
        }
        for condition in rule.walk() {
            if matches!(condition.test, Test::PropertyChanged { .. }) {
                finding.review(rule, &condition.source);
            }
        }
    })
}
