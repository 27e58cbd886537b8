//! What one test gave: the judgement, the lines that prove it, and the other side's own words.

use domain::mail::ladder::Judged;
use domain::mail::{Direction, EvidenceLine};

/// A test's yield before its time is put to it.
pub(super) struct Seen {
    pub judged: Judged,
    pub evidence: Vec<EvidenceLine>,
    /// What the other side said, for C-05; none where it said nothing of a failure.
    pub text: Option<String>,
}

impl Seen {
    pub(super) fn new(judged: Judged, evidence: Vec<EvidenceLine>) -> Self {
        Self { judged, evidence, text: None }
    }

    pub(super) fn said(self, text: Option<String>) -> Self {
        Self { text, ..self }
    }
}

/// A line that was sent by HTTP; redacted.
pub(super) fn sent(text: &str) -> EvidenceLine {
    EvidenceLine::new(Direction::Sent, text, 0)
}

/// A line that came by HTTP; redacted.
pub(super) fn received(text: &str) -> EvidenceLine {
    EvidenceLine::new(Direction::Received, text, 0)
}
