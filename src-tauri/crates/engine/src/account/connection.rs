//! The connection test: walks towards Microsoft, and keeps how far it got.

use cloud::probe::{ProbeOutcome, ProbeStep, probe};
use domain::fault::Fault;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::Scope;
use crate::job::Control;

/// Name of the kept result.
const CONNECTION: &str = "connection";

/// One step on the way, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptProbe {
    /// `proxy`, `dns`, `tcp`, `tls`, `sign_in`, `arm`, `graph`, `logs`.
    pub id: String,
    pub host: String,
    /// `pass`, `fail`, `not_reached` or `review`.
    pub outcome: String,
    pub took_ms: u64,
    pub said: String,
    pub hint: Option<String>,
}

impl Scope {
    /// Walks the way to each API, says where it is, and keeps the result. Where it stops is part of the result.
    ///
    /// # Errors
    /// `Invalid` where only files are open; `Storage` where the result can't be kept.
    pub async fn run_connection_test(&self, control: &Control) -> Result<(), Fault> {
        control.step("Testing the connection");
        let told = control.clone();
        let steps = probe(self.cloud()?, move |step| {
            told.step(format!("{}: {}", step.host, step.said));
            told.advance(1);
        })
        .await;
        self.flush_log().await?;
        let kept: Vec<KeptProbe> = steps.iter().map(KeptProbe::of).collect();
        self.keep_document(CONNECTION, &kept).await
    }

    /// The last test's steps, with its time.
    pub fn connection_test(&self) -> Result<Option<(Vec<KeptProbe>, OffsetDateTime)>, Fault> {
        self.kept_document(CONNECTION)
    }
}

impl KeptProbe {
    fn of(step: &ProbeStep) -> Self {
        let outcome = match step.outcome {
            ProbeOutcome::Pass => "pass",
            ProbeOutcome::Fail => "fail",
            ProbeOutcome::NotReached => "not_reached",
            ProbeOutcome::Review => "review",
        };
        Self {
            id: step.id.to_owned(),
            host: step.host.clone(),
            outcome: outcome.to_owned(),
            took_ms: u64::try_from(step.took.as_millis()).unwrap_or(u64::MAX),
            said: step.said.clone(),
            hint: step.hint.clone(),
        }
    }
}
