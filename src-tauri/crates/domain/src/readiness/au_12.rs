//! AU-12: expiry, order, and closing by default or without a reason.

use std::collections::{HashMap, HashSet};

use time::{Duration, OffsetDateTime};

use super::outcome::{Finding, Outcome};
use super::subject::{Given, Subject};
use crate::automation::{Action, AutomationRule};
use crate::tree::Setting;

/// The life that the portal gives a rule made from an incident, unless its maker changes it.
const DEFAULT_LIFE: Duration = Duration::hours(24);

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    let clashing = match &subject.automation_rules {
        Given::Read(rules) | Given::Partly(rules, _) => clashing(rules),
        Given::Missing(_) => HashSet::new(),
    };
    subject.each_automation_rule(|rule, finding| {
        if ends_by_itself(rule, subject.now) {
            finding.review(rule, &rule.expires.at);
        }
        for action in rule.all_actions() {
            judge_closing(rule, action, finding);
        }
        if clashing.contains(&std::ptr::from_ref(rule)) {
            finding.review(rule, &rule.order.at);
        }
    })
}

/// Expired, or made to expire within a day.
fn ends_by_itself(rule: &AutomationRule, now: OffsetDateTime) -> bool {
    let Some(expires) = rule.expires.known() else {
        return false;
    };
    let made = rule.created.known();
    *expires <= now || made.is_some_and(|made| *expires - *made <= DEFAULT_LIFE)
}

/// Closing needs a classification; benign positive is what a rule made from an incident says when nobody chose.
fn judge_closing(rule: &AutomationRule, action: &Action, finding: &mut Finding) {
    let Some(changes) = action.changes().filter(|_| action.closes()) else {
        return;
    };
    match &changes.classification {
        Setting::Absent => finding.review(rule, &action.configuration),
        Setting::Known(word) if word.eq_ignore_ascii_case("BenignPositive") => {
            finding.review(rule, &action.configuration);
        }
        Setting::Known(_) => {}
        Setting::Unknown(unknown) => finding.undecided(rule, &action.configuration, unknown),
    }
}

/// Enabled rules of one workspace, trigger and order, of which two set the same property apart: which one wins is
/// left to chance.
fn clashing(rules: &[AutomationRule]) -> HashSet<*const AutomationRule> {
    let mut groups: HashMap<_, Vec<&AutomationRule>> = HashMap::new();
    for rule in rules.iter().filter(|r| r.counts()) {
        if let Some(key) = run_together(rule) {
            groups.entry(key).or_default().push(rule);
        }
    }
    groups
        .values()
        .flat_map(|group| group.iter().filter(|rule| clashes(rule, group)))
        .map(|rule| std::ptr::from_ref(*rule))
        .collect()
}

fn run_together(rule: &AutomationRule) -> Option<(String, i64, String, String)> {
    let lower = |text: &String| text.to_ascii_lowercase();
    Some((
        rule.workspace_key(),
        *rule.order.known()?,
        lower(rule.triggers_on.known()?),
        lower(rule.triggers_when.known()?),
    ))
}

fn clashes(rule: &AutomationRule, group: &[&AutomationRule]) -> bool {
    let own = sets(rule);
    group.iter().filter(|other| !std::ptr::eq(**other, rule)).any(|other| {
        let theirs = sets(other);
        own.iter().any(|(property, value)| theirs.get(property).is_some_and(|v| v != value))
    })
}

/// What the rule leaves behind: its last word on each property.
fn sets(rule: &AutomationRule) -> HashMap<&'static str, String> {
    let mut all = HashMap::new();
    for changes in rule.all_actions().iter().filter_map(Action::changes) {
        for (property, value) in [
            ("status", &changes.status),
            ("severity", &changes.severity),
            ("classification", &changes.classification),
            ("owner", &changes.owner),
        ] {
            if let Setting::Known(value) = value {
                all.insert(property, value.to_ascii_lowercase());
            }
        }
    }
    all
}
