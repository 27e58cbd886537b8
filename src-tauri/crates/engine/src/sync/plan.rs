//! What a long sync will ask, told before it asks: requests, rows and time for each API, from counts and budgets.
//!
//! A first sync has one, and a reconcile; others ask for what changed, which nobody can count beforehand.

use std::time::Duration;

use cloud::Cloud;
use domain::incident::Api;

/// A first sync of more than so many incidents is put to a person before it begins.
const LONG: u64 = 5_000;

/// One API's part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub requests: u64,
    /// Single incidents that may be asked for behind the sync: where merged ones went. At most; how many are known is
    /// told by the lists themselves.
    pub singles: u64,
    pub rows: u64,
    /// By the API's budget alone.
    pub time: Duration,
}

/// What a first sync will ask; an API that is not counted beforehand is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SyncPlan {
    pub sentinel: Option<Part>,
    pub graph: Option<Part>,
    pub logs: Option<Part>,
}

impl SyncPlan {
    /// `None` where nothing was counted.
    pub(super) fn new(
        cloud: &Cloud,
        sentinel: Option<Part>,
        graph: Option<Part>,
        logs: Option<Part>,
    ) -> Option<Self> {
        let timed = |api: Api, part: Option<Part>| {
            part.map(|part| Part { time: cloud.takes(api, part.requests), ..part })
        };
        let plan = Self {
            sentinel: timed(Api::Sentinel, sentinel),
            graph: timed(Api::Graph, graph),
            logs: timed(Api::Logs, logs),
        };
        plan.parts().next().is_some().then_some(plan)
    }

    fn parts(&self) -> impl Iterator<Item = Part> {
        [self.sentinel, self.graph, self.logs].into_iter().flatten()
    }

    pub fn requests(&self) -> u64 {
        self.parts().map(|part| part.requests).sum()
    }

    /// Incidents to be read, over both APIs; rows of the log are no incidents.
    pub fn rows(&self) -> u64 {
        [self.sentinel, self.graph].into_iter().flatten().map(|part| part.rows).sum()
    }

    /// Whether it is worth a question.
    pub fn is_long(&self) -> bool {
        [self.sentinel, self.graph].into_iter().flatten().any(|part| part.rows > LONG)
    }

    /// The APIs are asked side by side, so the slowest tells.
    pub fn time(&self) -> Duration {
        self.parts().map(|part| part.time).max().unwrap_or_default()
    }

    /// Single requests behind those, at most.
    pub fn singles(&self) -> u64 {
        self.parts().map(|part| part.singles).sum()
    }

    /// The plan beside what happened.
    pub fn beside(&self, requests: u64) -> String {
        let planned = grouped(self.requests());
        format!("Planned {planned} requests, {} were needed.", grouped(requests))
    }

    /// `About 1,080 requests (ARM 1,000, Graph 20, log 60), 1,000,000 rows, at least 4 minutes.`
    pub fn sentence(&self) -> String {
        let named = [("ARM", self.sentinel), ("Graph", self.graph), ("log", self.logs)];
        let parts: Vec<String> = named
            .into_iter()
            .filter_map(|(name, part)| Some(format!("{name} {}", grouped(part?.requests))))
            .collect();
        let (requests, rows) = (grouped(self.requests()), grouped(self.rows()));
        let time = match self.time().as_secs() {
            0 => String::new(),
            seconds @ 1..120 => format!(", at least {seconds} seconds"),
            seconds => format!(", at least {} minutes", seconds.div_ceil(60)),
        };
        let singles = match self.singles() {
            0 => String::new(),
            singles => {
                format!(" Behind it at most {} more, for where merged incidents went.", grouped(singles))
            }
        };
        format!("About {requests} requests ({}), {rows} rows{time}.{singles}", parts.join(", "))
    }
}

/// A number as people read it: `1,000,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_a_sentence() {
        let part = |requests, rows, seconds| {
            Some(Part { requests, rows, time: Duration::from_secs(seconds), singles: 0 })
        };
        let plan =
            SyncPlan { sentinel: part(1_000, 1_000_000, 30), graph: part(20, 950, 0), logs: part(60, 0, 0) };
        let said = "About 1,080 requests (ARM 1,000, Graph 20, log 60), 1,000,950 rows, at least 30 seconds.";
        assert_eq!(plan.sentence(), said);
        assert!(plan.is_long() && !SyncPlan { sentinel: part(5, 5_000, 0), ..plan }.is_long());
        assert_eq!(plan.beside(1_081), "Planned 1,080 requests, 1,081 were needed.");
        let merged = Part { singles: 2_000, ..Part::default() };
        let merged = SyncPlan { logs: Some(merged), ..plan };
        assert!(
            merged.sentence().ends_with("Behind it at most 2,000 more, for where merged incidents went.")
        );
        let slow = SyncPlan { graph: part(1_000, 50_000, 1_141), ..SyncPlan::default() };
        assert_eq!(slow.sentence(), "About 1,000 requests (Graph 1,000), 50,000 rows, at least 20 minutes.");
    }
}
