//! Client assertions: a JWT that the app signed with its certificate's key
//! (<https://learn.microsoft.com/entra/identity-platform/certificate-credentials>).
//!
//! Entra's order: shape, key, signature, who, for whom, when. An assertion may be used again while it lasts, as
//! Microsoft's own libraries do.

use super::error::Refused;
use super::error::assertion as told;
use crate::certificate::{Registered, hex};
use crate::session::Session;
use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaParameters, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// The tenant whose registered certificate has expired.
pub const EXPIRED_CERTIFICATE: &str = "expired-certificate";

/// How far clocks may be apart, in seconds.
const SKEW: i64 = 300;

/// Checks an assertion for a client at `tenant`, as it stood in the address.
///
/// # Errors
/// 50027, 700027, 700021, 700023, 700024.
pub fn verify(session: &Session, tenant: &str, client: &str, assertion: &str) -> Result<(), Refused> {
    let (head, claims) = parts(assertion).ok_or_else(told::malformed)?;
    let text = |value: &Value, name: &str| value[name].as_str().map(str::to_owned);
    signed(&session.certificate, tenant, client, &head, assertion)?;
    let (Some(issuer), Some(subject), Some(_)) =
        (text(&claims, "iss"), text(&claims, "sub"), text(&claims, "jti"))
    else {
        return Err(told::malformed());
    };
    if issuer != client || subject != client {
        return Err(told::issuer());
    }
    let audience = text(&claims, "aud").unwrap_or_default();
    let base = format!("{}/{tenant}", session.origins.authority);
    let endpoints = ["/oauth2/v2.0/token", "/oauth2/token", "/v2.0"].map(|path| format!("{base}{path}"));
    if !endpoints.iter().any(|endpoint| endpoint.eq_ignore_ascii_case(&audience)) {
        return Err(told::audience());
    }
    timely(session, &claims)
}

fn timely(session: &Session, claims: &Value) -> Result<(), Refused> {
    let until = seconds(&claims["exp"]).ok_or_else(told::malformed)?;
    let from = seconds(&claims["nbf"]).or_else(|| seconds(&claims["iat"])).unwrap_or(until);
    let now = session.signer.clock.now();
    let at = now.unix_timestamp();
    if from > at + SKEW || until < at - SKEW {
        return Err(told::untimely(now, from, until));
    }
    Ok(())
}

/// A NumericDate in whole seconds; msal for Python writes fractions.
fn seconds(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64))
}

/// Head and claims as JSON.
fn parts(assertion: &str) -> Option<(Value, Value)> {
    let [head, claims, _] = assertion.split('.').collect::<Vec<&str>>().try_into().ok()?;
    let read = |part: &str| serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(part).ok()?).ok();
    Some((read(head)?, read(claims)?))
}

fn signed(
    registered: &Registered,
    tenant: &str,
    client: &str,
    head: &Value,
    assertion: &str,
) -> Result<(), Refused> {
    let named = print(head).ok_or_else(told::malformed)?;
    let shown = hex(&named);
    if named != registered.sha1 && named != registered.sha256 {
        return Err(told::unknown_key(&shown, client));
    }
    let algorithm: &'static RsaParameters = match head["alg"].as_str() {
        Some("RS256") => &RSA_PKCS1_2048_8192_SHA256,
        Some("PS256") => &RSA_PSS_2048_8192_SHA256,
        _ => return Err(told::malformed()),
    };
    let (text, signature) = assertion.rsplit_once('.').ok_or_else(told::malformed)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| told::malformed())?;
    UnparsedPublicKey::new(algorithm, &registered.public_key)
        .verify(text.as_bytes(), &signature)
        .map_err(|_| told::wrong_signature(&shown, client))?;
    match tenant.eq_ignore_ascii_case(EXPIRED_CERTIFICATE) {
        true => Err(told::expired_key(&shown, client)),
        false => Ok(()),
    }
}

/// The certificate's thumbprint that the head names.
fn print(head: &Value) -> Option<Vec<u8>> {
    let named = head["x5t#S256"].as_str().or_else(|| head["x5t"].as_str())?;
    // Microsoft's `azure_identity` for Rust writes the plain alphabet here, so Entra has to take both.
    let bare = named.trim_end_matches('=').replace('+', "-").replace('/', "_");
    URL_SAFE_NO_PAD.decode(bare).ok()
}
