//! Watchlists as their list shows them: without `etag`, which only a single read has.

use super::place::{Place, stamp};
use serde_json::{Value, json};

/// Workspace, alias, display name, search key, what it is for.
const WATCHLISTS: [(usize, &str, &str, &str, &str); 8] = [
    (0, "TorExitNodes", "Tor exit nodes", "IPAddress", "Refreshed every night."),
    (0, "CommandServers", "Known command servers", "IPAddress", "From the sharing group."),
    (0, "BreakGlass", "Break-glass accounts", "UserPrincipalName", "Two accounts, sealed."),
    (0, "VIPUsers", "VIP users", "UserPrincipalName", "Board and assistants."),
    (0, "NetworkBlocks", "Blocked networks", "Network", "Written by playbooks."),
    (1, "TorExitNodes", "Tor exit nodes", "IPAddress", "Refreshed every night."),
    (1, "CommandServers", "Known command servers", "IPAddress", "From the sharing group."),
    (1, "StoreNetworks", "Store networks", "Network", "One row per store."),
];

pub(super) fn watchlists(place: &Place) -> Vec<Value> {
    let here = WATCHLISTS.iter().filter(|(at, ..)| *at == place.at);
    here.map(|(_, alias, title, search, text)| watchlist(place, alias, title, search, text)).collect()
}

fn watchlist(place: &Place, alias: &str, title: &str, search: &str, text: &str) -> Value {
    let key = format!("Watchlists/{alias}");
    let (made, changed) = (stamp(place.made(&key), 7), stamp(place.changed(&key), 7));
    let (name, address) = place.who(2);
    let author = json!({"objectId": place.object_id(2), "email": address, "name": name});
    json!({
        "id": place.id("Watchlists", alias),
        "name": alias,
        "type": "Microsoft.SecurityInsights/Watchlists",
        "systemData": {
            "createdAt": made, "createdBy": address, "createdByType": "User",
            "lastModifiedAt": changed, "lastModifiedBy": address, "lastModifiedByType": "User",
        },
        "properties": {
            "watchlistId": place.guid(&key), "displayName": title, "provider": "Microsoft",
            "source": format!("{alias}.csv"), "sourceType": "Local", "itemsSearchKey": search,
            "created": offset(&made), "updated": offset(&changed), "createdBy": author, "updatedBy": author,
            "description": text, "watchlistType": "watchlist", "watchlistAlias": alias, "isDeleted": false,
            "labels": [], "tenantId": place.scope.tenant_id, "numberOfLinesToSkip": 0,
            "provisioningState": "Succeeded", "sasUri": "", "watchlistCategory": "General",
        },
    })
}

/// The list writes its own times with an offset instead of `Z`.
fn offset(stamp: &str) -> String {
    stamp.replace('Z', "+00:00")
}
