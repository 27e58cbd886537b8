//! Refusals that concern a person, their codes and their refresh tokens
//! (<https://learn.microsoft.com/entra/identity-platform/reference-error-codes>).

use super::Refused;
use crate::moment;
use time::OffsetDateTime;

fn grant(code: u32, sentence: impl Into<String>) -> Refused {
    Refused::new(400, "invalid_grant", code, sentence)
}

fn request(code: u32, sentence: impl Into<String>) -> Refused {
    Refused::new(400, "invalid_request", code, sentence)
}

/// 50034
pub fn no_user(upn: &str, tenant: &str) -> Refused {
    grant(
        50_034,
        format!(
            "The user account {upn} doesn't exist in the {tenant} directory. To sign into this application, the account \
             must be added to the directory."
        ),
    )
}

/// 50126
pub fn wrong_password() -> Refused {
    grant(50_126, "Error validating credentials due to invalid username or password.")
}

/// 50011: shown on the page, since an address that is not known is never led to.
pub fn redirect(address: &str, client: &str) -> Refused {
    request(
        50_011,
        format!(
            "The redirect URI '{address}' specified in the request does not match the redirect URIs configured for the \
             application '{client}'. Make sure the redirect URI sent in the request matches one added to your application \
             in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to \
             troubleshoot the error."
        ),
    )
}

/// A response other than a code in the query.
pub fn response_type(name: &str) -> Refused {
    let sentence = format!("The response '{name}' is not enabled for the application.");
    Refused::new(400, "unsupported_response_type", 700_051, sentence)
}

/// 50149: no challenge, or not one of S256.
pub fn challenge() -> Refused {
    request(50_149, "Invalid Code_Challenge parameter.")
}

/// 50058
pub fn silent() -> Refused {
    let sentence = "A silent sign-in request was sent but no user is signed in.";
    Refused::new(400, "login_required", 50_058, sentence)
}

/// 65004
pub fn declined() -> Refused {
    Refused::new(400, "access_denied", 65_004, "User declined to consent to access the app.")
}

/// 65001 with the error that the authorise page gives.
pub fn no_consent_on_page(client: &str) -> Refused {
    Refused { error: "consent_required", ..super::app::no_consent(client) }
}

/// 53003 with the error that the authorise page gives.
pub fn blocked_on_page() -> Refused {
    Refused { error: "access_denied", ..super::app::blocked() }
}

/// 50076, with the claims that a sign-in has to ask for.
pub fn wants_more(resource: &str) -> Refused {
    let sentence = format!(
        "Due to a configuration change made by your administrator, or because you moved to a new location, you must use \
         multi-factor authentication to access '{resource}'."
    );
    let claims = r#"{"access_token":{"capolids":{"essential":true,"values":["9c1f2a64-7f1b-4a7f-8b44-2f0f3a1f6a10"]}}}"#;
    Refused {
        suberror: Some("basic_action"),
        claims: Some(claims.to_owned()),
        ..Refused::new(400, "interaction_required", 50_076, sentence)
    }
}

/// 650053
pub fn no_scope(scope: &str, resource: &str) -> Refused {
    let sentence = format!(
        "The application 'Crosswalk' asked for scope '{scope}' that doesn't exist on the resource '{resource}'. Contact the \
         app vendor."
    );
    Refused::new(400, "invalid_client", 650_053, sentence)
}

/// 28000: one token, one resource.
pub fn many_resources(scopes: &str) -> Refused {
    request(
        28_000,
        format!(
            "Provided value for the input parameter scope is not valid because it contains more than one resource. Scope \
             {scopes} is not valid."
        ),
    )
}

/// 9002313 for a code that never was.
pub fn no_code() -> Refused {
    grant(9_002_313, "Invalid request. Request is malformed or invalid.")
}

/// 54005
pub fn spent() -> Refused {
    grant(
        54_005,
        "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh \
         token.",
    )
}

/// 70008
pub fn code_expired() -> Refused {
    grant(
        70_008,
        "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive \
         authorization request for this user and resource.",
    )
}

/// 500112
pub fn other_redirect(given: &str, meant: &str) -> Refused {
    let sentence = format!(
        "The reply address '{given}' does not match the reply address '{meant}' provided when requesting Authorization \
         code."
    );
    Refused::new(400, "invalid_client", 500_112, sentence)
}

/// 501481
pub fn verifier() -> Refused {
    grant(
        501_481,
        "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
    )
}

/// 700005
pub fn other_tenant() -> Refused {
    grant(700_005, "Provided Authorization Code is intended to use against other tenant, thus rejected.")
}

/// 700082: not used for too long.
pub fn lapsed(now: OffsetDateTime) -> Refused {
    let issued = moment::text(moment::of(now) - 91 * moment::DAY);
    grant(
        700_082,
        format!(
            "The refresh token has expired due to inactivity. The token was issued on {issued} and was inactive for \
             90.00:00:00."
        ),
    )
}

/// 50173: the password was changed.
pub fn revoked(now: OffsetDateTime) -> Refused {
    let issued = moment::text(moment::of(now) - moment::DAY);
    let valid = moment::text(moment::of(now) - moment::SECOND);
    grant(
        50_173,
        format!(
            "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have \
             changed or reset their password. The grant was issued on '{issued}' and the TokensValidFrom date (before \
             which tokens are not valid) for this user is '{valid}'."
        ),
    )
}

/// 70000
pub fn no_refresh() -> Refused {
    grant(70_000, "Provided grant is invalid or malformed.")
}

/// 70016 by the names that polling clients know.
pub fn pending(too_soon: bool) -> Refused {
    let error = if too_soon { "slow_down" } else { "authorization_pending" };
    let sentence = "OAuth 2.0 device flow error. Authorization is pending. Continue polling.";
    Refused::new(400, error, 70_016, sentence)
}

/// 65004 as a polling client is told.
pub fn device_declined() -> Refused {
    Refused { error: "authorization_declined", ..declined() }
}

/// 70020
pub fn device_expired() -> Refused {
    let sentence = "The provided value for the input parameter 'device_code' is not valid. This device code has expired.";
    Refused::new(400, "expired_token", 70_020, sentence)
}

/// 70018
pub fn no_device() -> Refused {
    let sentence = "The device_code sent to the /token endpoint wasn't recognized.";
    Refused::new(400, "bad_verification_code", 70_018, sentence)
}
