//! The managed identity of the Azure machine that this runs on: the client that may ask its identity service, and
//! what it means when that gives no token.
//!
//! It must never go through a proxy or leave the machine: the service speaks plain http, on a link-local address.

use std::time::Duration;

use domain::sign_in::said::machine;
use reqwest::{Client, redirect};

use super::door::Closed;
use super::fault::whom;
use super::{Account, SignInFault, challenge};

/// The service answers at once, or there is none.
const CONNECT: Duration = Duration::from_secs(3);

pub(super) fn client() -> Result<Client, SignInFault> {
    let builder = Client::builder().no_proxy().redirect(redirect::Policy::none()).connect_timeout(CONNECT);
    Ok(builder.build().map_err(|_| machine::no_identity_client())?)
}

/// `None`: a passing state, which is waited for as any other.
pub(super) fn fault(closed: &Closed, account: &Account) -> Option<SignInFault> {
    Some(match closed {
        Closed::Unreachable { .. } => machine::no_identity().into(),
        Closed::Answered(answer) => SignInFault {
            error: answer.error.as_deref().unwrap_or_default().to_owned(),
            said: answer.error_description.as_deref().unwrap_or_default().chars().take(500).collect(),
            ..whom(account).identity_refused().into()
        },
        Closed::Strange { status } => machine::identity_answers(*status).into(),
        _ => return None,
    })
}

/// The service takes no claims.
pub(super) fn challenged(claims: &str, account: &Account) -> SignInFault {
    SignInFault {
        error: "insufficient_claims".into(),
        ..whom(account).identity_challenged(&challenge::encoded(claims)).into()
    }
}
