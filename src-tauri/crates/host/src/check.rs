//! The whole main job on the demo tenant, without a window, as one table.

use crate::Host;
use crate::view::overview::tally;
use contract::mail::MailTestRequest;
use contract::readiness::Verdict;
use domain::fault::Fault;
use engine::sync::Apis;

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRow {
    pub what: &'static str,
    pub found: String,
}

impl Host {
    /// Opens the demo tenant and does everything once.
    ///
    /// # Errors
    /// The first part that did not run.
    pub async fn check_demo(&self) -> Result<Vec<CheckRow>, Fault> {
        let options = sandbox::Options { smtp_pause: std::time::Duration::ZERO, ..Default::default() };
        self.run_demo(options).await?;
        let open = self.open_demo().await?;
        let cloud = open.scope.cloud.clone();
        let sync = self.sync(Apis::ALL).await?;
        let again = self.sync(Apis::ALL).await?;
        let standing = open.scope.standing()?;
        let readiness = self.readiness().await?;
        let mail = self
            .mail_test(MailTestRequest { mailbox: String::new(), outside: None, login: None, send: true })
            .await?;
        let row = |what, found: String| CheckRow { what, found };
        let api = |part: Option<contract::terminal::SyncApi>| part.map_or(0, |part| part.incidents);
        let requests = |sync: &contract::terminal::Sync| {
            [sync.sentinel, sync.graph, sync.logs]
                .into_iter()
                .flatten()
                .map(|part| part.requests)
                .sum::<u64>()
        };
        Ok(vec![
            row("token", format!("{} signed in", cloud.map_or(0, |cloud| cloud.apart().tokens))),
            row("workspaces", open.scope.workspace_names()?.join(", ")),
            row("sentinel incidents", api(sync.sentinel).to_string()),
            row("graph incidents", api(sync.graph).to_string()),
            row("twins", standing.tally.twins.to_string()),
            row("redirects resolved", standing.resolved.to_string()),
            row("redirects unresolved", (standing.redirected - standing.resolved).to_string()),
            row("first sync", format!("{} ms, {} requests", sync.elapsed_ms, requests(&sync))),
            row("second sync", format!("{} ms, {} requests", again.elapsed_ms, requests(&again))),
            row("checks", verdicts(readiness.checks.iter().map(|check| check.verdict))),
            row("mail tests", verdicts(mail.steps.iter().map(|step| step.verdict))),
        ])
    }
}

fn verdicts(all: impl Iterator<Item = Verdict>) -> String {
    let words: Vec<String> =
        tally(all).into_iter().map(|(verdict, n)| format!("{n} {}", word(verdict))).collect();
    words.join(", ")
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Review => "review",
        Verdict::CouldNotRun => "could not run",
        Verdict::NotApplicable => "not applicable",
        Verdict::Waived => "waived",
    }
}
