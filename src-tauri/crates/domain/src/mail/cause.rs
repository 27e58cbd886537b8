//! A cause: one thing that can be wrong, how it is recognised, who mends it, how, and how sure we are.
//!
//! Causes are static rows of [`super::catalogue`]; their ids are stable and appear in reports.
//! Never here: a row that reads as fact while its certainty is [`Certainty::Unverified`] (a test holds this).

use crate::sign_in::Row;

/// Who wrote the text that was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    Smtp,
    Graph,
    Entra,
    /// A library, tool or device, whose own words hide or replace the server's.
    Client,
}

impl Source {
    /// The stable word of reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Smtp => "smtp",
            Self::Graph => "graph",
            Self::Entra => "entra",
            Self::Client => "client",
        }
    }
}

/// How sure we are that the text means what the row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// Microsoft's documents or published source say so.
    Documented,
    /// Provable: from a library's source history, or seen in a lab.
    Proved,
    /// Reported verbatim by people who met it; Microsoft's pages don't give this text.
    Reported,
    /// The text alone doesn't decide; the possible causes are named.
    Ambiguous,
    /// Known to practitioners or known to vary; not confirmed on a live tenant.
    Unverified,
    /// The text isn't in the catalogue; this row only resembles it.
    Nearest,
}

impl Certainty {
    /// The stable word of reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Proved => "proved",
            Self::Reported => "reported",
            Self::Ambiguous => "ambiguous",
            Self::Unverified => "unverified",
            Self::Nearest => "nearest",
        }
    }
}

/// Who can mend it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    Developer,
    EntraAdmin,
    ExchangeAdmin,
    Network,
    Recipient,
    Microsoft,
    /// Whoever signs in.
    Person,
}

impl Owner {
    /// The words of reports and screens.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Developer => "developer",
            Self::EntraAdmin => "Entra admin",
            Self::ExchangeAdmin => "Exchange admin",
            Self::Network => "network",
            Self::Recipient => "recipient",
            Self::Microsoft => "Microsoft",
            Self::Person => "whoever signs in",
        }
    }
}

/// May an unattended mailer send the same thing again unchanged?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    No,
    Once,
    /// Again after a pause (or after `Retry-After` where one is given).
    Later,
}

impl Retry {
    /// The stable word of reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Once => "once",
            Self::Later => "later",
        }
    }
}

/// What must be in a text for a row to be recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// One of the codes suffices.
    Code,
    /// One of the sentences suffices.
    Sentence,
    /// One of the codes with one of the sentences near it.
    Both,
}

/// What else the text must show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    Any,
    /// A password was sent with AUTH LOGIN.
    Login,
    /// A token was sent with AUTH XOAUTH2.
    Token,
    /// The caller talks to Microsoft Graph.
    Graph,
}

/// How near a row lies to the root of the trouble; the roots are named first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Depth {
    /// A library's own words around a reply.
    Disguise,
    /// True, but a consequence of something earlier.
    Consequence,
    Vague,
    Root,
}

/// One row of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Stable, e.g. `smtp.535-5.7.139.tenant`.
    pub id: &'static str,
    pub source: Source,
    /// What is wrong, in our words; the first sentence stands alone as a headline.
    pub cause: &'static str,
    pub who_fixes: Owner,
    pub fix: &'static str,
    pub certainty: Certainty,
    pub retry: Retry,
    /// For an ambiguous row: the ids it may stand for.
    pub possible: &'static [&'static str],
    pub(super) codes: &'static [&'static str],
    pub(super) sentences: &'static [&'static str],
    pub(super) rule: Rule,
    pub(super) setting: Setting,
    pub(super) depth: Depth,
}

impl Cause {
    pub(super) const fn new(id: &'static str, source: Source) -> Self {
        Self {
            id,
            source,
            cause: "",
            who_fixes: Owner::Developer,
            fix: "",
            certainty: Certainty::Documented,
            retry: Retry::No,
            possible: &[],
            codes: &[],
            sentences: &[],
            rule: Rule::Code,
            setting: Setting::Any,
            depth: Depth::Root,
        }
    }

    /// A refused sign-in, in the words of [`crate::sign_in`].
    pub(super) const fn sign_in(id: &'static str, row: &Row) -> Self {
        Self::new(id, Source::Entra)
            .code(row.codes)
            .because(row.cause)
            .fix(row.who_fixes, row.fix)
            .sure(row.certainty)
    }

    pub(super) const fn code(mut self, codes: &'static [&'static str]) -> Self {
        self.codes = codes;
        self.rule = Rule::Code;
        self
    }

    pub(super) const fn says(mut self, sentences: &'static [&'static str]) -> Self {
        self.sentences = sentences;
        self.rule = Rule::Sentence;
        self
    }

    pub(super) const fn both(
        mut self,
        codes: &'static [&'static str],
        sentences: &'static [&'static str],
    ) -> Self {
        self.codes = codes;
        self.sentences = sentences;
        self.rule = Rule::Both;
        self
    }

    pub(super) const fn because(mut self, cause: &'static str) -> Self {
        self.cause = cause;
        self
    }

    pub(super) const fn fix(mut self, who: Owner, fix: &'static str) -> Self {
        self.who_fixes = who;
        self.fix = fix;
        self
    }

    pub(super) const fn sure(mut self, certainty: Certainty) -> Self {
        self.certainty = certainty;
        self
    }

    pub(super) const fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    pub(super) const fn when(mut self, setting: Setting) -> Self {
        self.setting = setting;
        self
    }

    pub(super) const fn depth(mut self, depth: Depth) -> Self {
        self.depth = depth;
        self
    }

    pub(super) const fn one_of(mut self, possible: &'static [&'static str]) -> Self {
        self.possible = possible;
        self.certainty = Certainty::Ambiguous;
        self.depth = Depth::Vague;
        self
    }
}

/// A cause found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    pub id: &'static str,
    pub source: Source,
    pub cause: String,
    pub who_fixes: Owner,
    pub fix: String,
    pub certainty: Certainty,
    pub retry: Retry,
    /// The ids an ambiguous text may stand for; empty otherwise.
    pub possible: Vec<&'static str>,
    /// The line that was recognised, redacted, without Exchange's tail.
    pub quote: String,
    /// Exchange's `[host time id]`, kept because support asks for it.
    pub tail: Option<String>,
}

impl Match {
    pub(super) fn of(row: &'static Cause, quote: String, tail: Option<String>) -> Self {
        Self {
            id: row.id,
            source: row.source,
            cause: row.cause.to_owned(),
            who_fixes: row.who_fixes,
            fix: row.fix.to_owned(),
            certainty: row.certainty,
            retry: row.retry,
            possible: row.possible.to_vec(),
            quote,
            tail,
        }
    }

    /// The first sentence of the cause.
    pub fn headline(&self) -> &str {
        match self.cause.find(". ") {
            Some(end) => &self.cause[..=end],
            None => &self.cause,
        }
    }
}
