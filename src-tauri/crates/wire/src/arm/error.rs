//! What ARM and its providers say when a call fails.
//!
//! Some providers put a second answer, as JSON text, into `message`; taking it apart is translate's work.

use serde_json::Value;

record! {
    /// The body of a failed call: `{"error": {…}}`.
    pub struct ErrorAnswer {
        error: ErrorBody,
    }
}

record! {
    /// Common types v5, `ErrorDetail`; `details` nests.
    pub struct ErrorBody {
        code: String,
        message: String,
        target: String,
        details: Vec<ErrorBody>,
        additional_info: Vec<AdditionalInfo>,
        /// Some providers answer with this and leave `details` out.
        innererror: Value,
        /// The same in Graph's first spelling.
        inner_error: Value,
    }
}

record! {
    /// `info` is any JSON, by `type`: policy evaluations and the like.
    pub struct AdditionalInfo {
        r#type: String,
        info: Value,
    }
}
