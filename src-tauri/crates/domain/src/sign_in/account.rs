//! The person who signs in.

use super::Row;
use crate::mail::Owner::*;

const USERS: &str = "Entra admin center, Users";

pub(crate) const USER_UNKNOWN: Row = Row::new(&["AADSTS50034"], "No such user in this directory.")
    .fix(Person, "Correct the user name or the tenant; a guest has to be invited first.");

const OTHER_ACCOUNT: Row = Row::new(
    &[
        "AADSTS50020",
        "AADSTS50014",
        "AADSTS51004",
        "AADSTS16000",
        "AADSTS16003",
        "AADSTS90072",
        "AADSTS500208",
    ],
    "The account that signed in doesn't belong to this tenant. Often the browser used another account that was signed in already.",
)
.fix(Person, "Choose \"Use another account\" and sign in with one of this tenant; a guest has to be invited first.");

const PASSWORD: Row =
    Row::new(&["AADSTS50126", "AADSTS50056", "AADSTS50064"], "User name or password is wrong.")
        .fix(Person, "Type both again.");

const PASSWORD_EXPIRED: Row = Row::new(&["AADSTS50055", "AADSTS50144"], "The person's password has expired.")
    .fix(Person, "Change it at Microsoft's sign-in page or where the organisation does, then sign in again.");

const DISABLED: Row = Row::new(&["AADSTS50057"], "The person's account is disabled.")
    .fix(EntraAdmin, "Enable the account, or sign in with another one.")
    .page(USERS);

const LOCKED: Row = Row::new(
    &["AADSTS50053"],
    "The account is locked after too many failed sign-ins, or this network's address is held for malicious.",
)
.fix(EntraAdmin, "Look up the reason in the sign-in log; unlock the account, or use another network.")
.page("Entra admin center, Sign-in logs");

const SELECTION: Row = Row::new(
    &["AADSTS16001", "AADSTS16002", "AADSTS160021", "AADSTS50197", "AADSTS50143"],
    "The browser's session and the account that was chosen don't fit together.",
)
.fix(Person, "Sign out at `https://login.microsoftonline.com/logout.srf`, then sign in again.");

pub(super) const ROWS: &[Row] =
    &[USER_UNKNOWN, OTHER_ACCOUNT, PASSWORD, PASSWORD_EXPIRED, DISABLED, LOCKED, SELECTION];
