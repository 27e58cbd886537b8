//! Defender's incidents, in pages of fifty, newest first.

use cloud::graph::GraphQuery;
use cloud::{CloudError, Trail};
use domain::fault::Fault;
use domain::incident::Api;
use store::GraphRow;

use super::{after_page, begin, literal, since, stale};
use crate::job::Control;
use crate::{Scope, incident};

/// The most that Graph gives in one page; more is refused.
const PAGE: u32 = 50;

impl Scope {
    pub(super) async fn sync_graph(&self, control: &Control) -> Result<u64, Fault> {
        let kept = self.store(|store| store.listing(Api::Graph, "")).await?;
        let mut listing = begin(kept, self.wall.now());
        let mut trail = Trail::new();
        let mut resumed = listing.next.is_some();
        let mut read = 0;
        let mut writing: Option<tokio::task::JoinHandle<Result<(), Fault>>> = None;
        loop {
            control.checkpoint().await;
            let fetched = match (listing.next.take(), std::mem::take(&mut resumed)) {
                (Some(next), false) => self.cloud()?.graph().follow(&next, &mut trail).await,
                (Some(next), true) => match self.cloud()?.graph().follow(&next, &mut trail).await {
                    Err(error) if stale(&error) => self.graph_page(since(&listing).map(literal)).await,
                    page => page,
                },
                (None, _) => self.graph_page(since(&listing).map(literal)).await,
            };
            // The page before is kept before this one is looked at, so that order and failures stay in line.
            wait_for(writing.take()).await?;
            let page = fetched.map_err(|error| error.fault())?;
            let rows: Vec<GraphRow> = page.items.into_iter().filter_map(incident::graph_row).collect();
            let newest = rows.iter().filter_map(|row| row.incident.modified).max();
            let count = rows.len() as u64;
            let last = page.next.is_none();
            listing = after_page(&listing, newest, page.next, self.wall.now());
            let (scope, state) = (self.clone(), listing.clone());
            writing = Some(tokio::spawn(async move { scope.keep_graph_page(rows, state).await }));
            read += count;
            control.advance(count);
            if last {
                wait_for(writing).await?;
                self.store(|store| store.settle_twins()).await?;
                return Ok(read);
            }
        }
    }

    async fn keep_graph_page(&self, rows: Vec<GraphRow>, state: store::Listing) -> Result<(), Fault> {
        let at = self.wall.now();
        let request = "GET /v1.0/security/incidents";
        self.store(move |store| store.put_graph_page(&rows, request, &state, at)).await?;
        self.flush_log().await
    }

    async fn graph_page(
        &self,
        since: Option<String>,
    ) -> Result<cloud::Page<wire::graph::incident::Incident>, CloudError> {
        let cloud = self.cloud.as_ref().ok_or(CloudError::NotFound { what: "tenant".into() })?;
        let filter = since.map(|since| format!("lastUpdateDateTime ge {since}"));
        cloud.graph().incidents(&GraphQuery { filter, top: Some(PAGE), expand_alerts: false }).await
    }
}

async fn wait_for(writing: Option<tokio::task::JoinHandle<Result<(), Fault>>>) -> Result<(), Fault> {
    use domain::fault::Code;
    match writing {
        Some(handle) => handle.await.unwrap_or_else(|broken| {
            Err(Fault::new(Code::Internal, format!("A page was not kept: {broken}.")))
        }),
        None => Ok(()),
    }
}
