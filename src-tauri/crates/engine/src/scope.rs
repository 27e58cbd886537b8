//! One open connection: its store, its way to Microsoft, its clock.

use std::sync::Arc;

use cloud::{Account, Cloud};
use domain::fault::{Code, Fault};
use store::Store;
use time::OffsetDateTime;

use crate::clock::Clock;
use crate::request::Log;

/// What every verb works on. Cheap to clone.
#[derive(Clone)]
pub struct Scope {
    pub store: Arc<Store>,
    /// Absent where only files are open.
    pub cloud: Option<Cloud>,
    /// Who signs in: the mail tests look at what was typed before anything is sent.
    pub account: Option<Account>,
    /// By which windows and expiries are judged: a sandbox's story stands still.
    pub clock: Arc<dyn Clock>,
    /// By which readings are stamped.
    pub wall: Arc<dyn Clock>,
    pub log: Log,
}

impl Scope {
    pub fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    pub(crate) fn cloud(&self) -> Result<&Cloud, Fault> {
        self.cloud.as_ref().ok_or_else(|| {
            Fault::new(Code::Invalid, "Only files are open, so there is no tenant to ask.")
                .hint("Open the demo tenant or a connection first.")
        })
    }

    /// Runs `work` on a thread that may block.
    pub(crate) async fn store<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, store::StoreError> + Send + 'static,
    ) -> Result<T, Fault> {
        let store = self.store.clone();
        match tokio::task::spawn_blocking(move || work(&store)).await {
            Ok(answer) => Ok(answer?),
            Err(broken) => {
                Err(Fault::new(Code::Internal, format!("Work on the store ended early: {broken}.")))
            }
        }
    }
}
