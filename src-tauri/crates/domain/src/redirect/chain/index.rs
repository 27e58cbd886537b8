//! From the number of an incident to its position.
//!
//! A tenant's numbers lie close together, so a table that spans them answers by one look; where they are scattered, a
//! map does. Never here: text.

use std::collections::HashMap;

/// A table may have this many slots per id before a map is smaller.
const SLOTS_PER_ID: u64 = 8;

const EMPTY: u32 = u32::MAX;

pub(super) enum Index {
    Table { from: u64, slots: Vec<u32> },
    Map(HashMap<u64, u32>),
}

impl Index {
    pub fn of(ids: &[u64]) -> Self {
        let from = ids.iter().copied().min().unwrap_or_default();
        let span = ids.iter().copied().max().unwrap_or_default() - from;
        if span >= (ids.len() as u64).saturating_mul(SLOTS_PER_ID) {
            return Self::Map(ids.iter().copied().zip(0..).collect());
        }
        let mut slots = vec![EMPTY; span as usize + 1];
        for (id, at) in ids.iter().zip(0..) {
            slots[(id - from) as usize] = at;
        }
        Self::Table { from, slots }
    }

    pub fn at(&self, id: u64) -> Option<u32> {
        match self {
            Self::Table { from, slots } => {
                let slot = usize::try_from(id.checked_sub(*from)?).ok()?;
                slots.get(slot).copied().filter(|at| *at != EMPTY)
            }
            Self::Map(map) => map.get(&id).copied(),
        }
    }
}
