//! The clock that budgets and pauses go by: the machine's, or one that jumps to the next due time.
//!
//! Only waiting goes by it. Tokens, certificates and the stamps of readings follow the real clock.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::time::{Instant, sleep_until};

/// A clock to wait by. Instants are durations since a beginning of its own; it never goes back.
#[async_trait]
pub trait Pace: Send + Sync + 'static {
    fn now(&self) -> Duration;

    /// Returns when `due` has come.
    async fn until(&self, due: Duration);

    /// A request was sent, and `answered` will follow: a clock that jumps must not jump over an answer.
    fn sent(&self) {}

    fn answered(&self) {}
}

/// The machine's clock.
pub fn real() -> Arc<dyn Pace> {
    Arc::new(Real(Instant::now()))
}

struct Real(Instant);

#[async_trait]
impl Pace for Real {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    async fn until(&self, due: Duration) {
        sleep_until(self.0 + due).await;
    }
}
