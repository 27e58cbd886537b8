//! The lines of a dialogue as they may be shown. What was sent arrives here already worded; what was received is
//! cleaned of the secrets of this session, should a server say them back.

use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::mail::{Direction, EvidenceLine, redact};
use zeroize::Zeroizing;

/// Longest line that is kept for showing, in characters.
const LONGEST: usize = 1_000;
/// A secret shorter than this isn't looked for in replies: it would be found in ordinary words.
const SHORTEST: usize = 4;

pub(crate) struct Transcript {
    began: Instant,
    lines: Vec<EvidenceLine>,
    secrets: Vec<Zeroizing<String>>,
}

impl Transcript {
    pub(crate) fn new() -> Self {
        Self { began: Instant::now(), lines: Vec::new(), secrets: Vec::new() }
    }

    pub(crate) fn lines(&self) -> &[EvidenceLine] {
        &self.lines
    }

    /// From now on this secret is taken out of what the server says, plain and in base64.
    pub(crate) fn guard(&mut self, secret: &str) {
        let forms = [Zeroizing::new(secret.to_owned()), Zeroizing::new(BASE64.encode(secret))];
        let telling = forms.into_iter().filter(|form| form.len() >= SHORTEST);
        self.secrets.extend(telling);
    }

    pub(crate) fn sent(&mut self, shown: &str) {
        self.push(Direction::Sent, shown);
    }

    pub(crate) fn note(&mut self, shown: &str) {
        self.push(Direction::Note, shown);
    }

    /// Keeps a received line and gives it back cleaned.
    pub(crate) fn received(&mut self, line: &str) -> String {
        let clean = self.cleaned(line);
        self.push(Direction::Received, &clean);
        clean
    }

    pub(crate) fn cleaned(&self, line: &str) -> String {
        let mut clean = line.to_owned();
        for secret in &self.secrets {
            if clean.contains(secret.as_str()) {
                clean = clean.replace(secret.as_str(), redact::HIDDEN);
            }
        }
        redact::redact(&clean)
    }

    fn push(&mut self, direction: Direction, text: &str) {
        let at_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let text: String = text.chars().take(LONGEST).collect();
        self.lines.push(EvidenceLine { direction, text, at_ms });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_says_a_secret_back_is_cleaned() {
        let mut transcript = Transcript::new();
        transcript.guard("hunter2!");
        let encoded = BASE64.encode("hunter2!");
        let clean = transcript.received(&format!("535 no: hunter2! ({encoded})"));
        assert_eq!(clean, "535 no: ‹hidden› (‹hidden›)");
        assert_eq!(transcript.lines()[0].text, clean);
    }

    #[test]
    fn a_very_short_secret_doesnt_eat_ordinary_words() {
        let mut transcript = Transcript::new();
        transcript.guard("a");
        assert_eq!(transcript.received("250 accepted"), "250 accepted");
    }
}
