//! Why there is no token, in plain sentences.
//!
//! Decided by the number in `error_codes`, then by `error`, never by the text: its wording has changed before.
//! Every word stands in [`domain::sign_in`]; here it is only recognised which of them fits.

use std::fmt;

use domain::sign_in::said::{self, Said, Whom};
use domain::sign_in::{explain, explain_word};
use wire::entra::TokenError;

use super::Account;

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

impl From<Said> for SignInFault {
    fn from(said: Said) -> Self {
        Self { sentence: said.sentence, hint: said.hint, ..Self::default() }
    }
}

impl fmt::Display for SignInFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.sentence)
    }
}

impl SignInFault {
    /// What a person has to mend by signing in.
    pub(super) fn person(said: Said) -> Self {
        Self { needs_person: true, ..said.into() }
    }

    /// A GUID was given as the secret; nothing was sent.
    pub(super) fn secret_id(account: &Account) -> Self {
        Self { aadsts: Some(7_000_215), ..whom(account).secret_id().into() }
    }

    pub(super) fn no_secret() -> Self {
        said::no_secret().into()
    }

    /// The tenant or the client can't be right.
    pub(super) fn malformed(account: &Account) -> Self {
        whom(account).malformed().into()
    }

    /// An API asks for a token with other claims in the middle of a session, and got one that was not enough either.
    pub(crate) fn challenged(about: &str) -> Self {
        Self { error: "insufficient_claims".into(), ..said::challenged(about).into() }
    }

    /// An API does not take a token that Entra just gave.
    pub(crate) fn unaccepted(about: &str, said: &str) -> Self {
        Self { error: "invalid_token".into(), said: said.to_owned(), ..said::unaccepted(about, said).into() }
    }

    /// Entra's refusal. `clock`: how far this machine's clock is off, where that is too far.
    pub(super) fn explain(answer: &TokenError, account: &Account, clock: Option<&str>) -> Self {
        let text = answer.error_description.as_deref().unwrap_or_default();
        let error = answer.error.as_deref().unwrap_or_default();
        let aadsts = number(answer, text);
        let said = first_line(text);
        let known = aadsts.and_then(explain).or_else(|| explain_word(error).filter(|_| aadsts.is_none()));
        let whom = whom(account);
        let words = match (clock, known, aadsts) {
            (Some(off), ..) => whom.wrong_clock(off),
            _ if about_time(aadsts, text) => whom.wrong_clock_somehow(),
            (_, Some(known), _) => whom.known(known.besides(account.way.kind())),
            (.., Some(number)) => whom.unknown(number, &said),
            _ => whom.refused_without_reason(),
        };
        let keep = |member: &wire::Maybe<String>| member.as_deref().map(str::to_owned);
        Self {
            aadsts,
            error: error.to_owned(),
            said,
            trace_id: keep(&answer.trace_id),
            correlation_id: keep(&answer.correlation_id),
            timestamp: keep(&answer.timestamp),
            ..words.into()
        }
    }
}

/// The number: from the list, else from the text's beginning.
pub(super) fn number(answer: &TokenError, text: &str) -> Option<u32> {
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

/// 700024 is "client assertion is not within its valid time range"; other numbers say "not yet valid" in words.
fn about_time(aadsts: Option<u32>, text: &str) -> bool {
    aadsts == Some(700_024) || text.contains("not yet valid")
}

pub(super) fn whom(account: &Account) -> Whom<'_> {
    Whom { tenant: &account.tenant, client: &account.client }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign_in::Way;

    fn account() -> Account {
        Account { tenant: "contoso".into(), client: "app-1".into(), way: Way::Secret("s".into()) }
    }

    fn explain(json: &str) -> SignInFault {
        SignInFault::explain(&serde_json::from_str(json).unwrap(), &account(), None)
    }

    #[test]
    fn the_number_decides_and_the_ids_are_kept() {
        let fault = explain(
            r#"{"error":"invalid_client","error_codes":[7000222],"timestamp":"2026-11-24 09:00:00Z","trace_id":"t-1",
                "correlation_id":"c-1","error_description":"AADSTS7000222: worded anew. Trace ID: t-1"}"#,
        );
        assert_eq!((fault.aadsts, fault.error.as_str()), (Some(7_000_222), "invalid_client"));
        assert!(
            fault.sentence.contains("expired") && fault.sentence.contains("`app-1`"),
            "{}",
            fault.sentence
        );
        assert_eq!(fault.said, "AADSTS7000222: worded anew.");
        assert_eq!(fault.correlation_id.as_deref(), Some("c-1"));
    }

    #[test]
    fn what_different_people_mend_has_different_sentences() {
        let groups = [53_003, 53_000, 50_076, 50_079, 50_158, 50_020, 500_021, 65_001, 7_000_215, 700_024];
        let mut sentences = std::collections::HashSet::new();
        for number in groups {
            let fault = explain(&format!(r#"{{"error":"x","error_codes":[{number}]}}"#));
            assert!(fault.sentence.ends_with('.') && fault.hint.ends_with('.'), "{number}: {fault:?}");
            assert!(sentences.insert(fault.sentence), "{number} shares its sentence");
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

    #[test]
    fn a_wrong_clock_is_named_whatever_the_number_says() {
        let json = r#"{"error":"invalid_client","error_codes":[700027]}"#;
        let answer = serde_json::from_str(json).unwrap();
        let fault = SignInFault::explain(&answer, &account(), Some("61 minutes ahead of"));
        assert!(fault.sentence.contains("61 minutes ahead of Entra ID's"), "{}", fault.sentence);
        let late = explain(r#"{"error":"invalid_client","error_codes":[700024]}"#);
        assert!(late.sentence.contains("clock is wrong"), "{}", late.sentence);
    }
}
