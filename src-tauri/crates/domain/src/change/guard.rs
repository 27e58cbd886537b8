//! Someone else's change between the preview and the writing, or between the writing and its undoing.

use super::{Edit, Fields, Member, Value};

/// One member in three tellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    pub member: Member,
    /// As it was seen.
    pub before: Value,
    /// As it is wanted; `None` = it was to stay.
    pub yours: Option<Value>,
    /// As it is now.
    pub theirs: Value,
}

/// What changed since it was seen, where that stands in the way: a wish that replaces was decided on all that was
/// seen, one that only adds was not.
pub fn clashes(seen: &Fields, now: &Fields, edits: &[Edit], replaces: bool) -> Vec<Clash> {
    if !replaces {
        return Vec::new();
    }
    let changed = Member::ALL.into_iter().filter(|member| !seen.value(*member).same(&now.value(*member)));
    let yours = |member| edits.iter().find(|edit| edit.member == member).map(|edit| edit.after.clone());
    changed
        .map(|member| Clash {
            member,
            before: seen.value(member),
            yours: yours(member),
            theirs: now.value(member),
        })
        .collect()
}

/// The way back to `before` from `after`, as long as `now` is still what we wrote.
///
/// # Errors
/// What somebody has changed since.
pub fn undo(before: &Fields, after: &Fields, now: &Fields) -> Result<Vec<Edit>, Vec<Clash>> {
    let ours = Member::ALL.into_iter().filter(|member| !before.value(*member).same(&after.value(*member)));
    let (mut edits, mut clashes) = (Vec::new(), Vec::new());
    for member in ours {
        let (old, new, theirs) = (before.value(member), after.value(member), now.value(member));
        if theirs.same(&new) {
            edits.push(Edit { member, before: new, after: old });
        } else if !theirs.same(&old) {
            clashes.push(Clash { member, before: new, yours: Some(old), theirs });
        }
    }
    if clashes.is_empty() { Ok(edits) } else { Err(clashes) }
}
