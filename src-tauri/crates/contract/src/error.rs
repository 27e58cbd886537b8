//! A failure as the UI receives it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// See [`domain::fault::Code`]; the UI has one sentence for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    Invalid,
    NotFound,
    SignIn,
    Denied,
    Offline,
    Throttled,
    Conflict,
    Keychain,
    Storage,
    ReadOnly,
    Cancelled,
    BadAnswer,
    Internal,
}

impl From<domain::fault::Code> for Code {
    fn from(code: domain::fault::Code) -> Self {
        use domain::fault::Code as From;
        match code {
            From::Invalid => Self::Invalid,
            From::NotFound => Self::NotFound,
            From::SignIn => Self::SignIn,
            From::Denied => Self::Denied,
            From::Offline => Self::Offline,
            From::Throttled => Self::Throttled,
            From::Conflict => Self::Conflict,
            From::Keychain => Self::Keychain,
            From::Storage => Self::Storage,
            From::ReadOnly => Self::ReadOnly,
            From::Cancelled => Self::Cancelled,
            From::BadAnswer => Self::BadAnswer,
            From::Internal => Self::Internal,
        }
    }
}

/// What failed, what to do, and what support will ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ErrorView {
    pub code: Code,
    pub message: String,
    pub hint: Option<String>,
    /// Seconds.
    pub retry_after: Option<f64>,
    pub request_id: Option<String>,
}

impl From<domain::fault::Fault> for ErrorView {
    fn from(fault: domain::fault::Fault) -> Self {
        Self {
            code: fault.code.into(),
            message: fault.sentence,
            hint: fault.hint,
            retry_after: fault.retry_after,
            request_id: fault.request_id,
        }
    }
}

impl From<ErrorView> for domain::fault::Fault {
    fn from(view: ErrorView) -> Self {
        let code = domain::fault::Code::ALL.into_iter().find(|code| Code::from(*code) == view.code);
        Self {
            code: code.unwrap_or(domain::fault::Code::Internal),
            sentence: view.message,
            hint: view.hint,
            retry_after: view.retry_after,
            request_id: view.request_id,
        }
    }
}
