//! Reads a pasted text and names the causes it shows, the root first.
//!
//! Code and sentence are matched together where a code has several meanings. A consequence (`5.7.57` after a failed
//! sign-in) and a library's own words come after the reply they hide. An unknown text gets what is nearest, marked so,
//! and how to get the full text.

use super::catalogue;
use super::cause::{Cause, Depth, Match, Rule, Source};
use super::nearest;
use super::reading::{Reading, flat};

/// How far, in letters and digits, a sentence may stand from its code.
const REACH: usize = 500;

/// The causes that a text shows, the root first; for a text that isn't recognised, what is nearest.
/// Empty only for a text without letters and digits.
pub fn explain(text: &str) -> Vec<Match> {
    let reading = Reading::of(text);
    if reading.is_empty() {
        return Vec::new();
    }
    let found = recognised(&reading);
    if found.is_empty() { nearest::suggest(&reading) } else { found }
}

/// The first cause that a text surely shows: never a guess from resemblance.
pub fn found(text: &str) -> Option<Match> {
    let reading = Reading::of(text);
    recognised(&reading).into_iter().next()
}

/// A row and where it was recognised.
struct Hit {
    row: &'static Cause,
    at: usize,
    /// How many letters of a sentence were found there; 0 for a code alone.
    length: usize,
}

fn recognised(reading: &Reading) -> Vec<Match> {
    let mut hits: Vec<Hit> = catalogue::rows()
        .filter(|row| reading.shows(row.setting))
        .filter_map(|row| hit(row, reading))
        .collect();
    drop_shorter(&mut hits);
    drop_implied(&mut hits);
    hits.sort_by_key(|hit| (std::cmp::Reverse(hit.row.depth), hit.at));
    hits.into_iter()
        .map(|hit| {
            let (quote, tail) = reading.quote(hit.at);
            Match::of(hit.row, quote, tail)
        })
        .chain(nearest::unknown_entra(reading))
        .collect()
}

/// Where a row is recognised, if it is.
fn hit(row: &'static Cause, reading: &Reading) -> Option<Hit> {
    let (at, length) = match row.rule {
        Rule::Sentence => {
            let places =
                row.sentences.iter().filter_map(|text| Some((reading.sentence(text)?, flat(text).len())));
            places.min()?
        }
        Rule::Code => (codes(row, reading).into_iter().min()?, 0),
        Rule::Both => codes(row, reading).into_iter().find_map(|at| {
            let near = |text: &&&str| reading.sentence_near(text, at, REACH).is_some();
            row.sentences.iter().find(near).map(|text| (at, flat(text).len()))
        })?,
    };
    Some(Hit { row, at, length })
}

fn codes(row: &Cause, reading: &Reading) -> Vec<usize> {
    let entra = |code: &&str| code.strip_prefix("AADSTS").and_then(|digits| digits.parse::<u32>().ok());
    let numbers: Vec<u32> = row.codes.iter().filter_map(entra).collect();
    if numbers.is_empty() {
        return row.codes.iter().flat_map(|code| reading.code(code)).collect();
    }
    let known = reading.entra_numbers().into_iter();
    known.filter(|(number, _)| numbers.contains(number)).map(|(_, at)| at).collect()
}

/// Of two rows of one source at one place, the one that says more counts: a sentence may begin like another.
fn drop_shorter(hits: &mut Vec<Hit>) {
    let all: Vec<(Source, usize, usize)> =
        hits.iter().map(|hit| (hit.row.source, hit.at, hit.length)).collect();
    hits.retain(|hit| {
        !all.iter()
            .any(|(source, at, length)| *source == hit.row.source && *at == hit.at && *length > hit.length)
    });
}

/// An ambiguous row steps back when one of its meanings was recognised, or a special case of one.
fn drop_implied(hits: &mut Vec<Hit>) {
    let ids: Vec<&str> = hits.iter().map(|hit| hit.row.id).collect();
    let means = |possible: &str, id: &str| {
        id.strip_prefix(possible).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let implied = |row: &Cause| {
        row.depth != Depth::Disguise
            && row.possible.iter().any(|possible| ids.iter().any(|id| means(possible, id)))
    };
    hits.retain(|hit| !implied(hit.row));
}

#[cfg(test)]
mod tests;
