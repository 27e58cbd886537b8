//! The directory's objects as Graph writes them.

use crate::certificate::SUBJECT;
use crate::moment;
use crate::right;
use crate::right::graph::{AppRole, EXCHANGE_APP, GRAPH_APP};
use crate::scope::Scope;
use crate::seed;
use crate::session::{EXCHANGE, GRAPH, Session};
use serde_json::{Value, json};
use time::OffsetDateTime;

/// What the app is called.
const APP: &str = "Crosswalk";

/// Every service principal of the tenant that this door tells of.
pub fn principals(session: &Session) -> Vec<Value> {
    let scope = &session.scope;
    let (identity, client) = scope.identity();
    let resource = |aud: &'static str| {
        let (name, app) = resource_of(aud);
        let roles: Vec<Value> =
            right::graph::ROLES.iter().filter(|role| role.resource == aud).map(app_role).collect();
        principal(&resource_id(scope, aud), app, name, "Application", &roles)
    };
    vec![
        principal(&scope.principal_id(), &scope.client_id, APP, "Application", &[]),
        principal(&identity, &client, "crosswalk-host", "ManagedIdentity", &[]),
        resource(GRAPH),
        resource(EXCHANGE),
    ]
}

fn principal(id: &str, app_id: &str, name: &str, kind: &str, roles: &[Value]) -> Value {
    json!({
        "id": id,
        "deletedDateTime": null,
        "accountEnabled": true,
        "appDisplayName": name,
        "appId": app_id,
        "appRoleAssignmentRequired": false,
        "displayName": name,
        "servicePrincipalNames": [app_id],
        "servicePrincipalType": kind,
        "signInAudience": "AzureADMyOrg",
        "tags": [],
        "appRoles": roles,
        "oauth2PermissionScopes": [],
        "keyCredentials": [],
        "passwordCredentials": [],
    })
}

/// Display name and app id of a resource that grants app roles.
fn resource_of(aud: &str) -> (&'static str, &'static str) {
    if aud == GRAPH { ("Microsoft Graph", GRAPH_APP) } else { ("Office 365 Exchange Online", EXCHANGE_APP) }
}

fn resource_id(scope: &Scope, aud: &str) -> String {
    seed::guid(scope.seed, resource_of(aud).1, 0)
}

fn app_role(role: &AppRole) -> Value {
    json!({
        "allowedMemberTypes": ["Application"],
        "description": role.says,
        "displayName": role.says,
        "id": role.id(),
        "isEnabled": true,
        "origin": "Application",
        "value": role.value,
    })
}

/// What a principal was granted: the app's roles, for the app and for the machine's identity.
pub fn granted(session: &Session, principal: &Value, tid: &str) -> Vec<Value> {
    let scope = &session.scope;
    let id = principal["id"].as_str().unwrap_or_default();
    if id != scope.principal_id() && id != scope.identity().0 {
        return Vec::new();
    }
    let since = moment::text(moment::of(scope.now) - 200 * moment::DAY);
    right::graph::granted(scope.story, tid)
        .map(|role| {
            json!({
                "id": seed::guid(scope.seed, &format!("{id}{}", role.value), 0),
                "deletedDateTime": null,
                "appRoleId": role.id(),
                "createdDateTime": since,
                "principalDisplayName": principal["displayName"],
                "principalId": id,
                "principalType": "ServicePrincipal",
                "resourceDisplayName": resource_of(role.resource).0,
                "resourceId": resource_id(scope, role.resource),
            })
        })
        .collect()
}

/// The app's registration: the secret that works, one that has expired, and the certificate.
pub fn application(session: &Session) -> Value {
    let scope = &session.scope;
    let day = |days: i64| moment::text(moment::of(scope.now) + days * moment::DAY);
    let real = |time: OffsetDateTime| moment::text(moment::of(time));
    let secret = |name: &str, hint: &str, from: i64, until: i64| {
        json!({
            "customKeyIdentifier": null,
            "displayName": name,
            "endDateTime": day(until),
            "hint": hint,
            "keyId": seed::guid(scope.seed, name, 0),
            "secretText": null,
            "startDateTime": day(from),
        })
    };
    let certificate = &session.certificate;
    json!({
        "id": seed::guid(scope.seed, "registration", 0),
        "deletedDateTime": null,
        "appId": scope.client_id,
        "createdDateTime": day(-400),
        "displayName": APP,
        "publisherDomain": scope.mail_domain,
        "signInAudience": "AzureADMyOrg",
        "isFallbackPublicClient": true,
        "publicClient": {"redirectUris": ["http://localhost"]},
        "passwordCredentials": [
            secret("crosswalk-2026", scope.client_secret.get(..3).unwrap_or_default(), -341, 24),
            secret("crosswalk-2025", "Qz1", -375, -10),
        ],
        "keyCredentials": [{
            "customKeyIdentifier": certificate.thumbprint(),
            "displayName": SUBJECT,
            "endDateTime": real(certificate.not_after),
            "key": null,
            "keyId": seed::guid(scope.seed, "certificate", 0),
            "startDateTime": real(certificate.not_before),
            "type": "AsymmetricX509Cert",
            "usage": "Verify",
        }],
    })
}
