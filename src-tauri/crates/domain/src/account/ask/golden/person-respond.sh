az login --tenant 'contoso.com'
app='8f2b6c1e-0000-4000-8000-000000000001'
principal=$(az ad user show --id 'lena@contoso.com' --query id --output tsv)

# Microsoft Sentinel Responder on rg-soc: Reads incidents and rules, and edits incidents: status, owner, tags, comments.
az role assignment create --assignee-object-id "$principal" --assignee-principal-type User --role 3e150937-b8fe-4cfb-8069-0eaf05ecd056 --scope '/subscriptions/s-1/resourceGroups/rg-soc'

# Microsoft Sentinel Playbook Operator on rg-play: Reads playbooks, and runs one on an incident.
az role assignment create --assignee-object-id "$principal" --assignee-principal-type User --role 51d6186e-6489-4900-b93f-92e23144cca5 --scope '/subscriptions/s-1/resourceGroups/rg-play'

# SecurityIncident.ReadWrite.All on tenant: Reads Defender's incidents and edits them: status, owner, tags, comments.
az ad app permission add --id "$app" --api 00000003-0000-0000-c000-000000000000 --api-permissions 128ca929-1a19-45e6-a3b8-435ec44a36ba=Scope

# Consents to what was added. Runs as Privileged Role Administrator.
az ad app permission admin-consent --id "$app"
