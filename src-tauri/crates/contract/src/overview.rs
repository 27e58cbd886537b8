//! The first screen: clocks, state, what to do first.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::readiness::{Coverage, Verdict};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Deadline {
    /// `sentinel` or `smtp`.
    pub id: String,
    pub title: String,
    /// ISO date.
    pub date: String,
    pub days: i64,
    /// What happens then, and what does not.
    pub note: String,
    pub page: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct AreaVerdicts {
    pub area: String,
    pub verdicts: Vec<(Verdict, u32)>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FirstThing {
    pub title: String,
    pub detail: String,
    /// Route to go to, such as `/readiness?check=AU-01`.
    pub route: String,
    pub verdict: Verdict,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Overview {
    pub deadlines: Vec<Deadline>,
    pub incidents: u64,
    pub twins: u64,
    pub sentinel_incidents: u64,
    pub graph_incidents: u64,
    pub redirected: u64,
    pub resolved: u64,
    /// Their target could not be found.
    pub unresolved: u64,
    /// Their target is named, and its Defender side not read yet.
    pub not_read: u64,
    pub coverage: Option<Coverage>,
    pub areas: Vec<AreaVerdicts>,
    /// Verdicts of the last mail ladder; empty = not run.
    pub mail: Vec<(Verdict, u32)>,
    pub first: Vec<FirstThing>,
}
