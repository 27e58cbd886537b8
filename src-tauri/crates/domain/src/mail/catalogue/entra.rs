//! Entra's token errors, by number. Microsoft asks programs to branch on `error`, not on the text, and says that
//! numbers may change; so the number, our words and Microsoft's text are always shown together.
//! Source: Microsoft, "Microsoft Entra authentication and authorization error codes", unless the row says otherwise.

use crate::mail::cause::{Cause, Certainty::*, Owner::*, Retry, Source::Entra};

pub(super) const ROWS: &[Cause] = &[
    Cause::new("entra.7000215", Entra)
        .code(&["AADSTS7000215", "AADSTS70002"])
        .because("The client secret is wrong. Most often the secret's ID was copied instead of its Value, or the secret lost characters (`+ / ~ =`) or gained a newline on its way, or it belongs to another app.")
        .fix(EntraAdmin, "Copy the column Value (shown once, when the secret is made), not Secret ID; if it is gone, make a new secret."),
    Cause::new("entra.7000222", Entra)
        .code(&["AADSTS7000222"])
        .because("The client secret has expired.")
        .fix(EntraAdmin, "Make a new secret or, better, a certificate, and note its end date."),
    Cause::new("entra.7000218", Entra)
        .code(&["AADSTS7000218", "AADSTS7000216"])
        .because("The request carries neither a secret nor a certificate's assertion.")
        .fix(Developer, "Send `client_secret` or `client_assertion` in the form body; use a confidential client."),
    Cause::new("entra.700025", Entra)
        .code(&["AADSTS700025"])
        .because("The app is marked as a public client and must not send a secret.")
        .fix(EntraAdmin, "Turn off \"Allow public client flows\" on the app registration."),
    Cause::new("entra.700016", Entra)
        .code(&["AADSTS700016", "AADSTS700011"])
        .because("No such app in this directory. The client id is wrong (an object id?), or the tenant is.")
        .fix(EntraAdmin, "Take Application (client) ID and Directory (tenant) ID from the app registration's overview."),
    Cause::new("entra.7000112", Entra)
        .code(&["AADSTS7000112", "AADSTS70001"])
        .because("The app is disabled in this tenant.")
        .fix(EntraAdmin, "Set \"Enabled for users to sign-in\" to Yes on the enterprise application."),
    Cause::new("entra.90002", Entra)
        .code(&["AADSTS90002"])
        .because("No such tenant in this cloud.")
        .fix(Developer, "Correct the tenant id, or use the sovereign cloud's host."),
    Cause::new("entra.900023", Entra)
        .code(&["AADSTS900023"])
        .because("The tenant is neither a GUID nor a domain name: a typing error, quotes or spaces.")
        .fix(Developer, "Give the Directory (tenant) ID alone.")
        .sure(Reported),
    Cause::new("entra.common", Entra)
        .code(&["AADSTS9001023", "AADSTS90130"])
        .because("`/common` or `/consumers` was used where a tenant is needed.")
        .fix(Developer, "Use the authority with the tenant's own id."),
    Cause::new("entra.50059", Entra)
        .code(&["AADSTS50059"])
        .because("Not confirmed on a live tenant: the request names no tenant.")
        .fix(Developer, "Use the authority with the tenant's own id.")
        .sure(Unverified),
    Cause::new("entra.1002012", Entra)
        .code(&["AADSTS1002012"])
        .because("The scope has no `/.default` behind the resource, or it was encoded twice.")
        .fix(Developer, "Ask for `https://graph.microsoft.com/.default`, encoded once.")
        .sure(Reported),
    Cause::new("entra.scope", Entra)
        .code(&["AADSTS70011", "AADSTS28002", "AADSTS28003", "AADSTS700022", "AADSTS700023"])
        .because("The scope is empty, misspelt, or names more than one resource.")
        .fix(Developer, "Ask for one resource with `.default`: `https://graph.microsoft.com/.default`."),
    Cause::new("entra.500011", Entra)
        .code(&["AADSTS500011"])
        .because("The API named in the scope doesn't exist in this tenant.")
        .fix(Developer, "Correct the resource's address; if it is right, its service principal is missing in the tenant."),
    Cause::new("entra.consent", Entra)
        .code(&["AADSTS65001", "AADSTS650056", "AADSTS650057"])
        .because("Consent is missing, or the app's permissions are misconfigured. An app-only token usually comes all the same, without roles.")
        .fix(EntraAdmin, "Grant admin consent on the app registration's API permissions."),
    Cause::new("entra.900144", Entra)
        .code(&["AADSTS900144"])
        .because("A parameter is missing in the token request.")
        .fix(Developer, "Send `grant_type`, `client_id`, `client_secret` and `scope` in the form body."),
    Cause::new("entra.9002313", Entra)
        .code(&["AADSTS9002313"])
        .because("The token request is malformed; often JSON was sent instead of a form.")
        .fix(Developer, "Send `application/x-www-form-urlencoded`."),
    Cause::new("entra.700027", Entra)
        .code(&["AADSTS700027"])
        .because("The certificate's signature doesn't fit. The registered certificate is another one, or it has expired.")
        .fix(EntraAdmin, "Upload the public half of the certificate in use; compare thumbprints."),
    Cause::new("entra.700024", Entra)
        .code(&["AADSTS700024"])
        .because("The client assertion isn't within its time. The clock is wrong, or the assertion lives longer than ten minutes.")
        .fix(Developer, "Set the clock; make assertions of ten minutes at most.")
        .sure(Reported),
    Cause::new("entra.certificate", Entra)
        .code(&["AADSTS700030", "AADSTS50012", "AADSTS7000214", "AADSTS1000502", "AADSTS7000274"])
        .because("Entra doesn't take the certificate: its subject, chain, dates, revocation or signature.")
        .fix(EntraAdmin, "Register a valid certificate and use the same one."),
    Cause::new("entra.50027", Entra)
        .code(&["AADSTS50027"])
        .because("The client assertion is no valid JWT.")
        .fix(Developer, "Build the assertion with a library.")
        .sure(Reported),
    Cause::new("entra.federated", Entra)
        .code(&["AADSTS700211", "AADSTS700212", "AADSTS700213"])
        .because("Not confirmed on a live tenant: issuer, subject or audience of the federated credential don't fit.")
        .fix(EntraAdmin, "Compare the federated credential with the token it gets.")
        .sure(Unverified),
    Cause::new("entra.53003", Entra)
        .code(&["AADSTS53003"])
        .because("Conditional Access blocks this sign-in. For an app this takes a workload identity policy.")
        .fix(EntraAdmin, "Read the service principal sign-in log; allow the server's egress address."),
    Cause::new("entra.security-policy", Entra)
        .code(&["AADSTS530032", "AADSTS530035"])
        .because("A security policy or security defaults block this sign-in.")
        .fix(EntraAdmin, "Use an app identity on Microsoft Graph instead of a user and password."),
    Cause::new("entra.50196", Entra)
        .code(&["AADSTS50196"])
        .because("The app asks for tokens in a loop. A mailer that gets a token for each message does this.")
        .fix(Developer, "Keep one token until shortly before it expires.")
        .retry(Retry::Later),
    Cause::new("entra.temporary", Entra)
        .code(&["AADSTS90033", "AADSTS90024", "AADSTS90012", "AADSTS50000"])
        .because("A passing error at Microsoft.")
        .fix(Microsoft, "Wait and try again with growing pauses.")
        .retry(Retry::Later),
    Cause::new("entra.cross-cloud", Entra)
        .code(&["AADSTS900382", "AADSTS900432"])
        .because("The request crosses national clouds.")
        .fix(Developer, "Use the hosts of the tenant's own cloud."),
    Cause::new("entra.100007", Entra)
        .code(&["AADSTS100007"])
        .because("The regional endpoint isn't for this app.")
        .fix(Developer, "Leave out `WithAzureRegion`."),
    Cause::new("entra.50034", Entra)
        .code(&["AADSTS50034"])
        .because("No such user in this directory.")
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
