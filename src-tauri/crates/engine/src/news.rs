//! What a reading brought: the difference between two looks at the store.

use domain::fault::Fault;
use domain::incident::Severity;
use domain::incident::queue::Filter;

use crate::Scope;

/// Counts that somebody wants to be told of when they grow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    pub high: u64,
    pub redirected: u64,
    pub unresolved: u64,
    /// Listings whose last attempt failed.
    pub troubles: u64,
}

impl Look {
    /// What grew since `before`; nothing shrinks below zero.
    pub fn since(self, before: Self) -> Self {
        Self {
            high: self.high.saturating_sub(before.high),
            redirected: self.redirected.saturating_sub(before.redirected),
            unresolved: self.unresolved.saturating_sub(before.unresolved),
            troubles: self.troubles.saturating_sub(before.troubles),
        }
    }
}

impl Scope {
    pub fn look(&self) -> Result<Look, Fault> {
        let standing = self.standing()?;
        let severities = self.incident_facets(&Filter::default())?.severity;
        let high = severities.iter().find(|(value, _)| value == Severity::High.as_str());
        let listings = self.store.listings()?;
        Ok(Look {
            high: high.map_or(0, |(_, rows)| *rows),
            redirected: standing.redirected,
            unresolved: standing.unresolved(),
            troubles: listings.iter().filter(|(_, _, state)| state.trouble.is_some()).count() as u64,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_grew_is_news() {
        let before = Look { high: 3, redirected: 10, unresolved: 4, troubles: 1 };
        let after = Look { high: 5, redirected: 10, unresolved: 2, troubles: 1 };
        assert_eq!(after.since(before), Look { high: 2, ..Look::default() });
    }
}
