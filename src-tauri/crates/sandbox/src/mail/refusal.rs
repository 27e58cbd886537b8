//! Graph's errors for mail: status, code and message as Microsoft's documents and public captures give them.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde_json::json;
use std::sync::atomic::{AtomicU64, Ordering};
use time::OffsetDateTime;
use time::macros::format_description;

/// One error. `{mailbox}` in the message stands for the address in the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub status: u16,
    pub code: &'static str,
    pub message: &'static str,
    pub retry_after: Option<&'static str>,
}

/// An error without `Retry-After`.
pub(crate) const fn refusal(status: u16, code: &'static str, message: &'static str) -> Refusal {
    Refusal { status, code, message, retry_after: None }
}

pub(crate) const NO_RECIPIENTS: Refusal = refusal(
    400,
    "ErrorInvalidRecipients",
    "At least one recipient is not valid., A message can't be sent because it contains no recipients.",
);
pub(crate) const BAD_RECIPIENT: Refusal =
    refusal(400, "ErrorInvalidRecipients", "At least one recipient is not valid.");
pub(crate) const BAD_BASE64: Refusal =
    refusal(400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.");
pub(crate) const EMPTY_PAYLOAD: Refusal = refusal(400, "BadRequest", "Empty Payload. JSON content expected.");
pub(crate) const BAD_JSON: Refusal =
    refusal(400, "UnableToDeserializePostBody", "were unable to deserialize JSON in the request body");
pub(crate) const BAD_HEADER: Refusal = refusal(
    400,
    "InvalidInternetMessageHeader",
    "The internet message header name should start with 'x-' or 'X-'.",
);
pub(crate) const BAD_FILTER: Refusal =
    refusal(400, "ErrorInvalidUrlQueryFilter", "The query filter contains one or more invalid nodes.");
pub(crate) const TOO_LARGE: Refusal = refusal(413, "RequestEntityTooLarge", "Request Entity Too Large");
pub(crate) const SEND_AS: Refusal = refusal(
    403,
    "ErrorSendAsDenied",
    "The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account. Cannot submit message.",
);
pub(crate) const DENIED: Refusal =
    refusal(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
pub(crate) const INVALID_USER: Refusal =
    refusal(404, "ErrorInvalidUser", "The requested user '{mailbox}' is invalid.");
pub(crate) const ITEM_NOT_FOUND: Refusal =
    refusal(404, "ErrorItemNotFound", "The specified object was not found in the store.");
pub(crate) const NO_TOKEN: Refusal = refusal(401, "InvalidAuthenticationToken", "Access token is empty.");
pub(crate) const BAD_TOKEN: Refusal =
    refusal(401, "InvalidAuthenticationToken", "IDX14100: JWT is not well formed, there are no dots (.).");
pub(crate) const BAD_SIGNATURE: Refusal =
    refusal(401, "InvalidAuthenticationToken", "Access token validation failure. Invalid signature.");
pub(crate) const EXPIRED: Refusal =
    refusal(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");
pub(crate) const AUDIENCE: Refusal =
    refusal(401, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience.");
pub(crate) const NO_PERMISSIONS: Refusal = refusal(
    401,
    "NoPermissionsInAccessToken",
    "The token contains no permissions, or permissions can not be understood.",
);

impl Refusal {
    /// The answer, with a request id of its own in header and body.
    pub(crate) fn answer(self, mailbox: &str) -> Response<Body> {
        let id = request_id();
        let body = json!({"error": {
            "code": self.code,
            "message": self.message.replace("{mailbox}", mailbox),
            "innerError": {"date": date(), "request-id": id, "client-request-id": id},
        }});
        let mut answer = Response::new(Body::from(body.to_string()));
        *answer.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Ok(id) = HeaderValue::from_str(&id) {
            headers.insert("request-id", id.clone());
            headers.insert("client-request-id", id);
        }
        if let Some(wait) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(wait));
        }
        if self.code == "insufficient_claims" {
            let challenge = r#"Bearer realm="", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsieG1zX3JwX2lwYWRkciI6eyJ2YWx1ZSI6IjE5Mi4wLjIuMSJ9fX0=""#;
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        answer
    }
}

/// A GUID-shaped number of the request; requests are told apart, not secured by it.
pub(crate) fn request_id() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    crate::seed::guid(0, "mail request", number)
}

fn date() -> String {
    let format = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]");
    OffsetDateTime::now_utc().format(&format).unwrap_or_default()
}
