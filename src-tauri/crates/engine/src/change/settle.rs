//! Changes of which no answer came: reading decides, and nothing is sent again.

use domain::change::{Edit, Fields, Member};
use domain::fault::Fault;
use store::ChangeRow;

use super::apply::Ended;
use super::kept::Intent;
use super::send::{Sent, decided};
use super::{Change, Outcome, change};
use crate::Scope;
use crate::job::Control;

impl Scope {
    /// Looks at every change, or at those of one incident, that may or may not have been made, and at nothing where
    /// there is none.
    ///
    /// # Errors
    /// The store's. What can't be read stays unknown.
    pub(crate) async fn settle_changes(&self, of: Option<&str>, control: &Control) -> Result<(), Fault> {
        let mut open = self.store(|store| store.unknown_changes()).await?;
        open.retain(|row| of.is_none_or(|key| row.intent.incident == key));
        if !open.is_empty() {
            control.step("Looking up changes that got no answer");
        }
        for row in open {
            control.checkpoint().await;
            if let Some(ended) = self.settle_change(&row).await? {
                self.end_change(row.id, ended).await?;
            }
        }
        Ok(())
    }

    async fn settle_change(&self, kept: &ChangeRow) -> Result<Option<Ended>, Fault> {
        let key = kept.intent.incident.clone();
        let Some(row) = self.store(move |store| store.incident(&key)).await? else { return Ok(None) };
        let Ok(place) = self.place(&row)? else { return Ok(None) };
        let Ok(Some(now)) = self.ask_now(&place).await else { return Ok(None) };
        self.keep_reading(&place, &now).await?;
        let intent = Intent::read(&kept.intent.intent);
        let edits = edits(&change(kept.clone()));
        let before: Fields = intent.before.clone().into();
        let fields = match edits.is_empty() {
            true => None,
            false => Some(decided(&now.fields(), &before, &edits)),
        };
        let comment = match intent.comment {
            None => None,
            Some(_) => match self.has_comment(&place, &intent).await {
                Some(there) => Some(there),
                None => return Ok(None),
            },
        };
        Ok(judged(fields, comment))
    }
}

/// `None` = still unknown.
fn judged(fields: Option<Sent>, comment: Option<bool>) -> Option<Ended> {
    let done = || Some(Ended(Outcome::Done, "No answer came; reading shows that it was written.".to_owned()));
    let failed = |said: &str| Some(Ended(Outcome::Failed, said.to_owned()));
    match (fields, comment) {
        (None | Some(Sent::Yes), None | Some(true)) => done(),
        (Some(Sent::Yes), Some(false)) => {
            failed("No answer came; reading shows the fields written and the comment not.")
        }
        (Some(Sent::No(_)), Some(true)) => {
            failed("No answer came; reading shows the comment written and the fields not.")
        }
        (None | Some(Sent::No(_)), None | Some(false)) => {
            failed("No answer came, and reading shows that nothing was written. Apply it again.")
        }
        (Some(Sent::Maybe(_) | Sent::Stale(_)), _) => None,
    }
}

fn edits(change: &Change) -> Vec<Edit> {
    let edit = |member: Member| Edit {
        member,
        before: change.before.value(member),
        after: change.after.value(member),
    };
    change.members().map(edit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(fields: Option<Sent>, comment: Option<bool>) -> Option<Outcome> {
        judged(fields, comment).map(|ended| ended.0)
    }

    #[test]
    fn both_parts_decide() {
        let no = || Some(Sent::No(String::new()));
        assert_eq!(outcome(Some(Sent::Yes), Some(true)), Some(Outcome::Done));
        assert_eq!(outcome(None, Some(true)), Some(Outcome::Done));
        assert_eq!(outcome(None, Some(false)), Some(Outcome::Failed));
        assert_eq!(outcome(no(), None), Some(Outcome::Failed));
        assert_eq!(outcome(Some(Sent::Yes), Some(false)), Some(Outcome::Failed));
        assert_eq!(outcome(Some(Sent::Maybe(String::new())), Some(true)), None, "somebody else changed it");
    }
}
