//! What a client needs to know of a session: one JSON line, as `xwalk sandbox` prints it.

use crate::moment;
use crate::scope::Scope;
use crate::session::Origins;
use serde::Serialize;
use std::path::Path;

/// Addresses and identities of one session. Origins have no path, and the authority no tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Descriptor {
    /// Always true: the line is printed when the doors are open.
    pub ready: bool,
    pub authority: String,
    pub arm: String,
    pub graph: String,
    pub logs: String,
    pub smtp: Smtp,
    /// PEM of the authority that signed the doors' certificates.
    pub ca_cert: String,
    pub tenant_id: String,
    pub client_id: String,
    pub client_secret: String,
    pub subscription_id: String,
    pub resource_group: String,
    pub workspaces: Vec<String>,
    pub mailboxes: Mailboxes,
    /// The whole address of the truth document.
    pub truth: String,
    /// The story's clock: windows and expiries in this session are judged by it.
    pub now: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
}

/// Mailboxes that a mail test begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mailboxes {
    /// The app may send from it.
    pub allowed: String,
    /// The app may not.
    pub denied: String,
    pub password_ok: PasswordMailbox,
}

/// A mailbox whose password still works over SMTP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PasswordMailbox {
    pub user: String,
    pub password: String,
}

impl Descriptor {
    pub(crate) fn new(
        scope: &Scope,
        origins: &Origins,
        smtp_port: u16,
        ca: &Path,
        mailboxes: Mailboxes,
    ) -> Self {
        Self {
            ready: true,
            authority: origins.authority.clone(),
            arm: origins.arm.clone(),
            graph: origins.graph.clone(),
            logs: origins.logs.clone(),
            smtp: Smtp { host: "127.0.0.1".to_owned(), port: smtp_port },
            ca_cert: ca.to_string_lossy().into_owned(),
            tenant_id: scope.tenant_id.clone(),
            client_id: scope.client_id.clone(),
            client_secret: scope.client_secret.clone(),
            subscription_id: scope.subscription_id.clone(),
            resource_group: scope.resource_group.clone(),
            workspaces: scope.workspaces.clone(),
            mailboxes,
            truth: format!("{}/truth", origins.truth),
            now: moment::text(moment::of(scope.now)),
        }
    }
}
