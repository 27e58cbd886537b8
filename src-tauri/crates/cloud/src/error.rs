//! How a call ends when it doesn't end well, and the sentence for it.

use std::time::Duration;

use domain::fault::{Code, Fault};

use crate::endpoints::Refused;
use crate::sign_in::SignInFault;

/// One variant for each thing a caller does differently.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CloudError {
    /// Entra gave no token.
    #[error("{0}")]
    SignIn(Box<SignInFault>),
    /// Signed in, but the right is missing.
    #[error("{sentence}")]
    Denied {
        sentence: String,
        /// Which role or permission gives the right.
        hint: String,
        request_id: Option<String>,
    },
    /// `what`: "incident `8a…` of workspace `soc`".
    #[error("There is no {what}.")]
    NotFound { what: String },
    /// The workspace exists and Sentinel is off there.
    #[error("Sentinel is not switched on for workspace `{workspace}`.")]
    NotOnboarded { workspace: String },
    /// Still asked to wait after the patience of one call was used up.
    #[error("Microsoft asks to wait before {what} can be read on.")]
    Throttled { what: String, retry_after: Option<Duration> },
    /// The resource was changed meanwhile: 409 or 412.
    #[error("{what} was changed by someone else meanwhile.")]
    Conflict { what: String },
    /// An address that isn't asked.
    #[error("`{host}` is not asked: {why}.")]
    Refused { host: String, why: String },
    /// No connection, or none that lasted.
    #[error("`{host}` doesn't answer: {why}.")]
    Offline { host: String, why: String },
    /// An answer that can't be used: cut, no JSON, too large, a list that goes round in a circle.
    #[error("The answer for {what}.")]
    BadAnswer { what: String },
    /// Any other refusal, in the other side's words.
    #[error("Microsoft answers {status} for {what}: {message}")]
    Rejected { what: String, status: u16, code: String, message: String, request_id: Option<String> },
}

impl From<SignInFault> for CloudError {
    fn from(fault: SignInFault) -> Self {
        Self::SignIn(Box::new(fault))
    }
}

impl From<Refused> for CloudError {
    fn from(refused: Refused) -> Self {
        Self::Refused { host: refused.host, why: refused.why }
    }
}

impl CloudError {
    /// The same for the user.
    pub fn fault(&self) -> Fault {
        let sentence = self.to_string();
        match self {
            Self::SignIn(fault) => Fault {
                request_id: fault.correlation_id.clone(),
                ..Fault::new(Code::SignIn, sentence).hint(fault.hint.clone())
            },
            Self::Denied { hint, request_id, .. } => Fault {
                request_id: request_id.clone(),
                ..Fault::new(Code::Denied, sentence).hint(hint.clone())
            },
            Self::NotFound { .. } => Fault::new(Code::NotFound, sentence)
                .hint("It may have been deleted or moved, or lies where this app may not look."),
            Self::NotOnboarded { .. } => Fault::new(Code::NotFound, sentence)
                .hint("Add Microsoft Sentinel to the workspace, or leave it out. Other workspaces are not affected."),
            Self::Throttled { retry_after, .. } => Fault {
                retry_after: retry_after.map(|wait| wait.as_secs_f64()),
                ..Fault::new(Code::Throttled, sentence)
                    .hint("What was read so far is kept; the next sync goes on from there.")
            },
            Self::Conflict { .. } => {
                Fault::new(Code::Conflict, sentence).hint("Read it again, then decide whether the change is still wanted.")
            }
            Self::Refused { .. } => Fault::new(Code::BadAnswer, sentence)
                .hint("An answer named an address that this connection doesn't use. Nothing was sent there."),
            Self::Offline { .. } => Fault::new(Code::Offline, sentence)
                .hint("What is stored stays readable. Check network and proxy, then try again."),
            Self::BadAnswer { .. } => Fault::new(Code::BadAnswer, sentence)
                .hint("What was stored before is unchanged. Try again; if it stays so, a proxy may change answers."),
            Self::Rejected { status, request_id, .. } => Fault {
                request_id: request_id.clone(),
                ..rejected(*status, sentence)
            },
        }
    }
}

fn rejected(status: u16, sentence: String) -> Fault {
    if status >= 500 {
        return Fault::new(Code::Offline, sentence)
            .hint("The fault is on Microsoft's side. What is stored stays readable; try again later.");
    }
    Fault::new(Code::BadAnswer, sentence).hint("Quote the request id to Microsoft's support if it stays so.")
}
