//! What the log still tells of the time before the merges: which Graph incident an ARM incident was.

use cloud::arm::Workspace;
use cloud::loganalytics::{Kql, Table};
use domain::fault::{Code, Fault};
use domain::incident::{Api, Identity};
use store::Listing;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

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
        let found = identities(&table).ok_or_else(|| {
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

/// One identity with the time of the row that told it.
type Told = (Identity, Option<OffsetDateTime>);

/// Rows without an id of either side are left out; `None` where a column is missing altogether.
fn identities(table: &Table) -> Option<Vec<Told>> {
    let column = |name: &str| table.columns.iter().position(|column| column == name);
    let (name, provider, time) =
        (column("IncidentName")?, column("ProviderIncidentId")?, column("TimeGenerated")?);
    let text = |row: &[serde_json::Value], at: usize| {
        row.get(at).and_then(|value| value.as_str()).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let told = |row: &Vec<serde_json::Value>| {
        let identity = Identity { sentinel_id: text(row, name)?, graph_id: text(row, provider)? };
        let at = text(row, time).and_then(|at| OffsetDateTime::parse(&at, &Rfc3339).ok());
        Some((identity, at))
    };
    Some(table.rows.iter().filter_map(told).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn columns_are_found_by_name_and_empty_ids_are_left_out() {
        let table = Table {
            columns: ["TimeGenerated", "ProviderIncidentId", "IncidentName"].map(String::from).to_vec(),
            rows: vec![
                vec![json!("2026-11-01T10:00:00Z"), json!("21"), json!("a")],
                vec![json!(null), json!(""), json!("b")],
            ],
            partial: None,
        };
        let found = identities(&table).expect("all columns are there");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, Identity { sentinel_id: "a".into(), graph_id: "21".into() });
        assert_eq!(identities(&Table { columns: vec![], rows: vec![], partial: None }), None);
    }
}
