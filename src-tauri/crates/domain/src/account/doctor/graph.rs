//! Graph permissions: from the token's claims, the app's granted roles, and answers. Exchange's scoped role is seen by
//! neither; the mail tests alone show it.

use super::super::Way;
use super::super::need::{Asked, Need, Reach};
use super::super::right::{GrantKind, Permission, Right};
use super::evidence::{Claims, Evidence};
use super::{BY_ANSWER, BY_APP_ROLE, BY_TOKEN, Found, Row, State};
use crate::readiness::Given;

const MAIL_SEND: &str = "Mail.Send";

/// What every sign-in of a person carries.
const USUAL: [&str; 5] = ["openid", "profile", "email", "offline_access", "User.Read"];

pub(super) fn found(asked: &Asked, permission: Permission, evidence: &Evidence) -> Found {
    let listed = listed(permission, evidence);
    let answer = evidence.answer(Right::Graph(permission), &Reach::Tenant);
    if let Some(said) = answer.and_then(|answer| answer.refused.as_ref()) {
        return refused(asked, &listed, said);
    }
    if listed.state == State::Unknown && answer.is_some() {
        return Found::new(State::Granted, BY_ANSWER);
    }
    listed
}

/// What the lists say, before any call.
fn listed(permission: Permission, evidence: &Evidence) -> Found {
    let held = |names: &[String]| {
        permission.within().iter().any(|one| names.iter().any(|name| name.eq_ignore_ascii_case(one)))
    };
    let claims = evidence.claims();
    if claims.is_some_and(|claims| held(&claims.roles) || held(&claims.scopes)) {
        return Found::new(State::Granted, BY_TOKEN);
    }
    let granted = match &evidence.app_roles {
        Given::Read(ids) | Given::Partly(ids, _) => {
            ids.iter().any(|id| id.eq_ignore_ascii_case(permission.application_id()))
        }
        Given::Missing(_) => false,
    };
    match (granted, claims) {
        (true, _) => Found::new(State::Granted, BY_APP_ROLE)
            .saying("It was granted after this sign-in: sign in again to use it."),
        (false, Some(_)) => Found::new(State::Missing, BY_TOKEN),
        (false, None) => Found::new(State::Unknown, ""),
    }
}

/// Granted and refused all the same: a person's own rights limit what the app may do.
fn refused(asked: &Asked, listed: &Found, said: &str) -> Found {
    let why = match listed.state {
        State::Granted if asked.way.is_person() => {
            "The app has it, and whoever signed in isn't allowed to: give the person Security Reader in Entra ID, or a \
             role in Defender. Refused"
        }
        State::Granted => {
            "It is granted, and was refused all the same; a new grant takes some minutes. Refused"
        }
        _ => "Refused",
    };
    Found::new(State::Missing, BY_ANSWER).saying(format!("{why}: {said}"))
}

/// Exchange's own grant. While the token carries `Mail.Send`, every mailbox is reached anyway, and an answer proves
/// nothing of it.
pub(super) fn exchange(evidence: &Evidence) -> Found {
    if evidence.claims().is_some_and(|claims| claims.roles.iter().any(|role| role == MAIL_SEND)) {
        return Found::new(State::Unknown, "")
            .saying("`Mail.Send` reaches every mailbox, so whether this role is there can't be told.");
    }
    let answer = evidence.answer(Right::ApplicationMailSend, &Reach::Mailboxes);
    match answer.map(|answer| &answer.refused) {
        Some(Some(said)) => Found::new(State::Missing, BY_ANSWER).saying(format!("Refused: {said}")),
        Some(None) => Found::new(State::Granted, BY_ANSWER),
        None => Found::new(State::Unknown, "")
            .saying("Only Exchange knows: the mail tests show whether it works."),
    }
}

/// Permissions of the token that no need names.
pub(super) fn beside(asked: &Asked, needs: &[Need], evidence: &Evidence) -> Vec<Row> {
    let Some(claims) = evidence.claims() else { return Vec::new() };
    // Microsoft's own app carries what Microsoft gave it; nobody here can narrow that.
    if asked.way == Way::AzureCli && !claims.is_app {
        return Vec::new();
    }
    let wanted: Vec<&str> = needs.iter().map(Need::permission).collect();
    let held = |name: &str| !name.is_empty() && !wanted.contains(&name) && !USUAL.contains(&name);
    let all = claims.roles.iter().chain(&claims.scopes);
    all.filter(|name| held(name)).map(|name| row(asked, claims, name)).collect()
}

fn row(asked: &Asked, claims: &Claims, name: &str) -> Row {
    let app = claims.roles.iter().any(|role| role == name);
    let (state, why) = judged(asked, name, app);
    Row {
        state,
        kind: GrantKind::Graph,
        permission: name.to_owned(),
        scope: "tenant".to_owned(),
        used: None,
        why: why.to_owned(),
        checks: Vec::new(),
        known_by: BY_TOKEN,
    }
}

fn judged(asked: &Asked, name: &str, app: bool) -> (State, &'static str) {
    match name {
        MAIL_SEND if app => (
            State::TooWide,
            "It may send as every mailbox of the tenant. Remove it, and grant `Application Mail.Send` in Exchange for the \
             test mailboxes alone.",
        ),
        MAIL_SEND if !asked.mail => (State::NotNeeded, "No mail is sent from this tenant."),
        _ if writes(name) => (State::TooWide, "It may change what this tier leaves alone."),
        _ => (State::NotNeeded, "Nothing of this tier uses it."),
    }
}

fn writes(name: &str) -> bool {
    ["ReadWrite", "FullControl", "full_access", "AccessAsUser", "Manage"]
        .iter()
        .any(|part| name.contains(part))
}
