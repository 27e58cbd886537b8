//! G-01 to G-04 and L-01: what Graph answers at the mailbox, and at one that must be out of reach.
//!
//! The probe of G-02 and L-01 carries no recipient, so nothing is sent. One message as JSON and one as MIME go to the
//! mailbox itself, and only where the user asked for it.

use std::time::Instant;

use cloud::{CloudError, Outcome};
use domain::mail::EvidenceLine;
use domain::mail::ladder::{self, HttpAnswer, Judged, Test};
use domain::readiness::Verdict;
use smtp::message::{self, Draft, TAG_HEADER};
use wire::Maybe::Value;
use wire::graph::message::{EmailAddress, InternetMessageHeader, ItemBody, Message, Recipient};
use wire::graph::send_mail::SendMail;

use super::climb::Climb;
use super::seen::{Seen, received, sent};

/// Graph's answer, or why there is none.
pub(super) type Answered = Result<HttpAnswer, String>;

const PROBE: &str = "Crosswalk: is this mailbox in scope?";
const SUBJECT: &str = "Crosswalk mail test";

impl Climb<'_> {
    pub(super) async fn scope_probe(&mut self) -> Seen {
        let (answer, evidence) = self.probe_at(&self.request.mailbox).await;
        let seen = seen(&answer, ladder::scope_probe, evidence);
        self.probe = Some(answer);
        seen
    }

    /// Judged from the probe's answer: nothing more is asked.
    pub(super) fn mailbox(&self) -> Seen {
        let none = Err("the mailbox was not asked".to_owned());
        let answer = self.probe.as_ref().unwrap_or(&none);
        let mut evidence = vec![EvidenceLine::note("Judged from the answer to G-02.")];
        evidence.extend(lines(answer));
        seen(answer, ladder::mailbox, evidence)
    }

    pub(super) async fn out_of_scope(&mut self) -> Seen {
        let Some(outside) = &self.request.outside else {
            return Seen::new(Judged::not_applicable("No mailbox was named."), Vec::new());
        };
        let sender = self.ladder.verdict(Test::G02);
        if sender == Some(Verdict::Pass) && outside.eq_ignore_ascii_case(&self.request.mailbox) {
            let says = "The mailbox that must be out of reach is the sender itself; name another.";
            return Seen::new(Judged::could_not_run("", says), Vec::new());
        }
        let (answer, evidence) = self.probe_at(outside).await;
        seen(&answer, |answer| ladder::out_of_scope(answer, sender), evidence)
    }

    pub(super) async fn send_json(&mut self) -> Seen {
        let subject = message::tagged_subject(SUBJECT, &self.tag("json"));
        if let Some(unfit) = self.no_address() {
            return unfit;
        }
        let mail = SendMail { message: Value(self.message(&subject)), ..SendMail::default() };
        let mailbox = &self.request.mailbox;
        let outcome = self.cloud.graph().send_mail_json(mailbox, &mail).await;
        let what = format!("one message to {mailbox}, subject \"{subject}\"");
        self.taken(outcome, &format!("application/json, {what}"), ladder::send_json, subject)
    }

    pub(super) async fn send_mime(&mut self) -> Seen {
        let tag = self.tag("mime");
        let subject = message::tagged_subject(SUBJECT, &tag);
        if let Some(unfit) = self.no_address() {
            return unfit;
        }
        let mailbox = &self.request.mailbox;
        let bytes = match message::compose(&self.draft(&tag)) {
            Ok(bytes) => bytes,
            Err(unfit) => return could_not(&format!("The message can't be built: {unfit}.")),
        };
        let what = format!("{} bytes of MIME as base64 to {mailbox}, subject \"{subject}\"", bytes.len());
        let outcome = self.cloud.graph().send_mail_mime(mailbox, &bytes).await;
        self.taken(outcome, &format!("text/plain, {what}"), ladder::send_mime, subject)
    }

    /// Remembers what Graph took, for E-01.
    fn taken(
        &mut self,
        outcome: Result<Outcome, CloudError>,
        what: &str,
        judge: impl FnOnce(Result<&HttpAnswer, &str>) -> Judged,
        subject: String,
    ) -> Seen {
        let answer = answered(outcome);
        if answer.as_ref().is_ok_and(|answer| (200..300).contains(&answer.status)) {
            self.accepted.push(subject);
            self.accepted_at = Some(Instant::now());
        }
        let evidence = exchange(&self.request.mailbox, what, &answer);
        seen(&answer, judge, evidence)
    }

    async fn probe_at(&self, mailbox: &str) -> (Answered, Vec<EvidenceLine>) {
        let message = Message {
            subject: Value(PROBE.to_owned()),
            to_recipients: Value(Vec::new()),
            ..Message::default()
        };
        // Should Graph take it after all, no copy stays behind.
        let mail =
            SendMail { message: Value(message), save_to_sent_items: Value(false), ..SendMail::default() };
        let answer = answered(self.cloud.graph().send_mail_json(mailbox, &mail).await);
        let evidence = exchange(mailbox, "application/json, a message without recipients", &answer);
        (answer, evidence)
    }

    fn message(&self, subject: &str) -> Message {
        let address =
            EmailAddress { address: Value(self.request.mailbox.clone()), ..EmailAddress::default() };
        let to = Recipient { email_address: Value(address), ..Recipient::default() };
        let header = InternetMessageHeader {
            name: Value(TAG_HEADER.to_ascii_lowercase()),
            value: Value(self.tag("json")),
            ..InternetMessageHeader::default()
        };
        let body = ItemBody {
            content_type: Value("Text".to_owned()),
            content: Value(TEXT.to_owned()),
            ..ItemBody::default()
        };
        Message {
            subject: Value(subject.to_owned()),
            body: Value(body),
            to_recipients: Value(vec![to]),
            internet_message_headers: Value(vec![header]),
            ..Message::default()
        }
    }

    fn draft<'a>(&'a self, tag: &'a str) -> Draft<'a> {
        let mailbox = &self.request.mailbox;
        Draft { from: mailbox, to: mailbox, subject: SUBJECT, text: TEXT, tag, date: self.scope.wall.now() }
    }

    fn tag(&self, form: &str) -> String {
        format!("{}-{form}", self.tag)
    }

    /// Graph takes a mailbox by its id; a message wants an address.
    fn no_address(&self) -> Option<Seen> {
        let says = "The mailbox is named by its id. Name it by its address to send a message to it.";
        (!self.request.mailbox.contains('@')).then(|| could_not(says))
    }
}

const TEXT: &str = "Crosswalk sent this message to test a mailer. Nothing needs to be done with it.\n";

fn could_not(says: &str) -> Seen {
    Seen::new(Judged::could_not_run("", says), Vec::new())
}

fn seen(
    answer: &Answered,
    judge: impl FnOnce(Result<&HttpAnswer, &str>) -> Judged,
    evidence: Vec<EvidenceLine>,
) -> Seen {
    let text = answer.as_ref().ok().filter(|answer| answer.status >= 400).map(words);
    Seen::new(judge(answer.as_ref().map_err(String::as_str)), evidence).said(text)
}

pub(super) fn answered(outcome: Result<Outcome, CloudError>) -> Answered {
    outcome.map(answer).map_err(|error| error.to_string())
}

pub(super) fn answer(outcome: Outcome) -> HttpAnswer {
    HttpAnswer {
        status: outcome.status,
        code: Some(outcome.code).filter(|code| !code.is_empty()),
        message: outcome.message,
        request_id: outcome.request_id,
        retry_after: outcome.retry_after.map(|wait| format!("{} s", wait.as_secs_f64())),
    }
}

fn exchange(mailbox: &str, what: &str, answer: &Answered) -> Vec<EvidenceLine> {
    let mut evidence = vec![sent(&format!("POST /v1.0/users/{mailbox}/sendMail")), sent(what)];
    evidence.extend(lines(answer));
    evidence
}

pub(super) fn lines(answer: &Answered) -> Vec<EvidenceLine> {
    match answer {
        Err(says) => vec![EvidenceLine::note(says)],
        Ok(answer) => {
            let id = answer.request_id.as_ref().map(|id| EvidenceLine::note(&format!("request-id {id}")));
            let wait = answer.retry_after.as_ref().map(|wait| received(&format!("Retry-After {wait}")));
            [Some(received(&words(answer))), wait, id].into_iter().flatten().collect()
        }
    }
}

/// `403 ErrorAccessDenied Access is denied.`
fn words(answer: &HttpAnswer) -> String {
    let parts = [answer.status.to_string(), answer.code.clone().unwrap_or_default(), answer.message.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
