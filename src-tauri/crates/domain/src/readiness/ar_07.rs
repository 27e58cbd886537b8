//! AR-07: an incident title made from event fields.

use super::outcome::Outcome;
use super::subject::Subject;
use crate::tree::Setting;

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    subject.each_analytics_rule(|rule, finding| match &rule.title_format.is {
        Setting::Known(format) if has_field(format) => {
            finding.review(rule, &rule.title_format.at);
        }
        Setting::Unknown(unknown) => finding.undecided(rule, &rule.title_format.at, unknown),
        _ => {}
    })
}

/// `{{column}}`.
fn has_field(format: &str) -> bool {
    format.split_once("{{").is_some_and(|(_, rest)| rest.contains("}}"))
}
