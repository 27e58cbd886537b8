//! A judged test: the verdict, what was seen, what it means, who mends it; and the step that a screen shows.

use super::test::Test;
use crate::mail::{EvidenceLine, Match, found};
use crate::readiness::Verdict;

/// What judging a test gives, before time and evidence are put to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub verdict: Verdict,
    /// A few words for the ladder's middle column: `535 5.7.139`, `LOGIN XOAUTH2`.
    pub observed: String,
    /// What it means, in a sentence.
    pub says: String,
    pub cause: Option<Match>,
    pub fix: String,
    /// Does it make what needs this test senseless?
    pub stops: bool,
}

impl Judged {
    fn new(verdict: Verdict, observed: &str, says: &str) -> Self {
        let stops = matches!(verdict, Verdict::Fail | Verdict::CouldNotRun);
        let (observed, says) = (observed.to_owned(), says.to_owned());
        Self { verdict, observed, says, cause: None, fix: String::new(), stops }
    }

    pub fn pass(observed: &str, says: &str) -> Self {
        Self::new(Verdict::Pass, observed, says)
    }

    pub fn fail(observed: &str, says: &str) -> Self {
        Self::new(Verdict::Fail, observed, says)
    }

    pub fn review(observed: &str, says: &str) -> Self {
        Self::new(Verdict::Review, observed, says)
    }

    pub fn could_not_run(observed: &str, says: &str) -> Self {
        Self::new(Verdict::CouldNotRun, observed, says)
    }

    pub fn not_applicable(says: &str) -> Self {
        Self::new(Verdict::NotApplicable, "", says)
    }

    /// What comes after still makes sense.
    pub fn and_go_on(mut self) -> Self {
        self.stops = false;
        self
    }

    pub fn fixed_by(mut self, fix: &str) -> Self {
        self.fix = fix.to_owned();
        self
    }

    /// Names the cause that a server's text shows; its fix becomes the step's unless there is one already.
    pub fn explained_by(mut self, text: &str) -> Self {
        self.cause = found(text);
        if let (Some(cause), true) = (&self.cause, self.fix.is_empty()) {
            self.fix.clone_from(&cause.fix);
        }
        self
    }

    /// As [`Self::explained_by`], and the cause's headline becomes the sentence.
    pub fn said_by(mut self, text: &str) -> Self {
        self = self.explained_by(text);
        if let Some(cause) = &self.cause {
            self.says.clone_from(&cause.cause);
        }
        self
    }
}

/// One rung, as a screen or a report shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub test: Test,
    pub verdict: Verdict,
    pub took_ms: u64,
    pub observed: String,
    pub says: String,
    /// The dialogue or HTTP exchange, redacted.
    pub evidence: Vec<EvidenceLine>,
    pub cause: Option<Match>,
    pub fix: String,
    /// Set when the test wasn't run because of an earlier one.
    pub stopped_because: Option<String>,
    pub(super) stops: bool,
}

impl Step {
    pub fn new(test: Test, judged: Judged, took_ms: u64, evidence: Vec<EvidenceLine>) -> Self {
        Self {
            test,
            verdict: judged.verdict,
            took_ms,
            observed: judged.observed,
            says: judged.says,
            evidence,
            cause: judged.cause,
            fix: judged.fix,
            stopped_because: None,
            stops: judged.stops,
        }
    }

    pub fn id(&self) -> &'static str {
        self.test.id()
    }

    pub fn title(&self) -> &'static str {
        self.test.title()
    }
}
