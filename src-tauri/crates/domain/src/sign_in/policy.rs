//! Conditional Access, security defaults, multifactor authentication, risk.

use super::Row;
use crate::account::Way;
use crate::mail::Owner::*;

const POLICIES: &str =
    "Entra admin center, Conditional Access; Sign-in logs, tab Conditional Access, name the policy";
const RISK: &str = "Entra admin center, ID Protection, Risky users";

pub(crate) const BLOCKED: Row = Row::new(
    &["AADSTS53003"],
    "Conditional Access blocks this sign-in. For an app this takes a workload identity policy.",
)
.fix(EntraAdmin, "Find the policy by the correlation id in the sign-in log; allow this machine's address, or exclude this app or flow. Many tenants block the device code flow alone.")
.page(POLICIES)
.or_by(Way::Browser);

pub(crate) const SECURITY_POLICY: Row =
    Row::new(&["AADSTS530032", "AADSTS530035"], "A security policy or security defaults block this sign-in.")
        .fix(
            EntraAdmin,
            "Find what blocks in the sign-in log; sign in through the system's browser, or as an app.",
        )
        .page("Entra admin center, Overview, Properties, Security defaults; Sign-in logs")
        .or_by(Way::Browser);

const BLOCKED_OTHERWISE: Row = Row::new(
    &["AADSTS50131", "AADSTS50005"],
    "A policy refuses this device, its system, or this sign-in as suspicious.",
)
.fix(EntraAdmin, "Find the reason by the correlation id in the sign-in log.")
.page(POLICIES)
.or_by(Way::Browser);

const DEVICE: Row = Row::new(
    &[
        "AADSTS53000",
        "AADSTS53001",
        "AADSTS530003",
        "AADSTS50097",
        "AADSTS50129",
        "AADSTS50155",
        "AADSTS50187",
    ],
    "Conditional Access wants a managed or compliant device. A device code, or a browser that isn't signed in to the organisation, can't prove the device.",
)
.fix(EntraAdmin, "Sign in through the system's browser on a managed device; an administrator can enrol the device or exclude the app.")
.page(POLICIES)
.or_by(Way::Browser);

const APPROVED_APP: Row = Row::new(
    &["AADSTS53002", "AADSTS50127"],
    "Conditional Access allows approved apps alone, or asks for a broker app, and this program is neither.",
)
.fix(EntraAdmin, "Exclude this app from the policy, or connect with a certificate in place of a person.")
.page(POLICIES)
.or_by(Way::Certificate);

const MFA: Row = Row::new(
    &["AADSTS50076", "AADSTS50074", "AADSTS50078"],
    "Multifactor authentication is asked for, and this sign-in did not go through it.",
)
.fix(Person, "Sign in again in the system's browser and answer the second factor.")
.or_by(Way::Browser);

const MFA_SETUP: Row = Row::new(
    &["AADSTS50079", "AADSTS50072", "AADSTS53004", "AADSTS53010", "AADSTS50125"],
    "Multifactor authentication is asked for, and the person hasn't set it up.",
)
.fix(Person, "Set up a second factor at `https://aka.ms/mfasetup`, from where the organisation allows it; then sign in again.")
.or_by(Way::Browser);

const EXTERNAL: Row = Row::new(
    &["AADSTS50158", "AADSTS50161", "AADSTS50177"],
    "Another provider's check, such as a second factor outside Microsoft, was not satisfied.",
)
.fix(Person, "Sign in again in the system's browser and answer that provider's check.")
.or_by(Way::Browser);

const RISKY: Row = Row::new(
    &["AADSTS53011", "AADSTS530034", "AADSTS50135"],
    "The account is blocked because Entra holds it for compromised.",
)
.fix(EntraAdmin, "Look into the risk, then dismiss it or have the password changed.")
.page(RISK);

pub(super) const ROWS: &[Row] =
    &[BLOCKED, SECURITY_POLICY, BLOCKED_OTHERWISE, DEVICE, APPROVED_APP, MFA, MFA_SETUP, EXTERNAL, RISKY];
