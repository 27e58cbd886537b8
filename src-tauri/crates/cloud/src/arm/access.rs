//! Who may do what: role assignments, and what they amount to for whoever asks.
//!
//! Never here: a judgement of what is missing; that is the doctor's.

use wire::arm::role_assignment::{Permission, RoleAssignment};

use super::{AUTHORIZATION, Arm};
use crate::endpoints::Purpose;
use crate::error::CloudError;
use crate::ledger::Count;
use crate::list;
use crate::page::Item;
use crate::pipeline::call::{Call, url};

impl Arm<'_> {
    /// The roles that a principal holds in a subscription, by itself and by its groups, at any scope.
    /// `principal` is the object id of the user or service principal, not of the app.
    /// <https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest>
    ///
    /// # Errors
    /// Any [`CloudError`] but [`CloudError::NotOnboarded`]; [`CloudError::Denied`] where the app may not read roles.
    pub async fn role_assignments(
        self,
        subscription: &str,
        principal: &str,
    ) -> Result<Vec<Item<RoleAssignment>>, CloudError> {
        let path = ["subscriptions", subscription, "providers", "Microsoft.Authorization", "roleAssignments"];
        let filter = format!("assignedTo('{}')", principal.replace('\'', "''"));
        let query = [("api-version", AUTHORIZATION), ("$filter", filter.as_str())];
        let url = url(self.0.endpoints(), Purpose::Arm, path, &query);
        let about = format!("the role assignments of subscription `{subscription}`");
        list::all(self.0, reading(url, "role assignments", about)).await
    }

    /// What whoever is signed in may do at a scope: a subscription, resource group or resource, by its id.
    /// <https://learn.microsoft.com/rest/api/authorization/permissions/list-for-resource>
    ///
    /// # Errors
    /// Any [`CloudError`] but [`CloudError::NotOnboarded`].
    pub async fn permissions(self, scope: &str) -> Result<Vec<Item<Permission>>, CloudError> {
        let below = "/providers/Microsoft.Authorization/permissions";
        let url = self.below(scope.trim_end_matches('/'), below, &[("api-version", AUTHORIZATION)]);
        list::all(self.0, reading(url, "permissions", format!("what this app may do at `{scope}`"))).await
    }
}

fn reading(url: reqwest::Url, label: &'static str, about: String) -> Call {
    Call::get(Purpose::Arm, url, label, about, Count::Discovery)
}
