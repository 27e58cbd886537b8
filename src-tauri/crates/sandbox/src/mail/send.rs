//! `POST /users/{mailbox}/sendMail`, in JSON and in MIME.
//!
//! Checks come in this order: token, mailbox and scope, recipients, the rest, size. A call without recipients that gets
//! as far as the recipients shows that the app may use the mailbox; that real Graph keeps this order is not confirmed.

use super::mailbox::{Mailbox, Once};
use super::mime;
use super::refusal::{self, Refusal};
use super::sent::Sent;
use super::state::State;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::Value;
use time::OffsetDateTime;

/// A call's body, by its content type.
pub(crate) enum Body<'a> {
    Json(&'a [u8]),
    Mime(&'a [u8]),
}

/// Sends, or says why not.
pub(crate) fn send(
    state: &State,
    mailbox: &'static Mailbox,
    address: &str,
    body: &Body<'_>,
) -> Result<(), Refusal> {
    let (message, keep) = match body {
        Body::Json(bytes) => json(bytes, address)?,
        Body::Mime(bytes) => (mime_message(mailbox, bytes, address)?, true),
    };
    if let Some(refusal) = mailbox.send {
        return Err(refusal);
    }
    if keep {
        state.store(mailbox, stamped(state, message));
    }
    Ok(())
}

/// Takes what came by SMTP, or says the reply to the end of DATA. Send-as is checked here, not at MAIL FROM.
pub(crate) fn deliver(
    state: &State,
    mailbox: &'static Mailbox,
    from: &str,
    to: Vec<String>,
    message: &[u8],
) -> Result<Sent, Once> {
    if let Some(reply) = mailbox.data {
        return Err(reply);
    }
    let headers = mime::headers(message);
    let shown = headers.from.unwrap_or_default();
    let own = |address: &str| state.mailbox(address).is_some_and(|found| found.name == mailbox.name);
    if shown.is_empty() {
        return Err(NO_FROM);
    }
    if !own(from) || !own(&shown) {
        return Err(NOT_THIS_SENDER);
    }
    let (subject, custom) = (headers.subject, headers.custom);
    let sent = Sent {
        subject,
        from: shown,
        to,
        internet_message_id: headers.message_id,
        headers: custom,
        ..Sent::default()
    };
    let sent = stamped(state, sent);
    state.store(mailbox, sent.clone());
    Ok(sent)
}

const NO_FROM: Once =
    Once { code: 550, text: "5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant" };
const NOT_THIS_SENDER: Once =
    Once { code: 550, text: "5.7.60 SMTP; Client does not have permissions to send as this sender" };

/// Gives a message the ids and the time that a server gives.
fn stamped(state: &State, message: Sent) -> Sent {
    let number = state.number();
    let id =
        format!("AAMkAG{}", BASE64.encode(format!("sandbox-message-{number:012}"))).replace(['+', '/'], "-");
    let internet_message_id = match message.internet_message_id.is_empty() {
        true => format!("<{number:012}@{}>", state.scope.mail_domain),
        false => message.internet_message_id.clone(),
    };
    Sent { id, internet_message_id, at: OffsetDateTime::now_utc().unix_timestamp(), ..message }
}

fn json(bytes: &[u8], address: &str) -> Result<(Sent, bool), Refusal> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(refusal::EMPTY_PAYLOAD);
    }
    let body: Value = serde_json::from_slice(bytes).map_err(|_| refusal::BAD_JSON)?;
    let message = member(&body, "message").filter(|message| message.is_object()).ok_or(refusal::BAD_JSON)?;
    let to = recipients(message)?;
    let from = member(message, "from").and_then(email).unwrap_or_else(|| address.to_owned());
    if !from.eq_ignore_ascii_case(address) {
        return Err(refusal::SEND_AS);
    }
    let subject = member(message, "subject").and_then(Value::as_str).unwrap_or_default().to_owned();
    let sent = Sent { subject, from, to, headers: custom(message)?, ..Sent::default() };
    Ok((sent, keeps(&body)))
}

/// Microsoft's names come in any case (`message`, `Message`).
fn member<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    let found = object.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value)
}

/// `saveToSentItems` comes as a boolean and, in Microsoft's own sample, as text.
fn keeps(body: &Value) -> bool {
    match member(body, "saveToSentItems") {
        Some(Value::Bool(keep)) => *keep,
        Some(Value::String(text)) => !text.eq_ignore_ascii_case("false"),
        _ => true,
    }
}

fn recipients(message: &Value) -> Result<Vec<String>, Refusal> {
    let lists = ["toRecipients", "ccRecipients", "bccRecipients"];
    let all: Vec<&Value> =
        lists.iter().filter_map(|list| member(message, list)?.as_array()).flatten().collect();
    if all.is_empty() {
        return Err(refusal::NO_RECIPIENTS);
    }
    all.into_iter().map(|one| email(one).filter(|to| is_address(to)).ok_or(refusal::BAD_RECIPIENT)).collect()
}

fn email(recipient: &Value) -> Option<String> {
    member(member(recipient, "emailAddress")?, "address")?.as_str().map(str::to_owned)
}

fn is_address(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    parts.is_some_and(|(name, host)| {
        !name.is_empty() && !host.is_empty() && !text.contains(char::is_whitespace)
    })
}

fn custom(message: &Value) -> Result<Vec<(String, String)>, Refusal> {
    let listed = member(message, "internetMessageHeaders").and_then(Value::as_array);
    let text = |header: &Value, name: &str| {
        member(header, name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let pair = |header: &Value| {
        let name = text(header, "name");
        match name.to_ascii_lowercase().starts_with("x-") {
            true => Ok((name, text(header, "value"))),
            false => Err(refusal::BAD_HEADER),
        }
    };
    listed.into_iter().flatten().map(pair).collect()
}

fn mime_message(mailbox: &Mailbox, bytes: &[u8], address: &str) -> Result<Sent, Refusal> {
    let compact: Vec<u8> = bytes.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let message = BASE64.decode(&compact).map_err(|_| refusal::BAD_BASE64)?;
    if let Some(refusal) = mailbox.mime {
        return Err(refusal);
    }
    let headers = mime::headers(&message);
    if headers.to.is_empty() {
        return Err(refusal::NO_RECIPIENTS);
    }
    let from = headers.from.unwrap_or_else(|| address.to_owned());
    if headers.from_is_odd || !from.eq_ignore_ascii_case(address) {
        return Err(refusal::SEND_AS);
    }
    let (subject, to) = (headers.subject, headers.to);
    Ok(Sent {
        subject,
        from,
        to,
        internet_message_id: headers.message_id,
        headers: headers.custom,
        ..Sent::default()
    })
}
