//! AR-06: a correlation tag where it does not count.

use super::outcome::Outcome;
use super::subject::Subject;
use super::tag;

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    subject.each_analytics_rule(|rule, finding| {
        if rule.description.known().is_some_and(|d| tag::is_misplaced(d)) {
            finding.fail(rule, &rule.description.at);
        }
    })
}
