//! One credential for each way in that Microsoft's own `azure_identity` knows, all behind its `TokenCredential`.
//!
//! Its traps, met here: a certificate has to be PKCS#12 with an RSA key; the identity service has a fixed address;
//! none of its credentials answers a claims challenge, so the door adds `claims` to the form.

use std::sync::Arc;

use azure_core::cloud::{CloudConfiguration, CustomConfiguration};
use azure_core::credentials::{Secret as AzureSecret, SecretBytes, TokenCredential};
use azure_core::http::{ClientOptions, RetryOptions, Transport};
use azure_identity::{
    AzureCliCredential, AzureCliCredentialOptions, ClientCertificateCredential,
    ClientCertificateCredentialOptions, ClientSecretCredential, ClientSecretCredentialOptions,
    ManagedIdentityCredential, ManagedIdentityCredentialOptions, UserAssignedId,
};
use domain::secret::Secret;
use domain::sign_in::said::machine;
use reqwest::Client;
use time::OffsetDateTime;

use super::certificate::Certified;
use super::clock::Clock;
use super::door::Door;
use super::gate::Gate;
use super::{Account, SignInFault, Way, identity};
use crate::endpoints::Endpoints;
use crate::ledger::Ledger;

/// What every credential of a connection is made with.
pub(super) struct Setup {
    pub(super) endpoints: Endpoints,
    pub(super) http: Client,
    pub(super) ledger: Arc<Ledger>,
    pub(super) clock: Arc<Clock>,
}

impl Setup {
    /// The door to the authority.
    pub(super) fn door(&self, claims: Option<String>) -> Door {
        Door {
            gate: Gate::Authority(Box::new(self.endpoints.clone())),
            http: self.http.clone(),
            ledger: Arc::clone(&self.ledger),
            clock: Arc::clone(&self.clock),
            claims,
        }
    }

    fn options(&self, door: Door) -> ClientOptions {
        let mut cloud = CustomConfiguration::default();
        cloud.authority_host = self.endpoints.authority.to_string();
        ClientOptions {
            cloud: Some(Arc::new(CloudConfiguration::from(cloud))),
            transport: Some(Transport::new(Arc::new(door))),
            // The pipeline retries, and tells the user that it waits.
            retry: RetryOptions::none(),
            ..ClientOptions::default()
        }
    }
}

/// A fresh credential; `claims`: a challenge to answer. A person's is made elsewhere and answers `None` here.
pub(super) fn credential(
    account: &Account,
    setup: &Setup,
    claims: Option<&str>,
) -> Result<Option<Arc<dyn TokenCredential>>, SignInFault> {
    let door = setup.door(claims.map(str::to_owned));
    let made = match &account.way {
        Way::Secret(secret) => by_secret(account, secret, setup.options(door))?,
        Way::Certificate { file, password } => {
            by_certificate(account, file, password.as_ref(), setup.options(door))?
        }
        Way::AzureCli => {
            let tenant_id = Some(account.tenant.clone());
            let options = AzureCliCredentialOptions { tenant_id, ..AzureCliCredentialOptions::default() };
            AzureCliCredential::new(Some(options)).map_err(|_| SignInFault::malformed(account))?
        }
        Way::ManagedIdentity => {
            let door = Door { gate: Gate::machine(&setup.endpoints), http: identity::client()?, ..door };
            by_identity(account, setup.options(door))?
        }
        Way::Browser { .. } | Way::DeviceCode { .. } => return Ok(None),
    };
    Ok(Some(made))
}

fn by_secret(
    account: &Account,
    secret: &Secret,
    client_options: ClientOptions,
) -> Result<Arc<dyn TokenCredential>, SignInFault> {
    let text = secret.expose_text().ok_or_else(SignInFault::no_secret)?.to_owned();
    let options = ClientSecretCredentialOptions { client_options };
    let (tenant, client) = (&account.tenant, account.client.clone());
    let made = ClientSecretCredential::new(tenant, client, AzureSecret::new(text), Some(options));
    Ok(made.map_err(|_| SignInFault::malformed(account))?)
}

fn by_certificate(
    account: &Account,
    file: &Secret,
    password: Option<&Secret>,
    client_options: ClientOptions,
) -> Result<Arc<dyn TokenCredential>, SignInFault> {
    let certified = Certified::read(file, password)?;
    certified.usable(OffsetDateTime::now_utc())?;
    let bytes = SecretBytes::new(certified.pkcs12()?.expose().to_vec());
    let options = ClientCertificateCredentialOptions { client_options, ..Default::default() };
    let (tenant, client) = (account.tenant.clone(), account.client.clone());
    let made = ClientCertificateCredential::new(tenant, client, bytes, Some(options));
    Ok(made.map_err(|_| SignInFault::malformed(account))?)
}

fn by_identity(
    account: &Account,
    client_options: ClientOptions,
) -> Result<Arc<dyn TokenCredential>, SignInFault> {
    let user_assigned_id =
        (!account.client.is_empty()).then(|| UserAssignedId::ClientId(account.client.clone()));
    let options = ManagedIdentityCredentialOptions { user_assigned_id, client_options };
    let made = ManagedIdentityCredential::new(Some(options));
    Ok(made.map_err(machine::unusable_identity)?)
}
