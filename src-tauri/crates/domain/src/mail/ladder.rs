//! The ladder: the tests of one mailer in order, each judged from what was observed, stopping where going on makes no
//! sense and saying so.
//!
//! Whoever runs it asks [`Ladder::may_run`] before each of [`Test::ORDER`], does the work elsewhere, hands what it saw
//! to the judging function of the test, and pushes the [`Step`]. The judging is pure: tokens arrive as decoded claims,
//! replies as text, times as numbers.
//!
//! Never here: a pass from "got a token" (consent shows only at the mailbox), or a fail from an empty `roles` claim
//! (RBAC for Applications leaves it empty on purpose).

mod delivery;
mod graph;
mod lint;
mod pasted;
mod step;
mod submission;
mod test;
mod token;

pub use delivery::{SentSearch, sent_item};
pub use graph::{HttpAnswer, Unanswered, mailbox, out_of_scope, scope_probe, send_json, send_mime};
pub use lint::{Inputs, lint};
pub use pasted::pasted;
pub use step::{Judged, Step};
pub use submission::{
    Capabilities, Certificate, auth_login, auth_xoauth2, banner, ehlo_in_clear, mail_without_auth,
    mechanisms, starttls,
};
pub use test::{Group, Test};
pub use token::{Api, Claims, Expected, Metadata, TokenAnswer, claims, metadata, roles, token};

use crate::readiness::Verdict;

/// The steps so far.
#[derive(Clone, Debug, Default)]
pub struct Ladder {
    steps: Vec<Step>,
}

/// Why a test isn't run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    pub because: String,
    /// The user left out what this test needs, so there is nothing of the kind.
    by_choice: bool,
}

impl Ladder {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    pub fn into_steps(self) -> Vec<Step> {
        self.steps
    }

    pub fn verdict(&self, test: Test) -> Option<Verdict> {
        self.step(test).map(|step| step.verdict)
    }

    /// Does running this test make sense after the steps so far?
    ///
    /// # Errors
    /// What stands in the way, in a sentence for the step's `stopped_because`.
    pub fn may_run(&self, test: Test) -> Result<(), Stop> {
        match test.needs().iter().filter_map(|need| self.step(*need)).find(|step| step.stops) {
            Some(step) => Err(Stop { because: stopped_by(step), by_choice: false }),
            None => self.sent_before(test),
        }
    }

    /// Records a judged step.
    pub fn push(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// Records that a test wasn't run because an earlier one stands in its way.
    pub fn stop(&mut self, test: Test, stop: Stop) {
        let judged = match stop.by_choice {
            true => Judged::not_applicable(&stop.because),
            false => Judged::could_not_run("", &stop.because),
        };
        let step = Step::new(test, judged, 0, Vec::new());
        self.steps.push(Step { stopped_because: Some(stop.because), ..step });
    }

    /// Records that the user left a test out.
    pub fn leave_out(&mut self, test: Test, because: &str) {
        self.steps.push(Step::new(test, Judged::not_applicable(because), 0, Vec::new()));
    }

    fn step(&self, test: Test) -> Option<&Step> {
        self.steps.iter().find(|step| step.test == test)
    }

    /// E-01 looks for what G-03 or G-04 sent.
    fn sent_before(&self, test: Test) -> Result<(), Stop> {
        let sends = [Test::G03, Test::G04].map(|send| self.verdict(send));
        if test != Test::E01 || sends.contains(&Some(Verdict::Pass)) {
            return Ok(());
        }
        let by_choice = sends.iter().all(|send| matches!(send, None | Some(Verdict::NotApplicable)));
        Err(Stop {
            because: "Neither G-03 nor G-04 sent a message, so there is none to find.".to_owned(),
            by_choice,
        })
    }
}

fn stopped_by(step: &Step) -> String {
    let id = step.test.id();
    match step.verdict {
        Verdict::Fail => format!("Stopped at {id}: {}", step.says),
        _ => match &step.stopped_because {
            Some(because) => because.clone(),
            None => format!("{id} could not run: {}", step.says),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(test: Test, judged: Judged) -> Step {
        Step::new(test, judged, 3, Vec::new())
    }

    #[test]
    fn a_failed_token_stops_all_that_needs_one_and_nothing_else() {
        let mut ladder = Ladder::new();
        ladder.push(step(Test::T03, Judged::fail("401", "AADSTS7000222")));
        for test in [Test::T04, Test::T05, Test::S08, Test::G02, Test::G01, Test::G03, Test::L01] {
            let stop = ladder.may_run(test).expect_err("needs a token");
            assert!(stop.because.starts_with("Stopped at T-03"), "{}", stop.because);
        }
        for test in [Test::S01, Test::S06, Test::S07, Test::C05] {
            assert_eq!(ladder.may_run(test), Ok(()), "{} needs no token", test.id());
        }
    }

    #[test]
    fn the_first_reason_is_carried_down_the_ladder() {
        let mut ladder = Ladder::new();
        ladder.push(step(Test::S01, Judged::could_not_run("", "no connection")));
        for test in [Test::S02, Test::S03, Test::S04] {
            let stop = ladder.may_run(test).expect_err("no banner");
            ladder.stop(test, stop);
        }
        let last = ladder.steps().last().expect("three steps");
        assert_eq!(last.verdict, Verdict::CouldNotRun);
        assert_eq!(last.stopped_because.as_deref(), Some("S-01 could not run: no connection"));
    }

    #[test]
    fn nothing_sent_means_nothing_to_find() {
        let mut ladder = Ladder::new();
        ladder.leave_out(Test::G03, "no recipient named");
        let stop = ladder.may_run(Test::E01).expect_err("nothing was sent");
        ladder.stop(Test::E01, stop);
        assert_eq!(ladder.verdict(Test::E01), Some(Verdict::NotApplicable), "by the user's choice");
        ladder.push(step(Test::G04, Judged::pass("202", "accepted")));
        assert_eq!(ladder.may_run(Test::E01), Ok(()));
    }

    #[test]
    fn a_failure_that_leaves_the_rest_meaningful_doesnt_stop_it() {
        let mut ladder = Ladder::new();
        ladder.push(step(Test::S02, Judged::fail("AUTH", "AUTH in clear").and_go_on()));
        assert_eq!(ladder.may_run(Test::S03), Ok(()));
    }
}
