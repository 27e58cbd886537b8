az login --tenant 'contoso.com'
app='8f2b6c1e-0000-4000-8000-000000000001'
principal=$(az ad sp show --id "$app" --query id --output tsv)

# Microsoft Sentinel Contributor on rg-soc: Reads incidents and rules, and edits incidents, analytics rules and automation rules.
az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal --role ab8e14d6-4a74-4a29-9ba8-549422addade --scope '/subscriptions/s-1/resourceGroups/rg-soc'

# Microsoft Sentinel Playbook Operator on rg-play: Reads playbooks, and runs one on an incident.
az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal --role 51d6186e-6489-4900-b93f-92e23144cca5 --scope '/subscriptions/s-1/resourceGroups/rg-play'

# SecurityIncident.ReadWrite.All on tenant: Reads Defender's incidents and edits them: status, owner, tags, comments.
az ad app permission add --id "$app" --api 00000003-0000-0000-c000-000000000000 --api-permissions 34bf0e97-1971-4929-b999-9e2442d941d7=Role

# Application Mail.Send on mailboxes of the tests: Sends test mail, from the chosen mailboxes alone. `Mail.Send` in Microsoft Graph would reach every mailbox.
# Azure CLI can't grant Exchange's roles: use the PowerShell lines.

# Application.Read.All on tenant: Reads the end dates of this app's secrets and certificates, and which permissions it was granted.
# Optional; remove the `#` in front to grant it.
# az ad app permission add --id "$app" --api 00000003-0000-0000-c000-000000000000 --api-permissions 9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30=Role

# Consents to what was added. Runs as Privileged Role Administrator.
az ad app permission admin-consent --id "$app"
