//! Sentinel's incidents of one workspace, in pages of a thousand.

use cloud::arm::{IncidentsQuery, Workspace};
use cloud::{CloudError, Trail};
use domain::fault::Fault;
use domain::incident::Api;
use store::ArmRow;
use time::OffsetDateTime;

use super::{after_page, begin, literal, since, stale};
use crate::Scope;
use crate::job::Control;

/// The order never changes while pages are turned, as the time of making never does.
const ORDER: &str = "properties/createdTimeUtc asc";

/// The most that ARM gives in one page.
/// <https://learn.microsoft.com/azure/sentinel/sentinel-service-limits>
const PAGE: u32 = 1_000;

/// Begins the state of a listing that goes on by the time of making, in place of a page's address.
const MADE_SINCE: &str = "made since ";

impl Scope {
    pub(super) async fn sync_arm(&self, workspace: &Workspace, control: &Control) -> Result<u64, Fault> {
        let name = workspace.name.clone();
        let kept = self.store(move |store| store.listing(Api::Sentinel, &name)).await?;
        let mut listing = begin(kept, self.wall.now());
        let mut trail = Trail::new();
        let mut resumed = listing.next.is_some();
        let mut made = None;
        let mut read = 0;
        loop {
            control.checkpoint().await;
            let page = match (listing.next.take(), std::mem::take(&mut resumed)) {
                (Some(next), _) if next.starts_with(MADE_SINCE) => {
                    self.arm_page(workspace, since(&listing).map(literal), next.strip_prefix(MADE_SINCE))
                        .await
                }
                (Some(next), false) => self.cloud()?.arm().follow(workspace, &next, &mut trail).await,
                // A page that the service no longer knows: from the top, rows are put over rows.
                (Some(next), true) => match self.cloud()?.arm().follow(workspace, &next, &mut trail).await {
                    Err(error) if stale(&error) => {
                        self.arm_page(workspace, since(&listing).map(literal), None).await
                    }
                    page => page,
                },
                (None, _) => self.arm_page(workspace, since(&listing).map(literal), None).await,
            }
            .map_err(|error| error.fault())?;
            let rows: Vec<ArmRow> = page
                .items
                .into_iter()
                .filter_map(|item| {
                    let incident = translate::incident::sentinel(&item.wire, &workspace.name)?;
                    Some(ArmRow { incident, raw: item.raw })
                })
                .collect();
            let newest = rows.iter().filter_map(|row| row.incident.modified).max();
            let count = rows.len() as u64;
            let next = page.next.or_else(|| beyond_cap(&rows, &mut made));
            let last = next.is_none();
            let at = self.wall.now();
            listing = after_page(&listing, newest, next, at);
            let (name, state) = (workspace.name.clone(), listing.clone());
            let request = format!("GET {}/providers/Microsoft.SecurityInsights/incidents", workspace.id);
            self.store(move |store| store.put_arm_page(&name, &rows, &request, &state, at)).await?;
            self.flush_log().await?;
            read += count;
            control.advance(count);
            if last {
                return Ok(read);
            }
        }
    }

    /// A first page: what changed since, and of that what was made since, where either is told.
    async fn arm_page(
        &self,
        workspace: &Workspace,
        since: Option<String>,
        made: Option<&str>,
    ) -> Result<cloud::Page<wire::arm::incident::Incident>, CloudError> {
        let cloud = self.cloud.as_ref().ok_or(CloudError::NotFound { what: "tenant".into() })?;
        let ask =
            |filter: Option<String>| IncidentsQuery { filter, orderby: Some(ORDER.into()), top: Some(PAGE) };
        let changed = since.map(|since| format!("properties/lastModifiedTimeUtc ge {since}"));
        let made = made.map(|made| format!("properties/createdTimeUtc ge {made}"));
        let parts: Vec<String> = changed.into_iter().chain(made.clone()).collect();
        let filter = (!parts.is_empty()).then(|| parts.join(" and "));
        match cloud.arm().incidents(workspace, &ask(filter.clone())).await {
            // A service that refuses the filter is listed from the top.
            Err(CloudError::Rejected { status: 400, .. }) if filter.is_some() && made.is_none() => {
                cloud.arm().incidents(workspace, &ask(None)).await
            }
            page => page,
        }
    }
}

/// How a listing goes on that ended with a full page: whether a thousand is the page's limit or the list's, Microsoft
/// does not say, so what was made since the page's last incident is asked for. `made` keeps the last such instant: a
/// service that gives the same page again has given all.
fn beyond_cap(rows: &[ArmRow], made: &mut Option<OffsetDateTime>) -> Option<String> {
    let latest = rows.iter().filter_map(|row| row.incident.created).max()?;
    if rows.len() < PAGE as usize || *made >= Some(latest) {
        return None;
    }
    *made = Some(latest);
    Some(format!("{MADE_SINCE}{}", literal(latest)))
}
