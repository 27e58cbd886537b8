//! Jobs: started once at a time per command, watched, paused, cancelled.

use std::future::Future;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use contract::event::{Event, Topic};
use contract::job::{JobPlan, JobState, JobView};
use domain::fault::{Code, Fault};
use engine::{Control, Progress};
use tokio::sync::{broadcast, watch};
use tokio::task::AbortHandle;

/// Between two messages about the same job, unless its step changes.
const QUIET: Duration = Duration::from_millis(100);

/// Between two messages that the job's topics are stale while it runs.
const STALE: Duration = Duration::from_secs(1);

/// Ended jobs that are remembered.
const REMEMBERED: usize = 20;

struct Entry {
    view: JobView,
    /// What it works on, where the command can run for several things at once.
    about: String,
    started: Instant,
    told: Instant,
    stale_told: Instant,
    topics: &'static [Topic],
    pause: watch::Sender<bool>,
    abort: Option<AbortHandle>,
}

/// All jobs of the process. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Jobs {
    entries: Arc<Mutex<Vec<Entry>>>,
    /// Ids are never used again: a job that was cancelled may still have a word to say.
    last_id: Arc<AtomicU32>,
    events: broadcast::Sender<Event>,
}

impl Jobs {
    pub fn new(events: broadcast::Sender<Event>) -> Self {
        Self { entries: Arc::default(), last_id: Arc::default(), events }
    }

    fn entries(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn list(&self) -> Vec<JobView> {
        self.entries().iter().map(|entry| entry.view.clone()).collect()
    }

    /// Starts `work`, unless the same command is under way about the same already: then that one is answered.
    pub fn start<W, F>(&self, command: &str, about: &str, work: W) -> JobView
    where
        W: FnOnce(Control) -> F,
        F: Future<Output = Result<(), Fault>> + Send + 'static,
    {
        let (view, control) = {
            let mut entries = self.entries();
            let same = |entry: &&Entry| entry.view.command == command && entry.about == about;
            if let Some(entry) = entries.iter().filter(same).find(|entry| running(&entry.view)) {
                return entry.view.clone();
            }
            let id = self.last_id.fetch_add(1, Ordering::Relaxed) + 1;
            let (entry, paused) = new_entry(id, command, about);
            let view = entry.view.clone();
            entries.push(entry);
            let surplus = entries.len().saturating_sub(REMEMBERED);
            let mut dropped = 0;
            entries.retain(|entry| {
                running(&entry.view) || {
                    dropped += 1;
                    dropped > surplus
                }
            });
            (view, Control::new(self.watcher(id), paused))
        };
        self.tell(&view);
        let (jobs, id, work) = (self.clone(), view.id, work(control));
        let task = tokio::spawn(async move {
            let outcome = work.await;
            jobs.end(id, outcome);
        });
        if let Some(entry) = self.entries().iter_mut().find(|entry| entry.view.id == id) {
            entry.abort = Some(task.abort_handle());
        }
        view
    }

    /// Whether a job of this command is under way.
    pub fn is_running(&self, command: &str) -> bool {
        self.entries().iter().any(|entry| entry.view.command == command && running(&entry.view))
    }

    pub fn pause(&self, id: u32, pause: bool) -> Result<(), Fault> {
        let view = {
            let mut entries = self.entries();
            let entry = find(&mut entries, id)?;
            if running(&entry.view) {
                let _ = entry.pause.send(pause);
                entry.view.state = if pause { JobState::Paused } else { JobState::Running };
            }
            entry.view.clone()
        };
        self.tell(&view);
        Ok(())
    }

    pub fn cancel(&self, id: u32) -> Result<(), Fault> {
        let sentence = match find(&mut self.entries(), id)?.view.command.as_str() {
            "change_apply" | "change_undo" => {
                "Cancelled. What was written before stays, and Changes lists it."
            }
            _ => "Cancelled. What was read before is kept.",
        };
        self.end(id, Err(Fault::new(Code::Cancelled, sentence)));
        Ok(())
    }

    pub fn end_all(&self) {
        let ids: Vec<u32> = self.list().into_iter().filter(running).map(|view| view.id).collect();
        for id in ids {
            let _ = self.cancel(id);
        }
        for entry in self.entries().drain(..) {
            if let Some(abort) = entry.abort {
                abort.abort();
            }
        }
    }

    fn end(&self, id: u32, outcome: Result<(), Fault>) {
        let (view, topics) = {
            let mut entries = self.entries();
            let Some(entry) = entries.iter_mut().find(|entry| entry.view.id == id && running(&entry.view))
            else {
                return;
            };
            entry.view.waiting = None;
            entry.view.left = None;
            let said_no = waits(&entry.view);
            if let Some(asked) = &mut entry.view.asked {
                asked.waits = false;
            }
            entry.view.state = match &outcome {
                Ok(()) => JobState::Done,
                Err(fault) if fault.code == Code::Cancelled => JobState::Cancelled,
                Err(_) => JobState::Failed,
            };
            entry.view.failure = outcome.err().map(Into::into);
            if entry.view.state == JobState::Cancelled {
                match &entry.abort {
                    // Its plan was refused: it ends by itself, with what follows a no.
                    _ if said_no => entry.pause = watch::channel(false).0,
                    Some(abort) => abort.abort(),
                    None => {}
                }
            }
            (entry.view.clone(), entry.topics)
        };
        self.tell(&view);
        let _ = self.events.send(Event::Changed { topics: topics.to_vec() });
    }

    fn watcher(&self, id: u32) -> engine::job::Watcher {
        let jobs = self.clone();
        Arc::new(move |progress| jobs.progress(id, progress))
    }

    fn progress(&self, id: u32, progress: &Progress) {
        let (view, stale) = {
            let mut entries = self.entries();
            let Some(entry) = entries.iter_mut().find(|entry| entry.view.id == id && running(&entry.view))
            else {
                return;
            };
            let news = entry.view.step != progress.step
                || entry.view.waiting.is_some() != progress.waiting.is_some()
                || entry.view.asked != asked(progress);
            if waits(&entry.view) && !progress.asked.as_ref().is_some_and(|asked| asked.waits) {
                // It begins now: what it took a person to decide is no time of the job's.
                entry.started = Instant::now();
            }
            put(&mut entry.view, progress, entry.started.elapsed());
            if news && waits(&entry.view) {
                entry.view.state = JobState::Paused;
                let _ = entry.pause.send(true);
            }
            if !news && entry.told.elapsed() < QUIET {
                return;
            }
            entry.told = Instant::now();
            let stale = (entry.stale_told.elapsed() >= STALE).then_some(entry.topics);
            if stale.is_some() {
                entry.stale_told = entry.told;
            }
            (entry.view.clone(), stale)
        };
        self.tell(&view);
        if let Some(topics) = stale {
            let _ = self.events.send(Event::Changed { topics: topics.to_vec() });
        }
    }

    /// Nobody may be listening; that is no fault of the job's.
    fn tell(&self, view: &JobView) {
        let _ = self.events.send(Event::Job { job: view.clone() });
        let _ = self.events.send(Event::Changed { topics: vec![Topic::Jobs] });
    }
}

fn new_entry(id: u32, command: &str, about: &str) -> (Entry, watch::Receiver<bool>) {
    let (pause, paused) = watch::channel(false);
    let topics =
        contract::COMMANDS.iter().find(|entry| entry.name == command).map_or(&[][..], |entry| entry.topics);
    let view = JobView {
        id,
        command: command.to_owned(),
        state: JobState::Running,
        step: String::new(),
        done: 0,
        total: None,
        rate: 0.0,
        left: None,
        waiting: None,
        asked: None,
        failure: None,
    };
    let now = Instant::now();
    let about = about.to_owned();
    (Entry { view, about, started: now, told: now, stale_told: now, topics, pause, abort: None }, paused)
}

fn find(entries: &mut [Entry], id: u32) -> Result<&mut Entry, Fault> {
    entries
        .iter_mut()
        .find(|entry| entry.view.id == id)
        .ok_or_else(|| Fault::new(Code::NotFound, format!("There is no job {id}.")))
}

fn running(view: &JobView) -> bool {
    matches!(view.state, JobState::Running | JobState::Paused)
}

fn waits(view: &JobView) -> bool {
    view.asked.as_ref().is_some_and(|asked| asked.waits)
}

fn asked(progress: &Progress) -> Option<JobPlan> {
    let asked = progress.asked.clone()?;
    Some(JobPlan { plan: asked.plan, waits: asked.waits, outcome: asked.outcome })
}

fn put(view: &mut JobView, progress: &Progress, elapsed: Duration) {
    view.step.clone_from(&progress.step);
    view.done = progress.done;
    view.total = progress.total;
    view.rate = progress.done as f64 / elapsed.as_secs_f64().max(0.001);
    view.left = progress
        .total
        .filter(|total| *total > progress.done && view.rate > 0.0)
        .map(|total| (total - progress.done) as f64 / view.rate);
    view.asked = asked(progress);
    view.waiting = progress.waiting.map(|wait| wait.as_secs_f64());
}
