//! AR-02: Microsoft incident-creation rules, which onboarding switches off.
//!
//! Whose alerts Defender has anyway, the rule is only noted; a filter is lost, and a product that Defender does not
//! know stops making incidents.

use super::outcome::{Finding, Outcome};
use super::subject::Subject;
use crate::analytics_rule::AnalyticsRule;
use crate::tree::Setting;

/// `productFilter` words of the products whose alerts Defender holds itself, as the schema spells them.
const IN_XDR: [&str; 6] = [
    "Microsoft Cloud App Security",
    "Azure Security Center",
    "Azure Advanced Threat Protection",
    "Azure Active Directory Identity Protection",
    "Office 365 Advanced Threat Protection",
    "Microsoft Defender Advanced Threat Protection",
];

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    let outcome = subject.each_analytics_rule(|rule, finding| {
        if rule.is_kind("MicrosoftSecurityIncidentCreation") {
            judge_rule(rule, finding);
        }
    });
    let Outcome::Ran(mut finding) = outcome else {
        return outcome;
    };
    if finding.noted > 0 {
        finding.notes.push(format!(
            "{} plain incident-creation {} for products that Defender covers; onboarding switches such rules off and \
             Defender makes these incidents itself.",
            finding.noted,
            if finding.noted == 1 { "rule is" } else { "rules are" },
        ));
    }
    Outcome::Ran(finding)
}

fn judge_rule(rule: &AnalyticsRule, finding: &mut Finding) {
    match &rule.product_filter.is {
        Setting::Known(product) if is_in_xdr(product) => {
            for filter in &rule.filters {
                finding.review(rule, &filter.at);
            }
            finding.noted += usize::from(rule.filters.is_empty());
        }
        Setting::Unknown(unknown) => finding.undecided(rule, &rule.product_filter.at, unknown),
        _ => finding.fail(rule, &rule.product_filter.at),
    }
}

fn is_in_xdr(product: &str) -> bool {
    IN_XDR.iter().any(|known| known.eq_ignore_ascii_case(product))
}
