//! The result of a run as it is kept in the store.

use domain::mail::ladder::Step;
use domain::mail::{EvidenceLine, Match};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptLadder {
    pub mailbox: String,
    /// In the order they ran.
    pub steps: Vec<KeptStep>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptStep {
    /// `T-01`.
    pub id: String,
    pub title: String,
    /// `Old path`, `New path`, `Least privilege`, `Delivered`, `Pasted error`.
    pub stage: String,
    pub verdict: String,
    /// A few words: `535 5.7.139`, `LOGIN XOAUTH2`; empty where there is nothing to show.
    pub observed: String,
    /// What it means, and how to mend it where no cause of the catalogue says so.
    pub reason: String,
    pub took_ms: u64,
    pub evidence: Vec<KeptEvidence>,
    pub cause: Option<KeptCause>,
    /// Set where an earlier step stands in the way.
    pub stopped_because: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptEvidence {
    /// `sent`, `received` or `note`.
    pub direction: String,
    /// Redacted.
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptCause {
    pub id: String,
    pub cause: String,
    pub who_fixes: String,
    /// Empty where the cause is the wanted one, as an out-of-scope mailbox's refusal.
    pub fix: String,
    /// `documented`, `proved`, `reported`, `ambiguous` or `unverified`.
    pub certainty: String,
}

impl KeptLadder {
    pub(super) fn of(mailbox: &str, steps: &[Step]) -> Self {
        Self { mailbox: mailbox.to_owned(), steps: steps.iter().map(step).collect() }
    }
}

fn step(step: &Step) -> KeptStep {
    KeptStep {
        id: step.id().to_owned(),
        title: step.title().to_owned(),
        stage: step.test.group().title().to_owned(),
        verdict: step.verdict.as_str().to_owned(),
        observed: step.observed.clone(),
        reason: reason(step),
        took_ms: step.took_ms,
        evidence: step.evidence.iter().map(evidence).collect(),
        cause: step.cause.as_ref().map(|found| cause(found, &step.fix)),
        stopped_because: step.stopped_because.clone(),
    }
}

fn reason(step: &Step) -> String {
    match (&step.cause, step.fix.as_str()) {
        (None, fix) if !fix.is_empty() => format!("{} {fix}", step.says),
        _ => step.says.clone(),
    }
}

fn evidence(line: &EvidenceLine) -> KeptEvidence {
    KeptEvidence { direction: line.direction.as_str().to_owned(), text: line.text.clone() }
}

/// The step's fix knows more than the catalogue's: whether there is anything to mend at all.
fn cause(found: &Match, fix: &str) -> KeptCause {
    KeptCause {
        id: found.id.to_owned(),
        cause: found.cause.clone(),
        who_fixes: found.who_fixes.as_str().to_owned(),
        fix: fix.to_owned(),
        certainty: found.certainty.as_str().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::mail::ladder::{Judged, Test};

    fn kept(judged: Judged) -> KeptStep {
        step(&Step::new(Test::T01, judged, 7, vec![EvidenceLine::note("tenant contoso.com")]))
    }

    #[test]
    fn a_fix_without_a_cause_stands_in_the_reason() {
        let step = kept(Judged::fail("secret", "The secret is a GUID.").fixed_by("Copy the column Value."));
        assert_eq!(step.reason, "The secret is a GUID. Copy the column Value.");
        assert_eq!((step.id.as_str(), step.stage.as_str(), step.took_ms), ("T-01", "New path", 7));
        assert_eq!(step.evidence[0].direction, "note");
    }

    #[test]
    fn a_cause_carries_the_steps_own_fix() {
        let raop = "403 ErrorAccessDenied Blocked by tenant configured AppOnly AccessPolicy settings.";
        let failed = kept(Judged::fail("403", "Refused.").explained_by(raop));
        let cause = failed.cause.expect("it is in the catalogue");
        assert_eq!((cause.id.as_str(), failed.reason.as_str()), ("graph.denied.raop", "Refused."));
        assert!(cause.fix.contains("scope group"), "{}", cause.fix);
        let wanted = kept(Judged::pass("403", "Kept out.").explained_by(raop).fixed_by(""));
        assert_eq!(wanted.cause.map(|cause| cause.fix), Some(String::new()));
    }
}
