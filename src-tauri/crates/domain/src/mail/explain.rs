//! Reads a pasted text and names the causes it shows, the root first.
//!
//! Code and sentence are matched together where a code has several meanings. A consequence (`5.7.57` after a failed
//! sign-in) and a library's own words come after the reply they hide. An unknown text gets what is nearest, marked so,
//! and how to get the full text.

use super::catalogue;
use super::cause::{Cause, Depth, Match, Rule};
use super::nearest;
use super::reading::Reading;

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

fn recognised(reading: &Reading) -> Vec<Match> {
    let mut hits: Vec<(&'static Cause, usize)> = catalogue::rows()
        .filter(|row| reading.shows(row.setting))
        .filter_map(|row| Some((row, place(row, reading)?)))
        .collect();
    drop_implied(&mut hits);
    hits.sort_by_key(|(row, at)| (std::cmp::Reverse(row.depth), *at));
    hits.into_iter()
        .map(|(row, at)| {
            let (quote, tail) = reading.quote(at);
            Match::of(row, quote, tail)
        })
        .chain(nearest::unknown_entra(reading))
        .collect()
}

/// Where a row is recognised, if it is.
fn place(row: &Cause, reading: &Reading) -> Option<usize> {
    match row.rule {
        Rule::Sentence => row.sentences.iter().filter_map(|sentence| reading.sentence(sentence)).min(),
        Rule::Code => codes(row, reading).into_iter().min(),
        Rule::Both => codes(row, reading).into_iter().find(|at| {
            row.sentences.iter().any(|sentence| reading.sentence_near(sentence, *at, REACH).is_some())
        }),
    }
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

/// An ambiguous row steps back when one of its meanings was recognised; the general row of a code when a special one
/// was.
fn drop_implied(hits: &mut Vec<(&'static Cause, usize)>) {
    let ids: Vec<&str> = hits.iter().map(|(row, _)| row.id).collect();
    let implied = |row: &Cause| {
        row.depth != Depth::Disguise
            && ids.iter().any(|id| {
                row.possible.contains(id)
                    || row
                        .possible
                        .iter()
                        .any(|possible| id.strip_prefix(possible).is_some_and(|rest| rest.starts_with('.')))
            })
    };
    let kept: Vec<bool> = hits.iter().map(|(row, _)| !implied(row)).collect();
    let mut kept = kept.into_iter();
    hits.retain(|_| kept.next().unwrap_or(true));
}

#[cfg(test)]
mod tests;
