//! The comparison that four checks share: every condition on one property, at any depth.

use super::outcome::Finding;
use super::verdict::Verdict;
use crate::automation::{AutomationRule, Condition, Test};

/// Judges each condition of `rule` that compares `property`: `verdict_of` is asked once per value, or once with None
/// when the condition has none, and the gravest answer counts. A property that can't be read leaves the rule
/// undecided; so does a value that can't, when the other values say nothing.
pub(super) fn each_comparison(
    rule: &AutomationRule,
    property: &str,
    finding: &mut Finding,
    verdict_of: impl Fn(&Condition, Option<&str>) -> Option<Verdict>,
) {
    for condition in rule.walk() {
        let Test::Property { property: compared, values, .. } = &condition.test else {
            continue;
        };
        if let Some(unknown) = compared.unknown() {
            finding.undecided(rule, &condition.source, unknown);
        } else if compared.is(property) {
            let known = condition.values().iter().filter_map(|v| v.known());
            let verdict = known
                .map(|v| verdict_of(condition, Some(v)))
                .chain([verdict_of(condition, None)])
                .flatten()
                .min_by_key(|v| *v != Verdict::Fail);
            let unread = values.unknown().or_else(|| condition.values().iter().find_map(|v| v.unknown()));
            match (verdict, unread) {
                (Some(verdict), _) => finding.at(verdict, rule, &condition.source),
                (None, Some(unknown)) => finding.undecided(rule, &condition.source, unknown),
                (None, None) => {}
            }
        }
    }
}
