//! Lines for PowerShell with the modules Az, Microsoft.Graph and ExchangeOnlineManagement.
//! <https://learn.microsoft.com/powershell/module/az.resources/new-azroleassignment>,
//! <https://learn.microsoft.com/powershell/module/microsoft.graph.applications/new-mgserviceprincipalapproleassignment>,
//! <https://learn.microsoft.com/exchange/permissions-exo/application-rbac>

use super::need::{Asked, Need, Reach};
use super::quote::{plain, powershell as quoted};
use super::registration::{ARM, ARM_SCOPE, LOGS, LOGS_SCOPE};
use super::right::{GRAPH, GrantKind, Permission, Right, Role};
use super::{App, Way};

const MANAGEMENT_SCOPE: &str = "Crosswalk test mailboxes";

/// Grants every right.
pub(super) fn grants(asked: &Asked, app: &App, needs: &[Need]) -> String {
    let mut lines = names(asked, app);
    lines.extend(azure(asked, app, needs));
    lines.extend(graph(asked, app, needs));
    if needs.iter().any(|need| need.kind() == GrantKind::Exchange) {
        lines.extend(exchange(app));
    }
    lines.join("\n") + "\n"
}

fn names(asked: &Asked, app: &App) -> Vec<String> {
    let client = if app.client.is_empty() { "<application (client) ID>" } else { &app.client };
    let user = app.user.as_deref().unwrap_or("<user name>");
    let mut lines = vec![format!("$tenant = {}", quoted(&app.tenant))];
    match asked.way {
        Way::ManagedIdentity if app.client.is_empty() => {
            lines.push("$principal = '<object (principal) ID of the managed identity>'".to_owned());
            if asked.mail {
                lines.push("$app = '<application (client) ID of the managed identity>'".to_owned());
            }
        }
        Way::AzureCli => lines.push(format!("$user = {}", quoted(user))),
        Way::Browser | Way::DeviceCode => {
            lines.push(format!("$app = {}", quoted(client)));
            lines.push(format!("$user = {}", quoted(user)));
        }
        Way::ClientSecret | Way::Certificate | Way::ManagedIdentity => {
            lines.push(format!("$app = {}", quoted(client)));
        }
    }
    lines
}

fn azure(asked: &Asked, app: &App, needs: &[Need]) -> Vec<String> {
    let environment = app.cloud().map(|cloud| format!(" -Environment {}", cloud.az)).unwrap_or_default();
    let mut lines = vec![String::new(), format!("Connect-AzAccount -Tenant $tenant{environment}")];
    if asked.way.is_person() {
        lines.push("$principal = (Get-AzADUser -UserPrincipalName $user).Id".to_owned());
    } else if asked.way != Way::ManagedIdentity || !app.client.is_empty() {
        lines.push("$principal = (Get-AzADServicePrincipal -ApplicationId $app).Id".to_owned());
    }
    for need in needs {
        if let Right::Azure(role) = need.right {
            lines.push(title(need));
            lines.push(assign(role, &need.reach));
        }
    }
    lines
}

fn title(need: &Need) -> String {
    format!("# {} on {}: {}", need.permission(), plain(&need.reach.text()), need.why)
}

fn assign(role: Role, reach: &Reach) -> String {
    let scope = match reach {
        Reach::Group(group) => group.id(),
        _ => "/subscriptions/<subscription ID>/resourceGroups/<resource group>".to_owned(),
    };
    format!(
        "New-AzRoleAssignment -ObjectId $principal -RoleDefinitionId {} -Scope {}",
        quoted(role.id()),
        quoted(&scope)
    )
}

fn graph(asked: &Asked, app: &App, needs: &[Need]) -> Vec<String> {
    let wanted: Vec<(&Need, Permission)> = needs
        .iter()
        .filter_map(|need| match need.right {
            Right::Graph(permission) => Some((need, permission)),
            _ => None,
        })
        .collect();
    if asked.way == Way::AzureCli {
        return vec![
            String::new(),
            "# The token of Azure CLI can't carry Graph permissions, whatever is granted: use another way in."
                .to_owned(),
        ];
    }
    let mut lines = vec![String::new(), connect(app, asked.way.is_person())];
    lines.push(graph_principal());
    if asked.way.is_person() {
        lines.push("$client = Get-MgServicePrincipal -Filter \"appId eq '$app'\"".to_owned());
        let scopes: Vec<&str> = wanted.iter().map(|(_, permission)| permission.name()).collect();
        lines.extend(wanted.iter().map(|(need, _)| title(need)));
        lines.push(
            "# Where the app has a grant already, Update-MgOauth2PermissionGrant extends it.".to_owned(),
        );
        lines.push(delegate("$graph", &scopes.join(" ")));
        return lines;
    }
    for (need, permission) in wanted {
        lines.push(title(need));
        let line = format!(
            "New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal -PrincipalId $principal -ResourceId $graph.Id -AppRoleId {}",
            quoted(permission.application_id())
        );
        if need.optional {
            lines.push("# Optional; remove the `#` in front to grant it.".to_owned());
            lines.push(format!("# {line}"));
        } else {
            lines.push(line);
        }
    }
    lines
}

fn connect(app: &App, person: bool) -> String {
    let environment = app.cloud().map(|cloud| format!(" -Environment {}", cloud.graph)).unwrap_or_default();
    let right =
        if person { "DelegatedPermissionGrant.ReadWrite.All" } else { "AppRoleAssignment.ReadWrite.All" };
    format!("Connect-MgGraph -TenantId $tenant -Scopes 'Application.Read.All', '{right}'{environment}")
}

fn graph_principal() -> String {
    format!("$graph = Get-MgServicePrincipal -Filter \"appId eq '{GRAPH}'\"")
}

fn delegate(resource: &str, scopes: &str) -> String {
    format!(
        "New-MgOauth2PermissionGrant -ClientId $client.Id -ConsentType AllPrincipals -ResourceId {resource}.Id -Scope {}",
        quoted(scopes)
    )
}

/// Exchange's role, limited to the mailboxes of a scope.
fn exchange(app: &App) -> Vec<String> {
    let environment =
        app.cloud().map(|cloud| format!(" -ExchangeEnvironmentName {}", cloud.exchange)).unwrap_or_default();
    let scope = quoted(MANAGEMENT_SCOPE);
    vec![
        String::new(),
        "# Application Mail.Send, for the test mailbox alone. Runs as Organization Management.".to_owned(),
        "$mailbox = '<address of the mailbox that test mail is sent from>'".to_owned(),
        format!("Connect-ExchangeOnline{environment}"),
        "New-ServicePrincipal -AppId $app -ObjectId $principal -DisplayName 'Crosswalk'".to_owned(),
        format!(
            "New-ManagementScope -Name {scope} -RecipientRestrictionFilter \"PrimarySmtpAddress -eq '$mailbox'\""
        ),
        format!(
            "New-ManagementRoleAssignment -App $principal -Role 'Application Mail.Send' -CustomResourceScope {scope}"
        ),
        "Test-ServicePrincipalAuthorization -Identity $principal -Resource $mailbox".to_owned(),
    ]
}

/// Makes the app registration that a person signs in through.
pub(super) fn registration(app: &App, permissions: &[Permission]) -> String {
    let environment = app.cloud().map(|cloud| format!(" -Environment {}", cloud.graph)).unwrap_or_default();
    let graph = permissions.iter().map(|one| access(one.delegated_id())).collect::<Vec<_>>().join(", ");
    let scopes = permissions.iter().map(|one| one.name()).collect::<Vec<_>>().join(" ");
    let lines = vec![
        format!("$tenant = {}", quoted(&app.tenant)),
        format!(
            "Connect-MgGraph -TenantId $tenant -Scopes 'Application.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All'{environment}"
        ),
        graph_principal(),
        format!("$arm = Get-MgServicePrincipal -Filter \"appId eq '{ARM}'\""),
        format!("$logs = Get-MgServicePrincipal -Filter \"appId eq '{LOGS}'\""),
        format!("$read = ($logs.Oauth2PermissionScopes | Where-Object Value -eq '{LOGS_SCOPE}').Id"),
        "$access = @(".to_owned(),
        format!("  @{{ ResourceAppId = '{GRAPH}'; ResourceAccess = @({graph}) }}"),
        format!("  @{{ ResourceAppId = '{ARM}'; ResourceAccess = @({}) }}", access(ARM_SCOPE)),
        format!("  @{{ ResourceAppId = '{LOGS}'; ResourceAccess = @(@{{ Id = $read; Type = 'Scope' }}) }}"),
        ")".to_owned(),
        "$app = New-MgApplication -DisplayName 'Crosswalk' -SignInAudience 'AzureADMyOrg' -IsFallbackPublicClient -PublicClient @{ RedirectUris = @('http://localhost') } -RequiredResourceAccess $access"
            .to_owned(),
        "$client = New-MgServicePrincipal -AppId $app.AppId".to_owned(),
        delegate("$graph", &scopes),
        delegate("$arm", "user_impersonation"),
        delegate("$logs", LOGS_SCOPE),
        "\"Application (client) ID: $($app.AppId)\"".to_owned(),
    ];
    lines.join("\n") + "\n"
}

fn access(id: &str) -> String {
    format!("@{{ Id = '{id}'; Type = 'Scope' }}")
}
