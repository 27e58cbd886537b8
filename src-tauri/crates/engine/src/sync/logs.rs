//! What the log still tells of the time before the merges: which Graph incident an ARM incident was.

use cloud::arm::Workspace;
use cloud::loganalytics::Kql;
use domain::fault::{Code, Fault};
use domain::incident::{Api, Identity};
use store::Listing;
use time::OffsetDateTime;

use super::{after_page, begin, since};
use crate::Scope;
use crate::job::Control;

impl Scope {
    pub(super) async fn sync_logs(&self, workspace: &Workspace, control: &Control) -> Result<u64, Fault> {
        let name = workspace.name.clone();
        let kept = self.store(move |store| store.listing(Api::Logs, &name)).await?;
        let listing = begin(kept, self.wall.now());
        let from = since(&listing).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        control.checkpoint().await;
        let query = Kql::incident_identity(from);
        let answer = self.cloud()?.logs().query(&workspace.customer_id, &query).await;
        let table = answer.map_err(|error| error.fault())?;
        let found = translate::incident::identities(&table.columns, &table.rows).ok_or_else(|| {
            Fault::new(Code::BadAnswer, "The log's answer lacks a column that was asked for.")
        })?;
        let at = self.wall.now();
        let state = match &table.partial {
            // A part is kept; the watermark stays, so that the rest is asked for again.
            Some(why) => Listing { trouble: Some(format!("The log answered in part: {why}")), ..listing },
            None => after_page(&listing, found.iter().filter_map(|(_, at)| *at).max(), None, at),
        };
        let identities: Vec<Identity> = found.into_iter().map(|(identity, _)| identity).collect();
        let count = identities.len() as u64;
        let name = workspace.name.clone();
        self.store(move |store| store.put_identities(&name, &identities, &state, at)).await?;
        Ok(count)
    }
}
