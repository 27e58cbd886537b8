//! Access tokens, one for each API: kept until shortly before they end, asked for by one request at a time.
//!
//! It must never print a token or prompt a person. Start reading at [`Tokens::get`], then [`Tokens::renew`].

use std::collections::HashMap;
use std::sync::{Arc, Mutex as Lock, MutexGuard, PoisonError};

use azure_core::credentials::{AccessToken, TokenCredential};
use time::{Duration, OffsetDateTime};
use tokio::sync::Mutex;

use super::clock::Clock;
use super::credential::{Setup, credential};
use super::person::Person;
use super::{Account, Bearer, SignInFault, SignedIn, Token, Way, cli, door, identity, reason, token, web};
use crate::endpoints::{Audience, Endpoints, Purpose};
use crate::error::CloudError;
use crate::ledger::{Count, Ledger};
use crate::pipeline::call::Call;
use crate::pipeline::trouble::Trouble;

/// A token is renewed this long before it ends.
const EARLY: Duration = Duration::minutes(5);

struct Held {
    /// Goes up with each credential, so that two callers that met the same stale token renew it once.
    generation: u64,
    credential: Arc<dyn TokenCredential>,
    token: Option<AccessToken>,
}

type Slot = Arc<Mutex<Held>>;

/// The tokens of one connection.
pub(crate) struct Tokens {
    account: Account,
    setup: Setup,
    /// One for all APIs: they share the refresh token.
    person: Option<Arc<Person>>,
    slots: Lock<HashMap<Audience, Slot>>,
    /// What the last token request ended in, where it did not end well.
    trouble: Lock<Option<SignInFault>>,
}

impl Tokens {
    /// Refuses what can't be right before anything is sent.
    pub(crate) fn new(
        account: Account,
        endpoints: &Endpoints,
        http: &reqwest::Client,
        ledger: &Arc<Ledger>,
    ) -> Result<Self, CloudError> {
        account.check()?;
        let setup = Setup {
            endpoints: endpoints.clone(),
            http: http.clone(),
            ledger: Arc::clone(ledger),
            clock: Arc::new(Clock::default()),
        };
        let person = person(&account, &setup);
        let tokens = Self { account, setup, person, slots: Lock::default(), trouble: Lock::default() };
        tokens.slot(Audience::Arm)?;
        Ok(tokens)
    }

    pub(crate) fn account(&self) -> &Account {
        &self.account
    }

    // A map of handles is good whatever happened to another holder.
    fn slots(&self) -> MutexGuard<'_, HashMap<Audience, Slot>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn slot(&self, audience: Audience) -> Result<Slot, CloudError> {
        let mut slots = self.slots();
        if let Some(slot) = slots.get(&audience) {
            return Ok(Arc::clone(slot));
        }
        let held = Held { generation: 0, credential: self.credential(None)?, token: None };
        Ok(Arc::clone(slots.entry(audience).or_insert(Arc::new(Mutex::new(held)))))
    }

    fn credential(&self, claims: Option<&str>) -> Result<Arc<dyn TokenCredential>, CloudError> {
        if let Some(person) = &self.person {
            return Ok(Arc::clone(person) as Arc<dyn TokenCredential>);
        }
        let made = credential(&self.account, &self.setup, claims)?;
        Ok(made.ok_or_else(|| SignInFault::malformed(&self.account))?)
    }

    /// The kept token, or a new one within five minutes of its end.
    pub(crate) async fn get(&self, audience: Audience) -> Result<Bearer, Trouble> {
        let slot = self.slot(audience).map_err(Trouble::Final)?;
        let mut held = slot.lock().await;
        let kept = held.token.take().filter(|token| token.expires_on > OffsetDateTime::now_utc() + EARLY);
        let token = match kept {
            Some(token) => token,
            None => self.noted(self.ask(&*held.credential, audience).await)?,
        };
        held.token = Some(token.clone());
        Ok(Bearer { audience, generation: held.generation, secret: token.token })
    }

    async fn ask(
        &self,
        credential: &dyn TokenCredential,
        audience: Audience,
    ) -> Result<AccessToken, Trouble> {
        let token = credential.get_token(&[&self.setup.endpoints.scope(audience)], None).await;
        token.map_err(|error| reason::trouble(&error, &self.account, &self.setup.clock))
    }

    /// What the last token request ended in; `None` after a good one, or before the first.
    pub(crate) fn trouble(&self) -> Option<SignInFault> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn told(&self, fault: SignInFault) -> CloudError {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = Some(fault.clone());
        fault.into()
    }

    fn noted<T>(&self, result: Result<T, Trouble>) -> Result<T, Trouble> {
        let trouble = match &result {
            Err(Trouble::Final(CloudError::SignIn(fault))) => Some(SignInFault::clone(fault)),
            Err(_) => return result,
            Ok(_) => None,
        };
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
        result
    }

    /// Sees to it that the next token is another one than `bearer`, unless someone did so meanwhile. `claims`: what
    /// an API asks for beyond it.
    pub(crate) async fn renew(&self, bearer: &Bearer, claims: Option<&str>) -> Result<(), CloudError> {
        let slot = self.slot(bearer.audience)?;
        let mut held = slot.lock().await;
        if held.generation != bearer.generation {
            return Ok(());
        }
        match (claims, &self.account.way, &self.person) {
            (Some(claims), Way::AzureCli, _) => {
                return Err(self.told(cli::challenged(claims, &self.account)));
            }
            (Some(claims), Way::ManagedIdentity, _) => {
                return Err(self.told(identity::challenged(claims, &self.account)));
            }
            (Some(claims), _, Some(person)) => person.challenged(claims).await,
            _ => held.credential = self.credential(claims)?,
        }
        held.generation += 1;
        held.token = None;
        Ok(())
    }

    /// Asks a person, where the account is one; `None` for every other way. All kept tokens are dropped first for
    /// them, last for a person, who may be another one than before.
    pub(crate) async fn sign_in(&self) -> Option<Result<SignedIn, Trouble>> {
        let signed_in = match &self.person {
            Some(person) => Some(person.sign_in().await),
            None => None,
        };
        if !matches!(signed_in, Some(Err(_))) {
            self.drop_all().await;
        }
        signed_in.map(|result| {
            self.noted(result.map_err(|ended| reason::ended(ended, &self.account, &self.setup.clock)))
        })
    }

    async fn drop_all(&self) {
        let slots: Vec<Slot> = self.slots().values().cloned().collect();
        for slot in slots {
            let mut held = slot.lock().await;
            // One that can't be made now could not be made before either.
            if let Ok(credential) = self.credential(None) {
                held.credential = credential;
            }
            held.generation += 1;
            held.token = None;
        }
    }

    /// Whether `call` may be sent with `bearer`. Azure CLI's tokens for Graph can't see incidents.
    ///
    /// # Errors
    /// [`CloudError::Denied`].
    pub(crate) fn suits(&self, call: &Call, bearer: &Bearer) -> Result<(), CloudError> {
        let incidents = call.purpose == Purpose::Incidents && call.url.path().contains("/security/incidents");
        match self.account.way {
            Way::AzureCli if incidents => cli::sees_incidents(bearer.text()),
            _ => Ok(()),
        }
    }

    /// The words for a token request.
    pub(crate) fn call(&self, endpoints: &Endpoints) -> Call {
        let about = format!("a token of tenant `{}`", self.account.tenant);
        Call::get(Purpose::SignIn, endpoints.authority.clone(), door::LABEL, about, Count::Token)
    }
}

fn person(account: &Account, setup: &Setup) -> Option<Arc<Person>> {
    let (Way::Browser { desk, scopes } | Way::DeviceCode { desk, scopes }) = &account.way else {
        return None;
    };
    let client = web::client(&setup.endpoints.authority, &account.tenant, &account.client);
    let graph = setup.endpoints.scope(Audience::Graph);
    let asks = (Arc::clone(desk), scopes.clone());
    Some(Arc::new(Person::new(account, asks, graph, client, setup.door(None))))
}

/// Who a token is for.
pub(crate) fn signed_in(bearer: &Bearer) -> Result<SignedIn, CloudError> {
    let Token { claims, .. } = token(bearer)?;
    let text = |member: &wire::Maybe<String>| member.as_deref().map(str::to_owned);
    Ok(SignedIn {
        user: text(&claims.upn).or_else(|| text(&claims.unique_name)),
        tenant: text(&claims.tid).unwrap_or_default(),
    })
}
