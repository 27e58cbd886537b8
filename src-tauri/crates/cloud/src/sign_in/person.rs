//! A person who signed in: access tokens for each API from one refresh token, silently.
//!
//! It must never prompt from [`TokenCredential::get_token`]: only [`Person::sign_in`] does. A refresh token lies in
//! memory and with the desk, nowhere else. Start reading at [`Person::refreshed`].
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#refresh-the-access-token>

use std::fmt;
use std::sync::Arc;

use azure_core::credentials::{AccessToken, Secret as AzureSecret, TokenCredential, TokenRequestOptions};
use azure_core::error::{Error, ErrorKind};
use domain::secret::Secret;
use domain::sign_in::said::person::{self, Foreign};
use oauth2::{RefreshToken, Scope, TokenResponse as _};
use time::OffsetDateTime;
use tokio::sync::Mutex;
use wire::entra::TokenError;

use super::browser::{self, Ended};
use super::door::{Closed, Door};
use super::web::{Client, Granted, Web};
use super::{Account, Desk, SignInFault, SignedIn, Way, claims, device, fault};

/// What every sign-in of a person asks for beside the API: who it is, and a refresh token.
const ALWAYS: [&str; 3] = ["openid", "profile", "offline_access"];

/// A token without an end is used for as long as Entra's shortest.
const SHORTEST: std::time::Duration = std::time::Duration::from_secs(300);

pub(super) struct Person {
    account: Account,
    desk: Arc<dyn Desk>,
    /// Delegated Graph scopes of the tier, as Graph names them.
    scopes: Vec<String>,
    /// `https://graph.microsoft.com/.default` of this cloud.
    graph: String,
    client: Client,
    door: Door,
    held: Mutex<Held>,
    /// Held while a person is asked.
    asking: Mutex<()>,
}

#[derive(Default)]
struct Held {
    refresh: Option<Secret>,
    /// The desk was asked what it kept.
    asked: bool,
    /// A challenge that waits to be answered, as JSON text.
    claims: Option<String>,
}

/// Not an error of `azure_identity`, but carried through its types.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Faulted(pub(super) Box<SignInFault>);

impl Person {
    pub(super) fn new(
        account: &Account,
        (desk, scopes): (Arc<dyn Desk>, Vec<String>),
        graph: String,
        client: Client,
        door: Door,
    ) -> Self {
        let (held, asking) = (Mutex::default(), Mutex::default());
        Self { account: account.clone(), desk, scopes, graph, client, door, held, asking }
    }

    /// Remembers what an API asked for; the next token request carries it.
    pub(super) async fn challenged(&self, claims: &str) {
        self.held.lock().await.claims = Some(claims.to_owned());
    }

    /// Asks the person. One sign-in at a time.
    pub(super) async fn sign_in(&self) -> Result<SignedIn, Ended> {
        let Ok(_asking) = self.asking.try_lock() else {
            return Err(Ended::Fault(SignInFault::person(person::under_way())));
        };
        let door = self.door_with(self.held.lock().await.claims.as_deref());
        let scopes = self.asked_for(&self.graph);
        let (granted, nonce) = if matches!(self.account.way, Way::Browser { .. }) {
            let (granted, nonce) = browser::sign_in(&self.client, &door, &*self.desk, &scopes).await?;
            (granted, Some(nonce))
        } else {
            (device::sign_in(&self.client, &door, &*self.desk, &scopes).await?, None)
        };
        let signed_in = self.who(&granted, nonce.as_deref()).map_err(Ended::Fault)?;
        let mut held = self.held.lock().await;
        *held = Held { refresh: None, asked: true, claims: None };
        self.keep(&mut held, &granted).await;
        Ok(signed_in)
    }

    fn door_with(&self, challenge: Option<&str>) -> Door {
        Door { claims: Some(claims::with_capability(challenge)), ..self.door.clone() }
    }

    /// Scopes for one API. Entra gives a token for one API at a time.
    fn asked_for(&self, audience: &str) -> Vec<String> {
        let resource = self.graph.strip_suffix(".default").unwrap_or_default();
        let api = if audience == self.graph && !self.scopes.is_empty() {
            self.scopes.iter().map(|scope| format!("{resource}{scope}")).collect()
        } else {
            vec![audience.to_owned()]
        };
        ALWAYS.iter().map(|scope| (*scope).to_owned()).chain(api).collect()
    }

    /// The id token came straight from Entra over TLS, which is why its signature is not looked at
    /// (OpenID Connect Core §3.1.3.7, 6); that it answers this sign-in and is for this app is.
    fn who(&self, granted: &Granted, nonce: Option<&str>) -> Result<SignedIn, SignInFault> {
        let identity = granted.extra_fields().id_token.as_deref().and_then(claims::identity);
        let identity = identity.ok_or_else(|| foreign(Foreign::NoIdentity))?;
        if nonce.is_some() && identity.nonce.as_deref() != nonce {
            return Err(foreign(Foreign::OtherSignIn));
        }
        if !identity.aud.eq_ignore_ascii_case(&self.account.client) {
            return Err(foreign(Foreign::OtherApp));
        }
        Ok(SignedIn { user: identity.preferred_username.or(identity.upn), tenant: identity.tid })
    }

    async fn keep(&self, held: &mut Held, granted: &Granted) {
        if let Some(refresh) = granted.refresh_token() {
            let refresh = Secret::from(refresh.secret().as_str());
            held.refresh = Some(refresh.clone());
            self.desk.keep(Some(refresh)).await;
        }
    }

    async fn refreshed(&self, audience: &str) -> Result<AccessToken, Ended> {
        let mut held = self.held.lock().await;
        if !held.asked {
            held.refresh = self.desk.kept().await;
            held.asked = true;
        }
        let kept = held.refresh.clone();
        let Some(refresh) = kept.as_ref().and_then(Secret::expose_text) else {
            return Err(Ended::Fault(SignInFault::person(person::nobody(&self.account.tenant))));
        };
        let door = self.door_with(held.claims.as_deref());
        let web = Web::new(&door);
        let refresh = RefreshToken::new(refresh.to_owned());
        let scopes = self.asked_for(audience).into_iter().map(Scope::new);
        let exchange =
            self.client.exchange_refresh_token(&refresh).add_scopes(scopes).request_async(&web).await;
        match exchange.map_err(|error| web.closed(error)) {
            Ok(granted) => {
                held.claims = None;
                self.keep(&mut held, &granted).await;
                Ok(access(&granted))
            }
            Err(Closed::Answered(answer)) => Err(Ended::Fault(self.refused(&mut held, &answer).await)),
            Err(closed) => Err(Ended::Closed(closed)),
        }
    }

    /// Entra does not take the refresh token, or wants to see the person before it does.
    async fn refused(&self, held: &mut Held, answer: &TokenError) -> SignInFault {
        if let Some(claims) = answer.claims.as_deref() {
            held.claims = Some(claims.to_owned());
        }
        if is_dead(answer) {
            held.refresh = None;
            self.desk.keep(None).await;
        }
        let clock = self.door.clock.wrong();
        let fault = SignInFault::explain(answer, &self.account, clock.as_deref());
        SignInFault { needs_person: true, ..fault }
    }
}

/// Whether the refresh token is of no use any more. Entra says `invalid_grant` also where it only wants to see the
/// person for one API: then the token still serves the others.
/// <https://learn.microsoft.com/entra/identity-platform/reference-error-codes>
fn is_dead(answer: &TokenError) -> bool {
    let text = answer.error_description.as_deref().unwrap_or_default();
    let alive = matches!(
        fault::number(answer, text),
        Some(
            65_001 | 650_056 | 50_072 | 50_074 | 50_076 | 50_078 | 50_079 | 50_158 | 53_000
                ..=53_004 | 530_003
        )
    );
    answer.error.as_deref() == Some("invalid_grant") && !alive
}

fn access(granted: &Granted) -> AccessToken {
    let lasts = granted.expires_in().unwrap_or(SHORTEST);
    AccessToken::new(
        AzureSecret::new(granted.access_token().secret().clone()),
        OffsetDateTime::now_utc() + lasts,
    )
}

fn foreign(why: Foreign) -> SignInFault {
    SignInFault::person(person::foreign(why))
}

impl fmt::Debug for Person {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Person({:?})", self.account)
    }
}

#[async_trait::async_trait]
impl TokenCredential for Person {
    async fn get_token(
        &self,
        scopes: &[&str],
        _: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        let audience = scopes.first().copied().unwrap_or_default();
        self.refreshed(audience).await.map_err(|ended| match ended {
            Ended::Closed(closed) => closed.into(),
            Ended::Fault(fault) => Error::new(ErrorKind::Credential, Faulted(Box::new(fault))),
        })
    }
}
