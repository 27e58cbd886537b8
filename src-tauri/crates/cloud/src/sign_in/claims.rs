//! The second part of a token, decoded and never trusted.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
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

/// What a person's tokens are asked for with: that this client answers a challenge in the middle of a session, and
/// what one asked for.
/// <https://learn.microsoft.com/entra/identity-platform/claims-challenge#client-capabilities>
pub(super) fn with_capability(challenge: Option<&str>) -> String {
    let asked: Option<Value> = challenge.and_then(|text| serde_json::from_str(text).ok());
    let mut claims = asked.filter(Value::is_object).unwrap_or_else(|| json!({}));
    if !claims["access_token"].is_object() {
        claims["access_token"] = json!({});
    }
    claims["access_token"]["xms_cc"] = json!({ "values": ["cp1"] });
    claims.to_string()
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
    fn the_capability_stands_beside_what_a_challenge_asks_for() {
        assert_eq!(with_capability(None), r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#);
        let both = with_capability(Some(r#"{"access_token":{"nbf":{"essential":true,"value":"1"}}}"#));
        let both: Value = serde_json::from_str(&both).unwrap();
        assert_eq!(both["access_token"]["nbf"]["value"], "1");
        assert_eq!(both["access_token"]["xms_cc"]["values"][0], "cp1");
        assert!(with_capability(Some("[]")).contains("cp1"), "what is no object asks for nothing");
    }

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
