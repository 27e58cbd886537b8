//! E-01: the message that was sent is found in Sent Items by its tag. 202 alone proves nothing.

use super::graph::HttpAnswer;
use super::step::Judged;

/// What looking for the tag gave.
pub enum SentSearch<'a> {
    Found {
        after_ms: u64,
        message_id: &'a str,
    },
    /// Looked until the time was up.
    Missing {
        waited_ms: u64,
    },
    Refused(&'a HttpAnswer),
    Unanswered(&'a str),
}

/// Judges E-01. Without the right to read, it could not run: that says nothing of the mail.
pub fn sent_item(seen: &SentSearch<'_>) -> Judged {
    match seen {
        SentSearch::Found { after_ms, .. } => Judged::pass(
            &format!("after {}", span(*after_ms)),
            "The message stands in Sent Items, so Exchange has submitted it. Delivery outside shows in message trace alone.",
        ),
        SentSearch::Missing { waited_ms } => Judged::fail(
            &format!("not after {}", span(*waited_ms)),
            "Graph answered 202, but the message isn't in Sent Items. It was saved elsewhere, or submission failed later.",
        )
        .fixed_by("Look into the sender's Inbox for a non-delivery report, and into message trace."),
        SentSearch::Refused(answer) if answer.status == 401 || answer.status == 403 => Judged::could_not_run(
            &answer.short(),
            "The app may not read Sent Items, which it needs only for this test.",
        )
        .fixed_by("Grant `Mail.ReadBasic.All`, scoped to the test mailbox, or look yourself."),
        SentSearch::Refused(answer) => {
            Judged::could_not_run(&answer.short(), "Sent Items could not be read.")
        }
        SentSearch::Unanswered(says) => Judged::could_not_run("", &format!("Graph gave no answer: {says}")),
    }
}

fn span(ms: u64) -> String {
    if ms < 1000 { format!("{ms} ms") } else { format!("{} s", ms / 1000) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readiness::Verdict;

    #[test]
    fn found_missing_and_not_allowed_stay_apart() {
        assert_eq!(
            sent_item(&SentSearch::Found { after_ms: 14_200, message_id: "x" }).observed,
            "after 14 s"
        );
        assert_eq!(sent_item(&SentSearch::Missing { waited_ms: 60_000 }).verdict, Verdict::Fail);
        let refused = HttpAnswer { status: 403, ..HttpAnswer::default() };
        assert_eq!(sent_item(&SentSearch::Refused(&refused)).verdict, Verdict::CouldNotRun);
        assert_eq!(sent_item(&SentSearch::Unanswered("timed out")).verdict, Verdict::CouldNotRun);
    }
}
