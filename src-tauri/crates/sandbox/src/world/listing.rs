//! Lists in an order, from a place in the middle: what a page and its continuation are made of.
//!
//! Order of creation is the order of positions and costs nothing. Order of change is sorted once and kept until
//! the next change.

use super::unit::Unit;
use super::view::View;
use crate::moment::Ticks;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, PoisonError};

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    Workspace(usize),
    Graph,
}

/// In which order. Numbers follow creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Created,
    Changed,
}

/// A place in a list, by value rather than by count, so that changes on the way lose nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    pub key: i64,
    pub at: u32,
}

impl Cursor {
    /// As text for a token.
    pub fn text(self) -> String {
        format!("{}.{}", self.key, self.at)
    }

    /// Reads [`text`](Self::text) back.
    pub fn read(text: &str) -> Option<Self> {
        let (key, at) = text.split_once('.')?;
        Some(Self { key: key.parse().ok()?, at: at.parse().ok()? })
    }
}

type Sorted = Arc<Vec<(Ticks, u32)>>;

/// Lists sorted by change, with the stamp they were sorted at.
#[derive(Debug, Default)]
pub struct Listings(Mutex<HashMap<usize, (u64, Sorted)>>);

impl View<'_> {
    /// The positions behind `after`, in order, without what was deleted.
    pub fn walk(
        &self,
        place: Place,
        order: Order,
        descending: bool,
        after: Option<Cursor>,
    ) -> Box<dyn Iterator<Item = Cursor> + '_> {
        let all = self.walk_all(place, order, descending, after);
        match self.changes.deleted.is_empty() {
            true => all,
            false => Box::new(all.filter(|one| !self.changes.deleted.contains(&one.at))),
        }
    }

    /// [`walk`](Self::walk) with what was deleted, as the log remembers it.
    pub fn walk_all(
        &self,
        place: Place,
        order: Order,
        descending: bool,
        after: Option<Cursor>,
    ) -> Box<dyn Iterator<Item = Cursor> + '_> {
        match (place, order) {
            (Place::Workspace(workspace), Order::Changed) => {
                let sorted = self.by_change(workspace);
                let entry = move |at: usize| Cursor { key: sorted[at].0, at: sorted[at].1 };
                let length = self.count(place);
                Box::new(range(length, descending, after, &entry).map(entry))
            }
            _ => {
                let list = self.by_creation(place);
                let made = self.made(place);
                let entry = move |at: usize| {
                    let at = list.get(at).copied().unwrap_or_else(|| made[at - list.len()]);
                    Cursor { key: 0, at }
                };
                Box::new(range(self.count(place), descending, after, &entry).map(entry))
            }
        }
    }

    /// [`walk`](Self::walk) by creation over what was made in `made`, without looking at the rest.
    pub fn walk_made(
        &self,
        place: Place,
        descending: bool,
        after: Option<Cursor>,
        made: &RangeInclusive<Ticks>,
    ) -> Box<dyn Iterator<Item = Cursor> + '_> {
        let list = self.by_creation(place);
        let time = move |at: u32| match place {
            Place::Graph => self.graph_created(at),
            Place::Workspace(_) => self.arm_created(at),
        };
        let (start, end) = (*made.start(), *made.end());
        let edge = match descending {
            false => list.partition_point(|at| time(*at) < start).checked_sub(1),
            true => Some(list.partition_point(|at| time(*at) <= end)).filter(|at| *at < list.len()),
        };
        let edge = edge.map(|at| Cursor { key: 0, at: list[at] });
        let after = match (descending, after, edge) {
            (true, Some(after), Some(edge)) => Some(after.min(edge)),
            (true, after, edge) => after.or(edge),
            (false, after, edge) => after.max(edge),
        };
        let inside =
            move |cursor: &Cursor| if descending { time(cursor.at) >= start } else { time(cursor.at) <= end };
        Box::new(self.walk(place, Order::Created, descending, after).take_while(inside))
    }

    /// How many the list holds.
    pub fn count(&self, place: Place) -> usize {
        self.by_creation(place).len() + self.made(place).len()
    }

    fn by_creation(&self, place: Place) -> &[u32] {
        match place {
            Place::Workspace(workspace) => self.world.in_workspace.get(workspace).map_or(&[], Vec::as_slice),
            Place::Graph => &self.world.in_graph,
        }
    }

    /// What was made since the start and this list shows.
    pub(super) fn made(&self, place: Place) -> Vec<u32> {
        let shown = |unit: &Unit| match place {
            Place::Workspace(workspace) => unit.kind.in_arm() && usize::from(unit.workspace) == workspace,
            Place::Graph => unit.kind.in_graph(),
        };
        let base = self.world.units.len();
        let here = self.changes.made.iter().enumerate();
        here.filter(|(_, made)| shown(&made.unit))
            .filter_map(|(at, _)| u32::try_from(base + at).ok())
            .collect()
    }

    fn by_change(&self, workspace: usize) -> Sorted {
        let mut kept = self.world.listings.0.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.get(&workspace) {
            Some((stamp, sorted)) if *stamp == self.changes.stamp => sorted.clone(),
            _ => {
                let place = Place::Workspace(workspace);
                let all = self.by_creation(place).iter().copied().chain(self.made(place));
                let mut sorted: Vec<(Ticks, u32)> = all.map(|at| (self.arm_changed(at), at)).collect();
                sorted.sort_unstable();
                let sorted = Arc::new(sorted);
                kept.insert(workspace, (self.changes.stamp, sorted.clone()));
                sorted
            }
        }
    }
}

/// The indexes behind `after`, up or down.
fn range(
    length: usize,
    descending: bool,
    after: Option<Cursor>,
    entry: &impl Fn(usize) -> Cursor,
) -> Box<dyn Iterator<Item = usize>> {
    let before = |wanted: &dyn Fn(Cursor) -> bool| {
        let (mut low, mut high) = (0, length);
        while low < high {
            let middle = usize::midpoint(low, high);
            if wanted(entry(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    };
    match (descending, after) {
        (false, None) => Box::new(0..length),
        (false, Some(cursor)) => Box::new(before(&|one| one <= cursor)..length),
        (true, None) => Box::new((0..length).rev()),
        (true, Some(cursor)) => Box::new((0..before(&|one| one < cursor)).rev()),
    }
}
