//! Lays out the world: who is shown where, in the order of creation.
//!
//! One pass over small records, so that a million incidents are ready within a second. Workspaces are onboarded one
//! after the other: before that their incidents are Sentinel's own, after it they have twins in Graph.

use super::unit::{Kind, Unit};
use crate::scope::{NOT_ONBOARDED, Scope};
use crate::seed::Dice;
use crate::story::Story;

/// Graph ids and the first workspace's numbers run through the same range, so that a join on the number alone
/// would pair strangers.
const FIRST_GRAPH_ID: u32 = 1_301;
const FIRST_NUMBERS: [u32; 3] = [1_200, 1, 400];

/// Incidents that carry Defender's name without proof, in a world that is large enough.
const UNPROVED: usize = 5;

/// Lays out `incidents` ARM incidents and Graph's own between them.
pub fn lay_out(scope: &Scope, incidents: u32) -> Vec<Unit> {
    let mut layout = Layout::new(scope, incidents);
    while layout.in_arm < incidents {
        layout.next();
    }
    let mut units = layout.units;
    if scope.story != Story::Ready {
        plant_unproved(scope, &mut units);
    }
    units
}

struct Layout<'a> {
    scope: &'a Scope,
    incidents: u32,
    units: Vec<Unit>,
    in_arm: u32,
    numbers: Vec<u32>,
    next_graph_id: u32,
    onboarded: Vec<bool>,
}

impl<'a> Layout<'a> {
    fn new(scope: &'a Scope, incidents: u32) -> Self {
        let workspaces = populated(scope);
        Self {
            scope,
            incidents,
            units: Vec::with_capacity(incidents as usize + incidents as usize / 4),
            in_arm: 0,
            numbers: FIRST_NUMBERS.into_iter().cycle().take(workspaces).collect(),
            next_graph_id: FIRST_GRAPH_ID,
            onboarded: vec![false; workspaces],
        }
    }

    fn next(&mut self) {
        let mut dice = Dice::new(self.scope.seed, "unit", self.units.len() as u64);
        let unit = if dice.chance(14) { self.defender(&mut dice) } else { self.sentinel(&mut dice) };
        self.units.push(unit);
    }

    fn defender(&mut self, dice: &mut Dice) -> Unit {
        Unit { kind: Kind::Defender, workspace: 0, number: 0, graph_id: self.graph_id(dice) }
    }

    fn sentinel(&mut self, dice: &mut Dice) -> Unit {
        let workspace = if dice.chance(80) { 0 } else { self.second(dice) };
        let kind = self.kind(workspace, dice);
        let number = self.numbers[workspace];
        self.numbers[workspace] += 1;
        self.in_arm += 1;
        let graph_id = if kind == Kind::Twin { self.graph_id(dice) } else { 0 };
        Unit { kind, workspace: u8::try_from(workspace).unwrap_or(0), number, graph_id }
    }

    /// One of the workspaces behind the first; the first where there is only one.
    fn second(&self, dice: &mut Dice) -> usize {
        let others = self.numbers.len() as u64 - 1;
        if others == 0 { 0 } else { 1 + usize::try_from(dice.below(others)).unwrap_or(0) }
    }

    fn kind(&mut self, workspace: usize, dice: &mut Dice) -> Kind {
        if u64::from(self.in_arm) * 100 < u64::from(self.incidents) * onboarding(self.scope.story, workspace)
        {
            return Kind::Sentinel;
        }
        // The first incident after onboarding is Defender's, so that its time tells when that was.
        let first = !std::mem::replace(&mut self.onboarded[workspace], true);
        let by_api = dice.chance(3) && self.scope.story != Story::Ready;
        if by_api && !first { Kind::ByApi } else { Kind::Twin }
    }

    fn graph_id(&mut self, dice: &mut Dice) -> u32 {
        let id = self.next_graph_id;
        self.next_graph_id += 1 + u32::try_from(dice.below(5)).unwrap_or(0);
        id
    }
}

/// How many workspaces hold incidents; one that is not onboarded to Sentinel stands last and holds none.
fn populated(scope: &Scope) -> usize {
    scope.workspaces.iter().filter(|name| *name != NOT_ONBOARDED).count().max(1)
}

/// The share of its incidents, in percent, that a workspace had before it was onboarded to Defender.
fn onboarding(story: Story, workspace: usize) -> u64 {
    match (story, workspace) {
        (Story::Ready, _) => 0,
        (_, 0) => 50,
        (_, _) => 75,
    }
}

/// Turns a few twins into incidents that look like Defender's and aren't, preferably ones whose own number is the id
/// of a Graph incident that has nothing to do with them.
fn plant_unproved(scope: &Scope, units: &mut [Unit]) {
    let twins = later_twins(units);
    let mut ids: Vec<u32> =
        units.iter().filter(|unit| unit.kind.in_graph()).map(|unit| unit.graph_id).collect();
    ids.sort_unstable();
    let shared = |at: &&usize| {
        let unit = units[**at];
        unit.number != unit.graph_id && ids.binary_search(&unit.number).is_ok()
    };
    let mut chosen: Vec<usize> = twins.iter().filter(shared).copied().collect();
    if chosen.len() < UNPROVED {
        chosen.clone_from(&twins);
    }
    let count = UNPROVED.min(twins.len() / 8);
    let start = Dice::new(scope.seed, "unproved", 0).below(7) as usize;
    let stride = (chosen.len().saturating_sub(start) / count.max(1)).max(1);
    for at in chosen.into_iter().skip(start).step_by(stride).take(count) {
        units[at].kind = Kind::Unproved;
        units[at].graph_id = 0;
    }
}

/// Twins but for the first of each workspace, whose time tells when that was onboarded.
fn later_twins(units: &[Unit]) -> Vec<usize> {
    let mut begun = std::collections::HashSet::new();
    let twins = positions(units, |unit| unit.kind == Kind::Twin).into_iter();
    twins.filter(|at| !begun.insert(units[*at].workspace)).collect()
}

/// The indexes of the units that `wanted` accepts, in order.
pub fn positions(units: &[Unit], wanted: impl Fn(&Unit) -> bool) -> Vec<usize> {
    units.iter().enumerate().filter(|(_, unit)| wanted(unit)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use time::macros::datetime;

    fn scope(seed: u64) -> Scope {
        Scope::new(seed, datetime!(2026-11-24 0:00 UTC), Duration::ZERO)
    }

    #[test]
    fn as_many_arm_incidents_as_asked() {
        for incidents in [0, 1, 7, 1_000] {
            let units = lay_out(&scope(1), incidents);
            let shown = units.iter().filter(|unit| unit.kind.in_arm()).count();
            assert_eq!(shown, incidents as usize);
        }
    }

    #[test]
    fn five_are_unproved_and_numbers_meet_strangers_ids() {
        for seed in 1..=5 {
            let units = lay_out(&scope(seed), 1_000);
            let unproved: Vec<&Unit> = units.iter().filter(|unit| unit.kind == Kind::Unproved).collect();
            assert_eq!(unproved.len(), 5, "seed {seed}");
            let is_graph_id =
                |number: u32| units.iter().any(|unit| unit.kind.in_graph() && unit.graph_id == number);
            let met = unproved.iter().filter(|unit| is_graph_id(unit.number)).count();
            assert_eq!(met, 5, "each of them carries the id of an unrelated Graph incident, seed {seed}");
        }
    }

    #[test]
    fn nothing_made_by_api_comes_before_its_workspaces_first_twin() {
        for seed in 1..=60 {
            let units = lay_out(&scope(seed), 60);
            let mut onboarded = std::collections::HashSet::new();
            for unit in units.iter().filter(|unit| unit.kind.in_arm() && unit.kind != Kind::Sentinel) {
                let first = unit.kind == Kind::Twin && onboarded.insert(unit.workspace);
                assert!(first || onboarded.contains(&unit.workspace), "seed {seed}: {unit:?}");
            }
        }
    }

    #[test]
    fn graph_ids_grow_and_are_unique() {
        let units = lay_out(&scope(3), 2_000);
        let ids: Vec<u32> = units.iter().map(|unit| unit.graph_id).filter(|id| *id != 0).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "ids must grow with creation");
    }
}
