//! The request itself, the API it names, and what passes at Microsoft's.

use super::Row;
use crate::mail::{Certainty::*, Owner::*};

const REPORT: &str = "The program or a proxy sends what Entra can't use: try without the proxy, and report it with the ids below.";

pub(crate) const SCOPE_SUFFIX: Row = Row::new(
    &["AADSTS1002012"],
    "The scope has no `/.default` behind the resource, or it was encoded twice.",
)
.fix(Person, REPORT)
.sure(Reported);

pub(crate) const SCOPE: Row = Row::new(
    &["AADSTS70011", "AADSTS28002", "AADSTS28003", "AADSTS700022", "AADSTS700023"],
    "The scope is empty, misspelt, or names more than one resource.",
)
.fix(
    Person,
    "Check the addresses of a custom cloud; with Microsoft's own clouds, report it with the ids below.",
);

pub(crate) const RESOURCE: Row =
    Row::new(&["AADSTS500011"], "The API named in the scope doesn't exist in this tenant.")
        .fix(EntraAdmin, "Correct the resource's address; if it is right, its service principal is missing in the tenant: the product behind it was never used there.")
        .page("Entra admin center, Enterprise applications, application type Microsoft applications");

const RESOURCE_DISABLED: Row = Row::new(
    &["AADSTS50001", "AADSTS650052", "AADSTS650054"],
    "The API that is asked for is disabled in this tenant, or its product isn't subscribed to.",
)
.fix(EntraAdmin, "Enable the API's enterprise application, or the product's subscription.")
.page("Entra admin center, Enterprise applications, application type Microsoft applications");

pub(crate) const PARAMETER: Row =
    Row::new(&["AADSTS900144"], "A parameter is missing in the token request.").fix(Person, REPORT);

pub(crate) const MALFORMED: Row =
    Row::new(&["AADSTS9002313"], "The token request is malformed; often JSON was sent instead of a form.")
        .fix(Person, REPORT);

pub(crate) const LOOP: Row = Row::new(
    &["AADSTS50196"],
    "The app asks for tokens in a loop. A mailer that gets a token for each message does this.",
)
.fix(Person, "Wait some minutes; find what else signs in with this app's ID, and let it keep its token.");

pub(crate) const TEMPORARY: Row =
    Row::new(&["AADSTS90033", "AADSTS90024", "AADSTS90012", "AADSTS50000"], "A passing error at Microsoft.")
        .fix(Microsoft, "Wait and try again with growing pauses.");

const TEMPORARY_TOO: Row = Row::new(
    &["AADSTS50033", "AADSTS50087", "AADSTS50088", "AADSTS50166", "AADSTS90006"],
    "A passing error at Microsoft, or at whoever checks the second factor.",
)
.fix(Microsoft, "Wait a minute and sign in again.");

pub(crate) const REGION: Row = Row::new(&["AADSTS100007"], "The regional endpoint isn't for this app.")
    .fix(Person, "Use the authority of the tenant's cloud, not a regional one.");

pub(super) const ROWS: &[Row] = &[
    SCOPE_SUFFIX,
    SCOPE,
    RESOURCE,
    RESOURCE_DISABLED,
    PARAMETER,
    MALFORMED,
    LOOP,
    TEMPORARY,
    TEMPORARY_TOO,
    REGION,
];
