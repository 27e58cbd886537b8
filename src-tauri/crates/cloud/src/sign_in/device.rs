//! A person signs in in any browser, anywhere, with a code that is shown here.
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code>
//!
//! It must never ask more often than Entra allows: `oauth2` waits its interval, and 5 s longer after each `slow_down`.

use std::time::Duration;

use domain::sign_in::said::person;
use oauth2::{
    AsyncHttpClient, DeviceCodeErrorResponse, DeviceCodeErrorResponseType, RequestTokenError, Scope,
    StandardDeviceAuthorizationResponse,
};
use time::OffsetDateTime;

use super::account::Prompt;
use super::browser::Ended;
use super::door::{Closed, Door};
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
    let polled = poll(client, &details, &web, tokio::time::sleep);
    match tokio::time::timeout(lasts, polled).await {
        Ok(Ok(granted)) => Ok(granted),
        Ok(Err(error)) => Err(ended(error, &web)),
        Err(_) => Err(Ended::Fault(expired())),
    }
}

/// `oauth2` says `expired_token` by its own clock too; then Entra's last word was that it still waits.
fn ended(error: RequestTokenError<Closed, DeviceCodeErrorResponse>, web: &Web<'_>) -> Ended {
    let late = matches!(&error, RequestTokenError::ServerResponse(said)
        if *said.error() == DeviceCodeErrorResponseType::ExpiredToken);
    match web.closed(error) {
        Closed::Answered(answer) if answer.error.as_deref() == Some("expired_token") || !late => {
            Ended::Closed(Closed::Answered(answer))
        }
        _ if late => Ended::Fault(expired()),
        closed => Ended::Closed(closed),
    }
}

/// Asks until there is an answer, pausing by `sleep`.
fn poll<'c, C, S, SF>(
    client: &'c Client,
    details: &'c StandardDeviceAuthorizationResponse,
    http: &'c C,
    sleep: S,
) -> impl Future<Output = Result<Granted, RequestTokenError<C::Error, DeviceCodeErrorResponse>>> + 'c
where
    C: AsyncHttpClient<'c>,
    S: Fn(Duration) -> SF + 'c,
    SF: Future<Output = ()>,
{
    client.exchange_device_access_token(details).request_async(http, sleep, None)
}

fn expired() -> SignInFault {
    SignInFault { error: "expired_token".into(), ..SignInFault::person(person::code_expired()) }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use oauth2::{HttpResponse, http};
    use reqwest::Url;

    use super::super::web;
    use super::*;

    #[tokio::test]
    async fn a_poll_that_is_too_fast_makes_all_later_ones_five_seconds_slower() {
        let client = web::client(&Url::parse("https://login.example").unwrap(), "contoso", "app-1");
        let details = r#"{"device_code":"d","user_code":"u","verification_uri":"https://login.example/d","expires_in":900,"interval":5}"#;
        let details = serde_json::from_str(details).unwrap();
        let (asked, slept) = (AtomicUsize::new(0), Mutex::new(vec![]));
        let http = |_| {
            let error = ["authorization_pending", "slow_down", "authorization_pending", "expired_token"];
            let body = format!(r#"{{"error":"{}"}}"#, error[asked.fetch_add(1, Ordering::SeqCst)]);
            let mut answer = HttpResponse::new(body.into_bytes());
            *answer.status_mut() = http::StatusCode::BAD_REQUEST;
            std::future::ready(Ok::<_, Closed>(answer))
        };
        let sleep = |pause: Duration| {
            slept.lock().unwrap().push(pause.as_secs());
            std::future::ready(())
        };
        assert!(poll(&client, &details, &http, sleep).await.is_err());
        assert_eq!(*slept.lock().unwrap(), [5, 10, 10]);
    }
}
