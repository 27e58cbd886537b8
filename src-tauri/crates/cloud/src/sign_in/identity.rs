//! The managed identity of the Azure machine that this runs on: the client that may ask its identity service, and
//! what it means when that gives no token.
//!
//! It must never go through a proxy or leave the machine: the service speaks plain http, on a link-local address.

use std::time::Duration;

use reqwest::{Client, redirect};

use super::door::Closed;
use super::{Account, SignInFault, challenge};

/// The service answers at once, or there is none.
const CONNECT: Duration = Duration::from_secs(3);

pub(super) fn client() -> Result<Client, SignInFault> {
    let builder = Client::builder().no_proxy().redirect(redirect::Policy::none()).connect_timeout(CONNECT);
    builder.build().map_err(|_| SignInFault::new("No client for the identity service can be made.", HINT))
}

const HINT: &str = "A managed identity exists on Azure virtual machines, App Service and the like: assign one there, or \
                    choose another way in.";

/// `None`: a passing state, which is waited for as any other.
pub(super) fn fault(closed: &Closed, account: &Account) -> Option<SignInFault> {
    let identity = match account.client.as_str() {
        "" => "a system-assigned identity".to_owned(),
        client => format!("the identity `{client}`"),
    };
    Some(match closed {
        Closed::Unreachable { .. } => SignInFault::new(
            "This machine offers no managed identity: its identity service does not answer.",
            HINT,
        ),
        Closed::Answered(answer) => SignInFault {
            error: answer.error.as_deref().unwrap_or_default().to_owned(),
            said: answer.error_description.as_deref().unwrap_or_default().chars().take(500).collect(),
            ..SignInFault::new(
                format!("This machine's identity service gives no token for {identity}."),
                "Assign the identity to this machine, or correct its client ID; an empty one means system-assigned.",
            )
        },
        Closed::Strange { status } => {
            SignInFault::new(format!("This machine's identity service answers {status}."), HINT)
        }
        _ => return None,
    })
}

/// The service caches tokens and takes no claims.
pub(super) fn challenged(claims: &str, account: &Account) -> SignInFault {
    SignInFault {
        error: "insufficient_claims".into(),
        ..SignInFault::new(
            format!(
                "A Conditional Access policy of tenant `{}` asks for another sign-in, which a managed identity can't \
                 make.",
                account.tenant
            ),
            format!(
                "Exclude the identity from the policy, or sign in as a person: `az login --tenant \"{}\" \
                 --claims-challenge \"{}\"`, then connect through Azure CLI.",
                account.tenant,
                challenge::encoded(claims)
            ),
        )
    }
}
