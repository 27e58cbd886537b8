//! The log of what left the machine: gathered as it happens, written with the next page.

use std::sync::{Arc, Mutex, PoisonError};

use domain::fault::Fault;
use store::Store;
pub use store::{HostTally, RequestRow};

use crate::Scope;

/// Requests not yet in the store.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<RequestRow>>>);

impl Log {
    /// Where the cloud reports to.
    pub fn sink(&self) -> cloud::Sink {
        let log = self.clone();
        Arc::new(move |request| log.add(row(request)))
    }

    /// Notes what did not go through HTTP, such as an SMTP dialogue.
    pub fn add(&self, row: RequestRow) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(row);
    }

    /// Moves what was gathered into the store.
    pub fn flush(&self, store: &Store) -> Result<(), Fault> {
        let rows = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(store.add_requests(&rows)?)
    }
}

fn row(request: cloud::Request) -> RequestRow {
    RequestRow {
        at: request.at,
        verb: request.verb,
        host: request.host,
        path: request.path_and_query,
        purpose: request.purpose.to_owned(),
        status: request.status,
        bytes: request.bytes,
        took_ms: request.took.as_millis() as u64,
        refused: request.refused,
    }
}

impl Scope {
    /// Newest first, with the total that matches and what went to each host.
    pub fn requests(
        &self,
        text: &str,
        offset: u64,
        limit: u32,
    ) -> Result<(Vec<RequestRow>, u64, Vec<HostTally>), Fault> {
        self.log.flush(&self.store)?;
        let (rows, total) = self.store.requests(text, offset, limit)?;
        Ok((rows, total, self.store.request_hosts()?))
    }
}
