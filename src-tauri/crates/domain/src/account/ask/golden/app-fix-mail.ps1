$tenant = 'contoso.com'
$app = '8f2b6c1e-0000-4000-8000-000000000001'

Connect-AzAccount -Tenant $tenant
$principal = (Get-AzADServicePrincipal -ApplicationId $app).Id
# Microsoft Sentinel Contributor on rg-soc: Reads incidents and rules, and edits incidents, analytics rules and automation rules.
New-AzRoleAssignment -ObjectId $principal -RoleDefinitionId 'ab8e14d6-4a74-4a29-9ba8-549422addade' -Scope '/subscriptions/s-1/resourceGroups/rg-soc'
# Microsoft Sentinel Playbook Operator on rg-play: Reads playbooks, and runs one on an incident.
New-AzRoleAssignment -ObjectId $principal -RoleDefinitionId '51d6186e-6489-4900-b93f-92e23144cca5' -Scope '/subscriptions/s-1/resourceGroups/rg-play'

Connect-MgGraph -TenantId $tenant -Scopes 'Application.Read.All', 'AppRoleAssignment.ReadWrite.All'
$graph = Get-MgServicePrincipal -Filter "appId eq '00000003-0000-0000-c000-000000000000'"
# SecurityIncident.ReadWrite.All on tenant: Reads Defender's incidents and edits them: status, owner, tags, comments.
New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal -PrincipalId $principal -ResourceId $graph.Id -AppRoleId '34bf0e97-1971-4929-b999-9e2442d941d7'
# Application.Read.All on tenant: Reads the end dates of this app's secrets and certificates, and which permissions it was granted.
# Optional; remove the `#` in front to grant it.
# New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal -PrincipalId $principal -ResourceId $graph.Id -AppRoleId '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30'

# Application Mail.Send, for the test mailbox alone. Runs as Organization Management.
$mailbox = '<address of the mailbox that test mail is sent from>'
Connect-ExchangeOnline
New-ServicePrincipal -AppId $app -ObjectId $principal -DisplayName 'Crosswalk'
New-ManagementScope -Name 'Crosswalk test mailboxes' -RecipientRestrictionFilter "PrimarySmtpAddress -eq '$mailbox'"
New-ManagementRoleAssignment -App $principal -Role 'Application Mail.Send' -CustomResourceScope 'Crosswalk test mailboxes'
Test-ServicePrincipalAuthorization -Identity $principal -Resource $mailbox
