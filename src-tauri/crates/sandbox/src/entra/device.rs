//! Device code: the code's request, and the page where a person types it
//! (<https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code>).
//!
//! A query with `sandbox_answer` is answered at once, so that tests need no browser.

use super::error::{Refused, app};
use super::memory::{Answer, Device, Grant};
use super::person::{self, Fate};
use super::{asked, known, page, token};
use crate::answer;
use crate::form;
use crate::random;
use crate::session::Session;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

/// Seconds that a code lives.
const LIFE: i64 = 900;

const HEADING: &str = "Enter code";

pub async fn begin(
    State(session): State<Arc<Session>>,
    Path(tenant): Path<String>,
    body: String,
) -> Response {
    match begun(&session, &tenant, &form::read(&body)) {
        Ok(body) => answer::json(200, body.to_string()),
        Err(refused) => refused.answer(&session),
    }
}

fn begun(session: &Session, tenant: &str, form: &HashMap<String, String>) -> Result<Value, Refused> {
    let tid = known(session, tenant).ok_or_else(|| app::no_tenant(tenant, false))?;
    let field =
        |name: &str| form.get(name).filter(|value| !value.is_empty()).ok_or_else(|| app::missing(name));
    let client = token::own(session, field("client_id")?)?;
    let scopes = asked::split(field("scope")?);
    asked::wishes(session, &scopes)?;
    token::typed_failure(&tid, client)?;
    let grant = Grant {
        upn: String::new(),
        tid,
        scopes,
        nonce: None,
        answers_challenge: asked::answers_challenge(form.get("claims"))?,
    };
    let user_code = random::user_code();
    let ends = session.signer.clock.seconds() + LIFE;
    let device_code = session.memory.add_device(Device::new(grant, user_code.clone(), ends));
    let page = format!("{}/{tenant}/oauth2/v2.0/deviceauth", session.origins.authority);
    Ok(json!({
        "user_code": user_code,
        "device_code": device_code,
        "verification_uri": page,
        "expires_in": LIFE,
        "interval": session.poll.as_secs(),
        "message": format!(
            "To sign in, use a web browser to open the page {page} and enter the code {user_code} to authenticate."
        ),
    }))
}

pub async fn show(
    State(session): State<Arc<Session>>,
    Path(tenant): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let fields = form::read(&query);
    if known(&session, &tenant).is_none() {
        return page::says(400, HEADING, &app::no_tenant(&tenant, false).line());
    }
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    match field("sandbox_answer") {
        "" => ask(&session, field("user_code"), None),
        "accept" => match field("login_hint") {
            "" => accept(&session, field("user_code"), &person::names(&session.scope).swap_remove(0)),
            user => accept(&session, field("user_code"), user),
        },
        "expire" => settle(&session, field("user_code"), "The code has expired.", |device| device.ends = 0),
        _ => decline(&session, field("user_code")),
    }
}

pub async fn sent(State(session): State<Arc<Session>>, Path(_): Path<String>, body: String) -> Response {
    let filled = form::read(&body);
    let typed = |name: &str| filled.get(name).map_or("", String::as_str);
    if typed("answer") == "decline" {
        return decline(&session, typed("user_code"));
    }
    match person::sign_in(&session, typed("user"), typed("password")) {
        Ok(person) => accept(&session, typed("user_code"), &person.upn),
        Err(refused) => ask(&session, typed("user_code"), Some(refused.line())),
    }
}

fn accept(session: &Session, user_code: &str, user: &str) -> Response {
    match person::find(&session.scope, user) {
        Some(person) if person.fate == Fate::Declines => decline(session, user_code),
        Some(person) => {
            settle(session, user_code, "You have signed in. This page can be closed.", |device| {
                device.grant.upn.clone_from(&person.upn);
                device.answer = Answer::Accepted;
            })
        }
        None => ask(session, user_code, Some(format!("Nobody here is called {user}."))),
    }
}

fn decline(session: &Session, user_code: &str) -> Response {
    settle(session, user_code, "You have declined. This page can be closed.", |device| {
        device.answer = Answer::Declined
    })
}

fn settle(session: &Session, user_code: &str, says: &str, change: impl FnOnce(&mut Device)) -> Response {
    let now = session.signer.clock.seconds();
    match session.memory.answer_device(user_code.trim(), now, change) {
        true => page::says(200, HEADING, says),
        false => {
            ask(session, user_code, Some("That code didn't work. Check the code and try again.".to_owned()))
        }
    }
}

/// The form; with trouble it is a refusal, which clients without eyes see by its status.
fn ask(session: &Session, user_code: &str, trouble: Option<String>) -> Response {
    let scope = &session.scope;
    let names = person::names(scope);
    let status = if trouble.is_some() { 400 } else { 200 };
    page::SignIn {
        heading: HEADING,
        trouble,
        query: "",
        user_code: Some(user_code),
        users: &names,
        user: names.first().map_or("", String::as_str),
        password: &person::password(scope),
    }
    .answer(status)
}
