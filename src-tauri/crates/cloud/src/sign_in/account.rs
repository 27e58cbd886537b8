//! Who signs in, and how that is proved; what a person's sign-in needs from outside.
//!
//! It must never print a secret. Start reading at [`Account`], then [`Way`].

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use domain::secret::Secret;
use time::OffsetDateTime;

/// Who signs in.
#[derive(Clone, Debug)]
pub struct Account {
    /// The tenant's GUID or one of its domain names.
    pub tenant: String,
    /// Application (client) ID; for a managed identity its client ID, empty for the system-assigned one.
    pub client: String,
    pub way: Way,
}

impl Account {
    /// The client secret, where the account signs in with one.
    pub fn secret(&self) -> Option<&Secret> {
        match &self.way {
            Way::Secret(secret) => Some(secret),
            _ => None,
        }
    }
}

/// How an account proves who it is.
#[derive(Clone)]
pub enum Way {
    /// The value of a client secret.
    Secret(Secret),
    /// PEM (certificate and private key) or PFX, and its password.
    Certificate { file: Secret, password: Option<Secret> },
    /// A person, in the system's browser. `scopes`: delegated Graph scopes of the tier, such as
    /// `SecurityIncident.Read.All`.
    Browser { desk: Arc<dyn Desk>, scopes: Vec<String> },
    /// A person, in a browser anywhere, with a code to type.
    DeviceCode { desk: Arc<dyn Desk>, scopes: Vec<String> },
    /// Whoever is signed in to the Azure CLI on this machine.
    AzureCli,
    /// The identity of the Azure machine this runs on.
    ManagedIdentity,
}

impl fmt::Debug for Way {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Secret(_) => out.write_str("Secret(…)"),
            Self::Certificate { password, .. } => {
                let password = if password.is_some() { "with" } else { "without" };
                write!(out, "Certificate({password} a password)")
            }
            Self::Browser { scopes, .. } => write!(out, "Browser({scopes:?})"),
            Self::DeviceCode { scopes, .. } => write!(out, "DeviceCode({scopes:?})"),
            Self::AzureCli => out.write_str("AzureCli"),
            Self::ManagedIdentity => out.write_str("ManagedIdentity"),
        }
    }
}

/// What a person's sign-in needs from outside. Called from async code: no call may block.
#[async_trait]
pub trait Desk: Send + Sync + 'static {
    /// Shows what the person has to do; `None`: it is over. For a browser the implementation also opens `address`.
    fn prompt(&self, prompt: Option<Prompt>);

    /// The refresh token that was kept.
    async fn kept(&self) -> Option<Secret>;

    /// Keeps a new refresh token; `None`: forgets it.
    async fn keep(&self, refresh: Option<Secret>);
}

/// What a person has to do: open `address` and, where there is one, type `code` there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    pub address: String,
    pub code: Option<String>,
    /// When the wait ends.
    pub expires: OffsetDateTime,
}

/// Who is signed in, as the token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The person's user name; none for an app.
    pub user: Option<String>,
    /// The tenant's GUID.
    pub tenant: String,
}
