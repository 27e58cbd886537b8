//! Claims challenges: 401 that says what a token has to be asked for with
//! (<https://learn.microsoft.com/entra/identity-platform/claims-challenge>,
//! <https://learn.microsoft.com/entra/identity-platform/app-resilience-continuous-access-evaluation>).
//!
//! Each door writes the header in a form that was seen of its service: ARM one challenge, Graph two of them, and Log
//! Analytics with an empty realm.

use super::Passage;
use crate::answer;
use crate::arm::error;
use crate::journal::Door;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const SENTENCE: &str = "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: \
                        TokenIssuedBeforeRevocationTimestamp";

/// The door's challenge. A token from now on, asked for with these claims, satisfies it.
pub fn answer(passage: &Passage) -> Response {
    let session = &passage.session;
    let since = session.signer.clock.seconds();
    let claims = STANDARD
        .encode(format!("{{\"access_token\":{{\"nbf\":{{\"essential\":true, \"value\":\"{since}\"}}}}}}"));
    let page = format!("{}/common/oauth2/authorize", session.origins.authority);
    let tail = format!("error=\"insufficient_claims\", claims=\"{claims}\"");
    let (response, header) = match passage.door {
        Door::Graph => (
            session.graph_error(401, "InvalidAuthenticationToken", SENTENCE),
            format!(
                "PoP realm=\"\", authorization_uri=\"{page}\", client_id=\"00000003-0000-0000-c000-000000000000\", \
                 nonce=\"ey==\", Bearer realm=\"\", authorization_uri=\"{page}\", \
                 client_id=\"00000003-0000-0000-c000-000000000000\", error_description=\"{SENTENCE}\", {tail}"
            ),
        ),
        Door::Logs => (
            error::plain(401, "InvalidTokenError", SENTENCE),
            format!("Bearer realm=\"\", authorization_uri=\"{page}\", {tail}"),
        ),
        _ => (
            error::gateway(401, "InvalidAuthenticationToken", SENTENCE),
            format!("Bearer authorization_uri=\"{page}\", {tail}"),
        ),
    };
    answer::with(response, "www-authenticate", &header)
}
