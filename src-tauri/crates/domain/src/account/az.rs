//! Lines for Azure CLI in bash.
//! <https://learn.microsoft.com/cli/azure/role/assignment>, <https://learn.microsoft.com/cli/azure/ad/app/permission>

use super::need::{Asked, Need, Reach};
use super::quote::{bash, plain};
use super::registration::{ARM, ARM_SCOPE, LOGS, LOGS_SCOPE};
use super::right::{GRAPH, Permission, Right, Role};
use super::{App, Way};

/// Grants every right.
pub(super) fn grants(asked: &Asked, app: &App, needs: &[Need]) -> String {
    let mut lines = sign_in(app);
    lines.extend(principal(asked, app));
    for need in needs {
        lines.push(String::new());
        lines.extend(grant(asked, app, need));
    }
    if asked.way.has_registration() && needs.iter().any(|need| matches!(need.right, Right::Graph(_))) {
        lines.push(String::new());
        lines.push("# Consents to what was added. Runs as Privileged Role Administrator.".to_owned());
        lines.push("az ad app permission admin-consent --id \"$app\"".to_owned());
    }
    lines.join("\n") + "\n"
}

fn sign_in(app: &App) -> Vec<String> {
    let cloud = app.cloud().map(|cloud| format!("az cloud set --name {}", cloud.az));
    cloud.into_iter().chain([format!("az login --tenant {}", bash(&app.tenant))]).collect()
}

fn principal(asked: &Asked, app: &App) -> Vec<String> {
    let client = if app.client.is_empty() { "<application (client) ID>" } else { &app.client };
    let user = app.user.as_deref().unwrap_or("<user name>");
    let person = format!("principal=$(az ad user show --id {} --query id --output tsv)", bash(user));
    let service = "principal=$(az ad sp show --id \"$app\" --query id --output tsv)".to_owned();
    let app_line = format!("app={}", bash(client));
    match asked.way {
        Way::Browser | Way::DeviceCode => vec![app_line, person],
        Way::AzureCli => vec![person],
        Way::ManagedIdentity if app.client.is_empty() => {
            vec![format!("principal={}", bash("<object (principal) ID of the managed identity>"))]
        }
        Way::ClientSecret | Way::Certificate | Way::ManagedIdentity => vec![app_line, service],
    }
}

fn grant(asked: &Asked, app: &App, need: &Need) -> Vec<String> {
    let title = format!("# {} on {}: {}", need.permission(), plain(&need.reach.text()), need.why);
    let mut lines = match need.right {
        Right::Azure(role) => assign(asked, role, &need.reach),
        Right::Graph(permission) => graph(asked, app, permission),
        Right::ApplicationMailSend => {
            vec!["# Azure CLI can't grant Exchange's roles: use the PowerShell lines.".to_owned()]
        }
    };
    if need.optional {
        lines = lines.into_iter().map(|line| format!("# {line}")).collect();
        lines.insert(0, "# Optional; remove the `#` in front to grant it.".to_owned());
    }
    lines.insert(0, title);
    lines
}

fn assign(asked: &Asked, role: Role, reach: &Reach) -> Vec<String> {
    let kind = if asked.way.is_person() { "User" } else { "ServicePrincipal" };
    let scope = match reach {
        Reach::Group(group) => group.id(),
        _ => "/subscriptions/<subscription ID>/resourceGroups/<resource group>".to_owned(),
    };
    vec![format!(
        "az role assignment create --assignee-object-id \"$principal\" --assignee-principal-type {kind} --role {} --scope {}",
        role.id(),
        bash(&scope)
    )]
}

fn graph(asked: &Asked, app: &App, permission: Permission) -> Vec<String> {
    match asked.way {
        Way::AzureCli => {
            vec![
                "# The token of Azure CLI can't carry it, whatever is granted: use another way in."
                    .to_owned(),
            ]
        }
        Way::ManagedIdentity => vec![
            format!("graph=$(az ad sp show --id {GRAPH} --query id --output tsv)"),
            format!(
                "az rest --method POST --url {}\"/v1.0/servicePrincipals/$principal/appRoleAssignments\" --headers Content-Type=application/json --body \"{{\\\"principalId\\\":\\\"$principal\\\",\\\"resourceId\\\":\\\"$graph\\\",\\\"appRoleId\\\":\\\"{}\\\"}}\"",
                bash(app.graph.trim_end_matches('/')),
                permission.application_id()
            ),
        ],
        way if way.is_person() => vec![add(GRAPH, permission.delegated_id(), "Scope")],
        _ => vec![add(GRAPH, permission.application_id(), "Role")],
    }
}

fn add(api: &str, id: &str, kind: &str) -> String {
    format!("az ad app permission add --id \"$app\" --api {api} --api-permissions {id}={kind}")
}

/// Makes the app registration that a person signs in through.
pub(super) fn registration(app: &App, permissions: &[Permission]) -> String {
    let mut lines = sign_in(app);
    lines.push(
        "app=$(az ad app create --display-name Crosswalk --sign-in-audience AzureADMyOrg --is-fallback-public-client true --public-client-redirect-uris http://localhost --query appId --output tsv)"
            .to_owned(),
    );
    lines.push("az ad sp create --id \"$app\"".to_owned());
    lines.extend(permissions.iter().map(|one| add(GRAPH, one.delegated_id(), "Scope")));
    lines.push(add(ARM, ARM_SCOPE, "Scope"));
    lines.push(format!(
        "read=$(az ad sp show --id {LOGS} --query \"oauth2PermissionScopes[?value=='{LOGS_SCOPE}'].id\" --output tsv)"
    ));
    lines.push(format!(
        "az ad app permission add --id \"$app\" --api {LOGS} --api-permissions \"$read=Scope\""
    ));
    lines.push("az ad app permission admin-consent --id \"$app\"".to_owned());
    lines.push("echo \"Application (client) ID: $app\"".to_owned());
    lines.join("\n") + "\n"
}
