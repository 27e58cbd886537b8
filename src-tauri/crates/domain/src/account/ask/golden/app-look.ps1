$tenant = 'contoso.com'
$app = '8f2b6c1e-0000-4000-8000-000000000001'

Connect-AzAccount -Tenant $tenant
$principal = (Get-AzADServicePrincipal -ApplicationId $app).Id
# Microsoft Sentinel Reader on rg-soc: Reads incidents, analytics rules and automation rules, and queries the log for them. It changes nothing.
New-AzRoleAssignment -ObjectId $principal -RoleDefinitionId '8d289c81-5878-46d4-8554-54e1e3d8b5cb' -Scope '/subscriptions/s-1/resourceGroups/rg-soc'
# Reader on rg-play: Reads playbooks, so that the checks can look into them. It can't run them.
New-AzRoleAssignment -ObjectId $principal -RoleDefinitionId 'acdd72a7-3385-48ef-bd42-f606fba81ae7' -Scope '/subscriptions/s-1/resourceGroups/rg-play'

Connect-MgGraph -TenantId $tenant -Scopes 'Application.Read.All', 'AppRoleAssignment.ReadWrite.All'
$graph = Get-MgServicePrincipal -Filter "appId eq '00000003-0000-0000-c000-000000000000'"
# SecurityIncident.Read.All on tenant: Reads Defender's incidents: where a merged incident went is only known there.
New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal -PrincipalId $principal -ResourceId $graph.Id -AppRoleId '45cc0394-e837-488b-a098-1918f48d186c'
# Application.Read.All on tenant: Reads the end dates of this app's secrets and certificates, and which permissions it was granted.
# Optional; remove the `#` in front to grant it.
# New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal -PrincipalId $principal -ResourceId $graph.Id -AppRoleId '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30'
