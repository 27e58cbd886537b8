//! When the secrets and certificates of an account end, which of them is the one in use, and when to say so.
//!
//! Never here: a secret beyond the three characters that Microsoft's own portal shows; a clock (`now` is an argument).
//! Start at [`expiries`].

use time::OffsetDateTime;

use crate::readiness::Given;

/// Days before the end at which somebody is told, once each.
pub const THRESHOLDS: [i64; 3] = [30, 7, 1];

/// How many characters of a secret the portal shows as its hint.
pub const HINT: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    Secret,
    Certificate,
}

impl What {
    /// The word used in JSON and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            What::Secret => "secret",
            What::Certificate => "certificate",
        }
    }

    /// What a word names; `None` for any other word.
    pub fn from_word(word: &str) -> Option<What> {
        [What::Secret, What::Certificate].into_iter().find(|what| what.as_str() == word)
    }
}

/// Who tells the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KnownBy {
    /// The app registration, by Microsoft Graph.
    Application,
    /// The certificate's own file.
    File,
    /// Somebody typed it.
    Typed,
}

impl KnownBy {
    /// The word used in JSON and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            KnownBy::Application => "application",
            KnownBy::File => "file",
            KnownBy::Typed => "typed",
        }
    }

    /// What a word names; `None` for any other word.
    pub fn from_word(word: &str) -> Option<KnownBy> {
        [KnownBy::Application, KnownBy::File, KnownBy::Typed].into_iter().find(|by| by.as_str() == word)
    }
}

/// A secret or certificate, and its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expiry {
    pub what: What,
    /// The portal's description, or the certificate's subject.
    pub label: String,
    /// First characters of a secret, or a thumbprint.
    pub hint: Option<String>,
    pub ends: Option<OffsetDateTime>,
    /// The one that this account signs in with.
    pub ours: bool,
    pub known_by: KnownBy,
}

/// That somebody was told of an end, and at which threshold. An end that moved is a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    pub ends: OffsetDateTime,
    /// One of [`THRESHOLDS`].
    pub days: i64,
}

impl Expiry {
    /// Whole days until the end; negative when it has passed.
    pub fn days(&self, now: OffsetDateTime) -> Option<i64> {
        Some((self.ends? - now).whole_seconds().div_euclid(86_400))
    }

    /// What to tell now: the nearest threshold that was reached and not yet told. Each is told once; one that was
    /// slept through is not made up for.
    pub fn due(&self, now: OffsetDateTime, last_told: Option<Told>) -> Option<Told> {
        let (ends, days) = (self.ends?, self.days(now)?);
        let reached = THRESHOLDS.into_iter().filter(|threshold| days < *threshold).min()?;
        let told = last_told.filter(|told| told.ends == ends).map_or(i64::MAX, |told| told.days);
        (reached < told).then_some(Told { ends, days: reached })
    }
}

/// The secret or certificate that this account signs in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InUse {
    /// Its first three characters.
    Secret(String),
    Certificate {
        /// SHA-1, hexadecimal.
        thumbprint: String,
        subject: String,
        ends: OffsetDateTime,
    },
}

/// A credential as an app registration lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub what: What,
    pub label: Option<String>,
    /// `hint` of a secret; `customKeyIdentifier` of a certificate, as served.
    pub mark: Option<String>,
    pub ends: Option<OffsetDateTime>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expiries {
    /// Soonest first; what has no date comes last.
    pub rows: Vec<Expiry>,
    /// What could not be read, a sentence each.
    pub notes: Vec<String>,
}

/// Puts together what the app registration lists, what the certificate's file says, and what was typed.
pub fn expiries(
    listed: &Given<Vec<Listed>>,
    in_use: Option<&InUse>,
    typed: Option<OffsetDateTime>,
) -> Expiries {
    let (all, note) = match listed {
        Given::Read(all) => (all.as_slice(), None),
        Given::Partly(all, because) => (all.as_slice(), Some(because)),
        Given::Missing(because) => (&[][..], Some(because)),
    };
    let mut rows: Vec<Expiry> = all.iter().map(|one| row(one, in_use)).collect();
    let mut notes: Vec<String> = note
        .map(|because| format!("The app registration could not be read: {because}."))
        .into_iter()
        .collect();
    let ours = rows.iter().filter(|row| row.ours).count();
    if ours > 1 {
        notes.push("Several secrets begin alike, so each of them may be the one in use.".to_owned());
    }
    match in_use {
        Some(in_use) if ours == 0 => rows.extend(own(in_use, typed, note.is_none(), &mut notes)),
        _ => {}
    }
    rows.sort_by_key(|row| (row.ends.is_none(), row.ends));
    Expiries { rows, notes }
}

fn row(listed: &Listed, in_use: Option<&InUse>) -> Expiry {
    let mark = listed.mark.as_deref().unwrap_or_default();
    let (hint, ours) = match (listed.what, in_use) {
        (What::Secret, Some(InUse::Secret(first))) => (mark.to_owned(), !mark.is_empty() && mark == first),
        (What::Certificate, Some(InUse::Certificate { thumbprint, .. }))
            if is_thumbprint(mark, thumbprint) =>
        {
            (thumbprint.clone(), true)
        }
        _ => (mark.to_owned(), false),
    };
    Expiry {
        what: listed.what,
        label: listed.label.clone().unwrap_or_default(),
        hint: Some(hint).filter(|hint| !hint.is_empty()),
        ends: listed.ends,
        ours,
        known_by: KnownBy::Application,
    }
}

/// What is in use and stands in no list.
fn own(
    in_use: &InUse,
    typed: Option<OffsetDateTime>,
    was_read: bool,
    notes: &mut Vec<String>,
) -> Option<Expiry> {
    match in_use {
        InUse::Certificate { thumbprint, subject, ends } => {
            if was_read {
                notes.push(format!(
                    "The app registration lists no certificate with thumbprint `{thumbprint}`, so signing in with it \
                     will fail."
                ));
            }
            Some(Expiry {
                what: What::Certificate,
                label: subject.clone(),
                hint: Some(thumbprint.clone()),
                ends: Some(*ends),
                ours: true,
                known_by: KnownBy::File,
            })
        }
        InUse::Secret(first) => {
            if typed.is_none() {
                notes.push(
                    "When the secret in use ends is not known: type its date, as the portal shows it."
                        .to_owned(),
                );
            }
            Some(Expiry {
                what: What::Secret,
                label: "Secret in use".to_owned(),
                hint: Some(first.clone()).filter(|first| !first.is_empty()),
                ends: typed,
                ours: true,
                known_by: KnownBy::Typed,
            })
        }
    }
}

/// Graph serves the thumbprint as base64 of its bytes; some tools wrote its hexadecimal digits there.
/// <https://learn.microsoft.com/graph/api/resources/keycredential>
fn is_thumbprint(mark: &str, thumbprint: &str) -> bool {
    let hex: String = thumbprint.chars().filter(char::is_ascii_hexdigit).collect();
    let mark = mark.trim_end_matches('=').replace('-', "+").replace('_', "/");
    !hex.is_empty()
        && (mark.eq_ignore_ascii_case(&hex) || bytes(&hex).is_some_and(|bytes| mark == base64(&bytes)))
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let pairs = hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
}

/// Without padding; twenty bytes need no crate.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word =
            chunk.iter().enumerate().fold(0u32, |word, (at, byte)| word | u32::from(*byte) << (16 - 8 * at));
        for digit in 0..=chunk.len() {
            text.push(char::from(DIGITS[(word >> (18 - 6 * digit) & 63) as usize]));
        }
    }
    text
}

#[cfg(test)]
mod tests;
