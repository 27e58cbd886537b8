//! Consent: whether the app may ask for what it asks for.

use super::Row;
use crate::mail::Owner::*;

const PERMISSIONS: &str = "Entra admin center, App registrations, the app, API permissions";
const REQUESTS: &str = "Entra admin center, Enterprise applications, Admin consent requests";

pub(crate) const CONSENT: Row = Row::new(
    &["AADSTS65001", "AADSTS650056", "AADSTS650057"],
    "Consent is missing, or the app's permissions are misconfigured. An app-only token usually comes all the same, without roles.",
)
.fix(EntraAdmin, "Grant admin consent on the app registration's API permissions.")
.page(PERMISSIONS);

const ADMIN_CONSENT: Row = Row::new(
    &["AADSTS90094", "AADSTS90008", "AADSTS65005"],
    "The app asks for permissions that only an administrator may grant, and none did yet.",
)
.fix(
    EntraAdmin,
    "Open the consent address shown under Accounts, or grant admin consent on the app registration.",
)
.page(PERMISSIONS);

const CONSENT_ASKED: Row = Row::new(
    &["AADSTS90095", "AADSTS90097"],
    "The app needs an administrator's consent; the request for it can be made, or was made, on the sign-in page.",
)
.fix(EntraAdmin, "Approve the waiting request, then sign in again.")
.page(REQUESTS);

const DECLINED: Row = Row::new(&["AADSTS65004"], "The person who signed in declined the permissions.")
    .fix(Person, "Sign in again and accept, or let an administrator grant admin consent.");

const NOT_ASSIGNED: Row = Row::new(
    &["AADSTS50105"],
    "The app is limited to assigned people, and whoever signed in isn't one of them.",
)
.fix(EntraAdmin, "Assign the person or a group to the app, or set \"Assignment required\" to No.")
.page("Entra admin center, Enterprise applications, the app, Users and groups");

pub(super) const ROWS: &[Row] = &[CONSENT, ADMIN_CONSENT, CONSENT_ASKED, DECLINED, NOT_ASSIGNED];
