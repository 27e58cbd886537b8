//! The small lists: rules, connectors, watchlists, playbooks. Each is read to its end and kept as JSON, because
//! their schemas are zoos and a check may look anywhere.

use domain::incident::Api;
use serde_json::Value;

use super::{Arm, CONNECTIONS, LOGIC, RULES_PREVIEW, SENTINEL, Workspace};
use crate::endpoints::Purpose;
use crate::error::CloudError;
use crate::ledger::Count;
use crate::pipeline::call::{Call, url};
use crate::trace;

/// A whole list, and how it was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    pub items: Vec<Value>,
    pub api_version: &'static str,
    /// Path and query of the first request.
    pub request_path: String,
}

impl Arm<'_> {
    /// # Errors
    /// Any [`CloudError`]; [`CloudError::NotOnboarded`] where Sentinel is off.
    pub async fn automation_rules(self, workspace: &Workspace) -> Result<Listing, CloudError> {
        self.sentinel(workspace, "automationRules", "automation rules", SENTINEL).await
    }

    /// Analytics rules, under the preview that knows near-real-time rules; under the stable version where the
    /// preview answers 400. [`Listing::api_version`] says which it was.
    ///
    /// # Errors
    /// Any [`CloudError`]; [`CloudError::NotOnboarded`] where Sentinel is off.
    pub async fn alert_rules(self, workspace: &Workspace) -> Result<Listing, CloudError> {
        match self.sentinel(workspace, "alertRules", "analytics rules", RULES_PREVIEW).await {
            Err(CloudError::Rejected { status: 400, .. }) => {
                self.sentinel(workspace, "alertRules", "analytics rules", SENTINEL).await
            }
            other => other,
        }
    }

    /// The playbooks that an analytics rule calls by itself; `rule` is the rule's `name`.
    ///
    /// # Errors
    /// Any [`CloudError`].
    pub async fn alert_rule_actions(self, workspace: &Workspace, rule: &str) -> Result<Listing, CloudError> {
        let mut url = self.collection(workspace, "alertRules", SENTINEL);
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.push(rule).push("actions");
        }
        let about = format!("the actions of analytics rule `{rule}` of workspace `{}`", workspace.name);
        self.listing(reading(url, "rule actions", about).workspace(&workspace.name), SENTINEL).await
    }

    /// # Errors
    /// Any [`CloudError`]; [`CloudError::NotOnboarded`] where Sentinel is off.
    pub async fn data_connectors(self, workspace: &Workspace) -> Result<Listing, CloudError> {
        self.sentinel(workspace, "dataConnectors", "data connectors", SENTINEL).await
    }

    /// # Errors
    /// Any [`CloudError`]; [`CloudError::NotOnboarded`] where Sentinel is off.
    pub async fn watchlists(self, workspace: &Workspace) -> Result<Listing, CloudError> {
        self.sentinel(workspace, "watchlists", "watchlists", SENTINEL).await
    }

    /// # Errors
    /// Any [`CloudError`]; [`CloudError::NotOnboarded`] where Sentinel is off.
    pub async fn source_controls(self, workspace: &Workspace) -> Result<Listing, CloudError> {
        self.sentinel(workspace, "sourcecontrols", "source controls", SENTINEL).await
    }

    /// # Errors
    /// Any [`CloudError`].
    pub async fn onboarding_states(self, workspace: &Workspace) -> Result<Listing, CloudError> {
        self.sentinel(workspace, "onboardingStates", "onboarding states", SENTINEL).await
    }

    /// The Logic Apps of a subscription, each with its whole definition.
    ///
    /// # Errors
    /// Any [`CloudError`] but [`CloudError::NotOnboarded`].
    pub async fn workflows(self, subscription: &str) -> Result<Listing, CloudError> {
        let path = ["subscriptions", subscription, "providers", "Microsoft.Logic", "workflows"];
        let url = url(self.0.endpoints(), Purpose::Arm, path, &[("api-version", LOGIC)]);
        let about = format!("the playbooks of subscription `{subscription}`");
        self.listing(reading(url, "playbooks", about), LOGIC).await
    }

    /// The API connections that playbooks of a resource group use.
    ///
    /// # Errors
    /// Any [`CloudError`] but [`CloudError::NotOnboarded`].
    pub async fn connections(self, subscription: &str, group: &str) -> Result<Listing, CloudError> {
        let path = [
            "subscriptions",
            subscription,
            "resourceGroups",
            group,
            "providers",
            "Microsoft.Web",
            "connections",
        ];
        let url = url(self.0.endpoints(), Purpose::Arm, path, &[("api-version", CONNECTIONS)]);
        let about = format!("the API connections of resource group `{group}`");
        self.listing(reading(url, "API connections", about), CONNECTIONS).await
    }

    fn collection(self, workspace: &Workspace, collection: &str, version: &str) -> reqwest::Url {
        let below = format!("/providers/Microsoft.SecurityInsights/{collection}");
        self.below(&workspace.id, &below, &[("api-version", version)])
    }

    async fn sentinel(
        self,
        workspace: &Workspace,
        collection: &str,
        label: &'static str,
        version: &'static str,
    ) -> Result<Listing, CloudError> {
        let about = format!("the {label} of workspace `{}`", workspace.name);
        let call = reading(self.collection(workspace, collection, version), label, about);
        self.listing(call.workspace(&workspace.name), version).await
    }

    async fn listing(self, call: Call, api_version: &'static str) -> Result<Listing, CloudError> {
        let request_path = trace::path_and_query(&call.url);
        Ok(Listing { items: self.all(call).await?, api_version, request_path })
    }
}

fn reading(url: reqwest::Url, label: &'static str, about: String) -> Call {
    Call::get(Purpose::Arm, url, label, about, Count::Data(Api::Sentinel))
}
