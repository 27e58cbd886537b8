//! Repository connections as `sourcecontrols` lists them: one that works, one whose last deployment failed.
//!
//! Shape: SourceControls of api-version 2025-09-01; `repositoryAccess` is write-only and never served.

use super::place::{Place, stamp};
use serde_json::{Value, json};
use time::Duration;

/// Content that both repositories deploy.
const CONTENT: [&str; 4] = ["AnalyticsRule", "AutomationRule", "Playbook", "Parser"];

pub(super) fn source_controls(place: &Place) -> Vec<Value> {
    match place.at {
        0 => vec![github(place)],
        1 => vec![azure_devops(place)],
        _ => Vec::new(),
    }
}

fn github(place: &Place) -> Value {
    let url = "https://github.com/contoso-example/sentinel-content";
    let mut control = control(place, "SOC content", "Github", url, "Success");
    control["properties"]["repositoryResourceInfo"]["gitHubResourceInfo"] =
        json!({"appInstallationId": place.below("sourcecontrols/app", 90_000_000).to_string()});
    control
}

fn azure_devops(place: &Place) -> Value {
    let url = "https://dev.azure.com/contoso-example/retail/_git/sentinel";
    let mut control = control(place, "Retail content", "AzureDevOps", url, "Failed");
    control["properties"]["repositoryResourceInfo"]["azureDevOpsResourceInfo"] = json!({
        "pipelineId": place.below("sourcecontrols/pipeline", 900).to_string(),
        "serviceConnectionId": place.guid("sourcecontrols/connection"),
    });
    control
}

fn control(place: &Place, title: &str, kind: &str, url: &str, result: &str) -> Value {
    let key = format!("sourcecontrols/{title}");
    let name = place.guid(&key);
    let (_, address) = place.who(1);
    let logs = format!("{url}/actions");
    json!({
        "id": place.id("sourcecontrols", &name),
        "name": name,
        "type": "Microsoft.SecurityInsights/SourceControls",
        "etag": place.etag(&key),
        "systemData": {
            "createdBy": address, "createdByType": "User", "createdAt": stamp(place.made(&key), 7),
            "lastModifiedBy": address, "lastModifiedByType": "User", "lastModifiedAt": stamp(place.changed(&key), 7),
        },
        "properties": {
            "id": name,
            "displayName": title,
            "description": null,
            "repoType": kind,
            "contentTypes": CONTENT,
            "repository": {"url": url, "branch": "main", "displayUrl": url, "deploymentLogsUrl": logs},
            "servicePrincipal": {
                "id": place.guid(&format!("{key}/principal")), "tenantId": place.scope.tenant_id,
                "appId": place.guid(&format!("{key}/app")),
                "credentialsExpireOn": stamp(place.scope.now + Duration::days(90), 0),
            },
            "repositoryResourceInfo": {"webhook": {
                "webhookId": place.guid(&format!("{key}/hook")), "rotateWebhookSecret": false,
                "webhookUrl": format!("https://hooks.example/webhooks/{}/sourceControls/{name}", kind.to_lowercase()),
                "webhookSecretUpdateTime": stamp(place.made(&key), 7),
            }},
            "lastDeploymentInfo": {
                "deploymentFetchStatus": "Success",
                "deployment": {
                    "deploymentId": place.below(&key, 9_000).to_string(), "deploymentState": "Completed",
                    "deploymentResult": result, "deploymentTime": stamp(place.changed(&key), 7),
                    "deploymentLogsUrl": logs,
                },
                "message": null,
            },
            "pullRequest": null,
            "version": "V2",
        },
    })
}
