//! Changes by clients: put, patch, delete, comment. Each counts the incident's version up.

use super::edit::{Changes, Comment, Edit, Made};
use super::facts::Facts;
use super::unit::{Kind, Unit};
use super::view::{Held, View};
use super::{Place, World};

/// A put with a stale etag, or without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict;

/// What a put did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Made(u32),
    Replaced(u32),
}

impl World {
    /// Replaces the writable part of an incident, or makes one.
    ///
    /// # Errors
    /// [`Conflict`] where the incident exists and the etag is not its present one.
    pub fn put(
        &self,
        workspace: usize,
        guid: &str,
        etag: Option<&str>,
        mut facts: Facts,
    ) -> Result<Written, Conflict> {
        let mut changes = self.write();
        let found = View::new(self, Held::Writer(&changes)).find(workspace, guid);
        let Some(at) = found else {
            return Ok(Written::Made(self.add(&mut changes, workspace, guid, facts)));
        };
        let (present, determination) = self.guarded(&changes, at);
        if etag != Some(present.as_str()) {
            return Err(Conflict);
        }
        // Graph's own part isn't ARM's to replace.
        facts.determination = determination;
        self.store(&mut changes, at, |edit| edit.facts = facts);
        Ok(Written::Replaced(at))
    }

    fn guarded(&self, changes: &Changes, at: u32) -> (String, std::borrow::Cow<'static, str>) {
        let view = View::new(self, Held::Writer(changes));
        (view.etag(at), view.facts(at).determination)
    }

    /// Changes one incident's writable part in place.
    pub fn change(&self, at: u32, change: impl FnOnce(&mut Facts)) {
        self.store(&mut self.write(), at, |edit| change(&mut edit.facts));
    }

    /// Deletes an incident of ARM's alone; false where Defender has it too.
    pub fn delete(&self, at: u32) -> bool {
        let mut changes = self.write();
        let alone = !View::new(self, Held::Writer(&changes)).unit(at).kind.is_defenders();
        if alone && changes.deleted.insert(at) {
            changes.stamp += 1;
        }
        alone
    }

    /// Deletes the newest of ARM's own incidents, at most `most`; how many there were.
    pub fn delete_newest(&self, most: usize) -> usize {
        let last = u32::try_from(self.units.len()).unwrap_or(u32::MAX);
        (0..last).rev().filter(|at| self.delete(*at)).take(most).count()
    }

    /// Adds a comment, or replaces the one of the same name.
    pub fn comment(&self, at: u32, comment: Comment) {
        self.store(&mut self.write(), at, |edit| {
            edit.comments.retain(|one| one.name != comment.name);
            edit.comments.push(comment);
        });
    }

    /// Takes a comment away; false where there was none of that name.
    pub fn uncomment(&self, at: u32, name: &str) -> bool {
        let mut found = false;
        self.store(&mut self.write(), at, |edit| {
            let before = edit.comments.len();
            edit.comments.retain(|one| one.name != name);
            found = edit.comments.len() < before;
        });
        found
    }

    pub(super) fn store(&self, changes: &mut Changes, at: u32, change: impl FnOnce(&mut Edit)) {
        let mut edit = changes.edits.get(&at).cloned().unwrap_or_else(|| {
            let facts = View::new(self, Held::Writer(changes)).facts(at);
            Edit { facts, version: 0, changed: 0, comments: Vec::new() }
        });
        change(&mut edit);
        edit.version += 1;
        edit.changed = self.clock();
        changes.stamp += 1;
        changes.edits.insert(at, edit);
    }

    fn add(&self, changes: &mut Changes, workspace: usize, guid: &str, facts: Facts) -> u32 {
        self.put_new(changes, Kind::ByApi, (workspace, 0), guid, facts)
    }

    /// Adds an incident behind all others.
    pub(super) fn put_new(
        &self,
        changes: &mut Changes,
        kind: Kind,
        (workspace, graph_id): (usize, u32),
        guid: &str,
        facts: Facts,
    ) -> u32 {
        let number = View::new(self, Held::Writer(changes)).next_number(workspace);
        let at = u32::try_from(self.units.len() + changes.made.len()).unwrap_or(u32::MAX);
        let place = u8::try_from(workspace).unwrap_or(u8::MAX);
        let unit = Unit { kind, workspace: place, number, graph_id };
        let created = self.clock();
        changes.made.push(Made { name: guid.to_owned(), unit, created });
        changes.stamp += 1;
        changes.edits.insert(at, Edit { facts, version: 0, changed: created, comments: Vec::new() });
        at
    }
}

impl View<'_> {
    fn next_number(&self, workspace: usize) -> u32 {
        // The number of one that was deleted is not given again.
        let last = self.walk_all(Place::Workspace(workspace), super::Order::Created, true, None).next();
        last.map_or(1, |cursor| self.unit(cursor.at).number + 1)
    }
}
