az login --tenant 'contoso.com'
principal=$(az ad user show --id '<user name>' --query id --output tsv)

# Microsoft Sentinel Reader on resource group of each workspace: Reads incidents, analytics rules and automation rules, and queries the log for them. It changes nothing.
az role assignment create --assignee-object-id "$principal" --assignee-principal-type User --role 8d289c81-5878-46d4-8554-54e1e3d8b5cb --scope '/subscriptions/<subscription ID>/resourceGroups/<resource group>'

# Reader on resource groups of the playbooks: Reads playbooks, so that the checks can look into them. It can't run them.
az role assignment create --assignee-object-id "$principal" --assignee-principal-type User --role acdd72a7-3385-48ef-bd42-f606fba81ae7 --scope '/subscriptions/<subscription ID>/resourceGroups/<resource group>'

# SecurityIncident.Read.All on tenant: Reads Defender's incidents: where a merged incident went is only known there.
# The token of Azure CLI can't carry it, whatever is granted: use another way in.
