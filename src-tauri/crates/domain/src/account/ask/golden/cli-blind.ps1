$tenant = 'contoso.com'
$user = '<user name>'

Connect-AzAccount -Tenant $tenant
$principal = (Get-AzADUser -UserPrincipalName $user).Id
# Microsoft Sentinel Reader on resource group of each workspace: Reads incidents, analytics rules and automation rules, and queries the log for them. It changes nothing.
New-AzRoleAssignment -ObjectId $principal -RoleDefinitionId '8d289c81-5878-46d4-8554-54e1e3d8b5cb' -Scope '/subscriptions/<subscription ID>/resourceGroups/<resource group>'
# Reader on resource groups of the playbooks: Reads playbooks, so that the checks can look into them. It can't run them.
New-AzRoleAssignment -ObjectId $principal -RoleDefinitionId 'acdd72a7-3385-48ef-bd42-f606fba81ae7' -Scope '/subscriptions/<subscription ID>/resourceGroups/<resource group>'

# The token of Azure CLI can't carry Graph permissions, whatever is granted: use another way in.
