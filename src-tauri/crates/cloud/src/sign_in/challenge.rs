//! A claims challenge: a 401 that asks for a token with other claims, in its `WWW-Authenticate` header.
//! <https://learn.microsoft.com/entra/identity-platform/claims-challenge>
//!
//! The header is a stranger's text: what is kept is JSON of a bounded length, or nothing.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, general_purpose};
use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};

/// Microsoft's own are below 500 bytes.
const LONGEST: usize = 4_096;

/// Documented as base64; url-safe and unpadded forms are met too.
const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// The claims that are asked for, as JSON text. `None`: the header asks for none, or can't be read.
pub(crate) fn claims(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok());
    values.filter_map(|text| parameter(text, "claims")).find_map(|value| decoded(&value))
}

/// The same in the form that `az login --claims-challenge` takes.
pub(super) fn encoded(claims: &str) -> String {
    general_purpose::STANDARD.encode(claims)
}

fn decoded(value: &str) -> Option<String> {
    if value.len() > LONGEST {
        return None;
    }
    let bytes = STANDARD.decode(value).or_else(|_| URL_SAFE.decode(value)).ok()?;
    let json: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
    json.is_object().then(|| json.to_string())
}

/// The value of `name` among `Bearer a="…", b=…`. Quoted values may hold commas, equal signs and escapes.
fn parameter(text: &str, name: &str) -> Option<String> {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('=') {
        let key = before.rsplit([' ', ',', '\t']).next().unwrap_or_default();
        let (value, left) = value(after);
        if key.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = left;
    }
    None
}

fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', ' ']).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let (mut value, mut escaped) = (String::new(), false);
    for (at, character) in quoted.char_indices() {
        match character {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return (value, &quoted[at + 1..]),
            _ => {
                value.push(character);
                escaped = false;
            }
        }
    }
    // A quotation without an end is no value.
    (String::new(), "")
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"cp1"}}}"#;

    fn of(header: &str) -> Option<String> {
        claims(&[(WWW_AUTHENTICATE, header.parse().unwrap())].into_iter().collect())
    }

    #[test]
    fn claims_are_found_among_quoted_pairs_in_either_alphabet() {
        let (padded, bare) = (encoded(JSON), general_purpose::URL_SAFE_NO_PAD.encode(JSON));
        for header in [
            format!(
                r#"Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="{padded}""#
            ),
            format!(r#"Bearer claims="{bare}",error="insufficient_claims""#),
            format!("Bearer error=insufficient_claims, CLAIMS={bare}"),
            format!(r#"Bearer realm="a, claims=\"no\" b", claims="{padded}""#),
        ] {
            assert_eq!(of(&header).as_deref(), Some(JSON), "{header}");
        }
    }

    #[test]
    fn a_hostile_header_gives_nothing() {
        let long = format!(r#"Bearer claims="{}""#, "A".repeat(100_000));
        let list = format!(r#"Bearer claims="{}""#, encoded("[1]"));
        for header in [
            "Bearer",
            "Bearer claims=",
            r#"Bearer claims=""#,
            r#"Bearer claims="not base64 at all""#,
            r#"Bearer claims="eyJ"#,
            r#"Bearer error="invalid_token", error_description="claims=eyJhIjoxfQ==""#,
            r#"Bearer myclaims="eyJhIjoxfQ==""#,
            "====\"\\\"====",
            &long,
            &list,
        ] {
            assert_eq!(of(header), None, "{header}");
        }
    }
}
