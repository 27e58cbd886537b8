//! AR-03: rules whose alerts make no incident and so never reach Defender.

use super::outcome::Outcome;
use super::subject::Subject;
use crate::tree::Setting;

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    subject.each_analytics_rule(|rule, finding| {
        if !rule.is_query_rule() {
            return;
        }
        match &rule.creates_incident.is {
            Setting::Known(false) => finding.review(rule, &rule.creates_incident.at),
            Setting::Unknown(unknown) => {
                finding.undecided(rule, &rule.creates_incident.at, unknown);
            }
            _ => {}
        }
    })
}
