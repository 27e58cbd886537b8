//! What the checks look at, and what could not be read of it.

use time::OffsetDateTime;

use super::incident::IncidentLedger;
use super::outcome::{Finding, Outcome};
use crate::analytics_rule::AnalyticsRule;
use crate::automation::AutomationRule;
use crate::playbook::Playbook;

/// One kind of object, read whole, in part, or not at all. The reasons are clauses: "no playbooks in this import".
#[derive(Clone, Debug)]
pub enum Given<T> {
    Read(T),
    /// Some could not be read; a clean result over the rest is then no pass.
    Partly(T, String),
    Missing(String),
}

/// Everything a run looks at.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    pub automation_rules: Given<&'a [AutomationRule]>,
    pub analytics_rules: Given<&'a [AnalyticsRule]>,
    pub playbooks: Given<&'a [Playbook]>,
    pub incidents: Given<&'a IncidentLedger>,
    /// The tenant's default for incident correlation (ON-08). No API tells it; None until the user says.
    pub tenant_correlates: Option<bool>,
    /// Windows and expiries are judged by it.
    pub now: OffsetDateTime,
}

impl<'a> Subject<'a> {
    /// Judges every enabled automation rule.
    pub(super) fn each_automation_rule(&self, judge: impl Fn(&'a AutomationRule, &mut Finding)) -> Outcome {
        each(&self.automation_rules, "automation rules", AutomationRule::counts, judge)
    }

    /// Judges every enabled analytics rule.
    pub(super) fn each_analytics_rule(&self, judge: impl Fn(&'a AnalyticsRule, &mut Finding)) -> Outcome {
        each(&self.analytics_rules, "analytics rules", AnalyticsRule::counts, judge)
    }

    /// Judges every playbook that is not disabled.
    pub(super) fn each_playbook(&self, judge: impl Fn(&'a Playbook, &mut Finding)) -> Outcome {
        each(&self.playbooks, "playbooks", Playbook::counts, judge)
    }
}

fn each<'a, T>(
    given: &Given<&'a [T]>,
    noun: &'static str,
    counts: impl Fn(&T) -> bool,
    judge: impl Fn(&'a T, &mut Finding),
) -> Outcome {
    let (all, gap) = match given {
        Given::Missing(because) => return Outcome::CouldNotRun(because.clone()),
        Given::Read(all) => (*all, None),
        Given::Partly(all, because) => (*all, Some(because.clone())),
    };
    let mut finding = Finding::over(noun);
    finding.gap = gap;
    finding.kind_exists = !all.is_empty();
    for item in all.iter().filter(|i| counts(i)) {
        finding.looked_at += 1;
        judge(item, &mut finding);
    }
    Outcome::Ran(finding)
}
