//! Entra's token errors, by number, for whoever runs a mailer. Cause and code are those of [`crate::sign_in`]; where a
//! mailer's developer does something else about it than the user of this program, the fix stands here.
//! Microsoft asks programs to branch on `error`, not on the text, and says that numbers may change; so the number, our
//! words and Microsoft's text are always shown together.

use crate::mail::cause::{Cause, Owner::*, Retry, Source::Entra};
use crate::sign_in::rows;

pub(super) const ROWS: &[Cause] = &[
    Cause::sign_in("entra.7000215", &rows::SECRET_WRONG),
    Cause::sign_in("entra.7000222", &rows::SECRET_EXPIRED),
    Cause::sign_in("entra.7000218", &rows::PROOF_MISSING)
        .fix(Developer, "Send `client_secret` or `client_assertion` in the form body; use a confidential client."),
    Cause::sign_in("entra.700025", &rows::PUBLIC_CLIENT),
    Cause::sign_in("entra.700016", &rows::APP_UNKNOWN),
    Cause::sign_in("entra.7000112", &rows::APP_DISABLED),
    Cause::sign_in("entra.90002", &rows::TENANT_UNKNOWN)
        .fix(Developer, "Correct the tenant id, or use the sovereign cloud's host."),
    Cause::sign_in("entra.900023", &rows::TENANT_MALFORMED)
        .fix(Developer, "Give the Directory (tenant) ID alone."),
    Cause::sign_in("entra.common", &rows::COMMON)
        .fix(Developer, "Use the authority with the tenant's own id."),
    Cause::sign_in("entra.50059", &rows::NO_TENANT)
        .fix(Developer, "Use the authority with the tenant's own id."),
    Cause::sign_in("entra.1002012", &rows::SCOPE_SUFFIX)
        .fix(Developer, "Ask for `https://graph.microsoft.com/.default`, encoded once."),
    Cause::sign_in("entra.scope", &rows::SCOPE)
        .fix(Developer, "Ask for one resource with `.default`: `https://graph.microsoft.com/.default`."),
    Cause::sign_in("entra.500011", &rows::RESOURCE)
        .fix(Developer, "Correct the resource's address; if it is right, its service principal is missing in the tenant."),
    Cause::sign_in("entra.consent", &rows::CONSENT),
    Cause::sign_in("entra.900144", &rows::PARAMETER)
        .fix(Developer, "Send `grant_type`, `client_id`, `client_secret` and `scope` in the form body."),
    Cause::sign_in("entra.9002313", &rows::MALFORMED)
        .fix(Developer, "Send `application/x-www-form-urlencoded`."),
    Cause::sign_in("entra.700027", &rows::ASSERTION_SIGNATURE),
    Cause::sign_in("entra.700024", &rows::ASSERTION_TIME)
        .fix(Developer, "Set the clock; make assertions of ten minutes at most."),
    Cause::sign_in("entra.certificate", &rows::CERTIFICATE),
    Cause::sign_in("entra.50027", &rows::ASSERTION)
        .fix(Developer, "Build the assertion with a library."),
    Cause::sign_in("entra.federated", &rows::FEDERATED),
    Cause::sign_in("entra.53003", &rows::BLOCKED)
        .fix(EntraAdmin, "Read the service principal sign-in log; allow the server's egress address."),
    Cause::sign_in("entra.security-policy", &rows::SECURITY_POLICY)
        .fix(EntraAdmin, "Use an app identity on Microsoft Graph instead of a user and password."),
    Cause::sign_in("entra.50196", &rows::LOOP)
        .fix(Developer, "Keep one token until shortly before it expires.")
        .retry(Retry::Later),
    Cause::sign_in("entra.temporary", &rows::TEMPORARY)
        .retry(Retry::Later),
    Cause::sign_in("entra.cross-cloud", &rows::CROSS_CLOUD)
        .fix(Developer, "Use the hosts of the tenant's own cloud."),
    Cause::sign_in("entra.100007", &rows::REGION)
        .fix(Developer, "Leave out `WithAzureRegion`."),
    Cause::sign_in("entra.50034", &rows::USER_UNKNOWN)
        .fix(Developer, "Correct the user name or the tenant; an unattended mailer should sign in as an app."),
    Cause::new("entra.invalid-client", Entra)
        .code(&["invalid_client"])
        .because("Entra refused the app's own proof, and the text lacks the number that says why. The secret may be wrong or expired, missing, or not allowed; or the certificate doesn't fit.")
        .fix(Developer, "Get the body of the answer: `error_description` begins with AADSTS and a number.")
        .one_of(&["entra.7000215", "entra.7000222", "entra.7000218", "entra.700025", "entra.700027", "entra.certificate"]),
    Cause::new("entra.unauthorized-client", Entra)
        .code(&["unauthorized_client"])
        .because("Entra doesn't take this app, and the text lacks the number that says why. The app isn't in this tenant, or it is disabled there.")
        .fix(Developer, "Get the body of the answer: `error_description` begins with AADSTS and a number.")
        .one_of(&["entra.700016", "entra.7000112"]),
];
