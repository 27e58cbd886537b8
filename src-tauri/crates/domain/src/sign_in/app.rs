//! The app itself: its secret, its kind, whether the tenant knows it.

use super::Row;
use crate::account::Way;
use crate::mail::Owner::*;

pub(super) const SECRETS: &str = "Entra admin center, App registrations, the app, Certificates & secrets";
const OVERVIEW: &str = "Entra admin center, App registrations, the app, Overview";
const AUTHENTICATION: &str = "Entra admin center, App registrations, the app, Authentication";
const PROPERTIES: &str = "Entra admin center, Enterprise applications, the app, Properties";

pub(crate) const SECRET_WRONG: Row = Row::new(
    &["AADSTS7000215", "AADSTS70002"],
    "The client secret is wrong. Most often the secret's ID was copied instead of its Value, or the secret lost characters (`+ / ~ =`) or gained a newline on its way, or it belongs to another app.",
)
.fix(EntraAdmin, "Copy the column Value (shown once, when the secret is made), not Secret ID; if it is gone, make a new secret.")
.page(SECRETS);

pub(crate) const SECRET_EXPIRED: Row = Row::new(&["AADSTS7000222"], "The client secret has expired.")
    .fix(EntraAdmin, "Make a new secret or, better, a certificate, and note its end date.")
    .page(SECRETS);

pub(crate) const PROOF_MISSING: Row = Row::new(
    &["AADSTS7000218", "AADSTS7000216"],
    "The request carries neither a secret nor a certificate's assertion.",
)
.fix(EntraAdmin, "For a browser or device code sign-in, set \"Allow public client flows\" to Yes; otherwise connect with a client secret or a certificate.")
.page(AUTHENTICATION);

pub(crate) const PUBLIC_CLIENT: Row =
    Row::new(&["AADSTS700025"], "The app is marked as a public client and must not send a secret.")
        .fix(EntraAdmin, "Turn off \"Allow public client flows\" on the app registration.")
        .page(AUTHENTICATION)
        .or_by(Way::Browser);

pub(crate) const APP_UNKNOWN: Row = Row::new(
    &["AADSTS700016", "AADSTS700011"],
    "No such app in this directory. The client id is wrong (an object id?), or the tenant is.",
)
.fix(
    EntraAdmin,
    "Take Application (client) ID and Directory (tenant) ID from the app registration's overview.",
)
.page(OVERVIEW);

pub(crate) const APP_DISABLED: Row =
    Row::new(&["AADSTS7000112", "AADSTS70001"], "The app is disabled in this tenant.")
        .fix(EntraAdmin, "Set \"Enabled for users to sign-in\" to Yes on the enterprise application.")
        .page(PROPERTIES);

const NOT_MULTITENANT: Row =
    Row::new(&["AADSTS50194"], "The app belongs to one tenant, and the sign-in did not name that tenant.")
        .fix(Person, "Give the Directory (tenant) ID of the tenant that the app is registered in.");

const MICROSOFTS_OWN: Row = Row::new(
    &["AADSTS65002"],
    "The client id belongs to one of Microsoft's own apps, which may not be used by others.",
)
.fix(EntraAdmin, "Register an app of the tenant's own and connect with its Application (client) ID.")
.page("Entra admin center, App registrations, New registration");

const REDIRECT: Row = Row::new(
    &["AADSTS50011", "AADSTS70004", "AADSTS900971"],
    "The app registration lacks the address that the browser returns to.",
)
.fix(
    EntraAdmin,
    "Add the platform \"Mobile and desktop applications\" with the redirect URI `http://localhost`.",
)
.page(AUTHENTICATION)
.or_by(Way::DeviceCode);

const CODE: Row = Row::new(
    &["AADSTS501481", "AADSTS50147", "AADSTS501491", "AADSTS54005"],
    "The code that the browser brought back fits no sign-in of this program, or was used already.",
)
.fix(Person, "Sign in again; if it stays so, something between browser and program changes requests.");

pub(super) const ROWS: &[Row] = &[
    SECRET_WRONG,
    SECRET_EXPIRED,
    PROOF_MISSING,
    PUBLIC_CLIENT,
    APP_UNKNOWN,
    APP_DISABLED,
    NOT_MULTITENANT,
    MICROSOFTS_OWN,
    REDIRECT,
    CODE,
];
