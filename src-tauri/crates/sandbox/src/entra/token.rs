//! The token endpoint: four grants, each checked in Entra's order: the tenant, the request, the app, the proof, what is
//! asked for (<https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow>,
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow>,
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code>).

use super::asked;
use super::error::{Refused, app};
use super::{BLOCKED_TENANT, assertion, known};
use crate::answer;
use crate::form;
use crate::session::Session;
use crate::token::{Claims, Proof};
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

mod person;

pub use person::consented;

/// `client_assertion_type` of a signed JWT.
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

pub async fn answer(
    State(session): State<Arc<Session>>,
    Path(tenant): Path<String>,
    body: String,
) -> Response {
    match grant(&session, &tenant, &form::read(&body)) {
        Ok(body) => answer::with(answer::json(200, body.to_string()), "pragma", "no-cache"),
        Err(refused) => refused.answer(&session),
    }
}

/// A request whose tenant and app are known.
struct Request<'a> {
    session: &'a Session,
    form: &'a HashMap<String, String>,
    /// As it stood in the address.
    tenant: &'a str,
    tid: String,
    client: &'a str,
}

fn grant(session: &Session, tenant: &str, form: &HashMap<String, String>) -> Result<Value, Refused> {
    let tid = known(session, tenant).ok_or_else(|| app::no_tenant(tenant, false))?;
    let grant_type = field(form, "grant_type")?;
    let client = field(form, "client_id");
    let request = |client| Request { session, form, tenant, tid, client };
    match grant_type {
        "client_credentials" => request(own(session, client?)?).by_app(),
        "authorization_code" => request(own(session, client?)?).by_code(),
        "refresh_token" => request(own(session, client?)?).by_refresh(),
        "urn:ietf:params:oauth:grant-type:device_code" => request(own(session, client?)?).by_device(),
        other => Err(app::grant_type(other)),
    }
}

fn field<'a>(form: &'a HashMap<String, String>, name: &str) -> Result<&'a str, Refused> {
    let value = form.get(name).map(String::as_str);
    value.filter(|value| !value.is_empty()).ok_or_else(|| app::missing(name))
}

/// The one app that is registered.
pub fn own<'a>(session: &Session, client: &'a str) -> Result<&'a str, Refused> {
    if client.eq_ignore_ascii_case(&session.scope.client_id) { Ok(client) } else { Err(app::no_app(client)) }
}

/// What a typed tenant's name does to an otherwise good request.
pub fn typed_failure(tid: &str, client: &str) -> Result<(), Refused> {
    match tid {
        "no-consent" => Err(app::no_consent(client)),
        "unavailable" => Err(app::unavailable(503)),
        _ => Ok(()),
    }
}

impl Request<'_> {
    fn field(&self, name: &str) -> Result<&str, Refused> {
        field(self.form, name)
    }

    /// The app speaks for itself.
    fn by_app(&self) -> Result<Value, Refused> {
        let proof = self.proof()?;
        typed_failure(&self.tid, self.client)?;
        if self.tid == BLOCKED_TENANT {
            return Err(app::blocked());
        }
        let resource = asked::resource(self.session, self.field("scope")?)?;
        let claims = Claims {
            proof,
            answers_challenge: asked::answers_challenge(self.form.get("claims"))?,
            ..self.session.app_claims(resource, &self.tid)
        };
        let life = claims.exp - claims.iat;
        Ok(json!({
            "token_type": "Bearer",
            "expires_in": life,
            "ext_expires_in": life,
            "access_token": self.session.signer.sign(&claims),
        }))
    }

    /// By secret or by certificate.
    fn proof(&self) -> Result<Proof, Refused> {
        if let Some(assertion) = self.form.get("client_assertion") {
            if self.field("client_assertion_type")? != JWT_BEARER {
                return Err(app::malformed());
            }
            assertion::verify(self.session, self.tenant, self.client, assertion)?;
            return Ok(Proof::Certificate);
        }
        let secret = self.form.get("client_secret").ok_or_else(app::no_secret)?;
        if *secret != self.session.scope.client_secret {
            return Err(app::wrong_secret(self.client));
        }
        if self.tid == "expired-secret" {
            return Err(app::expired_secret(self.client));
        }
        Ok(Proof::Secret)
    }
}
