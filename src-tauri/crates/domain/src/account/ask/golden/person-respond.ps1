$tenant = 'contoso.com'
$app = '8f2b6c1e-0000-4000-8000-000000000001'
$user = 'lena@contoso.com'

Connect-AzAccount -Tenant $tenant
$principal = (Get-AzADUser -UserPrincipalName $user).Id
# Microsoft Sentinel Responder on rg-soc: Reads incidents and rules, and edits incidents: status, owner, tags, comments.
New-AzRoleAssignment -ObjectId $principal -RoleDefinitionId '3e150937-b8fe-4cfb-8069-0eaf05ecd056' -Scope '/subscriptions/s-1/resourceGroups/rg-soc'
# Microsoft Sentinel Playbook Operator on rg-play: Reads playbooks, and runs one on an incident.
New-AzRoleAssignment -ObjectId $principal -RoleDefinitionId '51d6186e-6489-4900-b93f-92e23144cca5' -Scope '/subscriptions/s-1/resourceGroups/rg-play'

Connect-MgGraph -TenantId $tenant -Scopes 'Application.Read.All', 'DelegatedPermissionGrant.ReadWrite.All'
$graph = Get-MgServicePrincipal -Filter "appId eq '00000003-0000-0000-c000-000000000000'"
$client = Get-MgServicePrincipal -Filter "appId eq '$app'"
# SecurityIncident.ReadWrite.All on tenant: Reads Defender's incidents and edits them: status, owner, tags, comments.
# Where the app has a grant already, Update-MgOauth2PermissionGrant extends it.
New-MgOauth2PermissionGrant -ClientId $client.Id -ConsentType AllPrincipals -ResourceId $graph.Id -Scope 'SecurityIncident.ReadWrite.All'
