//! What went wrong, in one sentence, with what to do next.
//!
//! From the engine up every error is a [`Fault`]. A [`Code`] exists only where the UI acts on it. Never here: a
//! secret, a token, or a sentence that blames.

use std::fmt;

/// What the UI does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// What was typed or sent is not valid.
    Invalid,
    /// No such thing here.
    NotFound,
    /// Entra refused the sign-in; leads to Accounts.
    SignIn,
    /// Signed in, but without the right.
    Denied,
    /// Nothing answers; what is stored stays readable.
    Offline,
    /// Asked to wait.
    Throttled,
    /// Someone else changed it meanwhile.
    Conflict,
    /// The secret store is missing, locked or refused.
    Keychain,
    /// The local database or disk failed.
    Storage,
    /// The session is read-only.
    ReadOnly,
    /// Ended by the user.
    Cancelled,
    /// The other side answered in a way that can't be used.
    BadAnswer,
    /// A defect of ours.
    Internal,
}

impl Code {
    pub const ALL: [Code; 13] = [
        Code::Invalid,
        Code::NotFound,
        Code::SignIn,
        Code::Denied,
        Code::Offline,
        Code::Throttled,
        Code::Conflict,
        Code::Keychain,
        Code::Storage,
        Code::ReadOnly,
        Code::Cancelled,
        Code::BadAnswer,
        Code::Internal,
    ];
}

/// One failure, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub code: Code,
    /// What failed and for whom, a full sentence.
    pub sentence: String,
    /// What to do next.
    pub hint: Option<String>,
    /// Seconds to wait, when the other side said so.
    pub retry_after: Option<f64>,
    /// The other side's own id of the request, for its support.
    pub request_id: Option<String>,
}

impl Fault {
    pub fn new(code: Code, sentence: impl Into<String>) -> Self {
        Self { code, sentence: sentence.into(), hint: None, retry_after: None, request_id: None }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.sentence)?;
        match &self.hint {
            Some(hint) => write!(out, " {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}
