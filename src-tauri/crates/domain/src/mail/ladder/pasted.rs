//! C-05: a pasted error, explained without the network.

use super::step::Judged;
use crate::mail::{Certainty, Match, explain};

/// Judges C-05 and gives all that the text shows.
pub fn pasted(text: &str) -> (Judged, Vec<Match>) {
    let matches = explain(text);
    let judged = match matches.first() {
        None => Judged::not_applicable("No error was pasted."),
        Some(first) if first.certainty == Certainty::Nearest => {
            Judged::review("unknown", &first.cause).fixed_by(&first.fix)
        }
        Some(first) if first.certainty == Certainty::Ambiguous => {
            Judged::review(first.id, &first.cause).fixed_by(&first.fix)
        }
        Some(first) => Judged::pass(first.id, &first.cause).fixed_by(&first.fix),
    };
    let cause = matches.first().filter(|first| first.certainty != Certainty::Nearest).cloned();
    (Judged { cause, ..judged }, matches)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readiness::Verdict;

    #[test]
    fn what_is_known_passes_and_what_isnt_is_for_review() {
        let (judged, _) = pasted(
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
        );
        assert_eq!((judged.verdict, judged.observed.as_str()), (Verdict::Pass, "smtp.535-5.7.139.tenant"));
        assert_eq!(pasted("535 5.7.139").0.verdict, Verdict::Review);
        let (judged, matches) = pasted("the cat sat on the server");
        assert_eq!((judged.verdict, judged.cause), (Verdict::Review, None));
        assert_eq!(matches[0].id, "client.unknown");
        assert_eq!(pasted("  ").0.verdict, Verdict::NotApplicable);
    }
}
