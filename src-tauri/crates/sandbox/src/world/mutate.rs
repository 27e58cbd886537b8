//! The tenant's own life between two readings: incidents come, change, are merged and go, as people and correlation do.
//!
//! One seed and one state of the world give the same changes; the times they carry are the story's clock. Incidents of
//! Defender's are never deleted, merges never make a ring, and no number or id is given twice.

use super::edit::Changes;
use super::facts::{Facts, Status};
use super::merge::{End, Redirect};
use super::unit::Kind;
use super::view::{Held, View};
use super::{World, name, template};
use crate::scope::NOT_ONBOARDED;
use crate::seed::Dice;

/// How much happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mutation {
    pub made: usize,
    pub changed: usize,
    pub merged: usize,
    pub deleted: usize,
}

impl World {
    /// Some changes of every kind, at once for whoever reads.
    pub fn mutate(&self, seed: u64) -> Mutation {
        let mut dice = Dice::new(seed, "mutate", 0);
        let mut changes = self.write();
        let mut done = Mutation::default();
        for _ in 0..1 + dice.below(6) {
            self.appear(&mut changes, &mut dice);
            done.made += 1;
        }
        for _ in 0..4 + dice.below(20) {
            done.changed += usize::from(self.alter(&mut changes, &mut dice));
        }
        for _ in 0..dice.below(4) {
            done.merged += usize::from(self.merge(&mut changes, &mut dice));
        }
        if dice.chance(50) {
            for _ in 0..1 + dice.below(3) {
                done.deleted += usize::from(self.vanish(&mut changes, &mut dice));
            }
        }
        done
    }

    fn appear(&self, changes: &mut Changes, dice: &mut Dice) {
        let kind = dice.of(&[Kind::Twin, Kind::Twin, Kind::Defender, Kind::ByApi]);
        let onboarded = self.scope.workspaces.iter().filter(|name| *name != NOT_ONBOARDED).count() as u64;
        let workspace = if kind == Kind::Defender { 0 } else { dice.below(onboarded) };
        let graph_id = if kind.in_graph() { self.next_graph_id(changes) } else { 0 };
        let at = self.units.len() + changes.made.len();
        let guid = name::encode(self.scope.seed, u32::try_from(at).unwrap_or(u32::MAX));
        let mut facts = Facts::empty();
        self.write_anew(&mut facts, dice);
        self.put_new(changes, kind, (usize::try_from(workspace).unwrap_or(0), graph_id), &guid, facts);
    }

    /// Behind every id that an incident has or a redirect names.
    fn next_graph_id(&self, changes: &Changes) -> u32 {
        let had = self.units.iter().chain(changes.made.iter().map(|made| &made.unit));
        let named = self.redirects.values().flat_map(|redirect| [redirect.next, redirect.named]);
        had.map(|unit| unit.graph_id).chain(named).max().unwrap_or(0) + 1
    }

    fn alter(&self, changes: &mut Changes, dice: &mut Dice) -> bool {
        let wanted = |_: &View<'_>, _: u32| true;
        let Some(at) = self.some_live(changes, dice, &wanted) else { return false };
        self.store(changes, at, |edit| self.write_anew(&mut edit.facts, dice));
        true
    }

    /// What somebody in a portal would change; a new incident gets all of it.
    fn write_anew(&self, facts: &mut Facts, dice: &mut Dice) {
        let all = facts.title.is_empty();
        if all || dice.chance(40) {
            self.stand(facts, dice.of(&[Status::New, Status::Active, Status::Closed]));
        }
        if all || dice.chance(30) {
            facts.owner = dice.chance(75).then(|| self.writer().analyst(dice.below(12)));
        }
        if all || dice.chance(30) {
            facts.severity = dice.of(&template::SEVERITIES).into();
        }
        if all || dice.chance(30) {
            facts.labels = vec![dice.of(&template::TAGS).into()];
        }
        if all || dice.chance(30) {
            facts.title = match dice.chance(10) {
                true => dice.of(&template::HOSTILE).into(),
                false => format!("Seen again on {} ({:x})", dice.of(&template::SITES), dice.roll()).into(),
            };
        }
    }

    fn stand(&self, facts: &mut Facts, status: Status) {
        facts.status = status;
        facts.classification = (status == Status::Closed).then(|| "TruePositive".into());
        facts.reason = facts.classification.is_some().then(|| "SuspiciousActivity".into());
        facts.remark = None;
    }

    /// Merges one incident into another. What had been merged into it ends there too, and says so at the same time.
    fn merge(&self, changes: &mut Changes, dice: &mut Dice) -> bool {
        let twin = |view: &View<'_>, at: u32| view.unit(at).kind == Kind::Twin;
        let shown = |view: &View<'_>, at: u32| view.unit(at).kind.in_graph();
        let source = self.some_live(changes, dice, &twin);
        let target = self.some_live(changes, dice, &shown).filter(|target| Some(*target) != source);
        let (Some(source), Some(target)) = (source, target) else { return false };
        let id = View::new(self, Held::Writer(changes)).unit(target).graph_id;
        let (end, merged) = (End::Shown(target), self.clock());
        for (at, redirect) in self.ending_at(changes, source) {
            let moved = Redirect { named: id, end, hops: redirect.hops + 1, ..redirect };
            self.redirect_to(changes, at, moved);
        }
        self.redirect_to(
            changes,
            source,
            Redirect { next: id, named: id, end, hops: 1, merged, logged: true },
        );
        true
    }

    fn redirect_to(&self, changes: &mut Changes, at: u32, redirect: Redirect) {
        self.store(changes, at, |_| ());
        changes.merged.insert(at, redirect);
    }

    fn ending_at(&self, changes: &Changes, target: u32) -> Vec<(u32, Redirect)> {
        let view = View::new(self, Held::Writer(changes));
        let mut ending: Vec<(u32, Redirect)> =
            view.redirects().filter(|(_, redirect)| redirect.end == End::Shown(target)).collect();
        ending.sort_by_key(|(at, _)| *at);
        ending
    }

    /// Deletes an incident that ARM alone has.
    fn vanish(&self, changes: &mut Changes, dice: &mut Dice) -> bool {
        let alone = |view: &View<'_>, at: u32| !view.unit(at).kind.is_defenders();
        let found = self.some_live(changes, dice, &alone);
        changes.stamp += 1;
        found.is_some_and(|at| changes.deleted.insert(at))
    }

    /// Any incident that is neither merged away nor deleted; `None` where a few dozen draws find none.
    fn some_live(
        &self,
        changes: &Changes,
        dice: &mut Dice,
        wanted: &dyn Fn(&View<'_>, u32) -> bool,
    ) -> Option<u32> {
        let view = View::new(self, Held::Writer(changes));
        let all = (self.units.len() + changes.made.len()) as u64;
        let drawn = std::iter::repeat_with(|| u32::try_from(dice.below(all)).unwrap_or(0)).take(64);
        let live = |at: &u32| !changes.deleted.contains(at) && view.redirect(*at).is_none();
        let found = drawn.filter(live).find(|at| wanted(&view, *at));
        found.filter(|_| all > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scope::Scope;
    use time::macros::datetime;

    fn after(rounds: u64) -> (Vec<Mutation>, Vec<(u32, u32, u32)>, World) {
        let scope = Scope::new(3, datetime!(2026-11-24 0:00 UTC), std::time::Duration::ZERO);
        let world = World::make(&scope, 400, vec![Vec::new(); scope.workspaces.len()]);
        let done = (0..rounds).map(|seed| world.mutate(seed)).collect();
        let mut ends: Vec<(u32, u32, u32)> =
            world.view().redirects().map(|(at, redirect)| (at, redirect.next, redirect.named)).collect();
        ends.sort_unstable();
        (done, ends, world)
    }

    #[test]
    fn a_seed_gives_the_same_changes() {
        let (one, other) = (after(20), after(20));
        assert_eq!((&one.0, &one.1), (&other.0, &other.1));
        let sum = |of: fn(&Mutation) -> usize| one.0.iter().map(of).sum::<usize>();
        assert!(
            sum(|m| m.made) > 0 && sum(|m| m.changed) > 0 && sum(|m| m.merged) > 0 && sum(|m| m.deleted) > 0
        );
    }

    #[test]
    fn whatever_ends_at_an_incident_moves_on_with_it_and_none_of_defenders_is_deleted() {
        let (_, _, world) = after(60);
        let view = world.view();
        for (at, redirect) in view.redirects() {
            if let End::Shown(target) = redirect.end {
                assert!(view.redirect(target).is_none(), "{at} ends at one that was merged away");
                assert_eq!(redirect.named, view.unit(target).graph_id, "{at}");
            }
        }
        let deleted = &world.read().deleted;
        assert!(deleted.iter().all(|at| !view.unit(*at).kind.is_defenders()));
    }
}
