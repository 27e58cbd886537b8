//! Evidence: the lines a step shows, already redacted by whoever spoke them.

/// Who said the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Sent,
    Received,
    /// A fact that isn't dialogue: a certificate's name, a claim, a masked value.
    Note,
}

impl Direction {
    /// The stable word of reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Note => "note",
        }
    }
}

/// One line of dialogue, HTTP, or fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceLine {
    pub direction: Direction,
    pub text: String,
    /// Milliseconds since the dialogue began.
    pub at_ms: u64,
}

impl EvidenceLine {
    /// A fact noted outside a dialogue; the text is redacted once more.
    pub fn note(text: &str) -> Self {
        Self::new(Direction::Note, text, 0)
    }

    /// A line of dialogue; the text is redacted once more.
    pub fn new(direction: Direction, text: &str, at_ms: u64) -> Self {
        Self { direction, text: super::redact(text), at_ms }
    }
}
