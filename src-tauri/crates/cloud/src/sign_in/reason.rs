//! From `azure_identity`'s error to ours: its chain holds Entra's answer, or the door's own failure.

use azure_core::error::{Error, ErrorKind};
use wire::entra::TokenError;

use super::door::Closed;
use super::{Account, SignInFault};
use crate::endpoints::Audience;
use crate::pipeline::said::Said;
use crate::pipeline::trouble::Trouble;

/// What a failed token request means for the call that needed the token.
pub(super) fn trouble(error: &Error, account: &Account, audience: Audience) -> Trouble {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(closed) = error.downcast_ref::<Closed>() {
            return closed_door(closed);
        }
        if let Some(answer) = error.downcast_ref::<Error>().and_then(answered) {
            return Trouble::Final(SignInFault::explain(&answer, account, audience).into());
        }
        cause = error.source();
    }
    Trouble::Unreadable { why: "it is not what Entra answers".into() }
}

/// Entra's refusal, where the error carries one.
fn answered(error: &Error) -> Option<TokenError> {
    match error.kind() {
        ErrorKind::HttpResponse { raw_response: Some(answer), .. } => {
            serde_json::from_slice(answer.body()).ok()
        }
        _ => None,
    }
}

fn closed_door(closed: &Closed) -> Trouble {
    match closed {
        Closed::Refused(refused) => Trouble::Final(refused.clone().into()),
        Closed::Unreachable { host, why } => {
            Trouble::Unreachable { host: host.clone(), why: why.clone(), sent: true }
        }
        Closed::Cut => Trouble::Cut { bytes: 0 },
        Closed::Busy { status, retry_after } => Trouble::Status {
            status: *status,
            said: Said { code: String::new(), message: "Entra ID can't give tokens at the moment.".into() },
            retry_after: *retry_after,
            request_id: None,
            challenge: false,
        },
    }
}
