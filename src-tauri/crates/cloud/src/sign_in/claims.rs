//! The second part of a token, decoded and never trusted.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use wire::entra::JwtClaims;

/// What an id token says of the person and of the sign-in that it answers.
/// <https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference>
#[derive(Debug, Deserialize)]
pub(super) struct Identity {
    pub(super) aud: String,
    #[serde(default)]
    pub(super) tid: String,
    pub(super) nonce: Option<String>,
    pub(super) preferred_username: Option<String>,
    pub(super) upn: Option<String>,
}

/// `None` where the text isn't three parts with JSON in the second.
pub(super) fn decode(token: &str) -> Option<JwtClaims> {
    second(token)
}

/// The same for an id token.
pub(super) fn identity(token: &str) -> Option<Identity> {
    second(token)
}

fn second<T: DeserializeOwned>(token: &str) -> Option<T> {
    let mut parts = token.split('.');
    let (_, body, _) = (parts.next()?, parts.next()?, parts.next()?);
    let json = URL_SAFE_NO_PAD.decode(body.trim_end_matches('=')).ok()?;
    serde_json::from_slice(&json).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_read_from_the_second_part() {
        let body =
            URL_SAFE_NO_PAD.encode(r#"{"aud":"https://graph.microsoft.com","roles":["Mail.Send"],"exp":7}"#);
        let claims = decode(&format!("x.{body}.y")).unwrap();
        assert_eq!(claims.aud.as_deref(), Some("https://graph.microsoft.com"));
        assert_eq!(claims.roles.items(), ["Mail.Send"]);
        assert_eq!(claims.exp.copied(), Some(7));
    }

    #[test]
    fn what_is_no_token_has_no_claims() {
        for bad in ["", "a.b", "a.!!.c", "a.e30"] {
            assert!(decode(bad).is_none(), "{bad}");
        }
        assert!(decode("a.bm8.c").is_none(), "`no` is no JSON");
    }
}
