//! What a client needs to know of a session: one JSON line, as `xwalk sandbox` prints it.

use crate::certificate::{Files, Registered};
use crate::entra::person;
use crate::imds;
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
    /// The app's certificate; it signs in as the same app as the secret does.
    pub certificate: Certificate,
    /// People who can sign in, the one without trouble first. The app takes code with PKCE and device code from them.
    pub users: Vec<User>,
    /// Origin of the machine's metadata service, plain http.
    pub imds: String,
    /// The same identity as App Service gives it.
    pub identity: Identity,
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

/// Where the app's certificate lies, with its key, readable by its owner alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Certificate {
    pub pem: String,
    pub pfx: String,
    pub pfx_password: String,
    /// SHA-1 in upper-case hex, as the portal shows it.
    pub thumbprint: String,
}

/// A person; what comes before the `@` decides how the sign-in ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct User {
    pub user: String,
    pub password: String,
}

/// What App Service puts into a program's environment as `IDENTITY_ENDPOINT` and `IDENTITY_HEADER`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Identity {
    pub endpoint: String,
    pub header: String,
    /// The identity's client id.
    pub client_id: String,
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
        certificate: Certificate,
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
            certificate,
            users: users(scope),
            imds: origins.imds.clone(),
            identity: Identity {
                endpoint: format!("{}{}", origins.imds, imds::APP_SERVICE),
                header: imds::header(scope.seed),
                client_id: scope.identity().1,
            },
            truth: format!("{}/truth", origins.truth),
            now: moment::text(moment::of(scope.now)),
        }
    }
}

impl Certificate {
    pub(crate) fn new(registered: &Registered, files: &Files) -> Self {
        Self {
            pem: files.pem.to_string_lossy().into_owned(),
            pfx: files.pfx.to_string_lossy().into_owned(),
            pfx_password: files.pfx_password.clone(),
            thumbprint: registered.thumbprint(),
        }
    }
}

fn users(scope: &Scope) -> Vec<User> {
    let password = person::password(scope);
    person::names(scope).into_iter().map(|user| User { user, password: password.clone() }).collect()
}
