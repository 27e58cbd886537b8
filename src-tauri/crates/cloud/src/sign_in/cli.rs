//! Whoever is signed in to the Azure CLI on this machine, and what it says when nobody is.
//!
//! It must never pass a secret to the CLI. Its tokens for Graph hold the scopes that Microsoft gave the CLI, which
//! leave Defender's incidents out: that is said before a request is sent.

use azure_core::error::Error;
use domain::sign_in::said::machine;

use super::fault::whom;
use super::{Account, SignInFault, challenge, claims};
use crate::error::CloudError;

/// What Graph needs to show incidents, any of them.
/// <https://learn.microsoft.com/graph/api/security-list-incidents#permissions>
const INCIDENTS: [&str; 2] = ["SecurityIncident.Read.All", "SecurityIncident.ReadWrite.All"];

/// What a failed `az` means. Its own sentence is shown: it is written for people.
pub(super) fn fault(error: &Error, account: &Account) -> SignInFault {
    let text = error.to_string();
    let said = text.split("authentication failed.").nth(1).unwrap_or(&text);
    let said = said.split("\nTo troubleshoot").next().unwrap_or(said).trim();
    let first: String = said.lines().next().unwrap_or_default().chars().take(300).collect();
    let words = if said.contains("not found on PATH") {
        machine::no_cli()
    } else if said.contains("expires_on field not found") {
        machine::old_cli()
    } else {
        whom(account).cli_refuses(&first)
    };
    let aadsts = said.split("AADSTS").nth(1).and_then(|rest| {
        rest.split(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse().ok())
    });
    SignInFault { aadsts, said: first, ..SignInFault::person(words) }
}

/// An API wants other claims than the CLI's token holds.
pub(super) fn challenged(claims: &str, account: &Account) -> SignInFault {
    SignInFault {
        error: "insufficient_claims".into(),
        ..SignInFault::person(whom(account).cli_challenged(&challenge::encoded(claims)))
    }
}

/// Refuses to ask Graph for incidents with a token that can't see them.
pub(super) fn sees_incidents(token: &str) -> Result<(), CloudError> {
    let Some(claims) = claims::decode(token) else { return Ok(()) };
    let scopes = claims.scp.as_deref().unwrap_or_default();
    let granted = scopes.split(' ').chain(claims.roles.items().iter().map(String::as_str));
    if granted.into_iter().any(|scope| INCIDENTS.contains(&scope)) {
        return Ok(());
    }
    let said = machine::blind_cli();
    Err(CloudError::Denied { sentence: said.sentence, hint: said.hint, request_id: None })
}
