//! Taking a change back: the old values, as long as what stands there is still what we wrote.

use domain::change::undo;
use domain::fault::{Code, Fault};

use super::apply::{Draft, Ended};
use super::kept::Intent;
use super::{Applied, Change, Outcome, Who};
use crate::Scope;
use crate::job::Control;

impl Scope {
    /// # Errors
    /// What can't be taken back, and the store's. Whatever Microsoft answers is the outcome.
    pub async fn undo_change(&self, id: i64, by: Option<Who>, control: &Control) -> Result<Applied, Fault> {
        self.cloud()?;
        let made = self.change(id)?;
        if let Some(why) = &made.no_undo {
            return Err(Fault::new(Code::Invalid, why.clone()));
        }
        control.step("Taking a change back");
        let scope = self.clone();
        let one = tokio::spawn(async move { scope.take_back(made, by).await });
        let undone = one
            .await
            .map_err(|broken| Fault::new(Code::Internal, format!("A change ended early: {broken}.")))??;
        let applied = Applied { changes: vec![self.change(undone)?] };
        control.step(format!("Taken back: {}", applied.sentence()));
        Ok(applied)
    }

    async fn take_back(&self, made: Change, by: Option<Who>) -> Result<i64, Fault> {
        let id = made.id;
        let kept = self.store(move |store| store.change(id)).await?;
        let old = kept.and_then(|row| Intent::read(&row.intent.intent).old);
        let mut draft = Draft {
            batch: self.store(|store| store.next_batch()).await?,
            title: made.title,
            key: made.key,
            api: made.api,
            undoes: Some(id),
            intent: Intent::by(by),
        };
        let (place, now) = match self.reread(&mut draft).await? {
            Ok(found) => found,
            Err(why) => return self.ended(draft, Ended(Outcome::Failed, why)).await,
        };
        if made.api != Some(place.api()) {
            let why = "It is written through the other API now, whose old values are not known.".to_owned();
            return self.ended(draft, Ended(Outcome::Failed, why)).await;
        }
        let fields = now.fields();
        let edits = match undo(&made.before, &made.after, &fields) {
            Ok(edits) => edits,
            Err(met) => return self.conflict(draft, &met).await,
        };
        draft.note(&fields, &edits, &now);
        if edits.is_empty() {
            let why = "The old values stand there already; nothing was sent.".to_owned();
            return self.ended(draft, Ended(Outcome::Done, why)).await;
        }
        self.carry_out(draft, &place, now, edits, old).await
    }
}
