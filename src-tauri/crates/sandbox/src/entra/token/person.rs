//! Grants of people: by code, by device code, by refresh token. The app is a public client here and proves nothing.

use super::super::asked::{self, Wish};
use super::super::error::{Refused, app, person as told};
use super::super::memory::{Code, Grant, Poll};
use super::super::person::{self, Fate};
use super::{Request, typed_failure};
use crate::right;
use crate::session::{GRAPH, Session};
use crate::token::{Claims, Person, Proof};
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

impl Request<'_> {
    /// A person's grants are those of a public client.
    fn public(&self) -> Result<(), Refused> {
        let proves = ["client_secret", "client_assertion"].iter().any(|name| self.form.contains_key(*name));
        if proves { Err(app::public()) } else { typed_failure(&self.tid, self.client) }
    }

    pub(super) fn by_code(&self) -> Result<Value, Refused> {
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

    pub(super) fn by_device(&self) -> Result<Value, Refused> {
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

    pub(super) fn by_refresh(&self) -> Result<Value, Refused> {
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
            capable: asked::is_capable(self.form.get("claims")),
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
