//! One incident's page: its ways out, and how fresh each side is.

use contract::Code;
use host::Apis;
use serde_json::json;
use tests::{Desk, world};

use crate::change::one;

#[tokio::test(flavor = "multi_thread")]
async fn its_pages_in_both_portals_are_named_from_its_ids() {
    let desk = Desk::open(world(1, 600)).await;
    desk.host.sync(Apis::ALL).await.expect("it is read");
    let azure = format!("https://portal.azure.com/#@{}/asset/", desk.sandbox.descriptor().tenant_id);
    for (presence, portals) in [
        ("both", &["defender", "azure"][..]),
        ("sentinel_only", &["azure"]),
        ("defender_only", &["defender"]),
    ] {
        let key = one(&desk, presence).await;
        let detail = desk.get("incident_get", json!({ "key": key })).await;
        assert_eq!(detail["portals"], json!(portals), "{presence}");
        let told =
            |side: &str, start: &str| detail[side]["portal"].as_str().is_none_or(|at| at.starts_with(start));
        assert!(told("sentinel", "https://portal.azure.com/#asset/"), "{}", detail["sentinel"]["portal"]);
        assert!(told("graph", "https://security.microsoft.com/incidents/"), "{}", detail["graph"]["portal"]);
        for portal in ["defender", "azure"] {
            let link = json!({ "page": "incident", "key": key, "portal": portal });
            let opened = desk.ask("link_open", link).await;
            if !portals.contains(&portal) {
                assert_eq!(opened.unwrap_err().code, Code::NotFound, "{presence} in {portal}");
                continue;
            }
            let opened = opened.expect("it is named");
            let (start, id) = match portal {
                "defender" => ("https://security.microsoft.com/incidents/", &detail["row"]["graph_id"]),
                _ => (azure.as_str(), &detail["row"]["sentinel_id"]),
            };
            let (address, id) = (opened["address"].as_str().unwrap(), id.as_str().unwrap());
            assert!(address.starts_with(start) && address.contains(id), "{address}");
            assert_eq!(opened["opened"], false, "a sandbox's incident is on no page of Microsoft's");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_side_says_when_it_was_seen_and_when_sentinel_was_listed_whole() {
    let desk = Desk::open(world(1, 600)).await;
    desk.host.sync(Apis::ALL).await.expect("it is read");
    let (both, graph) = (one(&desk, "both").await, one(&desk, "defender_only").await);
    let first = desk.get("incident_get", json!({ "key": both })).await;
    let listed = &first["listed"];
    assert_eq!(listed["held"], true);
    assert!(first["sentinel"]["read_at"].as_str() <= listed["at"].as_str(), "{listed}");
    assert!(first["graph"]["read_at"].is_string());
    desk.host.sync(Apis::ALL).await.expect("what changed is read");
    let then = desk.get("incident_get", json!({ "key": both })).await;
    assert_eq!(&then["listed"], listed, "a listing of changes is no whole one");
    assert_eq!(desk.get("incident_get", json!({ "key": graph })).await["listed"], json!(null));
}
