//! PB-05: playbook actions that do not work in the Defender portal.

use super::outcome::Outcome;
use super::subject::Subject;
use crate::playbook::Step;

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    subject.each_playbook(|playbook, finding| {
        for step in &playbook.steps {
            if is_gone(step) {
                finding.fail(playbook, &step.source);
            } else if let Some(unknown) = step.path.unknown() {
                finding.undecided(playbook, &step.source, unknown);
            }
        }
    })
}

/// Adding or removing alerts, and making incidents by API.
fn is_gone(step: &Step) -> bool {
    calls(step, "post", "/incidents/relation/create")
        || calls(step, "post", "/incidents/relation/delete")
        || creates_incident(step)
}

/// The connector's "create incident"; Defender never shows what it makes.
pub(super) fn creates_incident(step: &Step) -> bool {
    calls(step, "put", "/incidents/subscriptions/")
}

fn calls(step: &Step, method: &str, path: &str) -> bool {
    let starts = |p: &String| p.to_ascii_lowercase().starts_with(path);
    step.method.is(method) && step.path.known().is_some_and(starts)
}
