az login --tenant 'contoso.com'
app='8f2b6c1e-0000-4000-8000-000000000001'
principal=$(az ad sp show --id "$app" --query id --output tsv)

# Microsoft Sentinel Reader on rg-soc: Reads incidents, analytics rules and automation rules, and queries the log for them. It changes nothing.
az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal --role 8d289c81-5878-46d4-8554-54e1e3d8b5cb --scope '/subscriptions/s-1/resourceGroups/rg-soc'

# Reader on rg-play: Reads playbooks, so that the checks can look into them. It can't run them.
az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal --role acdd72a7-3385-48ef-bd42-f606fba81ae7 --scope '/subscriptions/s-1/resourceGroups/rg-play'

# SecurityIncident.Read.All on tenant: Reads Defender's incidents: where a merged incident went is only known there.
az ad app permission add --id "$app" --api 00000003-0000-0000-c000-000000000000 --api-permissions 45cc0394-e837-488b-a098-1918f48d186c=Role

# Application.Read.All on tenant: Reads the end dates of this app's secrets and certificates, and which permissions it was granted.
# Optional; remove the `#` in front to grant it.
# az ad app permission add --id "$app" --api 00000003-0000-0000-c000-000000000000 --api-permissions 9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30=Role

# Consents to what was added. Runs as Privileged Role Administrator.
az ad app permission admin-consent --id "$app"
