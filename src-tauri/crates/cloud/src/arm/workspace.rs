//! Subscriptions, workspaces, and whether Sentinel is on: what there is to read at all.

use wire::arm::onboarding_state::OnboardingState;
use wire::arm::subscription::Subscription as WireSubscription;
use wire::arm::workspace::Workspace as WireWorkspace;

use super::{Arm, SENTINEL, SUBSCRIPTIONS, WORKSPACES};
use crate::endpoints::Purpose;
use crate::error::CloudError;
use crate::ledger::Count;
use crate::page;
use crate::pipeline::call::{Call, url};

/// A subscription that the app can see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Its GUID.
    pub id: String,
    pub name: String,
}

/// A Log Analytics workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    pub name: String,
    /// The resource id as served.
    pub id: String,
    pub resource_group: String,
    /// The subscription's GUID.
    pub subscription: String,
    /// The GUID by which queries name the workspace; empty while it is being made.
    pub customer_id: String,
    pub location: String,
}

impl Workspace {
    /// Reads the groups out of the resource id; casing differs between answers.
    fn of(wire: WireWorkspace) -> Option<Self> {
        let id = wire.id.into_option()?;
        let parts: Vec<&str> = id.trim_matches('/').split('/').collect();
        let after = |name: &str| {
            let at = parts.iter().position(|part| part.eq_ignore_ascii_case(name))?;
            parts.get(at + 1).map(|part| (*part).to_owned())
        };
        let (subscription, resource_group) = (after("subscriptions")?, after("resourceGroups")?);
        let name = wire.name.into_option().or_else(|| after("workspaces"))?;
        let customer_id = wire.properties.into_option().and_then(|all| all.customer_id.into_option());
        let location = wire.location.into_option().unwrap_or_default();
        Some(Self {
            name,
            resource_group,
            subscription,
            customer_id: customer_id.unwrap_or_default(),
            location,
            id,
        })
    }
}

impl Arm<'_> {
    /// The subscriptions that the app can see.
    ///
    /// # Errors
    /// Any [`CloudError`] but [`CloudError::NotOnboarded`].
    pub async fn subscriptions(self) -> Result<Vec<Subscription>, CloudError> {
        let url = url(self.0.endpoints(), Purpose::Arm, ["subscriptions"], &[("api-version", SUBSCRIPTIONS)]);
        let call = discovery(url, "subscriptions", "the subscriptions".into());
        let found: Vec<WireSubscription> = self.all(call).await?;
        let named = found.into_iter().filter_map(|wire| {
            let id = wire.subscription_id.into_option()?;
            Some(Subscription { name: wire.display_name.into_option().unwrap_or_else(|| id.clone()), id })
        });
        Ok(named.collect())
    }

    /// The Log Analytics workspaces of a subscription, with and without Sentinel.
    ///
    /// # Errors
    /// Any [`CloudError`] but [`CloudError::NotOnboarded`].
    pub async fn workspaces(self, subscription: &str) -> Result<Vec<Workspace>, CloudError> {
        let path =
            ["subscriptions", subscription, "providers", "Microsoft.OperationalInsights", "workspaces"];
        let url = url(self.0.endpoints(), Purpose::Arm, path, &[("api-version", WORKSPACES)]);
        let about = format!("the workspaces of subscription `{subscription}`");
        let found: Vec<WireWorkspace> = self.all(discovery(url, "workspaces", about)).await?;
        Ok(found.into_iter().filter_map(Workspace::of).collect())
    }

    /// Whether Sentinel is on. A missing right to know is [`CloudError::Denied`], which is not "off".
    ///
    /// # Errors
    /// Any [`CloudError`] but [`CloudError::NotFound`] and [`CloudError::NotOnboarded`].
    pub async fn onboarded(self, workspace: &Workspace) -> Result<bool, CloudError> {
        let below = "/providers/Microsoft.SecurityInsights/onboardingStates/default";
        let url = self.below(&workspace.id, below, &[("api-version", SENTINEL)]);
        let about = format!("whether Sentinel is on for workspace `{}`", workspace.name);
        let call = discovery(url, "onboarding state", about).workspace(&workspace.name);
        let answer = self.0.read(&call, |body| page::json::<OnboardingState>(body));
        match answer.await {
            Ok(_) => Ok(true),
            Err(CloudError::NotFound { .. } | CloudError::NotOnboarded { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn discovery(url: reqwest::Url, label: &'static str, about: String) -> Call {
    Call::get(Purpose::Arm, url, label, about, Count::Discovery)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_read_from_the_id_in_any_casing() {
        let json = r#"{"id":"/Subscriptions/s-1/resourcegroups/rg-sec/providers/microsoft.operationalinsights/workspaces/soc",
            "name":"soc","location":"westeurope","properties":{"customerId":"c-1"}}"#;
        let workspace = Workspace::of(serde_json::from_str(json).unwrap()).unwrap();
        assert_eq!((workspace.subscription.as_str(), workspace.resource_group.as_str()), ("s-1", "rg-sec"));
        assert_eq!(workspace.customer_id, "c-1");
    }

    #[test]
    fn what_has_no_id_is_no_workspace() {
        assert_eq!(Workspace::of(serde_json::from_str(r#"{"name":"soc"}"#).unwrap()), None);
        assert_eq!(Workspace::of(serde_json::from_str(r#"{"id":"/x"}"#).unwrap()), None);
    }
}
