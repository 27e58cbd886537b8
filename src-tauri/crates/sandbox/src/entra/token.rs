//! The token endpoint: four grants, each checked in Entra's order: the tenant, the request, the app, the proof, what is
//! asked for (<https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow>,
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow>,
//! <https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code>).

use super::asked::{self, Wish};
use super::error::{Refused, app, person as told};
use super::memory::{Code, Grant, Poll};
use super::person::{self, Fate};
use super::{BLOCKED_TENANT, assertion, known};
use crate::answer;
use crate::form;
use crate::right;
use crate::session::{GRAPH, Session};
use crate::token::{Claims, Person, Proof};
use aws_lc_rs::digest::{SHA256, digest};
use axum::extract::{Path, State};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

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

    /// A person's grants are those of a public client.
    fn public(&self) -> Result<(), Refused> {
        let proves = ["client_secret", "client_assertion"].iter().any(|name| self.form.contains_key(*name));
        if proves { Err(app::public()) } else { typed_failure(&self.tid, self.client) }
    }

    fn by_code(&self) -> Result<Value, Refused> {
        self.public()?;
        let (code, redirect) = (self.field("code")?, self.field("redirect_uri")?);
        let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, self.field("code_verifier")?.as_bytes()));
        let now = self.session.signer.clock.seconds();
        let check = |code: Option<&Code>| {
            let code = code.ok_or_else(told::no_code)?;
            match () {
                () if code.spent => Err(told::spent()),
                () if code.ends <= now => Err(told::code_expired()),
                () if code.grant.tid != self.tid => Err(told::other_tenant()),
                () if code.redirect != redirect => Err(told::other_redirect(redirect, &code.redirect)),
                () if code.challenge != challenge => Err(told::verifier()),
                () => Ok(code.grant.clone()),
            }
        };
        self.to_person(self.session.memory.redeem(code, check)?)
    }

    fn by_device(&self) -> Result<Value, Refused> {
        self.public()?;
        let now = self.session.signer.clock.seconds();
        let polled = self.session.memory.poll(self.field("device_code")?, now, self.session.poll);
        let grant = polled.map_err(|poll| match poll {
            Poll::Unknown => told::no_device(),
            Poll::Pending => told::pending(false),
            Poll::TooSoon => told::pending(true),
            Poll::Declined => told::device_declined(),
            Poll::Expired => told::device_expired(),
        })?;
        if person::find(&self.session.scope, &grant.upn).is_some_and(|one| one.fate == Fate::Blocked) {
            return Err(app::blocked());
        }
        self.to_person(grant)
    }

    fn by_refresh(&self) -> Result<Value, Refused> {
        self.public()?;
        let grant = self.session.memory.refresh(self.field("refresh_token")?).ok_or_else(told::no_refresh)?;
        if grant.tid != self.tid {
            return Err(told::other_tenant());
        }
        let now = self.session.signer.clock.now();
        match person::find(&self.session.scope, &grant.upn).map(|one| one.fate) {
            Some(Fate::Lapses) => Err(told::lapsed(now)),
            Some(Fate::Revoked) => Err(told::revoked(now)),
            _ => self.to_person(grant),
        }
    }

    /// Tokens for the person of a grant; the request's own scope chooses the resource, if it names one.
    fn to_person(&self, grant: Grant) -> Result<Value, Refused> {
        let session = self.session;
        let someone = person::find(&session.scope, &grant.upn).ok_or_else(told::no_refresh)?;
        let scopes = self.form.get("scope").map_or_else(|| grant.scopes.clone(), |scope| asked::split(scope));
        let wishes = asked::wishes(session, &scopes)?;
        let resource = one_resource(&wishes, &scopes, !self.form.contains_key("scope"))?;
        let granted = consented(session, &self.tid, self.client, resource, &wishes)?;
        if someone.fate == Fate::NoConsent {
            return Err(app::no_consent(self.client));
        }
        let answers_challenge = grant.answers_challenge || asked::answers_challenge(self.form.get("claims"))?;
        if someone.fate == Fate::WantsMore && !answers_challenge {
            return Err(told::wants_more(resource));
        }
        let claims = Claims {
            oid: someone.oid.clone(),
            roles: Vec::new(),
            person: Some(Person { upn: someone.upn.clone(), scopes: granted.clone() }),
            proof: Proof::None,
            answers_challenge,
            ..session.app_claims(resource, &self.tid)
        };
        Ok(self.tokens(grant, &scopes, resource, &claims, &granted))
    }

    fn tokens(
        &self,
        grant: Grant,
        scopes: &[String],
        resource: &str,
        claims: &Claims,
        granted: &[String],
    ) -> Value {
        let session = self.session;
        let asked = |name: &str| asked::has(scopes, name) || asked::has(&grant.scopes, name);
        let mut told: Vec<String> = granted.iter().map(|name| format!("{resource}/{name}")).collect();
        told.extend(scopes.iter().filter(|scope| scope.ends_with("/.default")).cloned());
        let open = ["openid", "profile", "email"].into_iter().filter(|name| asked(name));
        told.extend(open.map(str::to_owned));
        let life = claims.exp - claims.iat;
        let mut body = json!({
            "token_type": "Bearer",
            "scope": told.join(" "),
            "expires_in": life,
            "ext_expires_in": life,
            "access_token": session.signer.sign(claims),
        });
        if asked("openid") {
            body["id_token"] = session.signer.sign_json(&self.id_token(&grant, claims)).into();
        }
        if self.form.get("client_info").is_some_and(|value| value == "1") {
            let info = json!({"uid": claims.oid, "utid": session.scope.tenant_id}).to_string();
            body["client_info"] = URL_SAFE_NO_PAD.encode(info).into();
        }
        if asked("offline_access") {
            // What one sign-in asked for answers no later challenge.
            let kept = Grant { nonce: None, answers_challenge: false, ..grant };
            body["refresh_token"] = session.memory.add_refresh(kept).into();
        }
        body
    }

    fn id_token(&self, grant: &Grant, claims: &Claims) -> Value {
        let mut token = json!({
            "aud": self.client,
            "iss": format!("{}/{}/v2.0", self.session.origins.authority, self.tid),
            "iat": claims.iat,
            "nbf": claims.iat,
            "exp": claims.exp,
            "name": grant.upn,
            "oid": claims.oid,
            "preferred_username": grant.upn,
            "sub": claims.oid,
            "tid": self.session.scope.tenant_id,
            "ver": "2.0",
        });
        if let Some(nonce) = &grant.nonce {
            token["nonce"] = nonce.clone().into();
        }
        token
    }
}

/// The one resource that is asked for; Graph where there is none. Of a sign-in's scopes the first one counts, for a
/// sign-in may name several.
fn one_resource(wishes: &[Wish], scopes: &[String], first: bool) -> Result<&'static str, Refused> {
    let resource = wishes.first().map_or(GRAPH, |wish| wish.resource);
    match first || wishes.iter().all(|wish| wish.resource == resource) {
        true => Ok(resource),
        false => Err(told::many_resources(&scopes.join(" "))),
    }
}

/// The delegated permissions of a token: all that were consented to.
///
/// # Errors
/// 65001 where a wish is not among them.
pub fn consented(
    session: &Session,
    tid: &str,
    client: &str,
    resource: &str,
    wishes: &[Wish],
) -> Result<Vec<String>, Refused> {
    let all: Vec<&str> = right::graph::consented(session.scope.story, tid, resource).collect();
    let missing = |wish: &&Wish| {
        wish.resource == resource
            && wish.permission.is_some_and(|wanted| !all.iter().any(|own| own.eq_ignore_ascii_case(wanted)))
    };
    match wishes.iter().find(missing) {
        Some(_) => Err(app::no_consent(client)),
        None => Ok(all.into_iter().map(str::to_owned).collect()),
    }
}
