//! The first screen: how long is left, and how things stand.

use domain::fault::Fault;
use store::{Redirects, Tally};
use time::{Date, macros::date};

use crate::Scope;

/// A date that drives the move, with what happens then and what does not.
#[derive(Clone, Debug, PartialEq)]
pub struct Deadline {
    pub id: &'static str,
    pub title: &'static str,
    pub date: Date,
    pub days: i64,
    pub note: &'static str,
    pub page: &'static str,
}

/// Counts over the store.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    pub tally: Tally,
    pub redirected: u64,
    pub resolved: u64,
    /// Redirected ones whose target is named and not read yet.
    pub not_read: u64,
}

impl Standing {
    /// Those whose target could not be found.
    pub fn unresolved(&self) -> u64 {
        self.redirected - self.resolved - self.not_read
    }
}

/// Sentinel leaves the Azure portal: <https://learn.microsoft.com/azure/sentinel/move-to-defender>.
const SENTINEL_LEAVES: Date = date!(2027 - 03 - 31);

/// Basic authentication for SMTP AUTH goes off by default at the end of the month, as Microsoft's message MC786329 says.
const SMTP_OFF: Date = date!(2026 - 12 - 31);

impl Scope {
    /// The two clocks, seen from the session's now.
    pub fn deadlines(&self) -> Vec<Deadline> {
        let today = self.now().date();
        let days = |date: Date| (date - today).whole_days();
        vec![
            Deadline {
                id: "sentinel",
                title: "Sentinel leaves the Azure portal",
                date: SENTINEL_LEAVES,
                days: days(SENTINEL_LEAVES),
                note: "From then on Sentinel is used in the Defender portal. Rules and data stay.",
                page: "https://learn.microsoft.com/azure/sentinel/move-to-defender",
            },
            Deadline {
                id: "smtp",
                title: "SMTP passwords go off by default",
                date: SMTP_OFF,
                days: days(SMTP_OFF),
                note: "For existing tenants by the end of December. Administrators can switch them back on; the date \
                       of the final removal is announced in the second half of 2027.",
                page: "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online",
            },
        ]
    }

    pub fn standing(&self) -> Result<Standing, Fault> {
        let Redirects { sources, resolved, not_read } = self.store.redirect_counts()?;
        Ok(Standing { tally: self.store.tally()?, redirected: sources, resolved, not_read })
    }
}
