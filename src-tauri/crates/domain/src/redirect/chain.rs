//! Follows redirects over everything that was read: each id once, whatever the length of the chains.

use std::collections::HashMap;

use super::Seen;

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

/// The ends of all chains, computed once over the readings.
pub struct Follower<'a> {
    index: HashMap<&'a str, u32>,
    ends: Vec<(End<'a>, u32)>,
}

const OPEN: u32 = u32::MAX;

impl<'a> Follower<'a> {
    pub fn new(graph: &'a HashMap<String, Seen>) -> Self {
        let ids: Vec<&str> = graph.keys().map(String::as_str).collect();
        let index: HashMap<&str, u32> = ids.iter().zip(0..).map(|(id, at)| (*id, at)).collect();
        let seen: Vec<&Seen> = ids.iter().filter_map(|id| graph.get(*id)).collect();
        let mut ends: Vec<(End, u32)> = vec![(End::Nowhere, OPEN); ids.len()];
        // 0 = not walked; otherwise 1 + the position on the path being walked.
        let mut place = vec![0u32; ids.len()];
        for start in 0..ids.len() {
            walk(start, &ids, &seen, &index, &mut ends, &mut place);
        }
        Self { index, ends }
    }

    /// The end of the chain that starts at `id`, and the redirects on the way to it (a ring counts once round).
    pub fn follow(&self, id: &'a str) -> (End<'a>, u32) {
        self.index.get(id).map_or((End::Unread(id), 0), |at| self.ends[*at as usize])
    }
}

fn walk<'a>(
    start: usize,
    ids: &[&'a str],
    seen: &[&'a Seen],
    index: &HashMap<&'a str, u32>,
    ends: &mut [(End<'a>, u32)],
    place: &mut [u32],
) {
    let mut path: Vec<usize> = Vec::new();
    let mut at = start;
    let (end, mut hops) = loop {
        if ends[at].1 != OPEN {
            break ends[at];
        }
        if place[at] != 0 {
            break close_ring(&path[place[at] as usize - 1..], ids, ends);
        }
        path.push(at);
        place[at] = path.len() as u32;
        match seen[at] {
            Seen::Redirected { next: Some(next), .. } => match index.get(next.as_str()) {
                Some(to) => at = *to as usize,
                None => break (End::Unread(next), 0),
            },
            Seen::Redirected { next: None, .. } => break settle(&mut path, ends, End::Nowhere),
            Seen::Live => break settle(&mut path, ends, End::Live(ids[at])),
            Seen::Missing => break settle(&mut path, ends, End::Missing(ids[at])),
        }
    };
    for node in path.into_iter().rev().filter(|node| place[*node] != 0) {
        if ends[node].1 == OPEN {
            hops += 1;
            ends[node] = (end, hops);
        }
    }
}

fn settle<'a>(path: &mut Vec<usize>, ends: &mut [(End<'a>, u32)], end: End<'a>) -> (End<'a>, u32) {
    if let Some(node) = path.pop() {
        ends[node] = (end, 0);
    }
    (end, 0)
}

fn close_ring<'a>(ring: &[usize], ids: &[&'a str], ends: &mut [(End<'a>, u32)]) -> (End<'a>, u32) {
    let least = ring.iter().map(|node| ids[*node]).min().unwrap_or_default();
    let end = (End::Cycle(least), ring.len() as u32);
    for node in ring {
        ends[*node] = end;
    }
    end
}
