//! Why Entra gives no token, in plain sentences.
//!
//! Decided by the number in `error_codes`, then by `error`, never by the text: its wording has changed before.
//! Numbers: <https://learn.microsoft.com/entra/identity-platform/reference-error-codes>.

use std::fmt;

use wire::entra::TokenError;

use super::Account;
use crate::endpoints::Audience;

/// A refused sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignInFault {
    /// The number behind `AADSTS`; none where nothing was asked, or Entra gave none.
    pub aadsts: Option<u32>,
    /// OAuth's word: `invalid_client`, `unauthorized_client`, …
    pub error: String,
    /// Only a person can go on, by [`crate::Cloud::sign_in`].
    pub needs_person: bool,
    /// What is wrong, for the user.
    pub sentence: String,
    /// What to do next.
    pub hint: String,
    /// Entra's own first line, without ids.
    pub said: String,
    pub trace_id: Option<String>,
    pub correlation_id: Option<String>,
    pub timestamp: Option<String>,
}

impl fmt::Display for SignInFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.sentence)
    }
}

/// Where the right values are.
const OVERVIEW: &str = "Copy Directory (tenant) ID and Application (client) ID from the app registration's overview; \
                        an object ID is neither.";
const VALUE: &str = "Copy the column Value under Certificates & secrets, not Secret ID. Value is shown once, when the \
                     secret is made; if it is gone, make a new secret.";

impl SignInFault {
    /// A GUID was given as the secret; nothing was sent.
    pub(super) fn secret_id(account: &Account) -> Self {
        let sentence = format!(
            "What was given as the client secret of app `{}` is a GUID: that is the secret's ID, not its value.",
            account.client
        );
        Self { aadsts: Some(7_000_215), sentence, hint: VALUE.into(), ..Self::default() }
    }

    /// `azure_identity` can't even form the request.
    pub(super) fn malformed(account: &Account) -> Self {
        let sentence =
            if account.secret().is_none_or(|secret| secret.is_empty() || secret.expose_text().is_none()) {
                "The client secret is empty or is no text.".to_owned()
            } else if account.client.is_empty() {
                "The client ID is empty.".to_owned()
            } else {
                format!("`{}` is neither a tenant ID nor a domain name.", account.tenant)
            };
        Self { sentence, hint: OVERVIEW.into(), ..Self::default() }
    }

    /// An API asks for a token with other claims in the middle of a session.
    pub(crate) fn challenged(about: &str) -> Self {
        Self {
            error: "insufficient_claims".into(),
            sentence: format!("A Conditional Access policy asks for another sign-in before {about} can be read."),
            hint: "Crosswalk does not answer such a challenge yet. Exclude the app from the policy, or allow this \
                   machine's address in it."
                .into(),
            ..Self::default()
        }
    }

    /// An API does not take a token that Entra just gave.
    pub(crate) fn unaccepted(about: &str, said: &str) -> Self {
        Self {
            error: "invalid_token".into(),
            sentence: format!("The sign-in is not accepted for {about}, even with a new token: {said}"),
            hint: "Compare this machine's clock with the real time; then test the connection under Accounts."
                .into(),
            said: said.to_owned(),
            ..Self::default()
        }
    }

    /// Entra's refusal.
    pub(super) fn explain(answer: &TokenError, account: &Account, audience: Audience) -> Self {
        let text = answer.error_description.as_deref().unwrap_or_default();
        let aadsts = number(answer, text);
        let said = first_line(text);
        let (sentence, hint) = aadsts
            .and_then(|number| known(number, account, audience))
            .unwrap_or_else(|| unknown(aadsts, &said, account));
        let keep = |member: &wire::Maybe<String>| member.as_deref().map(str::to_owned);
        Self {
            aadsts,
            error: keep(&answer.error).unwrap_or_default(),
            needs_person: false,
            sentence,
            hint,
            said,
            trace_id: keep(&answer.trace_id),
            correlation_id: keep(&answer.correlation_id),
            timestamp: keep(&answer.timestamp),
        }
    }
}

/// The number: from the list, else from the text's beginning.
fn number(answer: &TokenError, text: &str) -> Option<u32> {
    let listed = answer.error_codes.items().iter().find_map(|code| u32::try_from(*code).ok());
    listed.or_else(|| {
        let rest = text.strip_prefix("AADSTS")?;
        rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    })
}

/// Entra appends ids to its sentence, on lines of their own or behind it.
fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    line.split(" Trace ID:").next().unwrap_or_default().chars().take(500).collect()
}

fn known(number: u32, account: &Account, audience: Audience) -> Option<(String, String)> {
    let Account { tenant, client, .. } = account;
    let scope = audience.scope();
    let (sentence, hint) = match number {
        7_000_215 | 70_002 => {
            (format!("Entra ID does not accept the client secret of app `{client}`."), VALUE)
        }
        7_000_222 => (
            format!("The client secret of app `{client}` has expired."),
            "Make a new secret under Certificates & secrets, then store it under Accounts.",
        ),
        700_016 | 700_011 => (format!("Tenant `{tenant}` has no app `{client}`."), OVERVIEW),
        7_000_112 | 70_001 => (
            format!("App `{client}` is disabled in tenant `{tenant}`."),
            "Set \"Enabled for users to sign-in\" to Yes on the enterprise application.",
        ),
        90_002 => (format!("There is no tenant `{tenant}` in this cloud."), OVERVIEW),
        900_023 => (format!("`{tenant}` is neither a tenant ID nor a domain name."), OVERVIEW),
        500_011 => (
            format!("Tenant `{tenant}` does not know the API behind `{scope}`."),
            "The API's service principal is missing: the product behind it was never used in this tenant.",
        ),
        70_011 | 1_002_012 => (
            format!("Entra ID does not accept the scope `{scope}`."),
            "This is a defect of the program or of a proxy that changes requests: report it with the ids below.",
        ),
        65_001 => (
            format!("App `{client}` has no consent in tenant `{tenant}`."),
            "An administrator grants it: App registrations, API permissions, \"Grant admin consent\".",
        ),
        53_003 => (
            format!("A Conditional Access policy blocks app `{client}` from this network."),
            "An administrator finds the policy in the sign-in log of service principals and can allow this machine's \
             address.",
        ),
        50_034 => (
            format!("The account that signs in does not exist in tenant `{tenant}`."),
            "Compare the tenant; a guest has to be invited first.",
        ),
        _ => return None,
    };
    Some((sentence, hint.to_owned()))
}

fn unknown(aadsts: Option<u32>, said: &str, account: &Account) -> (String, String) {
    let client = &account.client;
    match aadsts {
        Some(number) => (
            format!("Entra ID refuses the sign-in of app `{client}`: {said}"),
            format!(
                "Microsoft explains this number at https://login.microsoftonline.com/error?code={number}."
            ),
        ),
        None => (
            format!("Entra ID refuses the sign-in of app `{client}` without saying why."),
            "An administrator of the tenant can see why in the sign-in log of service principals.".to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign_in::Way;

    fn account() -> Account {
        Account { tenant: "contoso".into(), client: "app-1".into(), way: Way::Secret("s".into()) }
    }

    fn explain(json: &str) -> SignInFault {
        SignInFault::explain(&serde_json::from_str(json).unwrap(), &account(), Audience::Graph)
    }

    #[test]
    fn the_number_decides_and_the_ids_are_kept() {
        let fault = explain(
            r#"{"error":"invalid_client","error_codes":[7000222],"timestamp":"2026-11-24 09:00:00Z","trace_id":"t-1",
                "correlation_id":"c-1","error_description":"AADSTS7000222: worded anew. Trace ID: t-1"}"#,
        );
        assert_eq!((fault.aadsts, fault.error.as_str()), (Some(7_000_222), "invalid_client"));
        assert!(fault.sentence.contains("has expired"), "{}", fault.sentence);
        assert_eq!(fault.said, "AADSTS7000222: worded anew.");
        assert_eq!(fault.correlation_id.as_deref(), Some("c-1"));
    }

    #[test]
    fn each_known_number_has_its_own_sentence() {
        let numbers = [
            7_000_215, 7_000_222, 700_016, 7_000_112, 90_002, 900_023, 500_011, 70_011, 65_001, 53_003,
            50_034,
        ];
        let mut sentences = std::collections::HashSet::new();
        for number in numbers {
            let (sentence, hint) = known(number, &account(), Audience::Arm).unwrap();
            assert!(sentence.ends_with('.') && hint.ends_with('.'), "{number}: {sentence} {hint}");
            assert!(sentences.insert(sentence), "{number} shares its sentence");
        }
    }

    #[test]
    fn an_unknown_number_shows_entras_words_and_page() {
        let fault = explain(r#"{"error":"x","error_description":"AADSTS123456: New.\r\nTrace ID: t"}"#);
        assert_eq!(fault.aadsts, Some(123_456), "read from the text where the list is missing");
        assert!(fault.sentence.contains("AADSTS123456: New."), "{}", fault.sentence);
        assert!(fault.hint.contains("error?code=123456"));
        assert_eq!(explain("{}").aadsts, None);
    }
}
