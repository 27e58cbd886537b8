//! The tenant: whether it exists, in which cloud, and whether this network or account may reach it.

use super::Row;
use crate::mail::{Certainty::*, Owner::*};

const CROSS_TENANT_PAGE: &str = "Entra admin center, External Identities, Cross-tenant access settings";

pub(crate) const TENANT_UNKNOWN: Row = Row::new(&["AADSTS90002"], "No such tenant in this cloud.")
    .fix(Person, "Correct the tenant, or choose the cloud that it lies in: public, GCC High or DoD.");

pub(crate) const TENANT_MALFORMED: Row = Row::new(
    &["AADSTS900023"],
    "The tenant is neither a GUID nor a domain name: a typing error, quotes or spaces.",
)
.fix(Person, "Give the Directory (tenant) ID alone.")
.sure(Reported);

pub(crate) const COMMON: Row = Row::new(
    &["AADSTS9001023", "AADSTS90130"],
    "`/common` or `/consumers` was used where a tenant is needed.",
)
.fix(Person, "Give the Directory (tenant) ID of the tenant.");

pub(crate) const NO_TENANT: Row =
    Row::new(&["AADSTS50059"], "Not confirmed on a live tenant: the request names no tenant.")
        .fix(Person, "Give the Directory (tenant) ID of the tenant.")
        .sure(Unverified);

const NO_TENANT_FOUND: Row =
    Row::new(&["AADSTS50128", "AADSTS90019"], "Entra can't tell which tenant is meant.")
        .fix(Person, "Give the Directory (tenant) ID of the tenant, not an e-mail domain.");

pub(crate) const CROSS_CLOUD: Row =
    Row::new(&["AADSTS900382", "AADSTS900432"], "The request crosses national clouds.")
        .fix(Person, "Choose the cloud that the tenant lies in.");

const RESTRICTED: Row = Row::new(
    &["AADSTS500021", "AADSTS500022", "AADSTS50002"],
    "Tenant restrictions of this network keep it from that tenant: a proxy adds the list of tenants that may be reached, and this one isn't on it.",
)
.fix(Network, "Whoever runs the proxy adds the tenant's ID to the list; or use a network without the restriction.");

const CROSS_TENANT: Row = Row::new(
    &["AADSTS500212", "AADSTS500213"],
    "A cross-tenant access policy keeps this person out: the home tenant's outbound rule or this tenant's inbound rule.",
)
.fix(EntraAdmin, "Allow the person and the app in the policy of the tenant that blocks.")
.page(CROSS_TENANT_PAGE);

pub(super) const ROWS: &[Row] = &[
    TENANT_UNKNOWN,
    TENANT_MALFORMED,
    COMMON,
    NO_TENANT,
    NO_TENANT_FOUND,
    CROSS_CLOUD,
    RESTRICTED,
    CROSS_TENANT,
];
