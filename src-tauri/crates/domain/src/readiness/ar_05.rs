//! AR-05: rules whose own grouping Defender's correlation overrides.
//!
//! The tag at the start of the description decides; without a tag the tenant's default does, which no API tells
//! (ON-08). Until the user says, both outcomes are shown.

use super::outcome::{Finding, Outcome};
use super::subject::Subject;
use super::tag::{self, Tag};
use crate::analytics_rule::AnalyticsRule;

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    let outcome = subject.each_analytics_rule(|rule, finding| {
        if rule.is_query_rule() && rule.grouping.known() == Some(&true) {
            judge_grouped(rule, subject.tenant_correlates, finding);
        }
    });
    let Outcome::Ran(mut finding) = outcome else {
        return outcome;
    };
    if subject.tenant_correlates.is_none() && finding.noted > 0 {
        finding.notes.push(both_outcomes(finding.noted, finding.places()));
    }
    Outcome::Ran(finding)
}

fn judge_grouped(rule: &AnalyticsRule, default: Option<bool>, finding: &mut Finding) {
    if let Some(unknown) = rule.description.is.unknown() {
        finding.undecided(rule, &rule.description.at, unknown);
        return;
    }
    let description = rule.description.known().map_or("", String::as_str);
    match (tag::at_start(description), default) {
        (Some(Tag::Exclude), _) | (None, Some(false)) => {}
        (Some(Tag::Include), _) => finding.review(rule, &rule.description.at),
        (None, Some(true)) => finding.review(rule, &rule.grouping.at),
        (None, None) => {
            finding.noted += 1;
            finding.review(rule, &rule.grouping.at);
        }
    }
}

/// Each rule has one place, so that places count rules.
fn both_outcomes(untagged: usize, all: usize) -> String {
    format!(
        "{untagged} of them hang on the tenant's correlation default, which no API tells. With the default off, {} of \
         {all} are correlated against their own grouping; with it on, all {all}.",
        all - untagged
    )
}
