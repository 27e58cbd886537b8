//! The crate `oauth2` on this connection's [`Door`]: its forms, its verifiers, its polling; our transport and our words.
//!
//! It must never let a refusal pass unread: `oauth2` keeps two words of it, [`Web`] keeps the whole.

use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AsyncHttpClient, AuthUrl, ClientId, DeviceAuthorizationUrl, EndpointNotSet, EndpointSet, ErrorResponse,
    ExtraTokenFields, HttpRequest, HttpResponse, RequestTokenError, StandardRevocableToken,
    StandardTokenResponse, TokenUrl,
};
use reqwest::Url;
use serde::{Deserialize, Serialize};
use wire::entra::TokenError;

use super::door::{Asked, Closed, Door};

/// What Entra adds to a token response.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(super) struct Extra {
    pub(super) id_token: Option<String>,
}

impl fmt::Debug for Extra {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Extra(…)")
    }
}

impl ExtraTokenFields for Extra {}

pub(super) type Granted = StandardTokenResponse<Extra, BasicTokenType>;

/// `oauth2`'s client for an Entra tenant: authorise page, device codes and tokens.
pub(super) type Client = oauth2::Client<
    BasicErrorResponse,
    Granted,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// The addresses of a tenant: <https://learn.microsoft.com/entra/identity-platform/v2-protocols#endpoints>.
pub(super) fn client(authority: &Url, tenant: &str, client: &str) -> Client {
    let address = |leaf: &str| {
        let mut url = authority.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.clear().extend([tenant, "oauth2", "v2.0", leaf]);
        }
        url
    };
    oauth2::Client::new(ClientId::new(client.to_owned()))
        .set_auth_uri(AuthUrl::from_url(address("authorize")))
        .set_device_authorization_url(DeviceAuthorizationUrl::from_url(address("devicecode")))
        .set_token_uri(TokenUrl::from_url(address("token")))
}

/// The door as `oauth2` wants it. Made anew for each exchange.
pub(super) struct Web<'d> {
    door: &'d Door,
    /// The last refusal, whole.
    refusal: Mutex<Option<Box<TokenError>>>,
}

impl<'d> Web<'d> {
    pub(super) fn new(door: &'d Door) -> Self {
        Self { door, refusal: Mutex::default() }
    }

    /// Why an exchange failed, in the door's words.
    pub(super) fn closed<T: ErrorResponse + 'static>(&self, error: RequestTokenError<Closed, T>) -> Closed {
        if let RequestTokenError::Request(closed) = error {
            return closed;
        }
        let refusal = self.refusal.lock().unwrap_or_else(PoisonError::into_inner).take();
        refusal.map_or(Closed::Cut, Closed::Answered)
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, Closed> {
        let (head, body) = request.into_parts();
        let url = Url::parse(&head.uri.to_string()).map_err(|_| Closed::Cut)?;
        let reply = self.door.ask(Asked { verb: head.method, url, headers: head.headers, body }).await?;
        let refusal = match reply.status {
            ..400 => None,
            status => Some(serde_json::from_slice(&reply.body).map_err(|_| Closed::Strange { status })?),
        };
        *self.refusal.lock().unwrap_or_else(PoisonError::into_inner) = refusal;
        let mut response = HttpResponse::new(reply.body);
        *response.status_mut() = oauth2::http::StatusCode::from_u16(reply.status).map_err(|_| Closed::Cut)?;
        *response.headers_mut() = reply.headers;
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Web<'_> {
    type Error = Closed;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Closed>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.exchange(request))
    }
}
