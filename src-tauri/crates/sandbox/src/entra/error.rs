//! Entra's refusals: status, OAuth error, AADSTS code and sentence, in the envelope that clients parse.

use crate::answer;
use crate::session::Session;
use axum::response::Response;
use serde_json::json;
use time::OffsetDateTime;
use time::macros::format_description;

/// One refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    status: u16,
    error: &'static str,
    code: u32,
    sentence: String,
    suberror: Option<&'static str>,
}

impl Refused {
    fn new(status: u16, error: &'static str, code: u32, sentence: String) -> Self {
        Self { status, error, code, sentence, suberror: None }
    }

    /// 90002; the metadata call names the error differently than the token call.
    pub fn no_tenant(tenant: &str, metadata: bool) -> Self {
        let error = if metadata { "invalid_tenant" } else { "invalid_request" };
        let sentence = format!(
            "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into \
             the correct cloud. Check with your subscription administrator, this may happen if there are no active \
             subscriptions for the tenant."
        );
        Self::new(400, error, 90_002, sentence)
    }

    pub fn missing(field: &str) -> Self {
        let sentence = format!("The request body must contain the following parameter: '{field}'.");
        Self::new(400, "invalid_request", 900_144, sentence)
    }

    pub fn grant_type(name: &str) -> Self {
        let sentence = format!("The app requested an unsupported grant type '{name}'.");
        Self::new(400, "unsupported_grant_type", 70_003, sentence)
    }

    pub fn no_app(client: &str) -> Self {
        let sentence = format!(
            "Application with identifier '{client}' was not found in the directory 'Contoso'. This can happen if the \
             application has not been installed by the administrator of the tenant or consented to by any user in \
             the tenant. You may have sent your authentication request to the wrong tenant."
        );
        Self::new(400, "unauthorized_client", 700_016, sentence)
    }

    pub fn no_secret() -> Self {
        let sentence =
            "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' \
                        grant type."
                .to_owned();
        Self::new(401, "invalid_client", 7_000_216, sentence)
    }

    /// 7000215; also where the secret's id was pasted.
    pub fn wrong_secret(client: &str) -> Self {
        let sentence = format!(
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, \
             not the client secret ID, for a secret added to app '{client}'."
        );
        Self::new(401, "invalid_client", 7_000_215, sentence)
    }

    pub fn expired_secret(client: &str) -> Self {
        let sentence = format!(
            "The provided client secret keys for app '{client}' are expired. Visit the Azure portal to create new \
             keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added \
             security: https://aka.ms/certCreds."
        );
        Self::new(401, "invalid_client", 7_000_222, sentence)
    }

    pub fn no_consent(client: &str) -> Self {
        let sentence = format!(
            "The user or administrator has not consented to use the application with ID '{client}' named \
             'Crosswalk'. Send an interactive authorization request for this user and resource."
        );
        Self { suberror: Some("consent_required"), ..Self::new(400, "invalid_grant", 65_001, sentence) }
    }

    pub fn unavailable(status: u16) -> Self {
        let sentence = "A transient error has occurred. Please try again.".to_owned();
        Self::new(status, "temporarily_unavailable", 90_033, sentence)
    }

    /// A scope that doesn't end in `/.default`, or isn't one at all.
    pub fn scope(scope: &str) -> Self {
        if scope.contains("://") {
            let sentence = format!(
                "The provided value for scope {scope} is not valid. Client credential flows must have a scope value \
                 with /.default suffixed to the resource identifier (application ID URI)."
            );
            return Self::new(400, "invalid_scope", 1_002_012, sentence);
        }
        let sentence = format!(
            "The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid."
        );
        Self::new(400, "invalid_scope", 70_011, sentence)
    }

    pub fn no_resource(name: &str, tenant: &str) -> Self {
        let sentence = format!(
            "The resource principal named {name} was not found in the tenant named {tenant}. This can happen if the \
             application has not been installed by the administrator of the tenant or consented to by any user in \
             the tenant. You might have sent your authentication request to the wrong tenant."
        );
        Self::new(400, "invalid_resource", 500_011, sentence)
    }

    /// The envelope: the sentence, then trace id, correlation id and time in lines of their own.
    pub fn answer(&self, session: &Session) -> Response {
        let (trace, correlation) = (session.request_id(), session.request_id());
        let format = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]Z");
        let time = OffsetDateTime::now_utc().format(&format).unwrap_or_default();
        let mut body = json!({
            "error": self.error,
            "error_description": format!(
                "AADSTS{}: {}\r\nTrace ID: {trace}\r\nCorrelation ID: {correlation}\r\nTimestamp: {time}",
                self.code, self.sentence
            ),
            "error_codes": [self.code],
            "timestamp": time,
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": format!("https://login.microsoftonline.com/error?code={}", self.code),
        });
        if let Some(suberror) = self.suberror {
            body["suberror"] = suberror.into();
        }
        answer::json(self.status, body.to_string())
    }
}
