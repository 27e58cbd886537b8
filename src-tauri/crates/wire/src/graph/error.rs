//! What Graph says when a call fails.

use serde_json::Value;

record! {
    /// The body of a failed call: `{"error": {…}}`.
    pub struct ErrorAnswer {
        error: ErrorBody,
    }
}

record! {
    /// `code` may be an empty text; both spellings of the inner error occur.
    pub struct ErrorBody {
        code: String,
        message: String,
        target: String,
        details: Vec<ErrorBody>,
        inner_error: InnerError,
        innererror: InnerError,
    }
}

record! {
    /// What a support ticket needs.
    pub struct InnerError {
        code: String,
        message: String,
        status: String,
        date: String,
        #[serde(rename = "request-id")]
        request_id: String,
        #[serde(rename = "client-request-id")]
        client_request_id: String,
        /// Nested further in some answers.
        innererror: Value,
    }
}
