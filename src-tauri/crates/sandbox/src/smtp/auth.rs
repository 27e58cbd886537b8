//! What a sign-in gets: a mailbox, or Microsoft's sentence.

use crate::mail::{self, Mailbox, Once, State, WRONG_PASSWORD};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

const AUDIENCES: &[&str] =
    &["https://outlook.office365.com", "https://outlook.office.com", "00000002-0000-0ff1-ce00-000000000000"];
const ROLE: &str = "SMTP.SendAsApp";
const GENERIC: Once = Once { code: 535, text: "5.7.3 Authentication unsuccessful" };
/// Signs in with a password.
pub(super) fn login(state: &State, user: &str, password: &str) -> Result<&'static Mailbox, Once> {
    let mailbox = state.mailbox(user).ok_or(WRONG_PASSWORD)?;
    match mailbox.login {
        Some(reply) => Err(reply),
        None if password == mail::password(&state.scope) => Ok(mailbox),
        None => Err(WRONG_PASSWORD),
    }
}

/// Signs in with the base64 of `user=…^Aauth=Bearer …^A^A`. Whatever is wrong with it, Exchange says the same.
pub(super) fn xoauth2(state: &State, blob: &str) -> Result<&'static Mailbox, Once> {
    let text = decoded(blob).ok_or(GENERIC)?;
    let (user, token) = parts(&text).ok_or(GENERIC)?;
    let claims = state.claims(token, AUDIENCES).map_err(|_| GENERIC)?;
    if claims.tid != state.scope.tenant_id || !claims.roles.iter().any(|role| role == ROLE) {
        return Err(GENERIC);
    }
    let mailbox = state.mailbox(user).ok_or(GENERIC)?;
    mailbox.token.map_or(Ok(mailbox), Err)
}

/// Base64 as text, with or without padding.
pub(super) fn decoded(text: &str) -> Option<String> {
    let text = text.trim();
    let bytes = STANDARD.decode(text).or_else(|_| STANDARD_NO_PAD.decode(text)).ok()?;
    String::from_utf8(bytes).ok()
}

fn parts(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_suffix("\u{1}\u{1}")?;
    let (user, auth) = inside.split_once('\u{1}')?;
    let token = auth.strip_prefix("auth=Bearer ")?;
    Some((user.strip_prefix("user=")?, token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blob_has_one_shape() {
        assert_eq!(parts("user=a@b\u{1}auth=Bearer t\u{1}\u{1}"), Some(("a@b", "t")));
        for wrong in [
            "",
            "user=a",
            "user=a@b\u{1}auth=Bearer t\u{1}",
            "user=a@b auth=Bearer t\u{1}\u{1}",
            "user=a\u{1}auth=Basic t\u{1}\u{1}",
        ] {
            assert_eq!(parts(wrong), None, "{wrong:?}");
        }
    }
}
