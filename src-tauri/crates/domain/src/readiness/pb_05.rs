//! PB-05: playbook actions that do not work in the Defender portal.

use super::outcome::Outcome;
use super::subject::Subject;
use crate::playbook::Step;
use crate::tree::{HOLE, Setting, Unknown};

pub(super) fn judge(subject: &Subject<'_>) -> Outcome {
    subject.each_playbook(|playbook, finding| {
        for step in &playbook.steps {
            if GONE.iter().any(|call| makes(step, *call)) {
                finding.fail(playbook, &step.source);
            } else if let Some(unknown) = step.path.unknown().filter(|u| may_be_gone(u)) {
                finding.undecided(playbook, &step.source, unknown);
            }
        }
    })
}

/// Method and start of the path, in lower case.
type Call = (&'static str, &'static str);

/// The connector's "create incident"; Defender never shows what it makes.
const CREATE_INCIDENT: Call = ("put", "/incidents/subscriptions/");

/// Adding or removing alerts, and making incidents by API.
const GONE: [Call; 3] =
    [("post", "/incidents/relation/create"), ("post", "/incidents/relation/delete"), CREATE_INCIDENT];

/// Whether the step makes an incident.
pub(super) fn creates_incident(step: &Step) -> bool {
    makes(step, CREATE_INCIDENT)
}

fn makes(step: &Step, (method, path): Call) -> bool {
    let start = match &step.path {
        Setting::Known(own) => own.to_ascii_lowercase(),
        Setting::Unknown(unknown) => known_start(unknown),
        Setting::Absent => return false,
    };
    step.method.is(method) && start.starts_with(path)
}

/// Whether what is known of a path leaves the calls above possible.
fn may_be_gone(unknown: &Unknown) -> bool {
    let start = known_start(unknown);
    GONE.iter().any(|(_, path)| path.starts_with(&start))
}

/// The text up to the first part that is not known.
fn known_start(unknown: &Unknown) -> String {
    let shape = unknown.shape.as_deref().unwrap_or_default();
    shape.split(HOLE).next().unwrap_or_default().to_ascii_lowercase()
}
