//! The authorise page: a person signs in, and the browser is led back with a code
//! (<https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow>).
//!
//! Only loopback addresses are led to, as they are registered for a public client; PKCE with S256 is demanded. A query
//! with `sandbox_answer` is answered at once, so that tests need no browser.

use super::error::{Refused, app, person as told};
use super::memory::{Code, Grant};
use super::person::{self, Fate, Person};
use super::{asked, known, page, token};
use crate::answer;
use crate::form;
use crate::session::Session;
use axum::extract::{Path, RawQuery, State};
use axum::http::Uri;
use axum::response::Response;
use std::collections::HashMap;
use std::sync::Arc;

/// Seconds that a code lives.
const CODE_LIFE: i64 = 600;

pub async fn show(
    State(session): State<Arc<Session>>,
    Path(tenant): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let fields = form::read(&query);
    let request = match Request::read(&session, &tenant, &fields) {
        Ok(request) => request,
        Err(refused) => return page::says(400, "Sign in", &refused.line()),
    };
    if let Err(refused) = request.check() {
        return request.refuse(&refused);
    }
    match fields.get("sandbox_answer").map(String::as_str) {
        None if fields.get("prompt").is_some_and(|prompt| prompt == "none") => {
            request.refuse(&told::silent())
        }
        Some("accept" | "wrong_state" | "stale" | "deny") => request.at_once(),
        _ => request.form(&query, None),
    }
}

pub async fn sent(
    State(session): State<Arc<Session>>,
    Path(tenant): Path<String>,
    RawQuery(query): RawQuery,
    body: String,
) -> Response {
    let query = query.unwrap_or_default();
    let (fields, filled) = (form::read(&query), form::read(&body));
    let request = match Request::read(&session, &tenant, &fields) {
        Ok(request) => request,
        Err(refused) => return page::says(400, "Sign in", &refused.line()),
    };
    if let Err(refused) = request.check() {
        return request.refuse(&refused);
    }
    if filled.get("answer").is_some_and(|answer| answer == "decline") {
        return request.refuse(&told::declined());
    }
    let typed = |name: &str| filled.get(name).map_or("", String::as_str);
    match person::sign_in(&session, typed("user"), typed("password")) {
        Ok(person) => request.end(&person),
        Err(refused) => request.form(&query, Some(refused.line())),
    }
}

/// A request whose way back is known to be good.
struct Request<'a> {
    session: &'a Session,
    fields: &'a HashMap<String, String>,
    tid: String,
    client: &'a str,
    redirect: &'a str,
}

impl<'a> Request<'a> {
    /// Reads what has to be right before anybody is led anywhere.
    fn read(
        session: &'a Session,
        tenant: &str,
        fields: &'a HashMap<String, String>,
    ) -> Result<Self, Refused> {
        let tid = known(session, tenant).ok_or_else(|| app::no_tenant(tenant, false))?;
        let field = |name: &str| fields.get(name).map(String::as_str).ok_or_else(|| app::missing(name));
        let client = token::own(session, field("client_id")?)?;
        let redirect = field("redirect_uri")?;
        if !is_loopback(redirect) {
            return Err(told::redirect(redirect, client));
        }
        Ok(Self { session, fields, tid, client, redirect })
    }

    fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    fn check(&self) -> Result<(), Refused> {
        let (kind, mode) = (self.field("response_type"), self.field("response_mode"));
        if kind != "code" || !["", "query"].contains(&mode) {
            return Err(told::response_type(if kind == "code" { mode } else { kind }));
        }
        if self.field("code_challenge_method") != "S256" || self.field("code_challenge").len() != 43 {
            return Err(told::challenge());
        }
        let scopes = asked::split(self.field("scope"));
        for wish in asked::wishes(self.session, &scopes)? {
            token::consented(self.session, &self.tid, self.client, wish.resource, &[wish])
                .map_err(|_| told::no_consent_on_page(self.client))?;
        }
        asked::answers_challenge(self.fields.get("claims"))?;
        token::typed_failure(&self.tid, self.client)
    }

    /// The first person, or who is hinted at.
    fn hinted(&self) -> String {
        let hint = self.field("login_hint");
        match hint {
            "" => person::names(&self.session.scope).swap_remove(0),
            hint => hint.to_owned(),
        }
    }

    fn form(&self, query: &str, trouble: Option<String>) -> Response {
        let scope = &self.session.scope;
        page::SignIn {
            heading: "Sign in",
            trouble,
            query,
            user_code: None,
            users: &person::names(scope),
            user: &self.hinted(),
            password: &person::password(scope),
        }
        .answer(200)
    }

    /// What a test asked for in the query.
    fn at_once(&self) -> Response {
        let Some(person) = person::find(&self.session.scope, &self.hinted()) else {
            let refused = told::no_user(&self.hinted(), &self.session.scope.tenant_id);
            return self.form("", Some(refused.line()));
        };
        match self.field("sandbox_answer") {
            "deny" => self.refuse(&told::declined()),
            "wrong_state" => {
                self.lead(&[("code", &self.code(&person, CODE_LIFE)), ("state", "another-state")])
            }
            "stale" => self.lead(&[("code", &self.code(&person, 0)), ("state", self.field("state"))]),
            _ => self.end(&person),
        }
    }

    /// Leads a person back as their name says.
    fn end(&self, person: &Person) -> Response {
        match person.fate {
            Fate::Declines => self.refuse(&told::declined()),
            Fate::Blocked => self.refuse(&told::blocked_on_page()),
            Fate::NoConsent => self.refuse(&told::no_consent_on_page(self.client)),
            _ => {
                let code = self.code(person, CODE_LIFE);
                self.lead(&[("code", &code), ("state", self.field("state"))])
            }
        }
    }

    fn code(&self, person: &Person, life: i64) -> String {
        let claims = asked::answers_challenge(self.fields.get("claims"));
        let grant = Grant {
            upn: person.upn.clone(),
            tid: self.tid.clone(),
            scopes: asked::split(self.field("scope")),
            nonce: self.fields.get("nonce").cloned(),
            answers_challenge: claims.unwrap_or_default(),
        };
        self.session.memory.add_code(Code {
            grant,
            redirect: self.redirect.to_owned(),
            challenge: self.field("code_challenge").to_owned(),
            ends: self.session.signer.clock.seconds() + life,
            spent: false,
        })
    }

    fn refuse(&self, refused: &Refused) -> Response {
        let description = refused.description(self.session);
        let mut values = vec![
            ("error", refused.error()),
            ("error_description", description.as_str()),
            ("state", self.field("state")),
        ];
        if refused.error() == "access_denied" {
            values.push(("error_subcode", "cancel"));
        }
        self.lead(&values)
    }

    /// 302 to the address with these values; an empty one is left out.
    fn lead(&self, values: &[(&str, &str)]) -> Response {
        let mut address = self.redirect.to_owned();
        for (name, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
            address.push(if address.contains('?') { '&' } else { '?' });
            address.push_str(name);
            address.push('=');
            address.push_str(&form::encode(value));
        }
        answer::with(answer::empty(302), "location", &address)
    }
}

/// `http://localhost` or `http://127.0.0.1` with any port and path, as Entra takes for native apps
/// (<https://learn.microsoft.com/entra/identity-platform/reply-url>).
fn is_loopback(address: &str) -> bool {
    let Ok(uri) = address.parse::<Uri>() else { return false };
    let host = uri.host().is_some_and(|host| host == "localhost" || host == "127.0.0.1");
    let bare = uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
    uri.scheme_str() == Some("http") && host && bare && !address.contains('#')
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn only_loopback_without_tls_is_led_to() {
        for good in ["http://localhost", "http://localhost:5000/", "http://127.0.0.1:1/auth/done?x=1"] {
            assert!(is_loopback(good), "{good}");
        }
        for bad in [
            "https://localhost",
            "http://localhost.evil.example",
            "http://evil.example@localhost",
            "http://evil.example/localhost",
            "http://[::1]:80",
            "localhost",
            "",
        ] {
            assert!(!is_loopback(bad), "{bad}");
        }
    }
}
