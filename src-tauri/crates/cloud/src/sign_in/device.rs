//! A person signs in in any browser, anywhere, with a code that is shown here.
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code>
//!
//! It must never ask more often than Entra allows: `oauth2` waits its interval, and 5 s longer after each `slow_down`.

use oauth2::{Scope, StandardDeviceAuthorizationResponse};
use time::OffsetDateTime;

use super::account::Prompt;
use super::browser::Ended;
use super::door::Door;
use super::prompted::Prompted;
use super::web::{Client, Granted, Web};
use super::{Desk, SignInFault};

pub(super) async fn sign_in(
    client: &Client,
    door: &Door,
    desk: &dyn Desk,
    scopes: &[String],
) -> Result<Granted, Ended> {
    let web = Web::new(door);
    let asked = client.exchange_device_code().add_scopes(scopes.iter().cloned().map(Scope::new));
    let details: StandardDeviceAuthorizationResponse =
        asked.request_async(&web).await.map_err(|error| web.closed(error))?;
    let lasts = details.expires_in();
    let _shown = Prompted::show(
        desk,
        Prompt {
            address: details.verification_uri().to_string(),
            code: Some(details.user_code().secret().clone()),
            expires: OffsetDateTime::now_utc() + lasts,
        },
    );
    let poll = client.exchange_device_access_token(&details).request_async(&web, tokio::time::sleep, None);
    match tokio::time::timeout(lasts, poll).await {
        Ok(granted) => Ok(granted.map_err(|error| web.closed(error))?),
        Err(_) => Err(Ended::Fault(expired())),
    }
}

fn expired() -> SignInFault {
    SignInFault {
        error: "expired_token".into(),
        ..SignInFault::person(
            "The device code has expired: nobody signed in with it in time.",
            "Sign in again and use the new code within its 15 minutes.",
        )
    }
}
