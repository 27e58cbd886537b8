//! How an account proves who it is: from what was typed or what the keychain holds to the cloud's own words.
//!
//! Never here: a secret that prints, or one that is kept longer than the session that signs in with it.

use std::sync::Arc;

use contract::account::WayIn;
use domain::account::delegated_scopes;
use domain::fault::{Code, Fault};
use domain::secret::{Purpose, Secret};
use engine::scope::Way;

use super::sign_in::{Refresh, SignInDesk};
use crate::Host;
use crate::connection::Connection;
use crate::view;

/// What an account signs in with; nothing for a person, the Azure CLI, or a machine's identity.
#[derive(Clone, Debug, Default)]
pub(crate) struct Proof {
    pub secret: Option<Secret>,
    /// What a PEM or PFX file holds.
    pub certificate: Option<Secret>,
    /// What opens it.
    pub password: Option<Secret>,
}

impl Proof {
    pub fn secret(secret: Secret) -> Self {
        Self { secret: Some(secret), ..Self::default() }
    }

    /// What has to be kept, and as what.
    pub fn items(&self) -> impl Iterator<Item = (Purpose, &Secret)> {
        let of = |purpose, secret| Option::map(Option::as_ref(secret), |secret| (purpose, secret));
        [
            of(Purpose::ClientSecret, &self.secret),
            of(Purpose::Certificate, &self.certificate),
            of(Purpose::CertificatePassword, &self.password),
        ]
        .into_iter()
        .flatten()
    }
}

impl Host {
    /// What the keychain holds for a stored account to sign in with.
    pub(crate) async fn kept_proof(&self, connection: &Connection) -> Result<Proof, Fault> {
        match connection.way {
            WayIn::ClientSecret => {
                Ok(Proof::secret(self.needed_secret(connection, Purpose::ClientSecret).await?))
            }
            WayIn::Certificate => Ok(Proof {
                certificate: Some(self.needed_secret(connection, Purpose::Certificate).await?),
                password: self.kept_secret(connection.item(Purpose::CertificatePassword)).await?,
                ..Proof::default()
            }),
            WayIn::Browser | WayIn::DeviceCode | WayIn::AzureCli | WayIn::ManagedIdentity => {
                Ok(Proof::default())
            }
        }
    }

    /// The way in, ready to be used. A person's refresh token goes to `refresh`.
    pub(crate) fn way(&self, connection: &Connection, proof: Proof, refresh: Refresh) -> Result<Way, Fault> {
        let missing = |what: &str| Fault::new(Code::Invalid, format!("`{}` has no {what}.", connection.name));
        let desk = || Arc::new(SignInDesk::new(self, connection, refresh));
        Ok(match connection.way {
            WayIn::ClientSecret => Way::Secret(proof.secret.ok_or_else(|| missing("client secret"))?),
            WayIn::Certificate => Way::Certificate {
                file: proof.certificate.ok_or_else(|| missing("certificate"))?,
                password: proof.password,
            },
            WayIn::Browser => Way::Browser { desk: desk(), scopes: scopes(connection) },
            WayIn::DeviceCode => Way::DeviceCode { desk: desk(), scopes: scopes(connection) },
            WayIn::AzureCli => Way::AzureCli,
            WayIn::ManagedIdentity => Way::ManagedIdentity,
        })
    }
}

/// The same way in, asking for what the account's tier needs now.
pub(crate) fn rescoped(way: Way, connection: &Connection) -> Way {
    match way {
        Way::Browser { desk, .. } => Way::Browser { desk, scopes: scopes(connection) },
        Way::DeviceCode { desk, .. } => Way::DeviceCode { desk, scopes: scopes(connection) },
        other => other,
    }
}

fn scopes(connection: &Connection) -> Vec<String> {
    delegated_scopes(view::account::tier_in(connection.tier), connection.mail)
}
