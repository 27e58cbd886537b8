$tenant = 'contoso.com'
$principal = '<object (principal) ID of the managed identity>'
$app = '<application (client) ID of the managed identity>'

Connect-AzAccount -Tenant $tenant -Environment AzureUSGovernment
# Microsoft Sentinel Reader on rg-soc: Reads incidents, analytics rules and automation rules, and queries the log for them. It changes nothing.
New-AzRoleAssignment -ObjectId $principal -RoleDefinitionId '8d289c81-5878-46d4-8554-54e1e3d8b5cb' -Scope '/subscriptions/s-1/resourceGroups/rg-soc'
# Reader on rg-play: Reads playbooks, so that the checks can look into them. It can't run them.
New-AzRoleAssignment -ObjectId $principal -RoleDefinitionId 'acdd72a7-3385-48ef-bd42-f606fba81ae7' -Scope '/subscriptions/s-1/resourceGroups/rg-play'

Connect-MgGraph -TenantId $tenant -Scopes 'Application.Read.All', 'AppRoleAssignment.ReadWrite.All' -Environment USGov
$graph = Get-MgServicePrincipal -Filter "appId eq '00000003-0000-0000-c000-000000000000'"
# SecurityIncident.Read.All on tenant: Reads Defender's incidents: where a merged incident went is only known there.
New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal -PrincipalId $principal -ResourceId $graph.Id -AppRoleId '45cc0394-e837-488b-a098-1918f48d186c'

# Application Mail.Send, for the test mailbox alone. Runs as Organization Management.
$mailbox = '<address of the mailbox that test mail is sent from>'
Connect-ExchangeOnline -ExchangeEnvironmentName O365USGovGCCHigh
New-ServicePrincipal -AppId $app -ObjectId $principal -DisplayName 'Crosswalk'
New-ManagementScope -Name 'Crosswalk test mailboxes' -RecipientRestrictionFilter "PrimarySmtpAddress -eq '$mailbox'"
New-ManagementRoleAssignment -App $principal -Role 'Application Mail.Send' -CustomResourceScope 'Crosswalk test mailboxes'
Test-ServicePrincipalAuthorization -Identity $principal -Resource $mailbox
