//! E-01: looks for what was sent in Sent Items, a few times, each wait longer than the one before.

use std::time::{Duration, Instant};

use cloud::endpoints::Kind;
use domain::mail::EvidenceLine;
use domain::mail::ladder::{self, HttpAnswer, SentSearch};
use wire::graph::message::Message;

use super::climb::Climb;
use super::new_path::{answer, lines};
use super::seen::{Seen, received, sent};

/// Exchange files a sent message within seconds; a minute is what the test waits at most.
const PUBLIC: [u64; 5] = [2_000, 5_000, 10_000, 15_000, 28_000];

/// A sandbox files at once, at the second look, or never.
const SANDBOX: [u64; 3] = [20, 50, 100];

/// What the looks came to.
enum End {
    Found(String),
    Missing,
    Refused(HttpAnswer),
    Unanswered(String),
}

/// What one look saw.
enum Look {
    Over(End),
    /// Not there, or the service is busy: again after a while.
    Again(End),
}

impl Climb<'_> {
    pub(super) async fn sent_item(&mut self) -> Seen {
        let since = self.accepted_at.unwrap_or_else(Instant::now);
        let (end, looks) = self.looks().await;
        let ms = since.elapsed().as_millis() as u64;
        let mut evidence = self.looked(looks);
        let judged = match &end {
            End::Found(id) => {
                evidence.push(received(&format!("found, internetMessageId {id}")));
                ladder::sent_item(&SentSearch::Found { after_ms: ms, message_id: id })
            }
            End::Missing => {
                evidence.push(received("200, not found"));
                ladder::sent_item(&SentSearch::Missing { waited_ms: ms })
            }
            End::Refused(answer) => {
                evidence.extend(lines(&Ok(answer.clone())));
                ladder::sent_item(&SentSearch::Refused(answer))
            }
            End::Unanswered(says) => {
                evidence.push(EvidenceLine::note(says));
                ladder::sent_item(&SentSearch::Unanswered(says))
            }
        };
        let text = match &end {
            End::Refused(answer) => Some(format!("{} {}", answer.short(), answer.message)),
            _ => None,
        };
        Seen::new(judged, evidence).said(text)
    }

    fn looked(&self, looks: usize) -> Vec<EvidenceLine> {
        let path = format!("GET /v1.0/users/{}/mailFolders/sentitems/messages", self.request.mailbox);
        let what = format!("$filter={}, {looks} of {} looks", self.filter(), self.waits().len() + 1);
        vec![sent(&path), sent(&what)]
    }

    fn waits(&self) -> &'static [u64] {
        match self.cloud.endpoints().kind {
            Kind::Microsoft => &PUBLIC,
            Kind::Sandbox { .. } => &SANDBOX,
        }
    }

    fn filter(&self) -> String {
        format!("contains(subject,'{}')", self.tag)
    }

    /// Looks until all is found, refused, or the waits are used up.
    async fn looks(&self) -> (End, usize) {
        let mut looks = 1;
        let mut look = self.look().await;
        for wait in self.waits() {
            if matches!(look, Look::Over(_)) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(*wait)).await;
            look = self.look().await;
            looks += 1;
        }
        match look {
            Look::Over(end) | Look::Again(end) => (end, looks),
        }
    }

    async fn look(&self) -> Look {
        let mailbox = &self.request.mailbox;
        let found = match self.cloud.graph().messages(mailbox, true, Some(&self.filter())).await {
            Ok(found) => found,
            Err(error) => return Look::Over(End::Unanswered(error.to_string())),
        };
        match (found.value, found.outcome) {
            (Some(messages), _) => match self.all_of(&messages) {
                Some(id) => Look::Over(End::Found(id)),
                None => Look::Again(End::Missing),
            },
            (None, outcome) if outcome.is_success() => {
                Look::Over(End::Unanswered("the list of Sent Items can't be read".to_owned()))
            }
            (None, outcome) if outcome.status == 429 || outcome.status >= 500 => {
                Look::Again(End::Refused(answer(outcome)))
            }
            (None, outcome) => Look::Over(End::Refused(answer(outcome))),
        }
    }

    /// The message ids of all that Graph took, once each of them is there.
    fn all_of(&self, messages: &[Message]) -> Option<String> {
        let id = |subject: &String| {
            let message = messages.iter().find(|message| message.subject.as_deref() == Some(subject))?;
            Some(message.internet_message_id.as_deref().unwrap_or("not told").to_owned())
        };
        let ids: Option<Vec<String>> = self.accepted.iter().map(id).collect();
        ids.map(|ids| ids.join(", "))
    }
}
