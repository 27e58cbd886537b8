//! Tokens, by every way in that Microsoft offers, all of them as the same `TokenCredential`: a secret, a certificate,
//! Azure CLI and a managed identity through Microsoft's own `azure_identity`; a person, in the browser or by device
//! code, on `oauth2`. Every token request goes through this connection's transport, table and trace.
//!
//! It must never print a secret or a token, trust a claim (claims are decoded to be shown), prompt a person unasked, or
//! use a client ID of Microsoft's own.
//!
//! Start reading at [`Account`], then `tokens` (who keeps them), `credential` and `person` (who gives them), `door`
//! (how they are asked for), `challenge` (what an API may ask beyond them) and `fault` (why there is none).

mod account;
mod browser;
mod certificate;
pub(crate) mod challenge;
mod claims;
mod cli;
mod clock;
mod credential;
mod device;
mod door;
mod fault;
mod gate;
mod identity;
mod loopback;
mod metadata;
mod person;
mod prompted;
mod reason;
mod tokens;
mod web;

use azure_core::credentials::Secret as AzureSecret;
use domain::secret::Secret;
use wire::entra::JwtClaims;

pub(crate) use account::is_guid;
pub use account::{Account, Desk, Prompt, SignedIn, Way};
pub use certificate::{CertificateFacts, certificate_facts};
pub use fault::SignInFault;
pub(crate) use tokens::{Tokens, signed_in};

use crate::endpoints::Audience;
use crate::error::CloudError;

/// An access token and what it says of itself.
#[derive(Clone, Debug)]
pub struct Token {
    pub secret: Secret,
    /// Decoded, not verified.
    pub claims: JwtClaims,
}

/// A token with the age of the credential that gave it.
#[derive(Clone, Debug)]
pub(crate) struct Bearer {
    audience: Audience,
    generation: u64,
    secret: AzureSecret,
}

impl Bearer {
    pub(crate) fn text(&self) -> &str {
        self.secret.secret()
    }
}

/// Decodes a token's claims.
pub(crate) fn token(bearer: &Bearer) -> Result<Token, CloudError> {
    let claims = claims::decode(bearer.text()).ok_or_else(|| CloudError::BadAnswer {
        what: "a token is no JWT, so nothing can be said about it".into(),
    })?;
    Ok(Token { secret: Secret::from(bearer.text()), claims })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_of_a_token_shows_no_secret() {
        let bearer =
            Bearer { audience: Audience::Arm, generation: 0, secret: AzureSecret::new("hunter2".to_owned()) };
        let token = Token { secret: Secret::from("hunter2"), claims: JwtClaims::default() };
        let printed = format!("{bearer:?} {token:?}");
        assert!(!printed.contains("hunter2"), "{printed}");
    }
}
