//! Whoever is signed in to the Azure CLI on this machine, and what it says when nobody is.
//!
//! It must never pass a secret to the CLI. Its tokens for Graph hold the scopes that Microsoft gave the CLI, which
//! leave Defender's incidents out: that is said before a request is sent.

use azure_core::error::Error;

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
    let (sentence, hint) = if said.contains("not found on PATH") {
        ("Azure CLI is not installed, or not on the PATH.".to_owned(), INSTALL.to_owned())
    } else if said.contains("expires_on field not found") {
        ("Azure CLI is too old: it does not say when its tokens end.".to_owned(), INSTALL.to_owned())
    } else {
        let hint = format!("Run `{}` in a terminal, then try again.", again(account, None));
        (format!("Azure CLI gives no token for tenant `{}`: {first}", account.tenant), hint)
    };
    let aadsts = said.split("AADSTS").nth(1).and_then(|rest| {
        rest.split(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse().ok())
    });
    SignInFault { aadsts, said: first, needs_person: true, ..SignInFault::new(sentence, hint) }
}

const INSTALL: &str = "Install Azure CLI 2.54 or newer: https://aka.ms/azcli. Then run `az login`.";

/// An API wants other claims than the CLI's token holds.
pub(super) fn challenged(claims: &str, account: &Account) -> SignInFault {
    SignInFault {
        error: "insufficient_claims".into(),
        ..SignInFault::person(
            format!("A Conditional Access policy of tenant `{}` asks for another sign-in.", account.tenant),
            format!("Run `{}` in a terminal, then try again.", again(account, Some(claims))),
        )
    }
}

/// <https://learn.microsoft.com/cli/azure/reference-index#az-login>
fn again(account: &Account, claims: Option<&str>) -> String {
    let challenge = claims.map(|claims| format!(" --claims-challenge \"{}\"", challenge::encoded(claims)));
    format!("az login --tenant \"{}\"{}", account.tenant, challenge.unwrap_or_default())
}

/// Refuses to ask Graph for incidents with a token that can't see them.
pub(super) fn sees_incidents(token: &str) -> Result<(), CloudError> {
    let Some(claims) = claims::decode(token) else { return Ok(()) };
    let scopes = claims.scp.as_deref().unwrap_or_default();
    let granted = scopes.split(' ').chain(claims.roles.items().iter().map(String::as_str));
    if granted.into_iter().any(|scope| INCIDENTS.contains(&scope)) {
        return Ok(());
    }
    Err(CloudError::Denied {
        sentence: "Azure CLI's token for Microsoft Graph does not hold `SecurityIncident.Read.All`, so Defender's \
                   incidents can't be read with it."
            .into(),
        hint: "Sentinel and Log Analytics are read with it all the same. For Graph, sign in through the system's \
               browser or with an app registration."
            .into(),
        request_id: None,
    })
}
