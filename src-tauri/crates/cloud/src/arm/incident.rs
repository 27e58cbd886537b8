//! Sentinel's incidents, page by page.

use domain::incident::Api;
use reqwest::Method;
use wire::arm::incident::{Comment, Incident as WireIncident, IncidentAlert, IncidentEntities, Task};

use super::{Arm, SENTINEL, Workspace};
use crate::endpoints::{Purpose, parse};
use crate::error::CloudError;
use crate::ledger::Count;
use crate::page::{self, Item, Page, Trail};
use crate::pipeline::call::Call;

/// One incident as ARM tells it.
pub type Incident = Item<WireIncident>;

/// What to ask for. `$top` goes up to 1,000.
/// <https://learn.microsoft.com/rest/api/securityinsights/incidents/list>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncidentsQuery {
    /// `properties/lastModifiedTimeUtc ge 2026-11-01T00:00:00Z`
    pub filter: Option<String>,
    /// `properties/lastModifiedTimeUtc asc`
    pub orderby: Option<String>,
    pub top: Option<u32>,
}

impl Arm<'_> {
    /// The first page of a workspace's incidents.
    ///
    /// # Errors
    /// Any [`CloudError`]; [`CloudError::NotOnboarded`] where Sentinel is off.
    pub async fn incidents(
        self,
        workspace: &Workspace,
        query: &IncidentsQuery,
    ) -> Result<Page<WireIncident>, CloudError> {
        let top = query.top.map(|top| top.to_string());
        let mut pairs = vec![("api-version", SENTINEL)];
        pairs.extend(query.filter.as_deref().map(|filter| ("$filter", filter)));
        pairs.extend(query.orderby.as_deref().map(|orderby| ("$orderby", orderby)));
        pairs.extend(top.as_deref().map(|top| ("$top", top)));
        let url = self.below(&workspace.id, "/providers/Microsoft.SecurityInsights/incidents", &pairs);
        self.page(&incidents(workspace, url)).await
    }

    /// The page behind a `nextLink`, as it stands. `trail` ends a list that goes round in a circle.
    ///
    /// # Errors
    /// Any [`CloudError`]; [`CloudError::Refused`] where the link leads away from ARM.
    pub async fn follow(
        self,
        workspace: &Workspace,
        next: &str,
        trail: &mut Trail,
    ) -> Result<Page<WireIncident>, CloudError> {
        let call = incidents(workspace, parse(next)?);
        trail.step(next, &call.about)?;
        self.page(&call).await
    }

    /// One incident by its GUID; `None` where ARM knows no such one.
    ///
    /// # Errors
    /// Any [`CloudError`] but [`CloudError::NotFound`].
    pub async fn incident(self, workspace: &Workspace, id: &str) -> Result<Option<Incident>, CloudError> {
        let mut url = self.below(
            &workspace.id,
            "/providers/Microsoft.SecurityInsights/incidents",
            &[("api-version", SENTINEL)],
        );
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.push(id);
        }
        let call = Call {
            label: "incident",
            about: format!("incident `{id}` of workspace `{}`", workspace.name),
            ..incidents(workspace, url)
        };
        page::found(self.0.read(&call, page::one).await)
    }

    /// The alerts of an incident, by its resource id: never paged.
    /// <https://learn.microsoft.com/rest/api/securityinsights/incidents/list-alerts>
    ///
    /// # Errors
    /// Any [`CloudError`].
    pub async fn incident_alerts(self, id: &str) -> Result<Vec<IncidentAlert>, CloudError> {
        let call = self.asked_by_post(id, "/alerts", "alerts");
        let page: Page<IncidentAlert> = self.page(&call).await?;
        Ok(page.items.into_iter().map(|item| item.wire).collect())
    }

    /// The entities of an incident: never paged, and not in `value`.
    /// <https://learn.microsoft.com/rest/api/securityinsights/incidents/list-entities>
    ///
    /// # Errors
    /// Any [`CloudError`].
    pub async fn incident_entities(self, id: &str) -> Result<IncidentEntities, CloudError> {
        let call = self.asked_by_post(id, "/entities", "entities");
        self.0.read(&call, |body| page::json::<IncidentEntities>(body)).await
    }

    /// The comments of an incident, to the last page.
    ///
    /// # Errors
    /// Any [`CloudError`].
    pub async fn comments(self, id: &str) -> Result<Vec<Comment>, CloudError> {
        self.all(self.part(id, "/comments", "comments")).await
    }

    /// The tasks of an incident, to the last page.
    /// <https://learn.microsoft.com/rest/api/securityinsights/incident-tasks/list>
    ///
    /// # Errors
    /// Any [`CloudError`].
    pub async fn tasks(self, id: &str) -> Result<Vec<Task>, CloudError> {
        self.all(self.part(id, "/tasks", "tasks")).await
    }

    fn part(self, id: &str, below: &str, label: &'static str) -> Call {
        let url = self.below(id, below, &[("api-version", SENTINEL)]);
        let about = format!("the {label} of incident `{}`", id.rsplit('/').next().unwrap_or(id));
        Call::get(Purpose::Arm, url, label, about, Count::Nothing)
    }

    /// Asking changes nothing, so it may be repeated like a GET.
    fn asked_by_post(self, id: &str, below: &str, label: &'static str) -> Call {
        Call { method: Method::POST, ..self.part(id, below, label) }
    }
}

fn incidents(workspace: &Workspace, url: reqwest::Url) -> Call {
    let about = format!("the incidents of workspace `{}`", workspace.name);
    Call::get(Purpose::Arm, url, "incidents", about, Count::Data(Api::Sentinel)).workspace(&workspace.name)
}
