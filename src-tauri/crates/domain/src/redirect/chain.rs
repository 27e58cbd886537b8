//! Follows redirects over everything that was read: each id once, whatever the length of the chains.
//!
//! An id is looked up once, by its number; from then on chains are arrays of positions. [`Ends::of`] works on such
//! arrays, [`Follower`] puts the readings' text before it. Never here: recursion, or a look at an id per hop.

use std::collections::HashMap;

use super::Seen;
use index::Index;

mod index;

/// Where a chain ends. Ids borrow from the readings or from the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End<'a> {
    Live(&'a str),
    /// Graph answered 404 for it.
    Missing(&'a str),
    /// Nobody asked for it yet.
    Unread(&'a str),
    /// The chain bites its tail; the id is the least of the ring, so that equal rings compare equal.
    Cycle(&'a str),
    /// A redirect that names no target.
    Nowhere,
}

impl<'a> End<'a> {
    /// The last id that was named.
    pub fn last(&self) -> Option<&'a str> {
        match self {
            Self::Live(id) | Self::Missing(id) | Self::Unread(id) | Self::Cycle(id) => Some(id),
            Self::Nowhere => None,
        }
    }
}

/// What an incident says of the way on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Live,
    Missing,
    /// Redirected, and no target is named.
    Nowhere,
    /// Redirected into the incident of this number.
    To(u64),
}

/// How a chain ends, and at which position of the arrays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Still being walked.
    Open,
    Live(u32),
    Missing(u32),
    Nowhere,
    /// The incident at this position names one that is not in the arrays.
    Unread(u32),
    /// The position of the least number of the ring.
    Cycle(u32),
}

/// The ends of all chains, by position, with the redirects on the way to each (a ring counts once round).
pub struct Ends {
    index: Index,
    ends: Vec<(Fate, u32)>,
}

impl Ends {
    /// Follows every chain. `ids` and `steps` go side by side; an id that comes twice counts as it comes last.
    pub fn of(ids: &[u64], steps: &[Step]) -> Self {
        let index = Index::of(ids);
        let next: Vec<Option<u32>> = steps
            .iter()
            .map(|step| match step {
                Step::To(id) => index.at(*id),
                _ => None,
            })
            .collect();
        let mut walk = Walk { ids, steps, next, ends: vec![(Fate::Open, 0); ids.len()], path: Vec::new() };
        for start in 0..ids.len() as u32 {
            walk.from(start);
        }
        Self { index, ends: walk.ends }
    }

    pub fn at(&self, position: u32) -> (Fate, u32) {
        self.ends[position as usize]
    }
}

struct Walk<'a> {
    ids: &'a [u64],
    steps: &'a [Step],
    next: Vec<Option<u32>>,
    /// While open, the second is one more than the place on the path that is being walked.
    ends: Vec<(Fate, u32)>,
    path: Vec<u32>,
}

impl Walk<'_> {
    fn from(&mut self, start: u32) {
        self.path.clear();
        let mut at = start;
        let (fate, mut hops) = loop {
            match self.ends[at as usize] {
                (Fate::Open, 0) => {}
                (Fate::Open, place) => break self.close_ring(place as usize - 1),
                known => break known,
            }
            let stop = match (self.steps[at as usize], self.next[at as usize]) {
                (Step::To(_), Some(next)) => {
                    self.path.push(at);
                    self.ends[at as usize].1 = self.path.len() as u32;
                    at = next;
                    continue;
                }
                (Step::To(_), None) => (Fate::Unread(at), 1),
                (Step::Nowhere, _) => (Fate::Nowhere, 0),
                (Step::Live, _) => (Fate::Live(at), 0),
                (Step::Missing, _) => (Fate::Missing(at), 0),
            };
            self.ends[at as usize] = stop;
            break stop;
        };
        while let Some(node) = self.path.pop() {
            hops += 1;
            self.ends[node as usize] = (fate, hops);
        }
    }

    /// Ends the ring that begins at a place of the path, and leaves what led into it.
    fn close_ring(&mut self, place: usize) -> (Fate, u32) {
        let ring = self.path.split_off(place);
        let least = ring.iter().copied().min_by_key(|node| self.ids[*node as usize]).unwrap_or_default();
        let end = (Fate::Cycle(least), ring.len() as u32);
        for node in ring {
            self.ends[node as usize] = end;
        }
        end
    }
}

/// The ends of all chains of the readings.
pub struct Follower<'a> {
    ids: Vec<&'a str>,
    seen: Vec<&'a Seen>,
    odd: Vec<&'a str>,
    ends: Ends,
}

impl<'a> Follower<'a> {
    pub fn new(graph: &'a HashMap<String, Seen>) -> Self {
        let (ids, seen): (Vec<&str>, Vec<&Seen>) = graph.iter().map(|(id, seen)| (id.as_str(), seen)).unzip();
        let targets = seen.iter().filter_map(|seen| next(seen));
        let mut odd: Vec<&str> =
            ids.iter().copied().chain(targets).filter(|id| plain(id).is_none()).collect();
        odd.sort_unstable();
        odd.dedup();
        let numbers: Vec<u64> = ids.iter().map(|id| number(id, &odd).unwrap_or_default()).collect();
        let steps: Vec<Step> = seen
            .iter()
            .map(|seen| match seen {
                Seen::Live => Step::Live,
                Seen::Missing => Step::Missing,
                Seen::Redirected { .. } => {
                    next(seen).and_then(|id| number(id, &odd)).map_or(Step::Nowhere, Step::To)
                }
            })
            .collect();
        Self { ends: Ends::of(&numbers, &steps), ids, seen, odd }
    }

    /// The end of the chain that starts at `id`, and the redirects on the way to it (a ring counts once round).
    pub fn follow(&self, id: &'a str) -> (End<'a>, u32) {
        let Some(at) = number(id, &self.odd).and_then(|number| self.ends.index.at(number)) else {
            return (End::Unread(id), 0);
        };
        let (fate, hops) = self.ends.at(at);
        let id = |at: u32| self.ids[at as usize];
        let end = match fate {
            Fate::Live(at) => End::Live(id(at)),
            Fate::Missing(at) => End::Missing(id(at)),
            Fate::Cycle(at) => End::Cycle(id(at)),
            Fate::Unread(at) => next(self.seen[at as usize]).map_or(End::Nowhere, End::Unread),
            Fate::Nowhere | Fate::Open => End::Nowhere,
        };
        (end, hops)
    }
}

fn next(seen: &Seen) -> Option<&str> {
    match seen {
        Seen::Redirected { next, .. } => next.as_deref(),
        Seen::Live | Seen::Missing => None,
    }
}

/// Graph's ids are whole numbers, though their type says text; whatever else comes stands behind them.
/// <https://learn.microsoft.com/graph/api/resources/security-incident>
fn number(id: &str, odd: &[&str]) -> Option<u64> {
    plain(id).or_else(|| odd.binary_search(&id).ok().map(|at| ODD + at as u64))
}

const ODD: u64 = 1 << 63;

/// A number as it is written without sign or leading zeros, so that two texts never share one.
fn plain(id: &str) -> Option<u64> {
    let written = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let plain = written && (id.len() == 1 || !id.starts_with('0'));
    id.parse().ok().filter(|number| plain && *number < ODD)
}
