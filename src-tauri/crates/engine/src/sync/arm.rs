//! Sentinel's incidents of one workspace, in pages of a thousand.

use cloud::arm::{IncidentsQuery, Workspace};
use cloud::{CloudError, Trail};
use domain::fault::Fault;
use domain::incident::Api;
use store::ArmRow;

use super::{after_page, begin, literal, since, stale};
use crate::Scope;
use crate::job::Control;

/// The order never changes while pages are turned, as the time of making never does.
const ORDER: &str = "properties/createdTimeUtc asc";

/// The most that ARM gives in one page.
/// <https://learn.microsoft.com/azure/sentinel/sentinel-service-limits>
const PAGE: u32 = 1_000;

impl Scope {
    pub(super) async fn sync_arm(&self, workspace: &Workspace, control: &Control) -> Result<u64, Fault> {
        let name = workspace.name.clone();
        let kept = self.store(move |store| store.listing(Api::Sentinel, &name)).await?;
        let mut listing = begin(kept, self.wall.now());
        let mut trail = Trail::new();
        let mut resumed = listing.next.is_some();
        let mut read = 0;
        loop {
            control.checkpoint().await;
            let page = match (listing.next.take(), std::mem::take(&mut resumed)) {
                (Some(next), false) => self.cloud()?.arm().follow(workspace, &next, &mut trail).await,
                // A page that the service no longer knows: from the top, rows are put over rows.
                (Some(next), true) => match self.cloud()?.arm().follow(workspace, &next, &mut trail).await {
                    Err(error) if stale(&error) => {
                        self.arm_page(workspace, since(&listing).map(literal)).await
                    }
                    page => page,
                },
                (None, _) => self.arm_page(workspace, since(&listing).map(literal)).await,
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
            let last = page.next.is_none();
            let at = self.wall.now();
            listing = after_page(&listing, newest, page.next, at);
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

    async fn arm_page(
        &self,
        workspace: &Workspace,
        since: Option<String>,
    ) -> Result<cloud::Page<wire::arm::incident::Incident>, CloudError> {
        let cloud = self.cloud.as_ref().ok_or(CloudError::NotFound { what: "tenant".into() })?;
        let ask =
            |filter: Option<String>| IncidentsQuery { filter, orderby: Some(ORDER.into()), top: Some(PAGE) };
        let changed = since.map(|since| format!("properties/lastModifiedTimeUtc ge {since}"));
        match cloud.arm().incidents(workspace, &ask(changed.clone())).await {
            // A service that refuses the filter is listed from the top.
            Err(CloudError::Rejected { status: 400, .. }) if changed.is_some() => {
                cloud.arm().incidents(workspace, &ask(None)).await
            }
            page => page,
        }
    }
}
