//! What can go wrong in a dialogue. No error carries a secret, nor more than a short piece of what a server sent.

use std::time::Duration;

use domain::mail::Broken;
use domain::mail::ladder::Certificate;
use thiserror::Error as ThisError;

/// Where in the dialogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Connect,
    Greeting,
    Ehlo,
    StartTls,
    Mail,
    Auth,
    Quit,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Connect => "the connection",
            Self::Greeting => "the greeting",
            Self::Ehlo => "EHLO",
            Self::StartTls => "STARTTLS",
            Self::Mail => "MAIL FROM",
            Self::Auth => "AUTH",
            Self::Quit => "QUIT",
        }
    }
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Why a step gave no reply.
#[derive(Clone, Debug, ThisError, PartialEq, Eq)]
pub enum Error {
    #[error("{host}:{port} can't be reached: {says}")]
    NotReached { host: String, port: u16, says: String },
    #[error("no answer to {step} within {} s", .after.as_secs_f32())]
    TimedOut { step: Step, after: Duration },
    #[error("the server closed the connection at {step}")]
    Closed { step: Step },
    #[error("the connection broke at {step}: {says}")]
    Broke { step: Step, says: String },
    #[error("a line at {step} is longer than {limit} bytes")]
    LineTooLong { step: Step, limit: usize },
    #[error("the reply to {step} has more than {limit} lines")]
    TooManyLines { step: Step, limit: usize },
    #[error("the server sent more than {limit} bytes in one session")]
    TooMuch { limit: usize },
    #[error("a NUL byte stands in the reply to {step}")]
    Nul { step: Step },
    #[error("the reply to {step} doesn't begin with a reply code: {shown:?}")]
    NoCode { step: Step, shown: String },
    #[error("the lines of one reply to {step} carry different codes, {first} and {then}")]
    MixedCodes { step: Step, first: u16, then: u16 },
    #[error("{step} was answered by {code}, which doesn't belong there")]
    OutOfPlace { step: Step, code: u16 },
    #[error("the server sent text between its answer to STARTTLS and TLS")]
    Injected,
    #[error("{says}")]
    Tls { says: String, certificate: Option<Box<Certificate>> },
    #[error("no secret is sent before TLS")]
    InClear,
    #[error("{0} can't stand in an SMTP command")]
    Unsendable(&'static str),
}

impl Error {
    /// The certificate that TLS stumbled over, if it came to see one.
    pub fn certificate(&self) -> Option<&Certificate> {
        match self {
            Self::Tls { certificate, .. } => certificate.as_deref(),
            _ => None,
        }
    }

    /// As the judging functions of `domain::mail::ladder` take it.
    pub fn broken(&self) -> Broken {
        let says = self.to_string();
        match self {
            Self::NotReached { .. } => Broken::NotReached(says),
            Self::TimedOut { .. } => Broken::TimedOut(says),
            Self::Closed { .. } | Self::Broke { .. } => Broken::Closed(says),
            Self::Tls { .. } => Broken::Tls(says),
            Self::InClear | Self::Unsendable(_) => Broken::NotOffered(says),
            Self::LineTooLong { .. }
            | Self::TooManyLines { .. }
            | Self::TooMuch { .. }
            | Self::Nul { .. }
            | Self::NoCode { .. }
            | Self::MixedCodes { .. }
            | Self::OutOfPlace { .. }
            | Self::Injected => Broken::Malformed(says),
        }
    }
}
