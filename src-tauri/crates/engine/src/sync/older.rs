//! Defender's older incidents, which a large tenant's first sync leaves unread: where merged ones went first, then the
//! rest, some at a time, newest first.
//!
//! Each stretch of changes is counted, cut until it fits, read, and only then taken off what is unread, so that a run
//! that was broken off loses no more than one stretch. Never here: more requests in one run than [`MOST`], but for a
//! single second in which more changed.

use cloud::graph::GraphQuery;
use cloud::{CloudError, Trail};
use domain::fault::{Code, Fault};
use domain::incident::Api;
use store::Listing;
use time::{Duration, OffsetDateTime};

use super::graph::{PAGE, facts};
use super::{literal, unread_before};
use crate::Scope;
use crate::job::Control;

/// Requests of one run: less than a minute of what Graph gives.
const MOST: u64 = 40;

/// With fewer left, no other stretch is begun: counting it would take them.
const LEAST: u64 = 10;

/// How far back the first stretch of a run reaches, before it is cut or stretched to what is there.
const REACH: Duration = Duration::days(30);

/// Changes before `until`, and not before `from` where there is one.
#[derive(Clone, Copy)]
struct Span {
    from: Option<OffsetDateTime>,
    until: OffsetDateTime,
}

/// What of a run is left.
struct Run<'a> {
    requests: u64,
    reach: Duration,
    control: &'a Control,
}

impl Scope {
    /// What of Defender last changed before this was not asked for yet; `None` = nothing is left.
    ///
    /// # Errors
    /// The store's.
    pub fn unread_before(&self) -> Result<Option<OffsetDateTime>, Fault> {
        Ok(self.store.listing(Api::Graph, "")?.unread_before)
    }

    /// Asks where merged incidents went, as much as one run may ask for; answers how many ends are left.
    ///
    /// # Errors
    /// The store's. What Graph refuses stays unread.
    pub async fn read_ends(&self, control: &Control) -> Result<usize, Fault> {
        if self.unread_before()?.is_none() {
            return Ok(0);
        }
        let left = self.resolve_redirects(MOST as usize, control).await?;
        self.flush_log().await?;
        Ok(left)
    }

    /// Reads the newest of what is unread, as much as one run may ask for.
    ///
    /// # Errors
    /// What Graph or the store answers; what was read before is kept.
    pub async fn read_older(&self, control: &Control) -> Result<(), Fault> {
        control.step("Reading Defender's older incidents");
        let mut run = Run { requests: MOST, reach: REACH, control };
        while let Some(until) = self.unread_before()?.filter(|_| run.requests >= LEAST) {
            let Some(span) = self.next_span(until, &mut run).await? else { break };
            self.read_span(span, &mut run).await?;
            self.store(move |store| {
                let kept = store.listing(Api::Graph, "")?;
                let note = span.from.map(unread_before);
                store.set_listing(Api::Graph, "", &Listing { unread_before: span.from, note, ..kept })
            })
            .await?;
        }
        self.flush_log().await
    }

    /// The newest stretch that the rest of the run can read.
    async fn next_span(&self, until: OffsetDateTime, run: &mut Run<'_>) -> Result<Option<Span>, Fault> {
        let rest = Span { from: None, until };
        if pages(self.count_span(rest, run).await?) <= run.requests {
            return Ok(Some(rest));
        }
        while run.requests > 1 {
            let span = Span { from: Some(super::stretch::whole_second(until - run.reach)), until };
            let count = self.count_span(span, run).await?;
            if pages(count) <= run.requests || run.reach <= Duration::SECOND {
                run.reach = if count < PAGE { run.reach * 2 } else { run.reach };
                return Ok(Some(span));
            }
            run.reach /= 2;
        }
        Ok(None)
    }

    async fn count_span(&self, span: Span, run: &mut Run<'_>) -> Result<u64, Fault> {
        run.control.checkpoint().await;
        run.requests = run.requests.saturating_sub(1);
        let page = self.cloud()?.graph().incidents(&query(span, 1)).await.map_err(|error| error.fault())?;
        page.count.ok_or_else(|| {
            Fault::new(Code::BadAnswer, "Graph does not tell how many older incidents there are.")
                .hint("`xwalk sync --api graph` reads them all, without counting.")
        })
    }

    async fn read_span(&self, span: Span, run: &mut Run<'_>) -> Result<(), Fault> {
        let cloud = self.cloud()?;
        let mut trail = Trail::default();
        let mut page = cloud.graph().incidents(&query(span, PAGE)).await;
        loop {
            run.control.checkpoint().await;
            run.requests = run.requests.saturating_sub(1);
            let (rows, facts) = facts(page.map_err(|error: CloudError| error.fault())?);
            let (read, at) = (rows.len() as u64, self.wall.now());
            self.store(move |store| store.put_graph(&rows, "GET /v1.0/security/incidents", at)).await?;
            run.control.advance(read);
            let Some(next) = facts.next else { return Ok(()) };
            page = cloud.graph().follow(&next, &mut trail).await;
        }
    }
}

fn pages(count: u64) -> u64 {
    count.div_ceil(PAGE)
}

fn query(span: Span, top: u64) -> GraphQuery {
    let from = span.from.map(|from| format!("lastUpdateDateTime ge {}", literal(from)));
    let until = format!("lastUpdateDateTime lt {}", literal(span.until));
    let filter: Vec<String> = from.into_iter().chain([until]).collect();
    GraphQuery {
        filter: Some(filter.join(" and ")),
        top: Some(top as u32),
        count: true,
        ..GraphQuery::default()
    }
}
