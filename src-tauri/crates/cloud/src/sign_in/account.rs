//! Who signs in, and how that is proved; what a person's sign-in needs from outside.
//!
//! It must never print a secret. Start reading at [`Account`], then [`Way`].

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use domain::account::Way as Kind;
use domain::secret::Secret;
use time::OffsetDateTime;

use super::SignInFault;
use super::certificate::Certified;

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

    /// Looks at what was typed; sends nothing.
    ///
    /// # Errors
    /// A secret's ID in place of its value, a tenant or client that is no name, and whatever is wrong with a
    /// certificate: no key, a wrong password, a kind of key or file that can't be used, out of its dates.
    pub fn check(&self) -> Result<(), SignInFault> {
        let needs_client = !matches!(self.way, Way::AzureCli | Way::ManagedIdentity);
        if (needs_client && self.client.is_empty()) || !is_name(&self.tenant) {
            return Err(SignInFault::malformed(self));
        }
        match &self.way {
            Way::Secret(secret) => match secret.expose_text() {
                Some(text) if is_guid(text) => Err(SignInFault::secret_id(self)),
                Some(text) if !text.is_empty() => Ok(()),
                _ => Err(SignInFault::no_secret()),
            },
            Way::Certificate { file, password } => {
                Certified::read(file, password.as_ref())?.usable(OffsetDateTime::now_utc())
            }
            _ => Ok(()),
        }
    }
}

/// What `azure_identity` takes for a tenant: a GUID or a domain name.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-')
}

/// `8-4-4-4-12` hexadecimal digits: the secret's ID in the portal, never its value.
pub(crate) fn is_guid(text: &str) -> bool {
    let groups: Vec<&str> = text.trim().split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
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

impl Way {
    /// The same without what it needs.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Secret(_) => Kind::ClientSecret,
            Self::Certificate { .. } => Kind::Certificate,
            Self::Browser { .. } => Kind::Browser,
            Self::DeviceCode { .. } => Kind::DeviceCode,
            Self::AzureCli => Kind::AzureCli,
            Self::ManagedIdentity => Kind::ManagedIdentity,
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secrets_id_is_known_by_its_form() {
        assert!(is_guid("5b1d0c3e-7f0a-4d52-9a0b-0123456789ab"));
        assert!(is_guid(" 5B1D0C3E-7F0A-4D52-9A0B-0123456789AB\n"));
        assert!(!is_guid("abc8Q~0123456789012345678901234567890123"));
        assert!(!is_guid("5b1d0c3e-7f0a-4d52-9a0b-0123456789ag"));
        assert!(!is_guid(""));
    }

    #[test]
    fn debug_of_any_way_shows_no_secret() {
        let certificate = Way::Certificate { file: "hunter2".into(), password: Some("hunter2".into()) };
        for way in [Way::Secret("hunter2".into()), certificate, Way::AzureCli, Way::ManagedIdentity] {
            let printed = format!("{:?}", Account { tenant: "t".into(), client: "c".into(), way });
            assert!(!printed.contains("hunter2"), "{printed}");
        }
    }

    #[test]
    fn what_was_typed_is_looked_at_before_anything_is_sent() {
        let check = |tenant: &str, client: &str, way: Way| {
            Account { tenant: tenant.into(), client: client.into(), way }
                .check()
                .err()
                .map(|fault| fault.sentence)
        };
        let secret = || Way::Secret("abc8Q~value".into());
        assert_eq!(check("contoso.example", "app", secret()), None);
        assert_eq!(check("contoso.example", "", Way::ManagedIdentity), None, "system-assigned");
        assert!(check("contoso.example", "", secret()).unwrap().contains("client ID is empty"));
        assert!(check("contoso/../x", "app", secret()).unwrap().contains("neither a tenant ID"));
        assert!(check("contoso", "app", Way::Secret("".into())).unwrap().contains("empty"));
        let id = Way::Secret("5b1d0c3e-7f0a-4d52-9a0b-0123456789ab".into());
        assert!(check("contoso", "app", id).unwrap().contains("is a GUID"));
    }
}
