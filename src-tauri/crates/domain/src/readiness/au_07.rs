//! AU-07: conditions that name an analytics rule which is gone, switched off, or Fusion.

use super::outcome::{Finding, Outcome};
use super::refer::{Index, Lead};
use super::subject::{Given, Subject};
use crate::analytics_rule::AnalyticsRule;
use crate::automation::{AutomationRule, Condition};
use crate::tree::{Setting, Source};

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    let (rules, gap) = match &subject.analytics_rules {
        Given::Missing(because) => return Outcome::CouldNotRun(because.clone()),
        Given::Read(rules) => (*rules, None),
        Given::Partly(rules, because) => (*rules, Some(because)),
    };
    let index = Index::over(rules);
    let outcome = subject.each_automation_rule(|rule, finding| {
        for condition in rule.walk() {
            judge_condition(rule, condition, &index, gap.is_none(), finding);
        }
    });
    match (outcome, gap) {
        (Outcome::Ran(mut finding), Some(because)) => {
            finding.gap.get_or_insert_with(|| because.clone());
            Outcome::Ran(finding)
        }
        (outcome, _) => outcome,
    }
}

fn judge_condition(
    rule: &AutomationRule,
    condition: &Condition,
    index: &Index<'_, AnalyticsRule>,
    complete: bool,
    finding: &mut Finding,
) {
    let names_rules =
        condition.compares("IncidentRelatedAnalyticRuleIds") || condition.compares("AlertAnalyticRuleIds");
    if !names_rules {
        return;
    }
    for (at, value) in condition.values().iter().enumerate() {
        let source = value_source(&condition.source, at, value);
        match index.follow(value) {
            _ if is_fusion(value) => finding.fail(rule, &source),
            Some(Lead::To(target)) if !target.counts() => finding.fail(rule, &source),
            // Among the rules that could not be read it may well be.
            Some(Lead::Nowhere) if complete => finding.fail(rule, &source),
            Some(Lead::Unclear(unknown)) => finding.undecided(rule, &source, &unknown),
            _ => {}
        }
    }
}

/// Fusion's rule is named `BuiltInFusion` in every workspace, and onboarding switches it off.
fn is_fusion(value: &Setting<String>) -> bool {
    let name = match value {
        Setting::Known(id) => id.rsplit('/').next(),
        Setting::Unknown(unknown) => unknown.last_segment(),
        Setting::Absent => None,
    };
    name.is_some_and(|n| n.to_ascii_lowercase().ends_with("builtinfusion"))
}

fn value_source(condition: &Source, index: usize, value: &Setting<String>) -> Source {
    Source {
        file: condition.file.clone(),
        path: format!("{}.propertyValues[{index}]", condition.path),
        raw: match value {
            Setting::Known(text) => Some(text.clone()),
            Setting::Unknown(unknown) => Some(unknown.raw.clone()),
            Setting::Absent => None,
        },
    }
}
