//! Defender's incidents, page by page.

use domain::incident::Api;
use reqwest::Url;
use wire::graph::alert::Alert;
use wire::graph::incident::Incident as WireIncident;

use super::Graph;
use crate::endpoints::{Purpose, parse};
use crate::error::CloudError;
use crate::ledger::Count;
use crate::list;
use crate::page::{self, Item, Page, Trail};
use crate::pipeline::call::{Call, url};

/// Without it, members of an enum that came later are served as `unknownFutureValue`.
/// <https://learn.microsoft.com/graph/best-practices-concept#handling-future-members-in-evolvable-enumerations>
pub(super) const UNKNOWN_MEMBERS: &str = "include-unknown-enum-members";

/// One incident as Graph tells it.
pub type Incident = Item<WireIncident>;

/// What to ask for. `$top` goes up to 50.
/// <https://learn.microsoft.com/graph/api/security-list-incidents>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GraphQuery {
    /// `lastUpdateDateTime ge 2026-11-01T00:00:00Z`
    pub filter: Option<String>,
    pub top: Option<u32>,
    /// Each incident with its alerts.
    pub expand_alerts: bool,
    /// The page tells how many incidents the list has: [`Page::count`].
    pub count: bool,
}

impl Graph<'_> {
    /// The first page of the tenant's incidents.
    ///
    /// # Errors
    /// Any [`CloudError`] but [`CloudError::NotOnboarded`].
    pub async fn incidents(self, query: &GraphQuery) -> Result<Page<WireIncident>, CloudError> {
        let top = query.top.map(|top| top.to_string());
        let mut pairs = vec![];
        pairs.extend(query.filter.as_deref().map(|filter| ("$filter", filter)));
        pairs.extend(top.as_deref().map(|top| ("$top", top)));
        pairs.extend(query.expand_alerts.then_some(("$expand", "alerts")));
        pairs.extend(query.count.then_some(("$count", "true")));
        let url = url(self.0.endpoints(), Purpose::Incidents, ["v1.0", "security", "incidents"], &pairs);
        self.0.read(&incidents(url), page::read).await
    }

    /// The page behind an `@odata.nextLink`, as it stands. `trail` ends a list that goes round in a circle.
    ///
    /// # Errors
    /// Any [`CloudError`]; [`CloudError::Refused`] where the link leads away from Graph.
    pub async fn follow(self, next: &str, trail: &mut Trail) -> Result<Page<WireIncident>, CloudError> {
        let call = incidents(parse(next)?);
        trail.step(next, &call.about)?;
        self.0.read(&call, page::read).await
    }

    /// One incident; `None` where Graph answers 404.
    ///
    /// # Errors
    /// Any [`CloudError`] but [`CloudError::NotFound`].
    pub async fn incident(self, id: &str) -> Result<Option<Incident>, CloudError> {
        let path = ["v1.0", "security", "incidents", id];
        let url = url(self.0.endpoints(), Purpose::Incidents, path, &[]);
        let call = Call { label: "incident", about: format!("Defender incident `{id}`"), ..incidents(url) };
        page::found(self.0.read(&call, page::one).await)
    }

    /// One incident with its comments and all its alerts; `None` where Graph answers 404.
    /// <https://learn.microsoft.com/graph/api/security-incident-get>
    ///
    /// # Errors
    /// Any [`CloudError`] but [`CloudError::NotFound`].
    pub async fn incident_with_alerts(self, id: &str) -> Result<Option<WireIncident>, CloudError> {
        let path = ["v1.0", "security", "incidents", id];
        let url = url(self.0.endpoints(), Purpose::Incidents, path, &[("$expand", "alerts")]);
        let about = format!("Defender incident `{id}` with its alerts");
        let call = Call { label: "alerts", about, count: Count::Nothing, ..incidents(url) };
        let Some(item) = page::found(self.0.read(&call, page::one::<WireIncident>).await)? else {
            return Ok(None);
        };
        let mut incident = item.wire;
        if let Some(next) = incident.alerts_next_link.as_deref().filter(|next| !next.is_empty()) {
            let rest = list::all::<Alert>(self.0, Call { url: parse(next)?, ..call }).await?;
            if let Some(alerts) = incident.alerts.as_mut() {
                alerts.extend(rest.into_iter().map(|item| item.wire));
            }
        }
        Ok(Some(incident))
    }
}

fn incidents(url: Url) -> Call {
    let about = "Defender's incidents".to_owned();
    Call::get(Purpose::Incidents, url, "incidents", about, Count::Data(Api::Graph)).prefer(UNKNOWN_MEMBERS)
}
