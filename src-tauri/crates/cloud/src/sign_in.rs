//! Tokens by client secret, through Microsoft's own `azure_identity`, on this connection's transport.
//!
//! It must never print a secret or a token, or trust a claim: claims are decoded to be shown.
//! A claims challenge (conditional access asking for more in the middle of a session) is told, not answered.

mod account;
mod claims;
mod door;
mod fault;
mod metadata;
mod reason;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use azure_core::cloud::{CloudConfiguration, CustomConfiguration};
use azure_core::credentials::{Secret as AzureSecret, TokenCredential};
use azure_core::http::{ClientOptions, RetryOptions, Transport};
use azure_identity::{ClientSecretCredential, ClientSecretCredentialOptions};
use domain::secret::Secret;
use wire::entra::JwtClaims;

pub use account::{Account, Desk, Prompt, SignedIn, Way};
pub use fault::SignInFault;

use crate::endpoints::{Audience, Endpoints, Purpose};
use crate::error::CloudError;
use crate::ledger::{Count, Ledger};
use crate::pipeline::call::Call;
use crate::pipeline::trouble::Trouble;
use door::Door;

/// An access token and what it says of itself.
#[derive(Clone, Debug)]
pub struct Token {
    pub secret: Secret,
    /// Decoded, not verified.
    pub claims: JwtClaims,
}

/// A token with the age of the credential that gave it.
#[derive(Clone, Debug)]
pub(crate) struct Bearer {
    audience: Audience,
    generation: u64,
    secret: AzureSecret,
}

impl Bearer {
    pub(crate) fn text(&self) -> &str {
        self.secret.secret()
    }
}

/// Decodes a token's claims.
pub(crate) fn token(bearer: &Bearer) -> Result<Token, CloudError> {
    let claims = claims::decode(bearer.text()).ok_or_else(|| CloudError::BadAnswer {
        what: "a token is no JWT, so nothing can be said about it".into(),
    })?;
    Ok(Token { secret: Secret::from(bearer.text()), claims })
}

/// Who a token is for.
pub(crate) fn signed_in(claims: &JwtClaims) -> SignedIn {
    let text = |member: &wire::Maybe<String>| member.as_deref().map(str::to_owned);
    SignedIn {
        user: text(&claims.upn).or_else(|| text(&claims.unique_name)),
        tenant: text(&claims.tid).unwrap_or_default(),
    }
}

struct Held {
    generation: u64,
    credential: Arc<ClientSecretCredential>,
}

/// A credential for each audience. `azure_identity` keeps its token and lets one request at a time ask for it.
pub(crate) struct Tokens {
    account: Account,
    options: ClientOptions,
    held: Mutex<HashMap<Audience, Held>>,
}

impl Tokens {
    /// Refuses what can't be right before anything is sent.
    pub(crate) fn new(
        account: Account,
        endpoints: &Endpoints,
        http: &reqwest::Client,
        ledger: &Arc<Ledger>,
    ) -> Result<Self, CloudError> {
        if account.secret().and_then(Secret::expose_text).is_some_and(is_guid) {
            return Err(SignInFault::secret_id(&account).into());
        }
        let door = Door::new(endpoints.clone(), http.clone(), Arc::clone(ledger));
        let mut cloud = CustomConfiguration::default();
        cloud.authority_host = endpoints.authority.to_string();
        let options = ClientOptions {
            cloud: Some(Arc::new(CloudConfiguration::from(cloud))),
            transport: Some(Transport::new(Arc::new(door))),
            // The pipeline retries, and tells the user that it waits.
            retry: RetryOptions::none(),
            ..ClientOptions::default()
        };
        let tokens = Self { account, options, held: Mutex::default() };
        tokens.credential()?;
        Ok(tokens)
    }

    pub(crate) fn account(&self) -> &Account {
        &self.account
    }

    fn credential(&self) -> Result<Arc<ClientSecretCredential>, CloudError> {
        let refuse = || CloudError::from(SignInFault::malformed(&self.account));
        let secret = self.account.secret().and_then(Secret::expose_text).ok_or_else(refuse)?;
        ClientSecretCredential::new(
            &self.account.tenant,
            self.account.client.clone(),
            AzureSecret::new(secret.to_owned()),
            Some(ClientSecretCredentialOptions { client_options: self.options.clone() }),
        )
        .map_err(|_| refuse())
    }

    // A map of handles is good whatever happened to another holder.
    fn held(&self) -> MutexGuard<'_, HashMap<Audience, Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn current(&self, audience: Audience) -> Result<(u64, Arc<ClientSecretCredential>), CloudError> {
        let mut held = self.held();
        if let Some(held) = held.get(&audience) {
            return Ok((held.generation, Arc::clone(&held.credential)));
        }
        let credential = self.credential()?;
        held.insert(audience, Held { generation: 0, credential: Arc::clone(&credential) });
        Ok((0, credential))
    }

    /// The cached token, or a new one within five minutes of its end.
    pub(crate) async fn get(&self, audience: Audience) -> Result<Bearer, Trouble> {
        let (generation, credential) = self.current(audience).map_err(Trouble::Final)?;
        let token = credential.get_token(&[audience.scope()], None).await;
        let token = token.map_err(|error| reason::trouble(&error, &self.account, audience))?;
        Ok(Bearer { audience, generation, secret: token.token })
    }

    /// Drops the cached token, unless someone else did so since `bearer` was given out.
    pub(crate) fn forget(&self, bearer: &Bearer) {
        let Ok(credential) = self.credential() else { return };
        let mut held = self.held();
        if let Some(held) = held.get_mut(&bearer.audience)
            && held.generation == bearer.generation
        {
            *held = Held { generation: bearer.generation + 1, credential };
        }
    }

    /// The words for a token request.
    pub(crate) fn call(&self, endpoints: &Endpoints) -> Call {
        let about = format!("a token of tenant `{}`", self.account.tenant);
        Call::get(Purpose::SignIn, endpoints.authority.clone(), door::LABEL, about, Count::Token)
    }
}

/// `8-4-4-4-12` hexadecimal digits: the secret's ID in the portal, never its value.
fn is_guid(text: &str) -> bool {
    let groups: Vec<&str> = text.trim().split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
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
    fn debug_of_account_and_token_shows_no_secret() {
        let account = Account { tenant: "t".into(), client: "c".into(), way: Way::Secret("hunter2".into()) };
        let bearer =
            Bearer { audience: Audience::Arm, generation: 0, secret: AzureSecret::new("hunter2".to_owned()) };
        let token = Token { secret: Secret::from("hunter2"), claims: JwtClaims::default() };
        let printed = format!("{account:?} {bearer:?} {token:?}");
        assert!(!printed.contains("hunter2"), "{printed}");
    }
}
