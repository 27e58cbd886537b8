//! Data connectors as `dataConnectors` lists them.
//!
//! Shapes: DataConnectors of api-version 2025-09-01 and the kinds that previews add.

use super::place::Place;
use serde_json::{Value, json};

/// Workspace, kind, and the names and states of its data types.
type Row = (usize, &'static str, &'static [(&'static str, &'static str)]);

const CONNECTORS: [Row; 14] = [
    (0, "MicrosoftThreatProtection", &[("incidents", "Enabled"), ("alerts", "Enabled")]),
    (0, "AzureActiveDirectory", &[("alerts", "Enabled")]),
    (0, "AzureSecurityCenter", &[("alerts", "Enabled")]),
    (0, "MicrosoftCloudAppSecurity", &[("alerts", "Enabled"), ("discoveryLogs", "Disabled")]),
    (0, "Office365", &[("sharePoint", "Enabled"), ("exchange", "Enabled"), ("teams", "Enabled")]),
    (0, "OfficeIRM", &[("alerts", "Enabled")]),
    (0, "ThreatIntelligence", &[("indicators", "Enabled")]),
    (0, "AmazonWebServicesS3", &[("logs", "Enabled")]),
    (0, "RestApiPoller", &[]),
    (1, "MicrosoftDefenderAdvancedThreatProtection", &[("alerts", "Enabled")]),
    (1, "AzureAdvancedThreatProtection", &[("alerts", "Enabled")]),
    (1, "Office365", &[("sharePoint", "Enabled"), ("exchange", "Enabled"), ("teams", "Disabled")]),
    (1, "AmazonWebServicesCloudTrail", &[("logs", "Enabled")]),
    (1, "GenericUI", &[]),
];

pub(super) fn connectors(place: &Place) -> Vec<Value> {
    let here = CONNECTORS.iter().filter(|(at, ..)| *at == place.at);
    here.map(|(_, kind, types)| connector(place, kind, types)).collect()
}

fn connector(place: &Place, kind: &str, types: &[(&str, &str)]) -> Value {
    let key = format!("dataConnectors/{kind}");
    let name = place.guid(&key);
    json!({
        "id": place.id("dataConnectors", &name),
        "name": name,
        "etag": place.etag(&key),
        "type": "Microsoft.SecurityInsights/dataConnectors",
        "kind": kind,
        "properties": properties(place, kind, types),
    })
}

fn properties(place: &Place, kind: &str, types: &[(&str, &str)]) -> Value {
    let states: serde_json::Map<_, _> =
        types.iter().map(|(name, state)| ((*name).to_owned(), json!({"state": state}))).collect();
    let tenant = &place.scope.tenant_id;
    match kind {
        "MicrosoftThreatProtection" => {
            json!({"tenantId": tenant, "dataTypes": states, "filteredProviders": {"alerts": ["microsoftDefenderForCloudApps"]}})
        }
        "AzureSecurityCenter" => json!({"subscriptionId": place.scope.subscription_id, "dataTypes": states}),
        "ThreatIntelligence" => {
            json!({"tenantId": tenant, "tipLookbackPeriod": "1990-01-01T00:00:00.000Z", "dataTypes": states})
        }
        "AmazonWebServicesS3" => json!({
            "destinationTable": "AWSCloudTrail", "roleArn": "arn:aws:iam::000000000000:role/SentinelReader",
            "sqsUrls": ["https://sqs.eu-west-1.example/000000000000/sentinel"], "dataTypes": states,
        }),
        "AmazonWebServicesCloudTrail" => {
            json!({"awsRoleArn": "arn:aws:iam::000000000000:role/SentinelReader", "dataTypes": states})
        }
        "RestApiPoller" => poller(),
        "GenericUI" => generic(),
        _ => json!({"tenantId": tenant, "dataTypes": states}),
    }
}

/// A codeless connector of the current kind.
fn poller() -> Value {
    json!({
        "connectorDefinitionName": "GatewayAudit",
        "dataType": "GatewayAudit_CL",
        "isActive": true,
        "auth": {"type": "APIKey", "apiKeyName": "X-Key", "apiKey": null},
        "request": {"apiEndpoint": "https://gateway.example/audit", "httpMethod": "GET", "queryWindowInMin": 5},
        "paging": {"pagingType": "LinkHeader"},
        "response": {"eventsJsonPaths": ["$.events"], "format": "json"},
        "dcrConfig": null,
    })
}

/// A codeless connector of the first kind: a page and nothing behind it.
fn generic() -> Value {
    json!({"connectorUiConfig": {
        "title": "Till Switch (via Legacy Agent)", "publisher": "Fabrikam", "descriptionMarkdown": "Events of the till switch.",
        "graphQueriesTableName": "TillSwitch_CL", "graphQueries": [], "sampleQueries": [], "dataTypes": [],
        "connectivityCriteria": [], "availability": {"status": 1, "isPreview": false},
        "permissions": {"resourceProvider": [], "customs": []}, "instructionSteps": [],
    }})
}
