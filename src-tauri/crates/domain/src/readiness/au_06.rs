//! AU-06: rules on the alert trigger, which only Sentinel's own alerts start.

use super::outcome::Outcome;
use super::subject::Subject;

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    subject.each_automation_rule(|rule, finding| {
        if rule.triggers_on.is.is("Alerts") {
            finding.review(rule, &rule.triggers_on.at);
        }
        if let Some(unknown) = rule.triggers_on.is.unknown() {
            finding.undecided(rule, &rule.triggers_on.at, unknown);
        }
    })
}
