//! From `azure_identity`'s error to ours: its chain holds what the door or a person's sign-in said.

use azure_core::error::Error;

use super::browser::Ended;
use super::clock::Clock;
use super::door::Closed;
use super::person::Faulted;
use super::{Account, SignInFault, Way, cli, identity};
use crate::pipeline::said::Said;
use crate::pipeline::trouble::Trouble;

/// What a failed token request means for the call that needed the token.
pub(super) fn trouble(error: &Error, account: &Account, clock: &Clock) -> Trouble {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(closed) = error.downcast_ref::<Closed>() {
            return closed_door(closed, account, clock);
        }
        if let Some(Faulted(fault)) = error.downcast_ref::<Faulted>() {
            return Trouble::Final(SignInFault::clone(fault).into());
        }
        cause = error.source();
    }
    if matches!(account.way, Way::AzureCli) {
        return Trouble::Final(cli::fault(error, account).into());
    }
    Trouble::Unreadable { why: "it is not what Entra answers".into() }
}

/// The same for a sign-in by a person: whatever Entra refuses, only they can go on.
pub(super) fn ended(ended: Ended, account: &Account, clock: &Clock) -> Trouble {
    match ended {
        Ended::Fault(fault) => Trouble::Final(fault.into()),
        Ended::Closed(Closed::Answered(answer)) => {
            let fault = SignInFault::explain(&answer, account, clock.wrong().as_deref());
            Trouble::Final(SignInFault { needs_person: true, ..fault }.into())
        }
        Ended::Closed(closed) => closed_door(&closed, account, clock),
    }
}

fn closed_door(closed: &Closed, account: &Account, clock: &Clock) -> Trouble {
    if matches!(account.way, Way::ManagedIdentity)
        && let Some(fault) = identity::fault(closed, account)
    {
        return Trouble::Final(fault.into());
    }
    match closed {
        Closed::Refused(refused) => Trouble::Final(refused.clone().into()),
        Closed::Unreachable { host, why } => {
            Trouble::Unreachable { host: host.clone(), why: why.clone(), sent: true }
        }
        Closed::Answered(answer) => {
            Trouble::Final(SignInFault::explain(answer, account, clock.wrong().as_deref()).into())
        }
        Closed::Strange { status } => Trouble::Unreadable {
            why: format!("status {status} comes without a reason that Entra ID would give"),
        },
        Closed::Cut => Trouble::Cut { bytes: 0 },
        Closed::Busy { status, retry_after } => Trouble::Status {
            status: *status,
            said: Said { code: String::new(), message: "Entra ID can't give tokens at the moment.".into() },
            retry_after: *retry_after,
            request_id: None,
            challenge: None,
        },
    }
}
