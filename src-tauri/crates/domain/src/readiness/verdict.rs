//! How a check ends, and how much its finding matters.
//!
//! The six verdicts stay apart everywhere: "could not run" is never counted as a pass.

use std::fmt;

/// How a check ended. Shared by readiness checks and mail tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Looked at everything it needs and found nothing.
    Pass,
    /// Found something that breaks.
    Fail,
    /// Found something a person has to judge.
    Review,
    /// A right, an answer or a file was missing; says nothing about the tenant.
    CouldNotRun,
    /// Nothing of the kind exists, or the user chose to leave it out.
    NotApplicable,
    /// The user accepted the finding.
    Waived,
}

impl Verdict {
    /// Every verdict, in the order screens show them.
    pub const ALL: [Verdict; 6] = [
        Verdict::Fail,
        Verdict::Review,
        Verdict::CouldNotRun,
        Verdict::Pass,
        Verdict::NotApplicable,
        Verdict::Waived,
    ];

    /// The word used in JSON and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Fail => "fail",
            Verdict::Review => "review",
            Verdict::CouldNotRun => "could_not_run",
            Verdict::NotApplicable => "not_applicable",
            Verdict::Waived => "waived",
        }
    }

    /// The verdict a word names; `None` for any other word.
    pub fn from_word(word: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|v| v.as_str() == word)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    Critical,
    High,
    Medium,
    Low,
    Info,
}

impl Severity {
    /// The word used in JSON and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Critical => "critical",
            Severity::High => "high",
            Severity::Medium => "medium",
            Severity::Low => "low",
            Severity::Info => "info",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verdict_has_its_own_word_and_reads_back() {
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::from_word(verdict.as_str()), Some(verdict));
        }
        assert_eq!(Verdict::from_word("warn"), None);
    }
}
