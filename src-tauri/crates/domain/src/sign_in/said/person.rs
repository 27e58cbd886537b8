//! What keeps a person from signing in before Entra has anything to say: no port, nobody there, another's answer.

use std::fmt::Display;

use super::{Said, said};
use crate::sign_in::session;

/// `why`: the system's own words.
pub fn no_port(why: impl Display) -> Said {
    said(
        format!("No port of this machine is free for the browser's answer: {why}."),
        "Close programs that hold many connections and sign in again, or connect with a device code, which needs no \
         port.",
    )
}

pub fn nobody_came() -> Said {
    said(
        "Nobody finished the sign-in in the browser within 5 minutes.",
        "Sign in again. Where no browser opened, copy its address by hand or use a device code.",
    )
}

/// By our own clock; Entra's word for it says the same.
pub fn code_expired() -> Said {
    said(session::CODE_EXPIRED.cause, session::CODE_EXPIRED.fix)
}

pub fn under_way() -> Said {
    said("A sign-in of this account is under way already.", "Finish it in the browser, or cancel it.")
}

pub fn nobody(tenant: &str) -> Said {
    said(
        format!("Nobody is signed in to tenant `{tenant}`."),
        "Sign in under Accounts; what is stored stays readable.",
    )
}

/// Why an identity that came with a token is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    NoIdentity,
    /// It repeats another nonce.
    OtherSignIn,
    OtherApp,
}

pub fn foreign(why: Foreign) -> Said {
    let what = match why {
        Foreign::NoIdentity => "comes without an identity",
        Foreign::OtherSignIn => "answers another sign-in",
        Foreign::OtherApp => "is for another app",
    };
    said(
        format!("The sign-in was not taken: what Entra ID gave {what}."),
        "Sign in again. If it stays so, something between this machine and Entra ID changes answers.",
    )
}
