//! AR-01: the Fusion rule, which onboarding switches off.

use super::outcome::Outcome;
use super::subject::Subject;

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    subject.each_analytics_rule(|rule, finding| {
        if rule.is_kind("Fusion") {
            finding.review(rule, &rule.enabled.at);
        }
    })
}
