//! AU-05: a create rule that no analytics rule narrows, so that Defender's incidents meet it too.

use super::outcome::{Finding, Outcome};
use super::subject::Subject;
use super::verdict::Verdict;
use crate::automation::{AutomationRule, Condition};

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    subject.each_automation_rule(|rule, finding| {
        if rule.starts_on("Incidents", "Created") {
            judge_scope(rule, finding);
        }
    })
}

fn judge_scope(rule: &AutomationRule, finding: &mut Finding) {
    let conditions = rule.top_conditions();
    if conditions.iter().any(|c| c.on_every_path(false, &narrows)) {
        return;
    }
    if let Some(unknown) = rule.conditions.is.unknown() {
        finding.undecided(rule, &rule.conditions.at, unknown);
        return;
    }
    // Open as far as it can be read; what can't be read may narrow it.
    if conditions.iter().any(|c| c.on_every_path(true, &narrows)) {
        for condition in rule.walk() {
            if let Some(unknown) = condition.unread() {
                finding.undecided(rule, &condition.source, unknown);
            }
        }
        return;
    }
    let verdict =
        if rule.closes() || rule.playbooks().next().is_some() { Verdict::Fail } else { Verdict::Review };
    finding.at(verdict, rule, &rule.conditions.at);
}

/// Naming rules narrows; excluding some ("all but these") does not.
fn narrows(condition: &Condition) -> bool {
    condition.compares("IncidentRelatedAnalyticRuleIds")
        && !condition.operator_is(&["NotEquals", "NotContains", "NotStartsWith", "NotEndsWith"])
}
