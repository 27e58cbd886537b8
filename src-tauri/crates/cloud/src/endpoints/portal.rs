//! Pages of Microsoft's portals, for people: nothing here is ever asked by this program.
//!
//! Hosts: <https://learn.microsoft.com/defender-xdr/usgov> (Defender) and
//! <https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure> (Azure). Forms: as
//! `incidentWebUrl` and `incidentUrl` of Microsoft's own examples. Never here: an address that an answer told.

use reqwest::Url;

use super::{CloudKind, Endpoints};
use crate::arm::Workspace;
use crate::sign_in::is_guid;

/// Hosts of one cloud's portals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Portals {
    defender: &'static str,
    azure: &'static str,
}

impl Portals {
    pub(super) fn of(kind: CloudKind) -> Self {
        match kind {
            CloudKind::Public => {
                Self { defender: "https://security.microsoft.com", azure: "https://portal.azure.com" }
            }
            CloudKind::GccHigh => {
                Self { defender: "https://security.microsoft.us", azure: "https://portal.azure.us" }
            }
            CloudKind::Dod => {
                Self { defender: "https://security.apps.mil", azure: "https://portal.azure.us" }
            }
        }
    }
}

impl Endpoints {
    /// Where Defender's portal shows an incident of Graph's. None for an id that can't be one, and in a cloud whose
    /// addresses were typed: its portal is not known.
    pub fn defender_page(&self, graph_id: &str, tenant: &str) -> Option<Url> {
        let is_id = !graph_id.is_empty() && graph_id.bytes().all(|byte| byte.is_ascii_digit());
        let mut url = Url::parse(self.portals.as_ref()?.defender).ok().filter(|_| is_id)?;
        url.path_segments_mut().ok()?.clear().extend(["incidents", graph_id]);
        if is_guid(tenant) {
            url.query_pairs_mut().append_pair("tid", tenant.trim());
        }
        Some(url)
    }

    /// Where the Azure portal shows an incident of Sentinel's, named as ARM names it. Without the tenant it would open in
    /// whichever directory was used last.
    pub fn azure_page(&self, workspace: &Workspace, name: &str, tenant: &str) -> Option<Url> {
        let Workspace { subscription, resource_group, name: of, .. } = workspace;
        let parts: [&str; 4] = [subscription, resource_group, of, name];
        if parts.iter().any(|part| matches!(*part, "" | "." | "..")) {
            return None;
        }
        let mut url = Url::parse(self.portals.as_ref()?.azure).ok()?;
        let mut path = url.clone();
        let directory = is_guid(tenant).then(|| format!("@{}", tenant.trim()));
        path.path_segments_mut().ok()?.clear().extend(directory).extend([
            "asset",
            "Microsoft_Azure_Security_Insights",
            "Incident",
            "subscriptions",
            subscription,
            "resourceGroups",
            resource_group,
            "providers",
            "Microsoft.OperationalInsights",
            "workspaces",
            of,
            "providers",
            "Microsoft.SecurityInsights",
            "Incidents",
            name,
        ]);
        // The portal reads its own path behind the `#`.
        url.set_fragment(Some(path.path().trim_start_matches('/')));
        Some(url)
    }
}
