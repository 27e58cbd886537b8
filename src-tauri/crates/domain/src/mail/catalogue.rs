//! The catalogue: every reply, error and disguise that is recognised, one file per family.
//!
//! The literal texts are what the servers and libraries send; everything said about them is ours.
//! A row that nobody has confirmed says so in its first words and carries [`Certainty::Unverified`](super::Certainty).

mod client;
mod entra;
mod graph;
mod smtp_auth;
mod smtp_connection;
mod smtp_delivery;
mod smtp_submission;

use super::cause::Cause;

/// The way every unverified row begins.
pub const NOT_CONFIRMED: &str = "Not confirmed on a live tenant: ";

/// Every row, family by family.
pub fn rows() -> impl Iterator<Item = &'static Cause> {
    [
        smtp_auth::ROWS,
        smtp_submission::ROWS,
        smtp_connection::ROWS,
        smtp_delivery::ROWS,
        graph::ROWS,
        entra::ROWS,
        client::ROWS,
    ]
    .into_iter()
    .flatten()
}

/// The row with this id.
pub fn row(id: &str) -> Option<&'static Cause> {
    rows().find(|row| row.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::mail::Certainty;

    #[test]
    fn ids_are_unique_and_begin_with_their_source() {
        let mut seen = HashSet::new();
        for row in rows() {
            assert!(seen.insert(row.id), "{} stands twice", row.id);
            assert!(
                row.id.starts_with(&format!("{}.", row.source.as_str())),
                "{} isn't named after its source",
                row.id
            );
        }
        assert!(seen.len() > 110, "only {} rows", seen.len());
    }

    #[test]
    fn every_row_can_be_recognised_and_says_what_to_do() {
        for row in rows() {
            assert!(!row.codes.is_empty() || !row.sentences.is_empty(), "{}", row.id);
            assert!(row.cause.len() > 15 && row.cause.ends_with('.'), "{}", row.id);
            assert!(row.fix.len() > 10 && row.fix.ends_with('.'), "{}", row.id);
        }
    }

    #[test]
    fn nobody_signs_in_for_an_unattended_mailer() {
        for row in rows() {
            assert_ne!(
                row.who_fixes,
                crate::mail::Owner::Person,
                "{} needs a fix of the mailer's own",
                row.id
            );
        }
    }

    #[test]
    fn what_nobody_confirmed_never_reads_as_fact() {
        for row in rows() {
            assert_eq!(
                row.certainty == Certainty::Unverified,
                row.cause.starts_with(NOT_CONFIRMED),
                "{} must begin with {NOT_CONFIRMED:?} exactly when it is unverified",
                row.id
            );
        }
    }

    #[test]
    fn an_ambiguous_row_names_rows_that_exist() {
        for row in rows().filter(|row| row.certainty == Certainty::Ambiguous) {
            assert!(row.possible.len() > 1, "{} names no choice", row.id);
            for id in row.possible {
                assert!(super::row(id).is_some(), "{} points at {id}", row.id);
            }
        }
    }
}
