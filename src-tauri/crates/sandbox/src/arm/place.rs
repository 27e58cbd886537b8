//! Where things lie: the subscription, and the Log Analytics workspaces that the caller may see.

use super::version::Provider;
use super::{Call, error};
use crate::answer;
use crate::session::Session;
use axum::response::Response;
use serde_json::{Value, json};

pub fn subscriptions(call: &Call) -> Response {
    // Whoever has no role anywhere sees an empty list, not an error.
    let read = "Microsoft.Resources/subscriptions/read";
    let may = call.session.may(&call.claims, read, &call.session.scope.subscription());
    let seen = if may { vec![subscription_json(call.session)] } else { Vec::new() };
    let count = json!({"type": "Total", "value": seen.len()});
    answer::json(200, json!({"value": seen, "count": count}).to_string())
}

/// `GET /subscriptions/{id}`
pub fn subscription(call: &Call) -> Response {
    call.versioned(Provider::Subscriptions, "subscriptions", |_| {
        answer::json(200, subscription_json(call.session).to_string())
    })
}

fn subscription_json(session: &Session) -> Value {
    let scope = &session.scope;
    json!({
        "id": scope.subscription(),
        "authorizationSource": "RoleBased",
        "managedByTenants": [],
        "subscriptionId": scope.subscription_id,
        "tenantId": scope.tenant_id,
        "displayName": "Contoso Security",
        "state": "Enabled",
        "subscriptionPolicies": {
            "locationPlacementId": "Public_2014-09-01",
            "quotaId": "PayAsYouGo_2014-09-01",
            "spendingLimit": "Off",
        },
    })
}

pub fn workspaces(call: &Call) -> Response {
    call.versioned(Provider::Workspaces, "workspaces", |_| {
        let (session, read) = (call.session, "Microsoft.OperationalInsights/workspaces/read");
        let all = session.scope.workspaces.iter();
        let seen: Vec<Value> = all
            .filter(|name| session.may(&call.claims, read, &session.scope.workspace_id(name)))
            .map(|name| workspace_json(session, name))
            .collect();
        answer::json(200, json!({"value": seen}).to_string())
    })
}

pub fn workspace(call: &Call, name: &str) -> Response {
    call.versioned(Provider::Workspaces, "workspaces", |_| match call.session.workspace(name) {
        Some(place) => {
            answer::json(200, workspace_json(call.session, &call.session.scope.workspaces[place]).to_string())
        }
        None => {
            let group = &call.session.scope.resource_group;
            error::no_resource("Microsoft.OperationalInsights/workspaces", name, group)
        }
    })
}

fn workspace_json(session: &Session, name: &str) -> Value {
    json!({
        "properties": {
            "customerId": session.scope.customer_id(name),
            "provisioningState": "Succeeded",
            "sku": {"name": "PerGB2018", "lastSkuUpdate": "2024-02-11T09:14:02.1830547Z"},
            "retentionInDays": 180,
            "features": {"legacy": 0, "searchVersion": 1, "enableLogAccessUsingOnlyResourcePermissions": true},
            "workspaceCapping": {"dailyQuotaGb": -1.0, "dataIngestionStatus": "RespectQuota"},
            "publicNetworkAccessForIngestion": "Enabled",
            "publicNetworkAccessForQuery": "Enabled",
            "createdDate": "2024-02-11T09:14:02.1830547Z",
            "modifiedDate": "2024-02-11T09:14:04.5524137Z",
        },
        "location": "westeurope",
        "tags": {},
        "id": session.scope.workspace_id(name),
        "name": name,
        "type": "Microsoft.OperationalInsights/workspaces",
    })
}
