//! A tier's rights in every form in which an administrator may want them: consent address, message, az and PowerShell.
//!
//! Never here: a value from a tenant that was not quoted. Start at [`ask`].

use super::need::{Asked, Need, needs};
use super::quote::percent;
use super::{Tier, az, powershell, request};

/// Whom the rights are for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct App {
    /// The tenant's GUID or one of its domain names.
    pub tenant: String,
    /// Application (client) ID; empty where there is none, as for a system-assigned identity.
    pub client: String,
    /// Who signs in, where that is known.
    pub user: Option<String>,
    /// `https://login.microsoftonline.com`
    pub authority: String,
    /// `https://graph.microsoft.com`
    pub graph: String,
}

/// What a tier needs, worded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub tier: Tier,
    pub mail: bool,
    pub needs: Vec<Need>,
    /// `None` where no app registration of the customer's is behind the way in.
    pub consent_url: Option<String>,
    /// A message to the administrator.
    pub request: String,
    pub az: String,
    pub powershell: String,
}

/// Words everything. `state` comes back in the address that consent ends at: random text of the caller's.
pub fn ask(asked: &Asked, app: &App, state: &str) -> Ask {
    let needs = needs(asked);
    let consent_url = consent_url(asked, app, state);
    Ask {
        tier: asked.tier,
        mail: asked.mail,
        request: request::message(asked, app, &needs, consent_url.as_deref()),
        az: az::grants(asked, app, &needs),
        powershell: powershell::grants(asked, app, &needs),
        consent_url,
        needs,
    }
}

/// Where an administrator consents to what the app registration lists.
/// <https://learn.microsoft.com/entra/identity-platform/v2-admin-consent>
fn consent_url(asked: &Asked, app: &App, state: &str) -> Option<String> {
    if !asked.way.has_registration() || app.client.is_empty() {
        return None;
    }
    let scope = format!("{}/.default", app.graph.trim_end_matches('/'));
    Some(format!(
        "{}/{}/v2.0/adminconsent?client_id={}&scope={}&redirect_uri={}&state={}",
        app.authority.trim_end_matches('/'),
        percent(&app.tenant),
        percent(&app.client),
        percent(&scope),
        percent("http://localhost"),
        percent(state),
    ))
}

/// A cloud as Microsoft's tools name it.
pub(super) struct Named {
    pub az: &'static str,
    pub graph: &'static str,
    pub exchange: &'static str,
}

impl App {
    /// `None`: the public cloud, which the tools assume, or a custom one, which they don't know.
    /// <https://learn.microsoft.com/graph/deployments>
    pub(super) fn cloud(&self) -> Option<Named> {
        let host = |origin: &str| origin.trim_start_matches("https://").trim_end_matches('/').to_owned();
        match host(&self.graph).as_str() {
            "graph.microsoft.us" => {
                Some(Named { az: "AzureUSGovernment", graph: "USGov", exchange: "O365USGovGCCHigh" })
            }
            "dod-graph.microsoft.us" => {
                Some(Named { az: "AzureUSGovernment", graph: "USGovDoD", exchange: "O365USGovDoD" })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
