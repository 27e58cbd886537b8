//! AU-09: update rules that a merge starts, without a guard against merged sources.
//!
//! A merge closes the source and moves labels and alerts, so "status changed to Closed" and "label or alert added" fire
//! on it. The guard is a condition that the label is not `Redirected`, on the same path.

use super::outcome::{Finding, Outcome};
use super::subject::Subject;
use crate::automation::{AutomationRule, Condition, Junction, Test};

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    subject.each_automation_rule(|rule, finding| {
        if rule.triggers_when.is.is("Updated") {
            judge_all(rule, rule.top_conditions(), finding);
        }
    })
}

/// Members of an And guard each other; members of an Or do not.
fn judge_all(rule: &AutomationRule, all: &[Condition], finding: &mut Finding) {
    if all.iter().any(|c| c.on_every_path(false, &is_guard)) {
        return;
    }
    for condition in all {
        if merge_starts(condition) {
            finding.fail(rule, &condition.source);
        }
        match &condition.test {
            Test::Boolean { junction, .. } if junction.known() == Some(&Junction::Or) => {
                for branch in condition.inner() {
                    judge_all(rule, std::slice::from_ref(branch), finding);
                }
            }
            _ => judge_all(rule, condition.inner(), finding),
        }
    }
}

fn merge_starts(condition: &Condition) -> bool {
    match &condition.test {
        Test::PropertyChanged { property, change, .. } => {
            property.is("IncidentStatus") && change.is("ChangedTo") && holds(condition, "Closed")
        }
        Test::PropertyArrayChanged { array } => array.is("Labels") || array.is("Alerts"),
        _ => false,
    }
}

fn is_guard(condition: &Condition) -> bool {
    condition.compares("IncidentLabel")
        && condition.operator_is(&["NotEquals", "NotContains"])
        && holds(condition, "Redirected")
}

/// Microsoft's pages spell the label both `Redirected` and `redirected`.
fn holds(condition: &Condition, word: &str) -> bool {
    condition.values().iter().any(|v| v.is(word))
}
