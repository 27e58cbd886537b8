//! OAuth's own words, for refusals that come without a number.
//! Source: RFC 6749 §4.1.2.1 and §5.2, RFC 8628 §3.5, OpenID Connect Core §3.1.2.6.

use super::{Diagnosis, session};
use crate::account::Way;
use crate::mail::Owner::{self, *};

pub(super) fn explain(error: &str) -> Option<Diagnosis> {
    let (cause, who_fixes, fix, another_way) = said(error)?;
    Some(Diagnosis { cause, who_fixes, fix, page: None, another_way })
}

type Said = (&'static str, Owner, &'static str, Option<Way>);

fn said(error: &str) -> Option<Said> {
    let again = "Sign in again.";
    Some(match error {
        "access_denied" => (
            "The sign-in was cancelled, or the permissions were declined.",
            Person,
            "Sign in again and accept; where Microsoft's page asks for an administrator, use the consent address under Accounts.",
            None,
        ),
        "authorization_declined" => ("The sign-in was declined on the page.", Person, again, None),
        "expired_token" => (session::CODE_EXPIRED.cause, Person, session::CODE_EXPIRED.fix, None),
        "bad_verification_code" => {
            ("The device code is unknown to Microsoft.", Person, "Sign in again and use the new code.", None)
        }
        "interaction_required" | "login_required" | "consent_required" | "invalid_grant" => (
            "Entra wants to see the person again before it gives a token.",
            Person,
            again,
            Some(Way::Browser),
        ),
        "temporarily_unavailable" | "server_error" => {
            ("A passing error at Microsoft.", Microsoft, "Wait a minute and sign in again.", None)
        }
        _ => return None,
    })
}
