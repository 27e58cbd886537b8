$tenant = 'contoso.com'
Connect-MgGraph -TenantId $tenant -Scopes 'Application.ReadWrite.All', 'DelegatedPermissionGrant.ReadWrite.All'
$graph = Get-MgServicePrincipal -Filter "appId eq '00000003-0000-0000-c000-000000000000'"
$arm = Get-MgServicePrincipal -Filter "appId eq '797f4846-ba00-4fd7-ba43-dac1f8f63013'"
$logs = Get-MgServicePrincipal -Filter "appId eq 'ca7f3f0b-7d91-482c-8e09-c5d840d0eac5'"
$read = ($logs.Oauth2PermissionScopes | Where-Object Value -eq 'Data.Read').Id
$access = @(
  @{ ResourceAppId = '00000003-0000-0000-c000-000000000000'; ResourceAccess = @(@{ Id = 'b9abcc4f-94fc-4457-9141-d20ce80ec952'; Type = 'Scope' }, @{ Id = 'e383f46e-2787-4529-855e-0e479a3ffac0'; Type = 'Scope' }) }
  @{ ResourceAppId = '797f4846-ba00-4fd7-ba43-dac1f8f63013'; ResourceAccess = @(@{ Id = '41094075-9dad-400e-a0bd-54e686782033'; Type = 'Scope' }) }
  @{ ResourceAppId = 'ca7f3f0b-7d91-482c-8e09-c5d840d0eac5'; ResourceAccess = @(@{ Id = $read; Type = 'Scope' }) }
)
$app = New-MgApplication -DisplayName 'Crosswalk' -SignInAudience 'AzureADMyOrg' -IsFallbackPublicClient -PublicClient @{ RedirectUris = @('http://localhost') } -RequiredResourceAccess $access
$client = New-MgServicePrincipal -AppId $app.AppId
New-MgOauth2PermissionGrant -ClientId $client.Id -ConsentType AllPrincipals -ResourceId $graph.Id -Scope 'SecurityIncident.Read.All Mail.Send'
New-MgOauth2PermissionGrant -ClientId $client.Id -ConsentType AllPrincipals -ResourceId $arm.Id -Scope 'user_impersonation'
New-MgOauth2PermissionGrant -ClientId $client.Id -ConsentType AllPrincipals -ResourceId $logs.Id -Scope 'Data.Read'
"Application (client) ID: $($app.AppId)"
