//! The mail ladder: step by step until delivery is proved, and what an error text means.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::readiness::Verdict;

/// What to test. The app's own secret stays in the keychain and never travels here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MailTestRequest {
    /// The mailbox that sends.
    pub mailbox: String,
    /// A mailbox that the app must not reach, for L-01.
    pub outside: Option<String>,
    /// Opt-in to one AUTH LOGIN with a password; it can count towards a lock-out.
    pub login: Option<MailLogin>,
    /// Whether two tagged messages may really be sent, to the mailbox itself.
    pub send: bool,
}

#[derive(Clone, PartialEq, Serialize, Deserialize, TS, zeroize::Zeroize, zeroize::ZeroizeOnDrop)]
pub struct MailLogin {
    pub user: String,
    pub password: String,
}

impl std::fmt::Debug for MailLogin {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "MailLogin {{ user: {:?} }}", self.user)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MailEvidence {
    /// `sent`, `received` or `note`.
    pub direction: String,
    /// Redacted; a redaction reads `‹Bearer, 2,213 characters›`.
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MailCause {
    pub id: String,
    pub cause: String,
    pub who_fixes: String,
    pub fix: String,
    /// `documented`, `proved`, `reported`, `ambiguous`, `unverified` or `nearest`.
    pub certainty: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MailStep {
    /// `T-01`.
    pub id: String,
    pub title: String,
    /// `New path`, `Old path`, `Least privilege`, `Delivered`, `Pasted error`.
    pub stage: String,
    pub verdict: Verdict,
    pub reason: String,
    pub took_ms: u64,
    pub evidence: Vec<MailEvidence>,
    pub cause: Option<MailCause>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MailLadder {
    /// RFC 3339 UTC; null = not run yet.
    pub run_at: Option<String>,
    pub mailbox: Option<String>,
    pub steps: Vec<MailStep>,
    /// What the next test starts with.
    pub suggested: MailSuggestion,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct MailSuggestion {
    pub mailbox: Option<String>,
    pub outside: Option<String>,
    /// Known mailboxes of a demo, to try each failure.
    pub mailboxes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MailText {
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MailMatch {
    pub id: String,
    /// `smtp`, `graph`, `entra` or `client`.
    pub source: String,
    pub cause: String,
    pub who_fixes: String,
    pub fix: String,
    pub certainty: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MailExplanation {
    pub matches: Vec<MailMatch>,
}
