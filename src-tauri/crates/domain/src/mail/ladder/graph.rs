//! G-01 to G-04 and L-01: what Graph answers at the mailbox.
//!
//! The probe of G-02 and L-01 posts a message without recipients: 400 `ErrorInvalidRecipients` means the app may use
//! the mailbox, 403 that it may not, and nothing is sent. That Graph checks in this order is not confirmed on a live
//! tenant, and the sentences say so.

use super::step::Judged;
use crate::readiness::Verdict;

/// An answer of Graph: status, and code and message of its error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpAnswer {
    pub status: u16,
    pub code: Option<String>,
    pub message: String,
    pub request_id: Option<String>,
    pub retry_after: Option<String>,
}

/// Why there is no answer, in a sentence.
pub type Unanswered = str;

impl HttpAnswer {
    /// `400 ErrorInvalidRecipients`.
    pub fn short(&self) -> String {
        match &self.code {
            Some(code) => format!("{} {code}", self.status),
            None => self.status.to_string(),
        }
    }

    /// What the catalogue reads.
    fn text(&self) -> String {
        let reason = if self.status == 413 { "Request Entity Too Large" } else { "" };
        format!("{} {reason} {} {}", self.status, self.code.as_deref().unwrap_or_default(), self.message)
    }

    fn is(&self, code: &str) -> bool {
        self.code.as_deref() == Some(code)
    }

    fn is_busy(&self) -> bool {
        self.status == 429 || (self.status >= 500 && self.status != 507)
    }
}

const NOT_CONFIRMED: &str =
    "That Graph checks permission before recipients isn't confirmed on a live tenant.";

/// Judges G-02: may the app use the sender's mailbox? Nothing is sent.
pub fn scope_probe(seen: Result<&HttpAnswer, &Unanswered>) -> Judged {
    let answer = match answered(seen) {
        Ok(answer) => answer,
        Err(judged) => return *judged,
    };
    match answer.status {
        400 if answer.is("ErrorInvalidRecipients") => Judged::pass(
            &answer.short(),
            &format!(
                "The app may use this mailbox: only the missing recipients were refused. {NOT_CONFIRMED}"
            ),
        ),
        401 | 403 => {
            Judged::fail(&answer.short(), "The app may not use this mailbox.").said_by(&answer.text())
        }
        404 => Judged::could_not_run(
            &answer.short(),
            "The mailbox isn't there, so its scope can't be told; see G-01.",
        )
        .explained_by(&answer.text()),
        200..=299 => Judged::review(
            &answer.short(),
            "A message without recipients was taken. It proves access, and its end is unknown.",
        ),
        _ => Judged::fail(
            &answer.short(),
            "The probe was refused for another reason than the missing recipients.",
        )
        .said_by(&answer.text()),
    }
}

/// Judges G-01 from G-02's answer: is there an Exchange Online mailbox?
pub fn mailbox(seen: Result<&HttpAnswer, &Unanswered>) -> Judged {
    let answer = match answered(seen) {
        Ok(answer) => answer,
        Err(judged) => return *judged,
    };
    match answer.status {
        404 => Judged::fail(&answer.short(), "There is no Exchange Online mailbox at this address.")
            .said_by(&answer.text()),
        400 if answer.is("ErrorInvalidRecipients") => {
            Judged::pass("found", "The mailbox is in Exchange Online.")
        }
        200..=299 => Judged::pass("found", "The mailbox is in Exchange Online."),
        507 => Judged::pass("found", "The mailbox is in Exchange Online."),
        // A refusal doesn't say whether the mailbox is there; it must not stop what the refusal itself will stop.
        _ => Judged::could_not_run(&answer.short(), "The answer doesn't say whether the mailbox is there.")
            .and_go_on(),
    }
}

/// Judges G-03: one message as JSON.
pub fn send_json(seen: Result<&HttpAnswer, &Unanswered>) -> Judged {
    sent(seen, "Graph took the message. 202 isn't delivery: E-01 looks for it.")
}

/// Judges G-04: one message as base64 MIME.
pub fn send_mime(seen: Result<&HttpAnswer, &Unanswered>) -> Judged {
    sent(seen, "Graph took the MIME message. 202 isn't delivery: E-01 looks for it.")
}

fn sent(seen: Result<&HttpAnswer, &Unanswered>, taken: &str) -> Judged {
    let answer = match answered(seen) {
        Ok(answer) => answer,
        Err(judged) => return *judged,
    };
    match answer.status {
        202 => Judged::pass("202 Accepted", taken),
        200..=299 => Judged::review(&answer.short(), "Graph took the message, but not with 202."),
        _ => Judged::fail(&answer.short(), "Graph refused the message.").said_by(&answer.text()),
    }
}

/// Judges L-01: the same probe at a mailbox that must be out of scope. `sender` is G-02's verdict.
pub fn out_of_scope(seen: Result<&HttpAnswer, &Unanswered>, sender: Option<Verdict>) -> Judged {
    let answer = match answered(seen) {
        Ok(answer) => answer,
        Err(judged) => return *judged,
    };
    let by_policy = answer.message.contains("AppOnly AccessPolicy");
    match answer.status {
        403 if by_policy || sender == Some(Verdict::Pass) => {
            Judged::pass(&answer.short(), "The app is kept out of this mailbox, as it must be.")
                .explained_by(&answer.text())
                .fixed_by("")
        }
        403 => Judged::review(
            &answer.short(),
            "The app is refused here, but it isn't shown to be allowed at the sender either: this proves no scope.",
        ),
        400 if answer.is("ErrorInvalidRecipients") => too_wide(answer),
        200..=299 => too_wide(answer),
        404 => Judged::could_not_run(&answer.short(), "The out-of-scope mailbox isn't there; name another.")
            .explained_by(&answer.text()),
        _ => Judged::could_not_run(
            &answer.short(),
            "The answer doesn't say whether the app may use this mailbox.",
        )
        .explained_by(&answer.text()),
    }
}

fn too_wide(answer: &HttpAnswer) -> Judged {
    Judged::fail(&answer.short(), &format!("The app may send as this mailbox too, so likely as anyone. {NOT_CONFIRMED}")).fixed_by(
        "Assign \"Application Mail.Send\" in Exchange with a scope (`New-ManagementScope`, `New-ManagementRoleAssignment -App … -CustomResourceScope …`), \
         then remove the `Mail.Send` consent in Entra: while both stand, the wider one counts.",
    )
}

/// A verdict that no answer, or a busy server, decides; boxed because it is the rare way out.
fn answered<'a>(seen: Result<&'a HttpAnswer, &Unanswered>) -> Result<&'a HttpAnswer, Box<Judged>> {
    match seen {
        Err(says) => Err(Box::new(Judged::could_not_run("", &format!("Graph gave no answer: {says}")))),
        Ok(answer) if answer.is_busy() => Err(Box::new(busy(answer))),
        Ok(answer) => Ok(answer),
    }
}

fn busy(answer: &HttpAnswer) -> Judged {
    let says = match &answer.retry_after {
        Some(wait) => format!("Graph is busy and asks to wait ({wait})."),
        None => "Graph is busy.".to_owned(),
    };
    Judged::could_not_run(&answer.short(), &says).explained_by(&answer.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, code: &str, message: &str) -> HttpAnswer {
        HttpAnswer {
            status,
            code: (!code.is_empty()).then(|| code.to_owned()),
            message: message.to_owned(),
            ..HttpAnswer::default()
        }
    }

    fn no_recipients() -> HttpAnswer {
        answer(
            400,
            "ErrorInvalidRecipients",
            "At least one recipient is not valid., A message can't be sent because it contains no recipients.",
        )
    }

    fn raop() -> HttpAnswer {
        answer(
            403,
            "ErrorAccessDenied",
            "Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.",
        )
    }

    fn denied() -> HttpAnswer {
        answer(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    }

    #[test]
    fn the_probe_passes_on_missing_recipients_and_says_that_this_is_unproven() {
        let judged = scope_probe(Ok(&no_recipients()));
        assert_eq!(judged.verdict, Verdict::Pass);
        assert!(judged.says.contains("isn't confirmed on a live tenant"));
        assert_eq!(mailbox(Ok(&no_recipients())).verdict, Verdict::Pass);
    }

    #[test]
    fn each_answer_of_the_probe_gives_two_verdicts() {
        use Verdict::{CouldNotRun, Fail};
        for (seen, probe, exists, cause) in [
            (raop(), Fail, CouldNotRun, "graph.denied.raop"),
            (denied(), Fail, CouldNotRun, "graph.denied"),
            (
                answer(
                    401,
                    "InvalidAuthenticationToken",
                    "Access token validation failure. Invalid audience.",
                ),
                Fail,
                CouldNotRun,
                "graph.token.audience",
            ),
            (
                answer(404, "ErrorInvalidUser", "The requested user 'x@y' is invalid."),
                CouldNotRun,
                Fail,
                "graph.invalid-user",
            ),
            (
                answer(
                    404,
                    "MailboxNotEnabledForRESTAPI",
                    "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
                ),
                CouldNotRun,
                Fail,
                "graph.mailbox-not-online",
            ),
            (
                answer(429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit."),
                CouldNotRun,
                CouldNotRun,
                "graph.throttled",
            ),
            (answer(503, "ErrorServerBusy", "busy"), CouldNotRun, CouldNotRun, "graph.busy"),
        ] {
            let judged = scope_probe(Ok(&seen));
            assert_eq!((judged.verdict, mailbox(Ok(&seen)).verdict), (probe, exists), "{}", seen.short());
            assert_eq!(judged.cause.map(|cause| cause.id), Some(cause), "{}", seen.short());
        }
        assert_eq!(scope_probe(Err("timed out")).verdict, CouldNotRun);
    }

    #[test]
    fn out_of_scope_must_be_refused_and_a_refusal_must_mean_something() {
        assert_eq!(out_of_scope(Ok(&denied()), Some(Verdict::Pass)).verdict, Verdict::Pass);
        assert_eq!(
            out_of_scope(Ok(&raop()), Some(Verdict::Fail)).verdict,
            Verdict::Pass,
            "the policy is named"
        );
        assert_eq!(
            out_of_scope(Ok(&denied()), Some(Verdict::Fail)).verdict,
            Verdict::Review,
            "refused everywhere proves nothing"
        );
        let wide = out_of_scope(Ok(&no_recipients()), Some(Verdict::Pass));
        assert_eq!(wide.verdict, Verdict::Fail);
        assert!(wide.fix.contains("New-ManagementRoleAssignment"));
        let gone = answer(404, "ErrorInvalidUser", "The requested user 'x@y' is invalid.");
        assert_eq!(out_of_scope(Ok(&gone), Some(Verdict::Pass)).verdict, Verdict::CouldNotRun);
    }

    #[test]
    fn only_202_is_taken() {
        assert_eq!(send_json(Ok(&answer(202, "", ""))).verdict, Verdict::Pass);
        assert_eq!(send_mime(Ok(&answer(200, "", ""))).verdict, Verdict::Review);
        let large = send_mime(Ok(&answer(413, "", "")));
        assert_eq!(
            (large.verdict, large.cause.map(|cause| cause.id)),
            (Verdict::Fail, Some("graph.too-large"))
        );
        let full = send_json(Ok(&answer(507, "ErrorQuotaExceeded", "The mailbox is full.")));
        assert_eq!(
            (full.verdict, full.cause.map(|cause| cause.id)),
            (Verdict::Fail, Some("graph.mailbox-full"))
        );
    }
}
