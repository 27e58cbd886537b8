//! The sandbox that this program runs itself: the demo tenant, and whoever connects to the demo cloud.
//!
//! It starts when it is first needed and ends with the program. Never here: a way past the endpoints; what connects
//! to the demo cloud signs in as anywhere else.

use std::sync::Arc;

use contract::mail::MailSuggestion;
use domain::fault::{Code, Fault};

use crate::Host;
use crate::connection::Connection;
use crate::descriptor::{Descriptor, Mailboxes};
use crate::open::Open;

/// The demo tenant's name among the accounts; no stored connection can have it.
#[cfg(feature = "demo")]
const DEMO: &str = "demo tenant";

#[cfg(feature = "demo")]
impl Host {
    /// Opens the demo tenant; goes on with it where it was opened before and not closed.
    pub(crate) async fn open_demo(&self) -> Result<Arc<Open>, Fault> {
        use contract::account::CloudName;

        use crate::account::way::Proof;

        if let Some(open) = self.in_memory(DEMO) {
            self.replace_session(Some(open.clone()));
            return Ok(open);
        }
        let descriptor = self.demo_cloud().await?;
        let proof = Proof::secret(descriptor.secret()?);
        let title = "Demo tenant".to_owned();
        let connection =
            Connection { title, cloud: CloudName::Demo, ..Connection::of_sandbox(DEMO, descriptor) };
        self.open_in_memory(connection, proof).await
    }

    /// Where the sandbox's doors are; started where none runs.
    pub(crate) async fn demo_cloud(&self) -> Result<Descriptor, Fault> {
        let defaults = sandbox::Options::default();
        let incidents = self.0.options.demo_incidents.unwrap_or(defaults.incidents);
        let running = self.run_demo(sandbox::Options { incidents, ..defaults }).await?;
        let line = serde_json::to_string(running.descriptor()).map_err(|error| {
            Fault::new(Code::Internal, format!("The demo tenant can't be read: {error}."))
        })?;
        Descriptor::parse(&line)
    }

    pub(crate) async fn run_demo(&self, options: sandbox::Options) -> Result<&sandbox::Sandbox, Fault> {
        let running = self.0.demo.get_or_try_init(|| sandbox::Sandbox::start(options)).await;
        running
            .map_err(|error| Fault::new(Code::Internal, format!("The demo tenant did not start: {error}.")))
    }

    /// The mailboxes that the demo tenant's mail tests know.
    fn demo_mailboxes(&self) -> Option<Vec<String>> {
        self.0.demo.get().map(sandbox::Sandbox::mailboxes)
    }
}

#[cfg(not(feature = "demo"))]
impl Host {
    pub(crate) async fn open_demo(&self) -> Result<Arc<Open>, Fault> {
        Err(no_demo())
    }

    pub(crate) async fn demo_cloud(&self) -> Result<Descriptor, Fault> {
        Err(no_demo())
    }

    fn demo_mailboxes(&self) -> Option<Vec<String>> {
        None
    }
}

#[cfg(not(feature = "demo"))]
fn no_demo() -> Fault {
    Fault::new(Code::NotFound, "This build has no demo tenant on board.")
}

impl Host {
    /// Mailboxes to begin a mail test with.
    pub(crate) fn suggested(&self, connection: &Connection) -> MailSuggestion {
        let Some(sandbox) = &connection.sandbox else { return MailSuggestion::default() };
        let Some(Mailboxes { allowed, denied }) = sandbox.mailboxes.clone() else {
            return MailSuggestion::default();
        };
        let two = || vec![allowed.clone(), denied.clone()];
        let all = if connection.runs_here() { self.demo_mailboxes() } else { None };
        MailSuggestion {
            mailboxes: all.unwrap_or_else(two),
            mailbox: Some(allowed.clone()),
            outside: Some(denied.clone()),
        }
    }
}
