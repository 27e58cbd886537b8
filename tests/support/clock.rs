//! A clock that jumps to the next due time, for budgets that take minutes: ours and the sandbox's counters read it.
//!
//! It stands still while an answer is awaited. A jump of more than a moment waits until the process is calm, so that
//! whoever writes a page in between gets its turn first; that makes times exact, not answers right.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use cloud::pace::Pace;
use tokio::sync::Notify;

/// Jumps that take nobody's turn.
const MOMENT: Duration = Duration::from_secs(1);

/// Without news for so long (of the real clock), everybody waits.
const CALM: Duration = Duration::from_millis(40);

#[derive(Default)]
pub struct Jumping {
    state: Mutex<State>,
    news: Notify,
}

#[derive(Default)]
struct State {
    now: Duration,
    awaited: usize,
    due: Vec<Duration>,
    /// Counts what happened.
    events: u64,
}

impl Jumping {
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, change: impl FnOnce(&mut State)) {
        {
            let mut state = self.state();
            change(&mut state);
            state.events += 1;
        }
        self.news.notify_waiters();
    }

    /// Whether `due` has come, or may be jumped to.
    fn passes(&self, due: Duration, calm: bool) -> bool {
        let mut state = self.state();
        let next = state.due.iter().min() == Some(&due);
        let near = due.saturating_sub(state.now) <= MOMENT;
        if state.awaited == 0 && next && (calm || near) {
            state.now = state.now.max(due);
        }
        state.now >= due
    }
}

/// Somebody who waits; forgotten when dropped.
struct Waiter<'a>(&'a Jumping, Duration);

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        self.0.tell(|state| {
            if let Some(at) = state.due.iter().position(|due| *due == self.1) {
                state.due.swap_remove(at);
            }
        });
    }
}

#[async_trait]
impl Pace for Jumping {
    fn now(&self) -> Duration {
        self.state().now
    }

    async fn until(&self, due: Duration) {
        if self.now() >= due {
            return;
        }
        self.tell(|state| state.due.push(due));
        let _waiter = Waiter(self, due);
        let mut calm = false;
        loop {
            let news = self.news.notified();
            let before = self.state().events;
            if self.passes(due, calm) {
                return;
            }
            let silent = tokio::time::timeout(CALM, news).await.is_err();
            calm = silent && self.state().events == before;
        }
    }

    fn sent(&self) {
        self.tell(|state| state.awaited += 1);
    }

    fn answered(&self) {
        self.tell(|state| state.awaited = state.awaited.saturating_sub(1));
    }
}
