//! What the directory says of an app: its service principal, what that was granted, when its credentials end.
//!
//! Needs `Application.Read.All`; an app without it works, and these stay unknown.
//! Never here: a judgement of what is missing; that is the doctor's.

use reqwest::Url;
use wire::graph::directory::{AppRoleAssignment, Application, ServicePrincipal};

use super::Graph;
use crate::endpoints::Purpose;
use crate::error::CloudError;
use crate::ledger::Count;
use crate::list;
use crate::page::Item;
use crate::pipeline::call::{Call, url};

/// Everything about credentials but the credentials.
const SELECT: &str = "id,appId,displayName,passwordCredentials,keyCredentials";

impl Graph<'_> {
    /// The service principal of an app (client id) in this tenant; `None` where it has none.
    /// <https://learn.microsoft.com/graph/api/serviceprincipal-get>
    ///
    /// # Errors
    /// Any [`CloudError`] but [`CloudError::NotFound`] and [`CloudError::NotOnboarded`].
    pub async fn service_principal(self, app_id: &str) -> Result<Option<Item<ServicePrincipal>>, CloudError> {
        let url = self.directory(["v1.0", &by_app("servicePrincipals", app_id)], &[]);
        let about = format!("the service principal of app `{app_id}`");
        list::one(self.0, &reading(url, "service principal", about)).await
    }

    /// What was granted to a service principal, of every API; `sp_id` is its object id.
    /// <https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignments>
    ///
    /// # Errors
    /// Any [`CloudError`] but [`CloudError::NotOnboarded`].
    pub async fn app_role_assignments(self, sp_id: &str) -> Result<Vec<Item<AppRoleAssignment>>, CloudError> {
        let url = self.directory(["v1.0", "servicePrincipals", sp_id, "appRoleAssignments"], &[]);
        let about = format!("what was granted to service principal `{sp_id}`");
        list::all(self.0, reading(url, "grants", about)).await
    }

    /// An app's registration with the end dates of its credentials; `None` where it is registered in another tenant.
    /// <https://learn.microsoft.com/graph/api/application-get>
    ///
    /// # Errors
    /// As [`Graph::service_principal`].
    pub async fn application(self, app_id: &str) -> Result<Option<Item<Application>>, CloudError> {
        let url = self.directory(["v1.0", &by_app("applications", app_id)], &[("$select", SELECT)]);
        list::one(self.0, &reading(url, "app registration", format!("the registration of app `{app_id}`")))
            .await
    }

    fn directory<'a>(self, path: impl IntoIterator<Item = &'a str>, query: &[(&str, &str)]) -> Url {
        url(self.0.endpoints(), Purpose::Directory, path, query)
    }
}

/// `servicePrincipals(appId='…')`, the alternate key.
fn by_app(set: &str, app_id: &str) -> String {
    format!("{set}(appId='{}')", app_id.replace('\'', "''"))
}

fn reading(url: Url, label: &'static str, about: String) -> Call {
    Call::get(Purpose::Directory, url, label, about, Count::Discovery)
}
