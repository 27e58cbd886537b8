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
    pub asked: Option<Asked>,
}

/// What a long job will do. It is put to whoever watches before anything of it is done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// A sentence.
    pub plan: String,
    /// Whether it still waits for the word; ending the pause gives it.
    pub waits: bool,
    /// The plan beside what happened.
    pub outcome: Option<String>,
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

    /// Puts a plan to whoever watches and answers whether it may begin: at once where nobody can be asked. Who lets
    /// the pause go without ending it says no.
    pub async fn ask(&self, plan: String) -> bool {
        self.change(|progress| progress.asked = Some(Asked { plan, waits: true, outcome: None }));
        let agreed = self.paused.clone().wait_for(|paused| !paused).await.is_ok();
        self.change_asked(|asked| asked.waits = false);
        agreed
    }

    /// What became of a plan that was put to somebody.
    pub fn answer(&self, outcome: String) {
        self.change_asked(|asked| asked.outcome = Some(outcome));
    }

    fn change_asked(&self, change: impl FnOnce(&mut Asked)) {
        self.change(|progress| {
            if let Some(asked) = &mut progress.asked {
                change(asked);
            }
        });
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

    #[tokio::test]
    async fn a_plan_waits_for_the_word_and_nobody_is_waited_for_who_can_not_be_asked() {
        let (pause, paused) = watch::channel(false);
        let (tell, mut told) = watch::channel(None);
        // As a watcher does that has somebody to ask: it pauses the job.
        let watcher: Watcher = Arc::new(move |progress: &Progress| {
            if progress.asked.as_ref().is_some_and(|asked| asked.waits) {
                pause.send_replace(true);
            }
            tell.send_replace(progress.asked.clone().map(|asked| (asked, pause.clone())));
        });
        let control = Control::new(watcher, paused);
        let asking = tokio::spawn({
            let control = control.clone();
            async move {
                assert!(control.ask("About 1,080 requests.".to_owned()).await);
                control.answer("1,081 were needed.".to_owned());
            }
        });
        told.wait_for(Option::is_some).await.expect("it asks");
        tokio::task::yield_now().await;
        assert!(!asking.is_finished(), "it waits for the word");
        let pause = told.borrow().as_ref().map(|(_, pause)| pause.clone()).expect("it was told");
        pause.send_replace(false);
        asking.await.expect("it goes on");
        let (asked, _) = told.borrow().clone().expect("it was told");
        assert_eq!((asked.waits, asked.outcome.as_deref()), (false, Some("1,081 were needed.")));
        assert!(Control::silent().ask("Nobody hears it.".to_owned()).await);
    }

    #[tokio::test]
    async fn a_pause_that_is_let_go_is_a_no() {
        let (pause, paused) = watch::channel(true);
        let control = Control::new(Arc::new(|_| {}), paused);
        let asking = tokio::spawn(async move { control.ask("About 1,080 requests.".to_owned()).await });
        drop(pause);
        assert!(!asking.await.expect("it ends"));
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
