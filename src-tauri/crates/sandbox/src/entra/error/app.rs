//! Refusals that concern the request, the tenant and the app.

use super::Refused;

/// 90002; the metadata call names the error differently than the token call.
pub fn no_tenant(tenant: &str, metadata: bool) -> Refused {
    let error = if metadata { "invalid_tenant" } else { "invalid_request" };
    let sentence = format!(
        "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into \
         the correct cloud. Check with your subscription administrator, this may happen if there are no active \
         subscriptions for the tenant."
    );
    Refused::new(400, error, 90_002, sentence)
}

pub fn missing(field: &str) -> Refused {
    let sentence = format!("The request body must contain the following parameter: '{field}'.");
    Refused::new(400, "invalid_request", 900_144, sentence)
}

pub fn grant_type(name: &str) -> Refused {
    let sentence = format!("The app requested an unsupported grant type '{name}'.");
    Refused::new(400, "unsupported_grant_type", 70_003, sentence)
}

pub fn no_app(client: &str) -> Refused {
    let sentence = format!(
        "Application with identifier '{client}' was not found in the directory 'Contoso'. This can happen if the \
         application has not been installed by the administrator of the tenant or consented to by any user in \
         the tenant. You may have sent your authentication request to the wrong tenant."
    );
    Refused::new(400, "unauthorized_client", 700_016, sentence)
}

pub fn no_secret() -> Refused {
    let sentence =
        "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' \
                    grant type."
            .to_owned();
    Refused::new(401, "invalid_client", 7_000_216, sentence)
}

/// 7000215; also where the secret's id was pasted.
pub fn wrong_secret(client: &str) -> Refused {
    let sentence = format!(
        "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, \
         not the client secret ID, for a secret added to app '{client}'."
    );
    Refused::new(401, "invalid_client", 7_000_215, sentence)
}

pub fn expired_secret(client: &str) -> Refused {
    let sentence = format!(
        "The provided client secret keys for app '{client}' are expired. Visit the Azure portal to create new \
         keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added \
         security: https://aka.ms/certCreds."
    );
    Refused::new(401, "invalid_client", 7_000_222, sentence)
}

pub fn no_consent(client: &str) -> Refused {
    let sentence = format!(
        "The user or administrator has not consented to use the application with ID '{client}' named \
         'Crosswalk'. Send an interactive authorization request for this user and resource."
    );
    Refused { suberror: Some("consent_required"), ..Refused::new(400, "invalid_grant", 65_001, sentence) }
}

pub fn unavailable(status: u16) -> Refused {
    let sentence = "A transient error has occurred. Please try again.".to_owned();
    Refused::new(status, "temporarily_unavailable", 90_033, sentence)
}

/// A scope that doesn't end in `/.default`, or isn't one at all.
pub fn scope(scope: &str) -> Refused {
    if scope.contains("://") {
        let sentence = format!(
            "The provided value for scope {scope} is not valid. Client credential flows must have a scope value \
             with /.default suffixed to the resource identifier (application ID URI)."
        );
        return Refused::new(400, "invalid_scope", 1_002_012, sentence);
    }
    let sentence = format!(
        "The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid."
    );
    Refused::new(400, "invalid_scope", 70_011, sentence)
}

pub fn no_resource(name: &str, tenant: &str) -> Refused {
    let sentence = format!(
        "The resource principal named {name} was not found in the tenant named {tenant}. This can happen if the \
         application has not been installed by the administrator of the tenant or consented to by any user in \
         the tenant. You might have sent your authentication request to the wrong tenant."
    );
    Refused::new(400, "invalid_resource", 500_011, sentence)
}

/// 9002313: a value that can't be read.
pub fn malformed() -> Refused {
    Refused::new(400, "invalid_request", 9_002_313, "Invalid request. Request is malformed or invalid.")
}

/// 700025: a public client proves nothing.
pub fn public() -> Refused {
    let sentence = "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.";
    Refused::new(401, "invalid_client", 700_025, sentence)
}

/// 53003: a policy for workload identities.
pub fn blocked() -> Refused {
    let sentence = "Access has been blocked by Conditional Access policies. The access policy does not allow token \
                    issuance.";
    Refused::new(400, "invalid_grant", 53_003, sentence)
}
