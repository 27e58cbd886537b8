//! The sandbox on board, for a terminal that serves it.

use domain::fault::{Code, Fault};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// How `xwalk sandbox` was asked to start.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub seed: u64,
    pub incidents: u32,
    pub story: Option<String>,
    pub latency_ms: u64,
    /// RFC 3339.
    pub now: Option<String>,
    /// Milliseconds before SMTP refuses a sign-in; the story's own pause where none is given.
    pub smtp_pause_ms: Option<u64>,
}

/// A sandbox that serves until it is dropped.
pub struct Serving {
    sandbox: sandbox::Sandbox,
}

impl Serving {
    /// # Errors
    /// An unknown story, too many incidents, a time that can't be read.
    pub async fn start(wanted: Wanted) -> Result<Self, Fault> {
        let defaults = sandbox::Options::default();
        let options = sandbox::Options {
            seed: wanted.seed,
            incidents: wanted.incidents,
            story: wanted.story.unwrap_or(defaults.story.clone()),
            latency: std::time::Duration::from_millis(wanted.latency_ms),
            now: wanted.now.as_deref().map(parse).transpose()?,
            smtp_pause: wanted.smtp_pause_ms.map_or(defaults.smtp_pause, std::time::Duration::from_millis),
            ..defaults
        };
        let sandbox = sandbox::Sandbox::start(options)
            .await
            .map_err(|error| Fault::new(Code::Invalid, format!("The sandbox did not start: {error}.")))?;
        Ok(Self { sandbox })
    }

    /// The one line that tells clients where the doors are.
    pub fn line(&self) -> String {
        serde_json::to_string(self.sandbox.descriptor()).unwrap_or_default()
    }

    pub async fn stop(self) {
        self.sandbox.stop().await;
    }
}

fn parse(now: &str) -> Result<OffsetDateTime, Fault> {
    OffsetDateTime::parse(now, &Rfc3339).map_err(|_| {
        Fault::new(Code::Invalid, format!("`{now}` is no time.")).hint("Write it like 2026-11-24T00:00:00Z.")
    })
}
