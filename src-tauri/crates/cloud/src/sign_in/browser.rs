//! A person signs in in the system's browser: authorization code with PKCE, on a loopback redirect.
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow>
//!
//! It must never open a browser itself ([`Desk::prompt`] does), take an answer to another sign-in, or wait for ever.

use std::time::Duration;

use domain::sign_in::said::person;
use oauth2::{
    AuthorizationCode, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, ResponseType, Scope,
};
use time::OffsetDateTime;
use wire::entra::TokenError;

use super::account::Prompt;
use super::door::{Closed, Door};
use super::loopback::{Answer, Loopback};
use super::prompted::Prompted;
use super::web::{Client, Granted, Web};
use super::{Desk, SignInFault};

/// How long a person may take.
const LONGEST: Duration = Duration::from_secs(300);

/// How a sign-in by a person ends badly.
pub(super) enum Ended {
    Closed(Closed),
    Fault(SignInFault),
}

impl From<Closed> for Ended {
    fn from(closed: Closed) -> Self {
        Self::Closed(closed)
    }
}

/// What is granted, and the nonce that the id token has to repeat.
pub(super) async fn sign_in(
    client: &Client,
    door: &Door,
    desk: &dyn Desk,
    scopes: &[String],
) -> Result<(Granted, String), Ended> {
    let opened = Loopback::open().await;
    let loopback = opened.map_err(|why| Ended::Fault(SignInFault::person(person::no_port(why))))?;
    let redirect = RedirectUrl::new(loopback.redirect()).map_err(|_| Closed::Cut)?;
    let nonce = CsrfToken::new_random().secret().clone();
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let mut request = client
        .authorize_url(CsrfToken::new_random)
        .set_response_type(&ResponseType::new("code".into()))
        .set_redirect_uri(std::borrow::Cow::Borrowed(&redirect))
        .set_pkce_challenge(challenge)
        .add_scopes(scopes.iter().cloned().map(Scope::new))
        .add_extra_param("response_mode", "query")
        // Whoever is signed in to the browser already may be another person than the one who is meant.
        .add_extra_param("prompt", "select_account")
        .add_extra_param("nonce", nonce.clone());
    if let Some(claims) = &door.claims {
        request = request.add_extra_param("claims", claims.clone());
    }
    let (address, state) = request.url();
    let answer = wait(loopback, &state, address.to_string(), desk).await.map_err(Ended::Fault)?;
    let code = code(answer)?;
    Ok((exchange(client, door, code, redirect, verifier).await?, nonce))
}

async fn wait(
    loopback: Loopback,
    state: &CsrfToken,
    address: String,
    desk: &dyn Desk,
) -> Result<Answer, SignInFault> {
    let expires = OffsetDateTime::now_utc() + LONGEST;
    let _shown = Prompted::show(desk, Prompt { address, code: None, expires });
    let answer = tokio::time::timeout(LONGEST, loopback.answer(state.secret())).await;
    answer.map_err(|_| SignInFault::person(person::nobody_came()))
}

fn code(mut answer: Answer) -> Result<AuthorizationCode, Closed> {
    match answer.remove("code") {
        Some(code) if !answer.contains_key("error") => Ok(AuthorizationCode::new(code)),
        _ => Err(Closed::Answered(Box::new(refusal(answer)))),
    }
}

/// The authorise page answers with the same members as the token endpoint, in the query.
fn refusal(mut answer: Answer) -> TokenError {
    let mut take = |name: &str| answer.remove(name).into();
    TokenError {
        error: take("error"),
        error_description: take("error_description"),
        error_uri: take("error_uri"),
        suberror: take("error_subcode"),
        claims: take("claims"),
        ..TokenError::default()
    }
}

async fn exchange(
    client: &Client,
    door: &Door,
    code: AuthorizationCode,
    redirect: RedirectUrl,
    verifier: PkceCodeVerifier,
) -> Result<Granted, Closed> {
    let web = Web::new(door);
    let exchange = client
        .exchange_code(code)
        .set_redirect_uri(std::borrow::Cow::Owned(redirect))
        .set_pkce_verifier(verifier);
    exchange.request_async(&web).await.map_err(|error| web.closed(error))
}
