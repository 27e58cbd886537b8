//! The app registration that a person signs in through: made once, by the customer, in the customer's tenant.
//!
//! Never here: one of Microsoft's own client ids to sign in with.

use super::ask::App;
use super::need::{Asked, needs};
use super::right::{GRAPH, Permission, Right};
use super::{az, powershell};

/// Azure Resource Manager, and its only delegated scope, `user_impersonation`.
/// <https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in>
pub(super) const ARM: &str = "797f4846-ba00-4fd7-ba43-dac1f8f63013";
pub(super) const ARM_SCOPE: &str = "41094075-9dad-400e-a0bd-54e686782033";
/// The Log Analytics API. Its scope's GUID is told differently by different pages, so lines look it up by its name.
pub(super) const LOGS: &str = "ca7f3f0b-7d91-482c-8e09-c5d840d0eac5";
pub(super) const LOGS_SCOPE: &str = "Data.Read";

/// What an administrator does before a browser or device code sign-in works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// JSON of the app registration's manifest, as Microsoft Graph writes it.
    pub manifest: String,
    pub az: String,
    pub powershell: String,
    /// What to copy back afterwards.
    pub then: String,
}

/// For `asked.way` being the browser or a device code. Other ways sign in as an app, or as one that exists already;
/// what they need is in [`super::ask()`].
pub fn registration(asked: &Asked, app: &App) -> Registration {
    let permissions: Vec<Permission> = needs(asked)
        .iter()
        .filter_map(|need| match need.right {
            Right::Graph(permission) => Some(permission),
            _ => None,
        })
        .collect();
    Registration {
        manifest: manifest(&permissions),
        az: az::registration(app, &permissions),
        powershell: powershell::registration(app, &permissions),
        then: THEN.to_owned(),
    }
}

const THEN: &str = "Copy Application (client) ID and Directory (tenant) ID from the registration's overview into Crosswalk. \
     With the manifest, also add \"Log Analytics API\", delegated, `Data.Read` under API permissions, and grant admin \
     consent there: a manifest can't do either. The person who signs in needs the Azure roles of the tier as well.";

/// Every member is a constant of ours, so nothing has to be escaped.
fn manifest(permissions: &[Permission]) -> String {
    let graph: Vec<String> = permissions.iter().map(|one| access(one.delegated_id())).collect();
    let resources = [resource(GRAPH, &graph), resource(ARM, &[access(ARM_SCOPE)])];
    format!(
        r#"{{
  "displayName": "Crosswalk",
  "signInAudience": "AzureADMyOrg",
  "isFallbackPublicClient": true,
  "publicClient": {{ "redirectUris": ["http://localhost"] }},
  "requiredResourceAccess": [
{}
  ]
}}
"#,
        resources.join(",\n")
    )
}

fn resource(app: &str, access: &[String]) -> String {
    format!(
        "    {{\n      \"resourceAppId\": \"{app}\",\n      \"resourceAccess\": [\n{}\n      ]\n    }}",
        access.join(",\n")
    )
}

fn access(id: &str) -> String {
    format!("        {{ \"id\": \"{id}\", \"type\": \"Scope\" }}")
}
