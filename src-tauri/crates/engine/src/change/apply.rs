//! Applying a wish: each incident is re-read, guarded, written, read back. One that fails stops no other.

use cloud::CloudError;
use domain::change::{Clash, Edit, Fields, Wish, clashes};
use domain::fault::{Code, Fault};
use domain::incident::Api;
use store::ChangeIntent;

use super::kept::{Intent, KeptClash};
use super::reading::{Place, Reading, Seen};
use super::{Change, Outcome, Who};
use crate::Scope;
use crate::job::Control;

/// An incident, and what was on screen when the change was decided on.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub key: String,
    pub seen: Seen,
}

/// What became of a wish.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Applied {
    pub changes: Vec<Change>,
}

impl Applied {
    /// `3 done, 1 conflict`.
    pub fn sentence(&self) -> String {
        let count = |outcome| self.changes.iter().filter(|change| change.outcome == outcome).count();
        let parts = [
            (count(Outcome::Done), "done"),
            (count(Outcome::Conflict), "in conflict"),
            (count(Outcome::Failed), "failed"),
            (count(Outcome::Unknown), "unknown"),
        ];
        let told = parts.iter().filter(|part| part.0 > 0).map(|(count, word)| format!("{count} {word}"));
        told.collect::<Vec<_>>().join(", ")
    }
}

/// One change on its way: what is known of it before it has a number.
pub(super) struct Draft {
    pub batch: i64,
    pub key: String,
    pub title: String,
    pub api: Option<Api>,
    pub undoes: Option<i64>,
    pub intent: Intent,
}

/// How it ended, in words.
pub(super) struct Ended(pub Outcome, pub String);

impl Scope {
    ///
    /// # Errors
    /// The store's. Whatever Microsoft answers is the outcome of that one incident.
    pub async fn apply_changes(
        &self,
        items: Vec<Item>,
        wish: Wish,
        by: Option<Who>,
        control: &Control,
    ) -> Result<Applied, Fault> {
        self.cloud()?;
        let batch = self.store(|store| store.next_batch()).await?;
        let count = items.len();
        control.expect(count as u64);
        let mut applied = Applied::default();
        for (at, item) in items.into_iter().enumerate() {
            control.checkpoint().await;
            control.step(format!("Changing incident {} of {count}", at + 1));
            let (scope, wish, by) = (self.clone(), wish.clone(), by.clone());
            // A task of its own: cancelling ends the list, never a request in its middle.
            let one = tokio::spawn(async move { scope.apply_change(batch, item, &wish, by).await });
            let id = one
                .await
                .map_err(|broken| Fault::new(Code::Internal, format!("A change ended early: {broken}.")))??;
            applied.changes.push(self.change(id)?);
            control.advance(1);
        }
        control.step(format!("Changed: {}", applied.sentence()));
        Ok(applied)
    }

    async fn apply_change(&self, batch: i64, item: Item, wish: &Wish, by: Option<Who>) -> Result<i64, Fault> {
        let mut draft = Draft {
            batch,
            title: item.key.clone(),
            key: item.key.clone(),
            api: None,
            undoes: None,
            intent: Intent { comment: wish.comment.clone(), ..Intent::by(by) },
        };
        let (place, now) = match self.reread(&mut draft).await? {
            Ok(found) => found,
            Err(why) => return self.ended(draft, Ended(Outcome::Failed, why)).await,
        };
        let fields = now.fields();
        let plan = match wish.plan(place.api(), &fields) {
            Ok(plan) => plan,
            Err(why) => return self.ended(draft, Ended(Outcome::Failed, why)).await,
        };
        draft.note(&fields, &plan.edits, &now);
        if plan.edits.is_empty() && wish.comment.is_none() {
            let why = "It was so already; nothing was sent.".to_owned();
            return self.ended(draft, Ended(Outcome::Done, why)).await;
        }
        let met = clashes(&item.seen.fields, &fields, &plan.edits, wish.replaces());
        if !met.is_empty() {
            return self.conflict(draft, &met).await;
        }
        self.carry_out(draft, &place, now, plan.edits, None).await
    }

    /// Reads an incident anew and keeps it; inside, why it can't be written.
    pub(super) async fn reread(&self, draft: &mut Draft) -> Result<Result<(Place, Reading), String>, Fault> {
        let key = draft.key.clone();
        let Some(row) = self.store(move |store| store.incident(&key)).await? else {
            return Ok(Err("The store holds it no longer. Sync first.".to_owned()));
        };
        draft.title.clone_from(&row.title);
        let place = match self.place(&row)? {
            Ok(place) => place,
            Err(why) => return Ok(Err(why)),
        };
        draft.api = Some(place.api());
        let now = match self.ask_now(&place).await {
            Ok(Some(now)) => now,
            Ok(None) => {
                return Ok(Err("Microsoft answers that there is no such incident any more.".to_owned()));
            }
            Err(error) => return Ok(Err(sentence(&error))),
        };
        self.keep_reading(&place, &now).await?;
        Ok(match now.merged() {
            Some(why) => Err(why),
            None => Ok((place, now)),
        })
    }

    /// Writes down a change of which nothing was sent.
    pub(super) async fn ended(&self, draft: Draft, ended: Ended) -> Result<i64, Fault> {
        let id = self.begin_change(&draft).await?;
        self.end_change(id, ended).await?;
        Ok(id)
    }

    pub(super) async fn conflict(&self, mut draft: Draft, met: &[Clash]) -> Result<i64, Fault> {
        let api = draft.api.unwrap_or(Api::Sentinel);
        draft.intent.clashes = met.iter().map(|clash| KeptClash::of(api, clash)).collect();
        self.ended(draft, Ended(Outcome::Conflict, CHANGED.to_owned())).await
    }

    pub(super) async fn begin_change(&self, draft: &Draft) -> Result<i64, Fault> {
        let (kept, at) = (draft.kept(), self.wall.now());
        self.store(move |store| store.change_begin(&kept, at)).await
    }

    pub(super) async fn end_change(&self, id: i64, Ended(outcome, said): Ended) -> Result<(), Fault> {
        let at = self.wall.now();
        self.store(move |store| store.change_end(id, outcome.word().unwrap_or("unknown"), &said, at)).await?;
        self.flush_log().await
    }
}

impl Draft {
    /// What stands there and what is wanted, with the old version where it is needed to go back.
    pub fn note(&mut self, fields: &Fields, edits: &[Edit], now: &Reading) {
        self.intent.before = fields.clone().into();
        self.intent.after = fields.edited(edits).into();
        self.intent.old = (!edits.is_empty()).then(|| now.raw().to_owned());
        self.intent.comments_before =
            self.intent.comment.as_deref().and_then(|text| now.count_comments(text));
    }

    fn kept(&self) -> ChangeIntent {
        ChangeIntent {
            batch: self.batch,
            incident: self.key.clone(),
            title: self.title.clone(),
            api: self.api.map(Api::as_str).unwrap_or_default().to_owned(),
            undoes: self.undoes,
            intent: self.intent.write(),
        }
    }
}

pub(super) const CHANGED: &str = "Somebody else changed it since it was seen, so nothing was written.";

/// What Microsoft or the network said, with what to do.
pub(super) fn sentence(error: &CloudError) -> String {
    error.fault().to_string()
}
