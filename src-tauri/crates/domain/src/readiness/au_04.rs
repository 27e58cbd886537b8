//! AU-04: "updated by" compared with a value that Defender renames.

use super::outcome::Outcome;
use super::subject::Subject;
use super::verdict::Verdict;
use super::walk::each_comparison;

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    subject.each_automation_rule(|rule, finding| {
        each_comparison(rule, "IncidentUpdatedBySource", finding, |_, value| {
            is_old_word(value?).then_some(Verdict::Review)
        });
    })
}

/// The schema does not list the words; both `Microsoft 365 Defender` and `Microsoft Defender XDR` are documented.
fn is_old_word(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    value.contains("365") || value.contains("defender")
}
