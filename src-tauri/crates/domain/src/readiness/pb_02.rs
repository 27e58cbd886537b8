//! PB-02: a rule that runs a playbook which starts on something else.
//!
//! Rules on incidents can only run playbooks with the incident trigger, rules on alerts those with the alert trigger.

use super::outcome::{Finding, Outcome};
use super::refer::{Index, Lead};
use super::subject::{Given, Subject};
use crate::automation::AutomationRule;
use crate::playbook::{Playbook, Starts};
use crate::tree::{Field, Source};

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    let (rules, rule_gap) = match parts(&subject.automation_rules) {
        Ok(parts) => parts,
        Err(because) => return Outcome::CouldNotRun(because),
    };
    let (playbooks, playbook_gap) = match parts(&subject.playbooks) {
        Ok(parts) => parts,
        Err(because) => return Outcome::CouldNotRun(because),
    };
    let index = Index::over(playbooks);
    let mut finding = Finding::over("playbook runs of automation rules");
    finding.gap = rule_gap.or(playbook_gap);
    let mut unread = 0;
    for rule in rules.iter().filter(|r| r.counts()) {
        for reference in rule.playbooks() {
            finding.looked_at += 1;
            match index.follow(&reference.is) {
                Some(Lead::To(playbook)) => judge_run(rule, playbook, &mut finding),
                Some(Lead::Unclear(unknown)) => finding.undecided(rule, &reference.at, &unknown),
                Some(Lead::Nowhere) => unread += 1,
                None => {}
            }
        }
    }
    finding.kind_exists = finding.looked_at > 0;
    if unread > 0 {
        let gap = format!("{unread} of the playbooks that rules run are not among those read");
        finding.gap.get_or_insert(gap);
    }
    Outcome::Ran(finding)
}

fn parts<'a, T>(given: &Given<&'a [T]>) -> Result<(&'a [T], Option<String>), String> {
    match given {
        Given::Read(all) => Ok((all, None)),
        Given::Partly(all, because) => Ok((all, Some(because.clone()))),
        Given::Missing(because) => Err(because.clone()),
    }
}

fn judge_run(rule: &AutomationRule, playbook: &Playbook, finding: &mut Finding) {
    let wanted = if rule.triggers_on.is.is("Alerts") {
        Starts::OnAlert
    } else if rule.triggers_on.is.is("Incidents") {
        Starts::OnIncident
    } else {
        if let Some(unknown) = rule.triggers_on.is.unknown() {
            finding.undecided(rule, &rule.triggers_on.at, unknown);
        }
        return;
    };
    if playbook.triggers.iter().any(|t| t.starts() == Some(wanted)) {
        return;
    }
    let unreadable = playbook.triggers.iter().find_map(|t| Some((t.path.is.unknown()?, &t.path.at)));
    match unreadable {
        Some((unknown, at)) => finding.undecided(playbook, at, unknown),
        None => finding.fail(playbook, trigger_source(playbook)),
    }
}

/// The trigger's path, its whole text when it has none, or the definition when there is no trigger.
fn trigger_source(playbook: &Playbook) -> &Source {
    let has_path = |path: &Field<String>| path.at.raw.is_some();
    match playbook.triggers.first() {
        Some(trigger) if has_path(&trigger.path) => &trigger.path.at,
        Some(trigger) => &trigger.source,
        None => &playbook.definition_at,
    }
}
