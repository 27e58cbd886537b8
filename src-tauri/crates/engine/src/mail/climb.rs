//! The climb: one test after the other, each asked first whether it makes sense.
//!
//! Start at [`Climb::all`]. The tests themselves lie in `token`, `old_path`, `new_path`, `sent` and `met`.

use std::time::Instant;

use cloud::{Account, Cloud, Token};
use domain::mail::ladder::{HttpAnswer, Ladder, Step, Test};
use domain::readiness::Verdict;

use super::dialogue::Dialogue;
use super::seen::Seen;
use super::{MailRequest, met};
use crate::Scope;
use crate::job::Control;

/// A run in progress, with what later tests need of earlier ones.
pub(super) struct Climb<'a> {
    pub scope: &'a Scope,
    pub cloud: &'a Cloud,
    pub account: &'a Account,
    pub request: &'a MailRequest,
    pub ladder: Ladder,
    /// Letters, digits and `-`: what E-01 looks for.
    pub tag: String,
    /// The session of S-01 to S-07, in which nobody signs in.
    pub dialogue: Option<Dialogue>,
    /// The tenant as its metadata names it.
    pub tenant: Option<String>,
    pub token: Option<Token>,
    /// Graph's answer to G-02, or why there is none.
    pub probe: Option<Result<HttpAnswer, String>>,
    /// Subjects that Graph took, and when it took the last one.
    pub accepted: Vec<String>,
    pub accepted_at: Option<Instant>,
    /// What was said where a test did not pass.
    met: Vec<(Test, String)>,
}

impl<'a> Climb<'a> {
    pub(super) fn new(
        scope: &'a Scope,
        cloud: &'a Cloud,
        account: &'a Account,
        request: &'a MailRequest,
    ) -> Self {
        Self {
            scope,
            cloud,
            account,
            request,
            ladder: Ladder::new(),
            // The instant is enough: the tag is looked for in one mailbox.
            tag: format!("cw-{:x}", scope.wall.now().unix_timestamp_nanos()),
            dialogue: None,
            tenant: None,
            token: None,
            probe: None,
            accepted: Vec::new(),
            accepted_at: None,
            met: Vec::new(),
        }
    }

    /// All tests, in order.
    pub(super) async fn all(&mut self, control: &Control) {
        control.expect(Test::ORDER.len() as u64);
        for test in Test::ORDER {
            control.checkpoint().await;
            control.step(format!("{} {}", test.id(), test.title()));
            self.one(test).await;
            control.advance(1);
        }
    }

    pub(super) fn into_steps(self) -> Vec<Step> {
        self.ladder.into_steps()
    }

    async fn one(&mut self, test: Test) {
        if let Some(because) = self.left_out(test) {
            return self.ladder.leave_out(test, because);
        }
        if let Err(stop) = self.ladder.may_run(test) {
            return self.ladder.stop(test, stop);
        }
        let began = Instant::now();
        let Seen { judged, evidence, text } = self.run(test).await;
        let took_ms = began.elapsed().as_millis() as u64;
        if let (Some(text), false) = (text, judged.verdict == Verdict::Pass) {
            self.met.push((test, text));
        }
        self.ladder.push(Step::new(test, judged, took_ms, evidence));
    }

    /// What the user did not ask for.
    fn left_out(&self, test: Test) -> Option<&'static str> {
        match test {
            Test::S06 if self.request.login.is_none() => {
                Some("No password was given, so none is tried: a refused one counts towards a lock-out.")
            }
            Test::L01 if self.request.outside.is_none() => {
                Some("No mailbox was named that must be out of the app's reach.")
            }
            test if test.sends() && !self.request.send => Some("Sending was not asked for."),
            _ => None,
        }
    }

    async fn run(&mut self, test: Test) -> Seen {
        match test {
            Test::T01 => self.inputs(),
            Test::T02 => self.metadata().await,
            Test::T03 => self.graph_token().await,
            Test::T04 => self.claims(),
            Test::T05 => self.roles(),
            Test::S01 => self.banner().await,
            Test::S02 => self.ehlo_in_clear().await,
            Test::S03 => self.starttls().await,
            Test::S04 => self.mechanisms().await,
            Test::S06 => self.auth_login().await,
            Test::S07 => self.mail_without_auth().await,
            Test::S08 => self.auth_xoauth2().await,
            Test::G01 => self.mailbox(),
            Test::G02 => self.scope_probe().await,
            Test::G03 => self.send_json().await,
            Test::G04 => self.send_mime().await,
            Test::L01 => self.out_of_scope().await,
            Test::E01 => self.sent_item().await,
            Test::C05 => met::explained(&self.met),
        }
    }
}
