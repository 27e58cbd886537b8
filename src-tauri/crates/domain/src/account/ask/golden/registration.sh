az login --tenant 'contoso.com'
app=$(az ad app create --display-name Crosswalk --sign-in-audience AzureADMyOrg --is-fallback-public-client true --public-client-redirect-uris http://localhost --query appId --output tsv)
az ad sp create --id "$app"
az ad app permission add --id "$app" --api 00000003-0000-0000-c000-000000000000 --api-permissions b9abcc4f-94fc-4457-9141-d20ce80ec952=Scope
az ad app permission add --id "$app" --api 00000003-0000-0000-c000-000000000000 --api-permissions e383f46e-2787-4529-855e-0e479a3ffac0=Scope
az ad app permission add --id "$app" --api 797f4846-ba00-4fd7-ba43-dac1f8f63013 --api-permissions 41094075-9dad-400e-a0bd-54e686782033=Scope
read=$(az ad sp show --id ca7f3f0b-7d91-482c-8e09-c5d840d0eac5 --query "oauth2PermissionScopes[?value=='Data.Read'].id" --output tsv)
az ad app permission add --id "$app" --api ca7f3f0b-7d91-482c-8e09-c5d840d0eac5 --api-permissions "$read=Scope"
az ad app permission admin-consent --id "$app"
echo "Application (client) ID: $app"
