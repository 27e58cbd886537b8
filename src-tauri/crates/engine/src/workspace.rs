//! Which workspaces there are: asked of ARM, kept for when it does not answer.

use cloud::arm::Workspace;
use domain::fault::{Code, Fault};
use serde::{Deserialize, Serialize};

use crate::Scope;

const SETTING: &str = "workspaces";

/// A workspace as it is kept between sessions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Kept {
    name: String,
    id: String,
    resource_group: String,
    subscription: String,
    customer_id: String,
    location: String,
}

impl Scope {
    /// Asks ARM for every workspace that this account may see.
    ///
    /// # Errors
    /// Sign-in, network and rights, as the cloud tells them; `Denied` where there is none at all.
    pub async fn discover_workspaces(&self) -> Result<Vec<Workspace>, Fault> {
        let cloud = self.cloud()?;
        let mut found = Vec::new();
        for subscription in cloud.arm().subscriptions().await.map_err(|error| error.fault())? {
            found.extend(cloud.arm().workspaces(&subscription.id).await.map_err(|error| error.fault())?);
        }
        if found.is_empty() {
            return Err(Fault::new(Code::Denied, "This account sees no Log Analytics workspace.")
                .hint("Grant it Microsoft Sentinel Reader on the workspace's resource group."));
        }
        let kept: Vec<Kept> = found.iter().map(keep).collect();
        let json = serde_json::to_string(&kept).unwrap_or_default();
        self.store(move |store| store.set_setting(SETTING, &json)).await?;
        Ok(found)
    }

    /// Names of the workspaces that were seen last.
    pub fn workspace_names(&self) -> Result<Vec<String>, Fault> {
        let json = self.store.setting(SETTING)?.unwrap_or_default();
        let kept: Vec<Kept> = serde_json::from_str(&json).unwrap_or_default();
        Ok(kept.into_iter().map(|workspace| workspace.name).collect())
    }
}

fn keep(workspace: &Workspace) -> Kept {
    Kept {
        name: workspace.name.clone(),
        id: workspace.id.clone(),
        resource_group: workspace.resource_group.clone(),
        subscription: workspace.subscription.clone(),
        customer_id: workspace.customer_id.clone(),
        location: workspace.location.clone(),
    }
}
