//! Work that takes longer than a moment.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::ErrorView;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    Running,
    Paused,
    Done,
    Failed,
    Cancelled,
}

/// What a long job will do, put to a person before it does any of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct JobPlan {
    /// A sentence.
    pub plan: String,
    /// Whether it waits for the word: `job_resume` gives it, `job_cancel` refuses it.
    pub waits: bool,
    /// The plan beside what happened, a sentence.
    pub outcome: Option<String>,
}

/// One job, now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct JobView {
    pub id: u32,
    /// The command that started it, such as `sync_run`.
    pub command: String,
    pub state: JobState,
    /// What is being done, a short sentence.
    pub step: String,
    pub done: u64,
    /// Unknown until the other side tells.
    pub total: Option<u64>,
    /// Items a second over the job so far.
    pub rate: f64,
    /// Seconds, from rate and total.
    pub left: Option<f64>,
    /// Seconds of a wait that the service asked for.
    pub waiting: Option<f64>,
    /// Null where nothing was asked.
    pub asked: Option<JobPlan>,
    pub failure: Option<ErrorView>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct JobId {
    pub id: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct JobList {
    pub jobs: Vec<JobView>,
}
