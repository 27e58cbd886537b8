//! From what a check found to its verdict and its sentence.
//!
//! Fail beats Review beats Could not run beats Pass: a place that can't be decided is never a pass, and a gap in what
//! was read never hides a finding.

use std::collections::HashSet;

use super::verdict::Verdict;
use super::{Kind, Offence};
use crate::analytics_rule::AnalyticsRule;
use crate::automation::AutomationRule;
use crate::playbook::Playbook;
use crate::tree::{Source, Unknown};

/// How a check's own code ends.
pub(super) enum Outcome {
    /// With a clause: "no playbooks in this import".
    CouldNotRun(String),
    /// With a sentence.
    NotApplicable(String),
    Ran(Finding),
}

/// What a check found while it looked.
pub(super) struct Finding {
    noun: &'static str,
    /// How many objects it judged.
    pub looked_at: usize,
    /// False when there is no object of the kind at all.
    pub kind_exists: bool,
    /// What could not be read, when part was.
    pub gap: Option<String>,
    offences: Vec<(Verdict, Offence)>,
    undecided: Vec<String>,
    /// Whole sentences added to the reason.
    pub notes: Vec<String>,
    /// Review at the least, although no object offends by itself.
    pub hangs: bool,
    /// Counted for a note.
    pub noted: usize,
    /// In place of the counting sentence, where the check has a better one.
    pub opening: Option<String>,
}

/// Something a finding can name.
pub(super) trait Named {
    const KIND: Kind;
    fn id(&self) -> Option<&str>;
    fn name(&self) -> &str;
}

impl Named for AutomationRule {
    const KIND: Kind = Kind::AutomationRule;
    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for AnalyticsRule {
    const KIND: Kind = Kind::AnalyticsRule;
    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for Playbook {
    const KIND: Kind = Kind::Playbook;
    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
    fn name(&self) -> &str {
        &self.name
    }
}

impl Finding {
    pub fn over(noun: &'static str) -> Finding {
        Finding {
            noun,
            looked_at: 0,
            kind_exists: true,
            gap: None,
            offences: Vec::new(),
            undecided: Vec::new(),
            notes: Vec::new(),
            hangs: false,
            noted: 0,
            opening: None,
        }
    }

    pub fn fail<N: Named>(&mut self, object: &N, at: &Source) {
        self.at(Verdict::Fail, object, at);
    }

    pub fn review<N: Named>(&mut self, object: &N, at: &Source) {
        self.at(Verdict::Review, object, at);
    }

    pub fn at<N: Named>(&mut self, verdict: Verdict, object: &N, at: &Source) {
        self.offend(verdict, offence(object, at));
    }

    pub fn offend(&mut self, verdict: Verdict, offence: Offence) {
        self.offences.push((verdict, offence));
    }

    /// The answer for this object hangs on something that can't be known.
    pub fn undecided<N: Named>(&mut self, object: &N, at: &Source, unknown: &Unknown) {
        self.undecided.push(format!("`{}` at `{}`: {}", object.name(), at.path, unknown.because));
    }

    /// Verdict, reason and objects, each object once per path.
    pub fn close(self) -> (Verdict, String, Vec<Offence>) {
        let verdict = self.verdict();
        let reason = self.reason(verdict);
        let mut seen = HashSet::new();
        let objects = self
            .offences
            .into_iter()
            .map(|(_, offence)| offence)
            .filter(|o| seen.insert((o.identity(), o.path.clone())))
            .collect();
        (verdict, reason, objects)
    }

    fn verdict(&self) -> Verdict {
        let any = |v: Verdict| self.offences.iter().any(|(found, _)| *found == v);
        if any(Verdict::Fail) {
            Verdict::Fail
        } else if any(Verdict::Review) || !self.undecided.is_empty() || self.hangs {
            Verdict::Review
        } else if self.gap.is_some() {
            Verdict::CouldNotRun
        } else if self.kind_exists {
            Verdict::Pass
        } else {
            Verdict::NotApplicable
        }
    }

    fn reason(&self, verdict: Verdict) -> String {
        let mut sentences = vec![self.opening(verdict)];
        sentences.extend(self.notes.iter().cloned());
        if !self.undecided.is_empty() {
            sentences.push(self.undecided_sentence());
        }
        if let (Some(gap), true) = (&self.gap, verdict != Verdict::CouldNotRun) {
            sentences.push(format!("Not all of it could be read: {gap}."));
        }
        sentences.retain(|s| !s.is_empty());
        sentences.join(" ")
    }

    /// How many places offend, an object that was read twice counted twice.
    pub fn places(&self) -> usize {
        self.offences.len()
    }

    /// How many objects offend.
    fn offenders(&self) -> usize {
        let all: HashSet<_> = self.offences.iter().map(|(_, o)| o.identity()).collect();
        all.len()
    }

    fn opening(&self, verdict: Verdict) -> String {
        let offenders = self.offenders();
        match verdict {
            Verdict::CouldNotRun => {
                format!("Could not run: {}", self.gap.as_deref().unwrap_or_default())
            }
            Verdict::NotApplicable => format!("There are no {}.", self.noun),
            _ if self.opening.is_some() => self.opening.clone().unwrap_or_default(),
            _ if self.looked_at == 0 => {
                format!("No {} are switched on.", self.noun)
            }
            _ if offenders == 0 => format!("Found in none of {} {}.", self.looked_at, self.noun),
            _ => format!("Found in {offenders} of {} {}.", self.looked_at, self.noun),
        }
    }

    /// Names the first three; the rest are counted.
    fn undecided_sentence(&self) -> String {
        let shown = self.undecided.iter().take(3).cloned().collect::<Vec<_>>();
        let more = self.undecided.len().saturating_sub(3);
        let tail = if more > 0 { format!("; and {more} more") } else { String::new() };
        format!("Can't be decided for {}{tail}.", shown.join("; "))
    }
}

fn offence<N: Named>(object: &N, at: &Source) -> Offence {
    Offence {
        kind: N::KIND,
        id: object.id().map(str::to_owned),
        name: object.name().to_owned(),
        file: at.file.clone(),
        path: at.path.clone(),
        value: at.raw.clone(),
    }
}
