//! AR-04: grouping that reopens closed incidents, which Defender never does.

use super::outcome::Outcome;
use super::subject::Subject;
use crate::tree::Setting;

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    subject.each_analytics_rule(|rule, finding| match (&rule.grouping.is, &rule.reopens.is) {
        (Setting::Known(true), Setting::Known(true)) => finding.review(rule, &rule.reopens.at),
        (Setting::Unknown(unknown), Setting::Known(true)) => {
            finding.undecided(rule, &rule.grouping.at, unknown);
        }
        (Setting::Known(true) | Setting::Unknown(_), Setting::Unknown(unknown)) => {
            finding.undecided(rule, &rule.reopens.at, unknown);
        }
        _ => {}
    })
}
