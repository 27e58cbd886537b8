//! What an account may do in a tenant: the tiers, the rights each of them needs, how to ask for them, and what the
//! doctor found.
//!
//! Never here: asking Microsoft anything, a secret, or a GUID that Microsoft's own pages do not give. A right that
//! could not be read is unknown, never granted.
//! Start at [`need`], then [`doctor`]; [`ask`] words what an administrator has to do, [`expiry`] judges end dates.

pub mod ask;
mod az;
pub mod check;
pub mod doctor;
pub mod expiry;
pub mod need;
mod permission;
mod powershell;
mod quote;
pub mod registration;
mod request;
pub mod right;
mod role;

pub use ask::{App, Ask, ask};
pub use doctor::{Doctor, Row, State, Unlock, judge};
pub use expiry::{Expiries, Expiry, Told};
pub use need::{Asked, Group, Need, Reach, delegated_scopes, needs};
pub use registration::{Registration, registration};
pub use right::{GrantKind, Permission, Right, Role};

/// What a tenant's account may be used for. Nothing is written to a tenant below [`Tier::Respond`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tier {
    /// Look and check.
    Look,
    /// Edit incidents, run playbooks.
    Respond,
    /// Edit rules.
    Fix,
}

impl Tier {
    pub const ALL: [Tier; 3] = [Tier::Look, Tier::Respond, Tier::Fix];

    /// The word used in JSON and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Tier::Look => "look",
            Tier::Respond => "respond",
            Tier::Fix => "fix",
        }
    }

    /// The tier a word names; `None` for any other word.
    pub fn from_word(word: &str) -> Option<Tier> {
        Tier::ALL.into_iter().find(|tier| tier.as_str() == word)
    }

    pub fn title(self) -> &'static str {
        match self {
            Tier::Look => "Look and check",
            Tier::Respond => "Respond",
            Tier::Fix => "Fix",
        }
    }
}

/// How an account signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    Browser,
    DeviceCode,
    ClientSecret,
    Certificate,
    AzureCli,
    ManagedIdentity,
}

impl Way {
    pub const ALL: [Way; 6] = [
        Way::Browser,
        Way::DeviceCode,
        Way::ClientSecret,
        Way::Certificate,
        Way::AzureCli,
        Way::ManagedIdentity,
    ];

    /// The word used in JSON and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Way::Browser => "browser",
            Way::DeviceCode => "device_code",
            Way::ClientSecret => "client_secret",
            Way::Certificate => "certificate",
            Way::AzureCli => "azure_cli",
            Way::ManagedIdentity => "managed_identity",
        }
    }

    /// The way a word names; `None` for any other word.
    pub fn from_word(word: &str) -> Option<Way> {
        Way::ALL.into_iter().find(|way| way.as_str() == word)
    }

    /// As it stands in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Way::Browser => "the system's browser",
            Way::DeviceCode => "a device code",
            Way::ClientSecret => "a client secret",
            Way::Certificate => "a certificate",
            Way::AzureCli => "Azure CLI",
            Way::ManagedIdentity => "a managed identity",
        }
    }

    /// Whether a person signs in, whose own rights then limit what is granted. `az login` may also hold an app; then
    /// the token says so.
    pub fn is_person(self) -> bool {
        matches!(self, Way::Browser | Way::DeviceCode | Way::AzureCli)
    }

    /// Whether the customer's own app registration is behind it, so that an administrator can consent to it.
    pub fn has_registration(self) -> bool {
        !matches!(self, Way::AzureCli | Way::ManagedIdentity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        for tier in Tier::ALL {
            assert_eq!(Tier::from_word(tier.as_str()), Some(tier));
        }
        for way in Way::ALL {
            assert_eq!(Way::from_word(way.as_str()), Some(way));
        }
        assert_eq!((Tier::from_word("admin"), Way::from_word("password")), (None, None));
    }
}
