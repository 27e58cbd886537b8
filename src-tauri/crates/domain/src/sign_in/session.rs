//! What was signed in and no longer is; and the device code flow, which is a session that waits.

use super::Row;
use crate::account::Way;
use crate::mail::{Certainty::*, Owner::*};

const AGAIN: &str = "Sign in again.";

const INACTIVE: Row = Row::new(
    &["AADSTS700082", "AADSTS70008", "AADSTS700084"],
    "The sign-in was kept, but not used for so long that it has run out.",
)
.fix(Person, AGAIN);

const REVOKED: Row = Row::new(
    &["AADSTS50173", "AADSTS50089", "AADSTS50085"],
    "The kept sign-in was revoked: by an administrator, by a change of password, or by signing out everywhere.",
)
.fix(Person, AGAIN);

const PASSWORD_CHANGED: Row = Row::new(
    &["AADSTS50132", "AADSTS50133"],
    "The kept sign-in ended because the password was changed or has expired.",
)
.fix(Person, AGAIN);

const FREQUENCY: Row = Row::new(
    &["AADSTS70043"],
    "Conditional Access wants to see the person again: the sign-in frequency has passed.",
)
.fix(Person, "Sign in again; for work around the clock, connect an app with a certificate.");

const REFUSED: Row = Row::new(&["AADSTS70000"], "The kept sign-in isn't valid any more.").fix(Person, AGAIN);

const NOBODY: Row =
    Row::new(&["AADSTS50058"], "Nobody is signed in, and this sign-in was not allowed to ask.")
        .fix(Person, AGAIN);

const PENDING: Row =
    Row::new(&["AADSTS70016"], "The device code was shown, and nobody has signed in with it yet.")
        .fix(Person, "Open the page, type the code and sign in there.");

const WRONG_CODE: Row =
    Row::new(&["AADSTS70018"], "The device code is unknown: it was mistyped, or used already.")
        .fix(Person, "Sign in again and type the new code.");

pub(super) const CODE_EXPIRED: Row =
    Row::new(&["AADSTS70019"], "The device code has expired: nobody signed in with it in time.")
        .fix(Person, "Sign in again and use the new code within its 15 minutes.");

const CODE_INVALID: Row = Row::new(&["AADSTS70020"], "The device code isn't valid any more.")
    .fix(Person, "Sign in again and use the new code within its 15 minutes.")
    .sure(Reported);

const DATACENTER: Row = Row::new(
    &["AADSTS50134"],
    "The page that took the device code is run by another of Microsoft's datacentres than the program asked.",
)
.fix(Person, "Sign in again from one network, or in the system's browser.")
.or_by(Way::Browser);

const CONFIRM: Row =
    Row::new(&["AADSTS50199"], "The page asks whether this is the app that was meant, and nobody confirmed.")
        .fix(Person, "Sign in again and confirm, if it was you who began.");

const INTERRUPTED: Row =
    Row::new(&["AADSTS50140"], "The sign-in stopped at the question whether to stay signed in.")
        .fix(Person, "Sign in again and answer the question either way.");

pub(super) const ROWS: &[Row] = &[
    INACTIVE,
    REVOKED,
    PASSWORD_CHANGED,
    FREQUENCY,
    REFUSED,
    NOBODY,
    PENDING,
    WRONG_CODE,
    CODE_EXPIRED,
    CODE_INVALID,
    DATACENTER,
    CONFIRM,
    INTERRUPTED,
];
