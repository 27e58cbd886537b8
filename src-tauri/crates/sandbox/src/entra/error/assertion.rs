//! Refusals of a client assertion
//! (<https://learn.microsoft.com/entra/identity-platform/certificate-credentials>).

use super::Refused;
use crate::moment;
use time::OffsetDateTime;

fn refused(code: u32, sentence: impl Into<String>) -> Refused {
    Refused::new(401, "invalid_client", code, sentence)
}

const REVIEW: &str = "Review the documentation at https://docs.microsoft.com/azure/active-directory/develop/active-directory-certificate-credentials .";

/// 50027: not a JWT of the right shape.
pub fn malformed() -> Refused {
    refused(50_027, "JWT token is invalid or malformed.")
}

/// 700027 where no registered certificate has this thumbprint.
pub fn unknown_key(thumbprint: &str, client: &str) -> Refused {
    refused(
        700_027,
        format!(
            "The certificate with identifier used to sign the client assertion is not registered on application. \
             [Reason - The key was not found. Thumbprint of key used by client: '{thumbprint}', Please visit the Azure \
             Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '{client}'.]"
        ),
    )
}

/// 700027 where the key is known and the signature is not its own.
pub fn wrong_signature(thumbprint: &str, client: &str) -> Refused {
    refused(
        700_027,
        format!(
            "Client assertion contains an invalid signature. [Reason - The key was found, but use of the key to verify \
             the signature failed. Thumbprint of key used by client: '{thumbprint}', Please visit the Azure Portal, Graph \
             Explorer or directly use MS Graph to see configured keys for app Id '{client}'.]"
        ),
    )
}

/// 700027 where the certificate's time is over.
pub fn expired_key(thumbprint: &str, client: &str) -> Refused {
    refused(
        700_027,
        format!(
            "Client assertion contains an invalid signature. [Reason - The key used is expired. Thumbprint of key used by \
             client: '{thumbprint}', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see \
             configured keys for app Id '{client}'.]"
        ),
    )
}

/// 700024: by the door's clock it is too early or too late. Times are seconds since 1970.
pub fn untimely(now: OffsetDateTime, from: i64, until: i64) -> Refused {
    let text = |seconds: i64| moment::text(seconds.saturating_mul(moment::SECOND));
    refused(
        700_024,
        format!(
            "Client assertion is not within its valid time range. Current time: {}, assertion valid from {}, expiry time \
             of assertion {}. {REVIEW}",
            moment::text(moment::of(now)),
            text(from),
            text(until)
        ),
    )
}

/// 700023: made for another address.
pub fn audience() -> Refused {
    refused(700_023, format!("Client assertion audience claim does not match Realm issuer. {REVIEW}"))
}

/// 700021: made by another app.
pub fn issuer() -> Refused {
    refused(
        700_021,
        format!("Client assertion application identifier doesn't match 'client_id' parameter. {REVIEW}"),
    )
}
