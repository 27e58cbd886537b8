//! Every incident of the session, computed from (seed, position) when asked for; edits are kept apart.
//!
//! A million incidents are a few words each ([`unit::Unit`]); their text is written when a page is served.
//! What was planted (kinds, redirects, oddities) is what the truth is written from; nothing here may be derived
//! from an answer. Start at [`World::make`], then [`view::View`], which is how the doors read.

mod arm;
mod change;
mod edit;
mod facts;
pub mod graph;
mod listing;
mod log;
mod merge;
mod mutate;
mod name;
mod odd;
mod plan;
mod planted;
mod related;
mod template;
mod timeline;
mod unit;
mod view;

pub use change::{Conflict, Written};
pub use edit::Comment;
pub use facts::{Facts, Owner, Status};
pub use graph::{Manner, write_comments};
pub use listing::{Cursor, Order, Place};
pub use log::LogRow;
pub use mutate::Mutation;
pub use planted::PlantedRedirect;
pub use template::HOSTILE;
pub use view::View;

use view::Held;

use crate::scope::Scope;
use edit::Changes;
use facts::Writer;
use listing::Listings;
use merge::Redirects;
use odd::Oddities;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Instant;
use timeline::Timeline;
use unit::Unit;

/// The incidents of one session.
#[derive(Debug)]
pub struct World {
    scope: Scope,
    units: Vec<Unit>,
    /// Positions that ARM shows, by workspace, in order of creation.
    in_workspace: Vec<Vec<u32>>,
    /// Positions that Graph shows, in order of creation.
    in_graph: Vec<u32>,
    redirects: Redirects,
    odd: Oddities,
    timeline: Timeline,
    /// Names of the analytics rules, by workspace.
    rules: Vec<Vec<String>>,
    changes: RwLock<Changes>,
    listings: Listings,
    started: Instant,
}

impl World {
    /// Lays out `incidents` ARM incidents and what belongs to them. `rules` names each workspace's analytics rules.
    #[must_use]
    pub fn make(scope: &Scope, incidents: u32, rules: Vec<Vec<String>>) -> Self {
        let mut units = plan::lay_out(scope, incidents);
        let timeline = Timeline::new(scope.seed, scope.now, units.len());
        let redirects = merge::plant(scope, &mut units, &timeline);
        let odd = odd::plant(&units, &redirects);
        let shown = |wanted: &dyn Fn(&Unit) -> bool| -> Vec<u32> {
            (0..).zip(&units).filter(|(_, unit)| wanted(unit)).map(|(at, _)| at).collect()
        };
        let in_workspace = (0..scope.workspaces.len())
            .map(|place| shown(&|unit| unit.kind.in_arm() && usize::from(unit.workspace) == place))
            .collect();
        Self {
            in_graph: shown(&|unit| unit.kind.in_graph()),
            in_workspace,
            scope: scope.clone(),
            units,
            redirects,
            odd,
            timeline,
            rules,
            changes: RwLock::default(),
            listings: Listings::default(),
            started: Instant::now(),
        }
    }

    /// Reads; holds off changes until dropped.
    pub fn view(&self) -> View<'_> {
        View::new(self, Held::Guard(self.read()))
    }

    fn read(&self) -> RwLockReadGuard<'_, Changes> {
        self.changes.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Changes> {
        self.changes.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn writer(&self) -> Writer<'_> {
        Writer { scope: &self.scope, timeline: &self.timeline }
    }

    /// The story's clock: `now` plus what has passed since the start.
    pub fn clock(&self) -> crate::moment::Ticks {
        let passed = i64::try_from(self.started.elapsed().as_nanos() / 100).unwrap_or(0);
        self.timeline.now() + passed
    }
}
