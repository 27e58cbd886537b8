//! API connections of the playbooks, and how a workflow names them.

use crate::content::place::{Place, stamp};
use serde_json::{Map, Value, json};

/// Region of all Logic Apps.
pub(super) const LOCATION: &str = "westeurope";

/// How a connection signs in.
#[derive(Clone, Copy)]
enum Auth {
    /// The workflow's managed identity.
    Identity,
    /// A user's consent.
    User,
    /// A key kept by the connection.
    Key,
}

/// Managed API, display name, brand colour, sign-in, status.
const CONNECTIONS: [(&str, &str, &str, Auth, &str); 8] = [
    ("azuresentinel", "Microsoft Sentinel", "#0072C6", Auth::Identity, "Ready"),
    ("office365", "Office 365 Outlook", "#0078D4", Auth::User, "Connected"),
    ("teams", "Microsoft Teams", "#5558AF", Auth::User, "Connected"),
    ("service-now", "ServiceNow", "#62D84E", Auth::Key, "Connected"),
    ("jira", "JIRA", "#2684FF", Auth::Key, "Connected"),
    ("wdatp", "Microsoft Defender ATP", "#0078D7", Auth::Identity, "Ready"),
    ("azuremonitorlogs", "Azure Monitor Logs", "#0072C6", Auth::Identity, "Ready"),
    ("keyvault", "Azure Key Vault", "#0079D6", Auth::User, "Error"),
];

/// Connection resources, as `Microsoft.Web/connections` lists them.
pub(super) fn connections(place: &Place) -> Vec<Value> {
    CONNECTIONS.iter().map(|row| resource(row, place)).collect()
}

fn resource((api, title, colour, auth, status): &(&str, &str, &str, Auth, &str), place: &Place) -> Value {
    let name = resource_name(api);
    let key = format!("connections/{name}");
    let mut properties = json!({
        "displayName": if matches!(auth, Auth::User) { place.who(3).1 } else { name.clone() },
        "statuses": [{"status": status}],
        "customParameterValues": {},
        "createdTime": stamp(place.made(&key), 7),
        "changedTime": stamp(place.changed(&key), 7),
        "api": {
            "name": api, "displayName": title, "iconUri": format!("https://connectoricons.example/{api}/icon.png"),
            "brandColor": colour, "id": managed_api(api, place), "type": "Microsoft.Web/locations/managedApis",
        },
        "testLinks": [],
    });
    if matches!(auth, Auth::Identity) {
        properties["parameterValueType"] = json!("Alternative");
    }
    if *status == "Error" {
        let error = json!({"code": "Unauthorized", "message": "Failed to refresh access token for service: keyvault."});
        properties["statuses"] = json!([{"status": "Error", "target": "token", "error": error}]);
    }
    json!({
        "properties": properties,
        "id": place.scope.connection_id(&name),
        "name": name,
        "type": "Microsoft.Web/connections",
        "location": LOCATION,
    })
}

/// What `parameters.$connections.value` of a workflow holds for these managed APIs.
pub(super) fn references(apis: &[&str], place: &Place) -> Value {
    let known = CONNECTIONS.iter().filter(|(api, ..)| apis.contains(api));
    known
        .map(|(api, _, _, auth, _)| ((*api).to_owned(), reference(api, *auth, place)))
        .collect::<Map<_, _>>()
        .into()
}

fn reference(api: &str, auth: Auth, place: &Place) -> Value {
    let name = resource_name(api);
    let mut value = json!({
        "connectionId": place.scope.connection_id(&name),
        "connectionName": name,
        "id": managed_api(api, place),
    });
    if matches!(auth, Auth::Identity) {
        value["connectionProperties"] = json!({"authentication": {"type": "ManagedServiceIdentity"}});
    }
    value
}

/// How a step names its connection.
pub(super) fn expression(api: &str) -> String {
    format!("@parameters('$connections')['{api}']['connectionId']")
}

fn resource_name(api: &str) -> String {
    format!("{api}-soc")
}

fn managed_api(api: &str, place: &Place) -> String {
    format!("{}/providers/Microsoft.Web/locations/{LOCATION}/managedApis/{api}", place.scope.subscription())
}
