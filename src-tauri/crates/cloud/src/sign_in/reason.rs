//! From `azure_identity`'s error to ours: its chain holds what the door said.

use azure_core::error::Error;

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
            return closed_door(closed, account, audience);
        }
        cause = error.source();
    }
    Trouble::Unreadable { why: "it is not what Entra answers".into() }
}

fn closed_door(closed: &Closed, account: &Account, audience: Audience) -> Trouble {
    match closed {
        Closed::Refused(refused) => Trouble::Final(refused.clone().into()),
        Closed::Unreachable { host, why } => {
            Trouble::Unreachable { host: host.clone(), why: why.clone(), sent: true }
        }
        Closed::Answered(answer) => Trouble::Final(SignInFault::explain(answer, account, audience).into()),
        Closed::Strange { status } => Trouble::Unreadable {
            why: format!("status {status} comes without a reason that Entra ID would give"),
        },
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
