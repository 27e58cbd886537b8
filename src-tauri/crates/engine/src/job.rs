//! How work that takes long says where it is, waits when paused, and ends when dropped.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

/// Where a job is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// What is being done, a short sentence.
    pub step: String,
    pub done: u64,
    pub total: Option<u64>,
    /// A wait that the service asked for.
    pub waiting: Option<Duration>,
}

/// Told of every change; called on the job's own thread, so it returns at once.
pub type Watcher = Arc<dyn Fn(&Progress) + Send + Sync>;

/// The job's end of the line. Cheap to clone; clones speak for the same job.
#[derive(Clone)]
pub struct Control {
    progress: Arc<Mutex<Progress>>,
    watcher: Watcher,
    paused: watch::Receiver<bool>,
}

impl Control {
    pub fn new(watcher: Watcher, paused: watch::Receiver<bool>) -> Self {
        Self { progress: Arc::default(), watcher, paused }
    }

    /// For callers that neither watch nor pause.
    pub fn silent() -> Self {
        Self::new(Arc::new(|_| {}), watch::channel(false).1)
    }

    pub fn step(&self, step: impl Into<String>) {
        self.change(|progress| progress.step = step.into());
    }

    pub fn advance(&self, done: u64) {
        self.change(|progress| progress.done += done);
    }

    pub fn expect(&self, more: u64) {
        self.change(|progress| progress.total = Some(progress.total.unwrap_or(0) + more));
    }

    pub fn waiting(&self, wait: Option<Duration>) {
        self.change(|progress| progress.waiting = wait);
    }

    /// A place to stop at: returns at once, or when the pause ends.
    pub async fn checkpoint(&self) {
        let mut paused = self.paused.clone();
        // The other end is gone only when nobody can pause any more.
        let _ = paused.wait_for(|paused| !paused).await;
    }

    fn change(&self, change: impl FnOnce(&mut Progress)) {
        let now = {
            let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
            change(&mut progress);
            progress.clone()
        };
        (self.watcher)(&now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_paused_job_waits_and_goes_on() {
        let (pause, paused) = watch::channel(true);
        let control = Control::new(Arc::new(|_| {}), paused);
        let waiting = tokio::spawn({
            let control = control.clone();
            async move { control.checkpoint().await }
        });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished(), "it must wait while paused");
        pause.send(false).expect("the job listens");
        waiting.await.expect("it goes on");
    }

    #[test]
    fn progress_adds_up() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let keep = seen.clone();
        let watcher: Watcher =
            Arc::new(move |progress: &Progress| keep.lock().unwrap().push(progress.clone()));
        let control = Control::new(watcher, watch::channel(false).1);
        control.expect(10);
        control.expect(5);
        control.advance(4);
        let last = seen.lock().unwrap().last().cloned().expect("it was told");
        assert_eq!((last.done, last.total), (4, Some(15)));
    }
}
