//! Keeps pages behind the requests: several of one list in one transaction, with the state behind the last of them.
//!
//! Bounded: who reads faster than the disk writes waits here. A crash loses what was not kept, and the state that
//! was kept asks for it again.

use domain::fault::{Code, Fault};
use store::Listing;
use time::OffsetDateTime;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::list::Source;
use crate::Scope;
use crate::job::Control;

/// Pages that may wait to be written.
const WAITING: usize = 8;

/// Rows of one transaction, a page more or less: others want to write too.
const TOGETHER: usize = 2_000;

/// A page to keep.
pub(super) struct Kept<S: Source> {
    /// Pages of one list may share a transaction.
    pub list: usize,
    pub source: S,
    pub rows: Vec<S::Row>,
    pub state: Listing,
    pub at: OffsetDateTime,
}

/// Writes until it is told the end; dropped, it stops behind the transaction under way.
pub(super) struct Keeper<S: Source> {
    pages: mpsc::Sender<Kept<S>>,
    work: JoinSet<Result<(), Fault>>,
}

impl<S: Source> Keeper<S> {
    pub(super) fn start(scope: &Scope, control: &Control) -> Self {
        let (pages, waiting) = mpsc::channel(WAITING);
        let mut work = JoinSet::new();
        work.spawn(write_all(scope.clone(), control.clone(), waiting));
        Self { pages, work }
    }

    /// Whether it still takes pages; where not, [`Keeper::end`] says why.
    pub(super) async fn keep(&self, page: Kept<S>) -> bool {
        self.pages.send(page).await.is_ok()
    }

    /// Waits until everything is written.
    pub(super) async fn end(mut self) -> Result<(), Fault> {
        drop(self.pages);
        match self.work.join_next().await {
            Some(Ok(written)) => written,
            Some(Err(broken)) => Err(Fault::new(Code::Internal, format!("Pages were not kept: {broken}."))),
            None => Ok(()),
        }
    }
}

async fn write_all<S: Source>(
    scope: Scope,
    control: Control,
    mut waiting: mpsc::Receiver<Kept<S>>,
) -> Result<(), Fault> {
    let mut next = waiting.recv().await;
    while let Some(mut page) = next.take() {
        let mut rows = page.rows.len() as u64;
        while page.rows.len() < TOGETHER {
            match waiting.try_recv() {
                Ok(more) if more.list == page.list => {
                    rows += more.rows.len() as u64;
                    page.rows.extend(more.rows);
                    (page.state, page.at) = (more.state, more.at);
                }
                Ok(other) => {
                    next = Some(other);
                    break;
                }
                Err(_) => break,
            }
        }
        scope.store(move |store| page.source.keep(store, &page.rows, &page.state, page.at)).await?;
        scope.flush_log().await?;
        control.advance(rows);
        if next.is_none() {
            next = waiting.recv().await;
        }
    }
    Ok(())
}
