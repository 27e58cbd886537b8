az cloud set --name AzureUSGovernment
az login --tenant 'contoso.com'
principal='<object (principal) ID of the managed identity>'

# Microsoft Sentinel Reader on rg-soc: Reads incidents, analytics rules and automation rules, and queries the log for them. It changes nothing.
az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal --role 8d289c81-5878-46d4-8554-54e1e3d8b5cb --scope '/subscriptions/s-1/resourceGroups/rg-soc'

# Reader on rg-play: Reads playbooks, so that the checks can look into them. It can't run them.
az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal --role acdd72a7-3385-48ef-bd42-f606fba81ae7 --scope '/subscriptions/s-1/resourceGroups/rg-play'

# SecurityIncident.Read.All on tenant: Reads Defender's incidents: where a merged incident went is only known there.
graph=$(az ad sp show --id 00000003-0000-0000-c000-000000000000 --query id --output tsv)
az rest --method POST --url 'https://graph.microsoft.us'"/v1.0/servicePrincipals/$principal/appRoleAssignments" --headers Content-Type=application/json --body "{\"principalId\":\"$principal\",\"resourceId\":\"$graph\",\"appRoleId\":\"45cc0394-e837-488b-a098-1918f48d186c\"}"

# Application Mail.Send on mailboxes of the tests: Sends test mail, from the chosen mailboxes alone. `Mail.Send` in Microsoft Graph would reach every mailbox.
# Azure CLI can't grant Exchange's roles: use the PowerShell lines.
