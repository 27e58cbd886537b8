//! What one stage met: its faults, and its runners' own counts.

use crate::step::{Outcome, Step};
use crate::tally::Tally;

#[derive(Default)]
pub struct Report {
    pub tally: Tally,
    pub faults: Vec<String>,
}

impl Report {
    /// Runs a step and keeps its fault; a stage goes on, so that one run tells everything that is wrong.
    pub fn step(&mut self, step: Step) -> bool {
        let done = step.counted(&mut self.tally);
        self.note(done)
    }

    /// True where there was no fault.
    pub fn note(&mut self, done: Outcome) -> bool {
        match done {
            Ok(()) => true,
            Err(why) => {
                println!("FAILED: {why}");
                self.faults.push(why);
                false
            }
        }
    }

    /// A stage that neither failed nor tested anything did not run.
    pub fn close(&mut self) {
        if self.faults.is_empty() && self.tally.is_empty() {
            self.faults.push("no test ran".into());
        }
    }
}
