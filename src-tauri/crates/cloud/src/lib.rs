//! What leaves the machine for Microsoft's HTTP APIs.
//!
//! Every request goes through one pipeline: may this host be asked → token → budget → send → retry → trace.
//! It must never follow a redirect, ask a host outside the table in [`endpoints`], print a secret or a token, or
//! interpret what an answer means: that is translate's and the engine's work. Dropping a future cancels it.
//!
//! Start reading at [`Cloud`], then [`endpoints`] (who may be asked), `pipeline` (how), [`arm`], [`graph`] and
//! [`loganalytics`] (what), [`sign_in`]; [`proxy`] and [`trust`] are the way out, [`probe`] tests it.

pub mod arm;
pub mod endpoints;
pub mod error;
pub mod graph;
mod ledger;
mod list;
pub mod loganalytics;
pub mod pace;
pub mod page;
mod pipeline;
pub mod probe;
pub mod proxy;
pub mod sign_in;
pub mod trace;
pub mod trust;

use std::collections::HashMap;
use std::sync::Arc;

use domain::incident::Api;

pub use endpoints::{Audience, Endpoints};
pub use error::CloudError;
pub use page::{Item, Page, Trail};
pub use pipeline::{Found, Outcome};
pub use sign_in::{
    Account, CertificateFacts, Desk, Prompt, SignInFault, SignedIn, Token, Way, certificate_facts,
};
pub use trace::{Apart, Counters, Request, Sink, Waits};

use arm::Arm;
use graph::Graph;
use loganalytics::Logs;
use pace::Pace;
use pipeline::Pipeline;

/// One tenant's way to Microsoft. Cheap to clone; clones share tokens, budgets and counters.
#[derive(Clone)]
pub struct Cloud(Arc<Pipeline>);

impl Cloud {
    /// Prepares a client; nothing is sent yet.
    ///
    /// `sink` is told of each request that leaves (or was kept from leaving), `waits` of each pause that the other
    /// side asked for: `Some(how long)` when it begins, `None` when it ends.
    ///
    /// # Errors
    /// [`CloudError::SignIn`] where the secret is a GUID, that is the secret's id, or the tenant is no name;
    /// [`CloudError::BadAnswer`] where the sandbox's certificate can't be read.
    pub fn new(endpoints: Endpoints, account: Account, sink: Sink, waits: Waits) -> Result<Self, CloudError> {
        Self::paced(endpoints, account, sink, waits, pace::real())
    }

    /// As [`Cloud::new`], with budgets and pauses that go by a clock of the caller's.
    ///
    /// # Errors
    /// As [`Cloud::new`].
    pub fn paced(
        endpoints: Endpoints,
        account: Account,
        sink: Sink,
        waits: Waits,
        pace: Arc<dyn Pace>,
    ) -> Result<Self, CloudError> {
        Pipeline::new(endpoints, account, sink, waits, pace).map(|pipeline| Self(Arc::new(pipeline)))
    }

    /// How long `requests` more to an API take by its budget alone, from now on.
    pub fn takes(&self, api: Api, requests: u64) -> std::time::Duration {
        let purpose = match api {
            Api::Sentinel => endpoints::Purpose::Arm,
            Api::Graph => endpoints::Purpose::Incidents,
            Api::Logs => endpoints::Purpose::Logs,
        };
        self.0.takes(purpose, requests)
    }

    /// Sentinel, workspaces, playbooks.
    pub fn arm(&self) -> Arm<'_> {
        Arm(&self.0)
    }

    /// Defender's incidents, mail.
    pub fn graph(&self) -> Graph<'_> {
        Graph(&self.0)
    }

    /// The query API.
    pub fn logs(&self) -> Logs<'_> {
        Logs(&self.0)
    }

    /// A token for one audience, from the cache where it is still good, with its claims decoded and **not** verified:
    /// they show what the token grants and are never trusted.
    ///
    /// # Errors
    /// [`CloudError::SignIn`], [`CloudError::Offline`], or [`CloudError::BadAnswer`] where the token is no JWT.
    pub async fn access_token(&self, audience: Audience) -> Result<Token, CloudError> {
        let bearer = self.0.bearer(audience).await?;
        sign_in::token(&bearer)
    }

    /// Lets a person sign in (browser, device code); for every other way: asks for a token anew. The only call that
    /// prompts: any other signs in silently, or fails with a [`SignInFault`] that says `needs_person`.
    ///
    /// # Errors
    /// As [`Cloud::access_token`].
    pub async fn sign_in(&self) -> Result<SignedIn, CloudError> {
        self.0.sign_in().await
    }

    /// Why the last token that was asked for was refused; `None` after one that was given.
    pub fn sign_in_trouble(&self) -> Option<SignInFault> {
        self.0.sign_in_trouble()
    }

    /// Who is asked, and for whom.
    pub fn endpoints(&self) -> &Endpoints {
        self.0.endpoints()
    }

    /// What was read from each API since the start or the last [`Cloud::reset_counters`]. Tokens and discovery
    /// are apart: [`Cloud::apart`].
    pub fn counters(&self) -> HashMap<Api, Counters> {
        self.0.ledger().counters()
    }

    /// Requests for tokens and for what exists at all: subscriptions, workspaces, whether Sentinel is on.
    pub fn apart(&self) -> Apart {
        self.0.ledger().apart()
    }

    /// Sets all counters to zero.
    pub fn reset_counters(&self) {
        self.0.ledger().reset();
    }
}
