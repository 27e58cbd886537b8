//! For a text that isn't in the catalogue: the rows that resemble it, marked as such, and how to get the full text.

use std::collections::HashSet;

use super::catalogue;
use super::cause::{Cause, Certainty, Match, Owner, Retry, Source};
use super::reading::Reading;

const SUGGESTIONS: usize = 2;
/// Fewer shared words than this are chance.
const LEAST: usize = 2;

/// Words too common to tell anything.
const COMMON: [&str; 14] = [
    "error", "failed", "message", "server", "client", "mail", "with", "this", "that", "https", "http",
    "user", "from", "code",
];

/// One line that says the text isn't known and how to get more, then the nearest rows.
pub(super) fn suggest(reading: &Reading) -> Vec<Match> {
    let mut out = vec![unknown(reading)];
    let seen: HashSet<&str> = reading.words().collect();
    let mut scored: Vec<(usize, &'static Cause)> =
        catalogue::rows().map(|row| (score(row, &seen), row)).filter(|(score, _)| *score >= LEAST).collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    out.extend(scored.into_iter().take(SUGGESTIONS).map(|(_, row)| resembling(row)));
    out
}

/// AADSTS numbers that no row knows: Microsoft keeps a page for each.
pub(super) fn unknown_entra(reading: &Reading) -> Option<Match> {
    let known: HashSet<u32> = catalogue::rows()
        .flat_map(|row| row.codes)
        .filter_map(|code| code.strip_prefix("AADSTS")?.parse().ok())
        .collect();
    let named = |number: u32| reading.code(&format!("AADSTS{number}")).next().is_some();
    let (number, at) =
        reading.entra_numbers().into_iter().find(|(number, _)| !known.contains(number) && named(*number))?;
    let (quote, tail) = reading.quote(at);
    Some(Match {
        cause: format!("Entra refused with AADSTS{number}, which isn't in the catalogue."),
        fix: format!(
            "Look it up at https://login.microsoftonline.com/error?code={number}, and keep trace id, correlation id and time for support."
        ),
        who_fixes: Owner::EntraAdmin,
        quote,
        tail,
        ..blank("entra.unknown", Source::Entra)
    })
}

fn blank(id: &'static str, source: Source) -> Match {
    Match {
        id,
        source,
        cause: String::new(),
        who_fixes: Owner::Developer,
        fix: String::new(),
        certainty: Certainty::Nearest,
        retry: Retry::No,
        possible: Vec::new(),
        quote: String::new(),
        tail: None,
    }
}

fn unknown(reading: &Reading) -> Match {
    let (quote, tail) = reading.quote(0);
    Match {
        cause: "No cause in the catalogue fits this text.".to_owned(),
        fix: "Get the server's whole reply. SMTP: swaks `--tls`, curl `-v`, Python `set_debuglevel(1)`, or the relay's log. \
              Graph and Entra: the body of the answer, with `code`, `message` and `request-id`."
            .to_owned(),
        quote,
        tail,
        ..blank("client.unknown", Source::Client)
    }
}

fn resembling(row: &'static Cause) -> Match {
    Match {
        cause: format!("Resembles, but isn't proved: {}", row.cause),
        certainty: Certainty::Nearest,
        ..Match::of(row, String::new(), None)
    }
}

fn telling(word: &str) -> bool {
    word.len() >= 4 && !COMMON.contains(&word)
}

/// How many telling words a row shares with the text; a code of the row counts twice.
fn score(row: &Cause, words: &HashSet<&str>) -> usize {
    let in_sentences: HashSet<String> = row
        .sentences
        .iter()
        .flat_map(|text| text.split(|c: char| !(c.is_alphanumeric() || c == '.')))
        .map(str::to_ascii_lowercase)
        .filter(|word| telling(word))
        .collect();
    let codes = row.codes.iter().filter(|code| words.contains(code.to_ascii_lowercase().as_str()));
    in_sentences.iter().filter(|word| words.contains(word.as_str())).count() + 2 * codes.count()
}
