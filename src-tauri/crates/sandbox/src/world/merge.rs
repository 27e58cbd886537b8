//! Plants the redirects: which incidents were merged, into what, over how many hops, and what can't be found.
//!
//! What stands here is the truth. Both APIs' answers and the truth document are written from it, each on its own;
//! nothing here looks at an answer.

use super::plan::positions;
use super::timeline::Timeline;
use super::unit::{Kind, Unit};
use crate::moment::{SECOND, Ticks};
use crate::scope::Scope;
use crate::seed::Dice;
use crate::story::Story;
use std::collections::{HashMap, HashSet};

mod shape;

use shape::{Ending, Shape};

/// Where a chain ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// At a unit that Graph shows.
    Shown(u32),
    /// At a unit of another workspace for which Graph answers 404.
    OtherWorkspace(u32),
    /// At an id that nobody shows.
    Missing,
    /// Nowhere: the chain bites its tail.
    Cycle,
}

/// One merged incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// The Graph id that Graph names: the next hop.
    pub next: u32,
    /// The Graph id that ARM names by the default reading: the last target, in a ring the next hop.
    pub named: u32,
    pub end: End,
    /// Redirects from this incident's own Graph id to the end; a ring counts once round.
    pub hops: u32,
    pub merged: Ticks,
    /// Whether `SecurityIncident` still holds a row from before the merge. Never for what ARM does not show.
    pub logged: bool,
}

/// Everything planted, by the source's position.
pub type Redirects = HashMap<u32, Redirect>;

/// Plants the redirects. May turn a unit of another workspace into one that Graph conceals.
pub fn plant(scope: &Scope, units: &mut [Unit], timeline: &Timeline) -> Redirects {
    let wanted = shown(units) * share(scope.story) / 1000;
    let mut planter = Planter::new(scope, units, timeline);
    let twins: usize = planter.pools.iter().map(Vec::len).sum();
    for workspace in 0..planter.pools.len() {
        let pool = planter.pools[workspace].clone();
        planter.fill(workspace, &pool, wanted * pool.len() / twins.max(1));
    }
    planter.redirects
}

fn shown(units: &[Unit]) -> usize {
    units.iter().filter(|unit| unit.kind.in_arm()).count()
}

/// Sources per thousand ARM incidents.
fn share(story: Story) -> usize {
    if story == Story::Ready { 25 } else { 40 }
}

struct Planter<'a> {
    scope: &'a Scope,
    units: &'a mut [Unit],
    timeline: &'a Timeline,
    /// Twins by workspace.
    pools: Vec<Vec<usize>>,
    /// Incidents that only Graph has, from after the first onboarding.
    defenders: Vec<usize>,
    /// All Graph ids, in order.
    ids: Vec<u32>,
    used: HashSet<usize>,
    holes: HashSet<u32>,
    redirects: Redirects,
    arm_sources: usize,
    logged: usize,
}

/// The room that one group of merged incidents needs in its pool.
const WINDOW: usize = 6;

impl<'a> Planter<'a> {
    fn new(scope: &'a Scope, units: &'a mut [Unit], timeline: &'a Timeline) -> Self {
        let first = units.iter().position(|unit| unit.kind == Kind::Twin).unwrap_or(0);
        let defenders = positions(units, |unit| unit.kind == Kind::Defender);
        let pool =
            |at: usize| positions(units, |unit| unit.kind == Kind::Twin && usize::from(unit.workspace) == at);
        Self {
            scope,
            timeline,
            pools: (0..scope.workspaces.len()).map(pool).collect(),
            defenders: defenders.into_iter().filter(|at| *at > first).collect(),
            ids: units.iter().map(|unit| unit.graph_id).filter(|id| *id != 0).collect(),
            used: HashSet::new(),
            holes: HashSet::new(),
            redirects: Redirects::new(),
            arm_sources: 0,
            logged: 0,
            units,
        }
    }

    /// Plants groups until `wanted` sources stand in this workspace.
    fn fill(&mut self, workspace: usize, pool: &[usize], wanted: usize) {
        let groups = shape::groups(self.scope, workspace, wanted, pool.len() / WINDOW);
        let window = pool.len() / groups.len().max(1);
        for (at, shape) in scattered(groups) {
            let start = at * window;
            let gap = (window / WINDOW).clamp(1, 4);
            let room: Vec<usize> = pool[start..start + window].iter().step_by(gap).copied().collect();
            self.group(workspace, shape, room);
        }
    }

    fn group(&mut self, workspace: usize, shape: Shape, mut room: Vec<usize>) {
        room.retain(|at| !self.used.contains(at) && self.units[*at].kind == Kind::Twin);
        if let Some(lone) = shape.lone_source.then(|| self.lone(room.first())).flatten() {
            room.insert(0, lone);
        }
        if room.len() < usize::from(shape.sources) + 1 {
            return;
        }
        let sources: Vec<usize> = room.drain(..usize::from(shape.sources)).collect();
        let Some((end, last)) = self.ending(workspace, shape, &sources, &room) else { return };
        self.used.extend(&sources);
        let merged = self.merged_at(&sources, end);
        for (step, source) in sources.iter().enumerate() {
            let next = if shape.star {
                last
            } else {
                sources.get(step + 1).map_or(last, |at| self.units[*at].graph_id)
            };
            let hops = shape.hops(step);
            let named = if end == End::Cycle { next } else { last };
            self.add(
                *source,
                Redirect { next, named, end, hops, merged: merged + step as i64 * SECOND, logged: false },
            );
        }
    }

    /// The end of a group, and the last Graph id that its chain names.
    fn ending(
        &mut self,
        workspace: usize,
        shape: Shape,
        sources: &[usize],
        room: &[usize],
    ) -> Option<(End, u32)> {
        let id = |units: &[Unit], at: usize| units[at].graph_id;
        match shape.ending {
            Ending::Here => {
                let target = *room.first()?;
                self.used.insert(target);
                Some((End::Shown(index(target)), id(self.units, target)))
            }
            Ending::Elsewhere => {
                let target = self.stranger(workspace, sources)?;
                Some((End::Shown(index(target)), id(self.units, target)))
            }
            Ending::Lone => {
                let target = self.lone(sources.first())?;
                Some((End::Shown(index(target)), id(self.units, target)))
            }
            Ending::Concealed => {
                let target = self.stranger(workspace, sources)?;
                self.units[target].kind = Kind::Concealed;
                Some((End::OtherWorkspace(index(target)), id(self.units, target)))
            }
            Ending::Missing => Some((End::Missing, self.hole(id(self.units, *sources.first()?)))),
            Ending::Ring { lead } => Some((End::Cycle, id(self.units, *sources.get(usize::from(lead))?))),
        }
    }

    /// A twin of another workspace that takes no part yet, near in time.
    fn stranger(&mut self, workspace: usize, sources: &[usize]) -> Option<usize> {
        let from = *sources.first()?;
        let others = self.pools.iter().enumerate().filter(|(other, _)| *other != workspace);
        let found =
            others.filter_map(|(_, pool)| self.near(pool, from)).min_by_key(|at| at.abs_diff(from))?;
        self.used.insert(found);
        Some(found)
    }

    /// The first free unit of a pool after `from`, or the last one before it.
    fn near(&self, pool: &[usize], from: usize) -> Option<usize> {
        let split = pool.partition_point(|at| *at < from);
        let order = pool[split..].iter().chain(pool[..split].iter().rev());
        order.copied().find(|at| !self.used.contains(at))
    }

    fn lone(&mut self, near: Option<&usize>) -> Option<usize> {
        let found = self.near(&self.defenders, *near?)?;
        self.used.insert(found);
        Some(found)
    }

    /// An id near `from` that no unit has.
    fn hole(&mut self, from: u32) -> u32 {
        let free = |id: &u32| self.ids.binary_search(id).is_err() && !self.holes.contains(id);
        let found = (from + 1..).find(free).unwrap_or(u32::MAX);
        self.holes.insert(found);
        found
    }

    /// After everybody who takes part was made.
    fn merged_at(&self, sources: &[usize], end: End) -> Ticks {
        let target = match end {
            End::Shown(at) | End::OtherWorkspace(at) => Some(at),
            End::Missing | End::Cycle => None,
        };
        let made = sources.iter().map(|at| index(*at)).chain(target).map(|at| self.timeline.arm_created(at));
        let last = made.max().unwrap_or(self.timeline.now());
        self.timeline.later(last + 240 * SECOND, index(sources[0]))
    }

    fn add(&mut self, source: usize, mut redirect: Redirect) {
        if self.units[source].kind.in_arm() {
            self.arm_sources += 1;
            let always = self.scope.story == Story::Ready || matches!(redirect.end, End::OtherWorkspace(_));
            redirect.logged = always || self.logged * 3 < self.arm_sources * 2;
            self.logged += usize::from(redirect.logged);
        }
        self.redirects.insert(index(source), redirect);
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Pairs each shape with a window, so that neighbours in the table are not neighbours in time.
fn scattered(groups: Vec<Shape>) -> impl Iterator<Item = (usize, Shape)> {
    let count = groups.len().max(1);
    let stride = (1..).map(|step| count * 5 / 8 + step).find(|step| coprime(*step, count)).unwrap_or(1);
    groups.into_iter().enumerate().map(move |(at, shape)| (at * stride % count, shape))
}

fn coprime(a: usize, b: usize) -> bool {
    if b == 0 { a == 1 } else { coprime(b, a % b) }
}

/// Draws that belong to one workspace's groups.
fn dice(scope: &Scope, workspace: usize) -> Dice {
    Dice::new(scope.seed, "merge", workspace as u64)
}

#[cfg(test)]
mod tests;
