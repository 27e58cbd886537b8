//! Sending: the fields, then the comment, each at most once. Where no answer came, reading decides.

use cloud::{Cloud, CloudError};
use domain::change::{Edit, Fields, clashes};
use domain::fault::Fault;

use super::apply::{CHANGED, Draft, Ended, sentence};
use super::kept::{Intent, KeptClash, KeptRequest};
use super::reading::{Place, Reading, parse};
use super::{Outcome, READ_AGAIN};
use crate::Scope;

/// What is known of one request.
pub(super) enum Sent {
    Yes,
    /// Nothing was written, and why.
    No(String),
    /// Somebody else was faster.
    Stale(Box<Reading>),
    /// It may have been written.
    Maybe(String),
}

impl Scope {
    /// Writes the intent, sends, reads back, writes the outcome. `old` is the version to which an undoing goes back.
    pub(super) async fn carry_out(
        &self,
        mut draft: Draft,
        place: &Place,
        now: Reading,
        edits: Vec<Edit>,
        old: Option<String>,
    ) -> Result<i64, Fault> {
        let cloud = self.cloud()?.clone();
        if matches!(place, Place::Sentinel { .. }) && draft.intent.comment.is_some() {
            draft.intent.comment_name = Some(cloud::arm::comment_name().map_err(|error| error.fault())?);
        }
        draft.intent.sent = requests(place, &draft.intent, &edits);
        let id = self.begin_change(&draft).await?;
        let fields = match edits.is_empty() {
            true => Sent::Yes,
            false => self.send_fields(&cloud, place, now, &edits, old).await,
        };
        let comment = match (&fields, &draft.intent.comment) {
            (Sent::Yes, Some(_)) => self.send_comment(&cloud, place, &draft.intent).await,
            _ => Sent::Yes,
        };
        if let Sent::Stale(now) = &fields {
            let met = clashes(&draft.intent.before.clone().into(), &now.fields(), &edits, true);
            draft.intent.clashes = met.iter().map(|clash| KeptClash::of(place.api(), clash)).collect();
        }
        if !matches!(fields, Sent::Yes) {
            // The comment behind them was not asked any more.
            draft.intent.sent.truncate(1);
            let json = draft.intent.write();
            self.store(move |store| store.change_note(id, &json)).await?;
        }
        let ended = self.judge(place, &draft.intent, &edits, fields, comment).await?;
        self.end_change(id, ended).await?;
        Ok(id)
    }

    async fn send_fields(
        &self,
        cloud: &Cloud,
        place: &Place,
        now: Reading,
        edits: &[Edit],
        old: Option<String>,
    ) -> Sent {
        let before = now.fields();
        let answer = write(cloud, place, &now, edits, old.clone()).await;
        let Err(CloudError::Conflict { .. }) = answer else {
            return self.decide(place, answer, &before, edits).await;
        };
        // A stale etag: a comment or an alert may have moved it, which is nobody's change of a field.
        let again = match self.ask_now(place).await {
            Ok(Some(again)) => again,
            Ok(None) => return Sent::No("It was deleted meanwhile.".to_owned()),
            Err(error) => return Sent::No(sentence(&error)),
        };
        if let Some(why) = again.merged() {
            return Sent::No(why);
        }
        if !clashes(&before, &again.fields(), edits, true).is_empty() {
            return Sent::Stale(Box::new(again));
        }
        let answer = write(cloud, place, &again, edits, old).await;
        match answer {
            Err(CloudError::Conflict { .. }) => Sent::Stale(Box::new(again)),
            answer => self.decide(place, answer, &before, edits).await,
        }
    }

    /// Nothing is sent again: where the answer is lost, the incident is read.
    async fn decide(
        &self,
        place: &Place,
        answer: Result<(), CloudError>,
        before: &Fields,
        edits: &[Edit],
    ) -> Sent {
        let error = match answer {
            Ok(()) => return Sent::Yes,
            Err(error) if !doubtful(&error) => return Sent::No(sentence(&error)),
            Err(error) => error,
        };
        match self.ask_now(place).await {
            Ok(Some(now)) => decided(&now.fields(), before, edits),
            Ok(None) | Err(_) => Sent::Maybe(no_answer(&error)),
        }
    }

    async fn send_comment(&self, cloud: &Cloud, place: &Place, intent: &Intent) -> Sent {
        let text = intent.comment.as_deref().unwrap_or_default();
        let answer = match place {
            Place::Sentinel { arm_id, .. } => {
                let name = intent.comment_name.as_deref().unwrap_or_default();
                cloud.arm().put_comment(arm_id, name, &translate::change::sentinel_comment(text)).await
            }
            Place::Graph { id } => {
                let body = translate::change::graph_comment(text);
                cloud.graph().post_comment(id, &body).await.map(|_| ())
            }
        };
        match answer {
            Ok(()) => Sent::Yes,
            Err(error) if !doubtful(&error) => Sent::No(sentence(&error)),
            Err(error) => match self.has_comment(place, intent).await {
                Some(true) => Sent::Yes,
                Some(false) => Sent::No(NOT_WRITTEN.to_owned()),
                None => Sent::Maybe(no_answer(&error)),
            },
        }
    }

    /// Whether the comment is there; `None` where that can't be told.
    pub(super) async fn has_comment(&self, place: &Place, intent: &Intent) -> Option<bool> {
        match place {
            Place::Sentinel { arm_id, .. } => {
                let name = intent.comment_name.as_deref()?;
                let found = self.cloud.as_ref()?.arm().comment(arm_id, name).await;
                found.ok().map(|comment| comment.is_some())
            }
            Place::Graph { .. } => {
                let now = self.ask_now(place).await.ok()??;
                let count = now.count_comments(intent.comment.as_deref()?)?;
                Some(count > intent.comments_before?)
            }
        }
    }

    /// Puts both parts together, after reading back.
    async fn judge(
        &self,
        place: &Place,
        intent: &Intent,
        edits: &[Edit],
        fields: Sent,
        comment: Sent,
    ) -> Result<Ended, Fault> {
        let back = self.read_back(place).await?;
        Ok(match (fields, comment) {
            (Sent::No(why), _) => Ended(Outcome::Failed, with_comment(intent, why)),
            (Sent::Maybe(why), _) => Ended(Outcome::Unknown, with_comment(intent, why)),
            (Sent::Stale(_), _) => Ended(Outcome::Conflict, CHANGED.to_owned()),
            (Sent::Yes, Sent::No(why)) if !edits.is_empty() => {
                Ended(Outcome::Failed, format!("The fields were written, the comment was not. {why}"))
            }
            (Sent::Yes, Sent::No(why)) => Ended(Outcome::Failed, why),
            (Sent::Yes, Sent::Maybe(why)) if !edits.is_empty() => {
                Ended(Outcome::Unknown, format!("The fields were written. Of the comment: {why}"))
            }
            (Sent::Yes, Sent::Maybe(why)) => Ended(Outcome::Unknown, why),
            (Sent::Yes, Sent::Yes | Sent::Stale(_)) => match back {
                Some(now) if now.fields().holds(edits) => {
                    Ended(Outcome::Done, "Written and read back.".to_owned())
                }
                Some(_) => Ended(
                    Outcome::Unknown,
                    format!("Microsoft accepted it, but reading back does not show it. {READ_AGAIN}"),
                ),
                None => Ended(Outcome::Done, "Accepted; it could not be read back.".to_owned()),
            },
        })
    }

    /// Reads both sides and keeps them. A side that does not answer is left for the next sync.
    async fn read_back(&self, place: &Place) -> Result<Option<Reading>, Fault> {
        let Ok(Some(now)) = self.ask_now(place).await else { return Ok(None) };
        self.keep_reading(place, &now).await?;
        if let Place::Graph { id } = place {
            self.read_twin(id).await?;
        }
        Ok(Some(now))
    }

    /// What Defender holds reaches Sentinel later; what is there already is shown at once.
    async fn read_twin(&self, graph_id: &str) -> Result<(), Fault> {
        let id = graph_id.to_owned();
        for told in self.store(move |store| store.twins_of(&id)).await? {
            let place = Place::Sentinel { workspace: told.0, arm_id: told.1 };
            if let Ok(Some(twin)) = self.ask_now(&place).await {
                self.keep_reading(&place, &twin).await?;
            }
        }
        Ok(())
    }
}

/// What is asked: the fields, then the comment.
fn requests(place: &Place, intent: &Intent, edits: &[Edit]) -> Vec<KeptRequest> {
    let fields = (!edits.is_empty()).then(|| place.fields_request());
    let name = intent.comment_name.as_deref().unwrap_or_default();
    let comment = intent.comment.as_ref().map(|_| place.comment_request(name));
    fields.into_iter().chain(comment).map(Into::into).collect()
}

async fn write(
    cloud: &Cloud,
    place: &Place,
    now: &Reading,
    edits: &[Edit],
    old: Option<String>,
) -> Result<(), CloudError> {
    match (place, now) {
        (Place::Sentinel { arm_id, .. }, Reading::Sentinel(served)) => {
            let old = old.and_then(|old| parse(old).ok());
            let body =
                translate::change::sentinel_body(&served.wire, edits, old.as_ref().map(|old| &old.wire));
            cloud.arm().put_incident(arm_id, &body).await.map(|_| ())
        }
        (Place::Graph { id }, _) => {
            cloud.graph().patch_incident(id, &translate::change::graph_body(edits)).await.map(|_| ())
        }
        (Place::Sentinel { .. }, Reading::Graph(_)) => Ok(()),
    }
}

/// Whether the other side may have acted although it did not say so.
fn doubtful(error: &CloudError) -> bool {
    match error {
        CloudError::Offline { .. } | CloudError::BadAnswer { .. } => true,
        CloudError::Rejected { status, .. } => *status >= 500,
        _ => false,
    }
}

/// What reading says of edits whose answer was lost.
pub(super) fn decided(now: &Fields, before: &Fields, edits: &[Edit]) -> Sent {
    if now.holds(edits) {
        return Sent::Yes;
    }
    let as_before = |edit: &Edit| now.value(edit.member).same(&before.value(edit.member));
    if edits.iter().all(as_before) {
        return Sent::No(NOT_WRITTEN.to_owned());
    }
    Sent::Maybe(
        "Reading shows neither the old nor the new values: somebody else changed it meanwhile.".to_owned(),
    )
}

pub(super) const NOT_WRITTEN: &str =
    "No answer came, and reading shows that nothing was written. Apply it again.";

fn no_answer(error: &CloudError) -> String {
    format!("No answer came ({error}), so it may have been written. {READ_AGAIN}")
}

fn with_comment(intent: &Intent, why: String) -> String {
    match intent.comment {
        Some(_) => format!("{why} The comment was not sent."),
        None => why,
    }
}
