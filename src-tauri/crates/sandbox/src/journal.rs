//! Every request that the doors saw, with counters per door.
//!
//! Paths are kept, headers and bodies are not: no token and no text of an incident is written down here.

use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Entries kept; older ones are dropped, counters go on.
const KEPT: usize = 100_000;

/// Which of the sandbox's addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Door {
    Entra,
    Arm,
    Graph,
    Logs,
    Smtp,
    Truth,
    /// The metadata service, which gives a machine's identity its tokens.
    Imds,
}

/// One request.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    pub door: Door,
    pub method: String,
    /// Path and query as received.
    pub path: String,
    pub status: u16,
    /// Bytes of the answer's body as sent, so after compression.
    pub bytes: u64,
    /// Since the session's start.
    pub at: Duration,
    pub took: Duration,
}

/// Sums of one door.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    pub requests: u64,
    pub bytes: u64,
    /// Answers with status 429.
    pub throttled: u64,
    /// Answers with any other status of 400 and more.
    pub refused: u64,
}

/// A handle on the list; clones share it.
#[derive(Clone, Debug)]
pub struct Journal {
    started: Instant,
    pages: Arc<Mutex<Pages>>,
}

#[derive(Debug, Default)]
struct Pages {
    entries: VecDeque<Entry>,
    counts: BTreeMap<Door, Count>,
}

impl Default for Journal {
    fn default() -> Self {
        Self { started: Instant::now(), pages: Arc::default() }
    }
}

impl Journal {
    /// The requests seen, oldest first; at most the last 100,000.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).entries.iter().cloned().collect()
    }

    /// The sums of a door.
    #[must_use]
    pub fn count(&self, door: Door) -> Count {
        let pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.counts.get(&door).copied().unwrap_or_default()
    }

    /// How many requests of a door had `part` in their path.
    #[must_use]
    pub fn matching(&self, door: Door, part: &str) -> usize {
        let pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.entries.iter().filter(|entry| entry.door == door && entry.path.contains(part)).count()
    }

    /// Forgets what was seen so far.
    pub fn clear(&self) {
        *self.pages.lock().unwrap_or_else(PoisonError::into_inner) = Pages::default();
    }

    /// Writes a request down; `began` is when it arrived.
    pub(crate) fn note(
        &self,
        door: Door,
        method: &str,
        path: String,
        began: Instant,
        status: u16,
        bytes: u64,
    ) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let count = pages.counts.entry(door).or_default();
        count.requests += 1;
        count.bytes += bytes;
        count.throttled += u64::from(status == 429);
        count.refused += u64::from(status >= 400 && status != 429);
        if pages.entries.len() == KEPT {
            pages.entries.pop_front();
        }
        let at = began.saturating_duration_since(self.started);
        pages.entries.push_back(Entry {
            door,
            method: method.to_owned(),
            path,
            status,
            bytes,
            at,
            took: began.elapsed(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_by_door_and_finds_by_path() {
        let journal = Journal::default();
        let now = Instant::now();
        journal.note(Door::Arm, "GET", "/a/incidents?x=1".into(), now, 200, 10);
        journal.note(Door::Arm, "GET", "/a/incidents?x=2".into(), now, 429, 5);
        journal.note(Door::Graph, "GET", "/b".into(), now, 404, 1);
        assert_eq!(journal.count(Door::Arm), Count { requests: 2, bytes: 15, throttled: 1, refused: 0 });
        assert_eq!(journal.count(Door::Graph).refused, 1);
        assert_eq!(journal.matching(Door::Arm, "/incidents"), 2);
        journal.clear();
        assert!(journal.entries().is_empty());
    }
}
