//! Log Analytics: the shipped queries by name, and nothing else.

use crate::client::{Answer, LOGS, World, options, text};
use reqwest::Method;
use sandbox::{Limits, Options};
use serde_json::{Value, json};

async fn query(world: &World, workspace: &str, text: &str) -> Answer {
    let descriptor = world.sandbox.descriptor();
    let url = world.sentinel(workspace, "x");
    let (resource, _) = url.split_once("/providers/Microsoft.SecurityInsights").unwrap();
    let found = world.get(&format!("{resource}?api-version=2023-09-01")).await;
    let customer = found.body["properties"]["customerId"].as_str().unwrap().to_owned();
    let address = format!("{}/v1/workspaces/{customer}/query", descriptor.logs);
    let request = world.http.post(address).bearer_auth(world.token(LOGS).await);
    world.send(request.json(&json!({"query": text}))).await
}

fn identity(since: &str) -> String {
    format!("// crosswalk:incident_identity\nlet since = datetime({since});\nSecurityIncident\n| where true")
}

#[tokio::test]
async fn rows_from_before_a_merge_hold_the_sources_own_id() {
    let world = World::of(1_000).await;
    let truth = world.sandbox.truth();
    let answer = query(&world, "soc-primary", &identity("2026-01-01T00:00:00Z")).await;
    assert_eq!(
        answer.body["tables"][0]["columns"][3],
        json!({"name": "ProviderIncidentId", "type": "string"})
    );
    let rows = answer.body["tables"][0]["rows"].as_array().unwrap();
    let own = |name: &str| rows.iter().find(|row| row[0] == name).map(|row| row[3].clone());
    let (mut joined, mut apart) = (0, 0);
    for row in truth["redirects"].as_array().unwrap() {
        let source = &row["source"];
        if source["workspace"] != "soc-primary" {
            continue;
        }
        let found = own(source["sentinel_id"].as_str().unwrap());
        match source["graph_id"].as_str() {
            Some(id) => {
                assert_eq!(found, Some(id.into()), "{source}");
                joined += 1;
            }
            None => {
                assert_eq!(found, None, "{source}");
                apart += 1;
            }
        }
    }
    assert!(joined > apart && apart > 0, "two thirds are logged: {joined} to {apart}");
    let none = query(&world, "soc-primary", &identity("2026-11-24T00:00:00Z")).await;
    assert_eq!(none.body["tables"][0]["rows"], Value::Array(Vec::new()), "nothing is newer than now");
}

#[tokio::test]
async fn cuts_what_was_made_into_windows() {
    let world = World::of(200).await;
    let text = "// crosswalk:incident_windows\nlet from = datetime(2020-01-01T00:00:00Z);\nlet size = 15;\nX";
    let answer = query(&world, "retail", text).await;
    let rows = answer.body["tables"][0]["rows"].as_array().unwrap();
    let counts: Vec<u64> = rows.iter().filter_map(|row| row[2].as_u64()).collect();
    let all = world.sandbox.truth()["incidents"]["by_workspace"]["retail"].as_u64();
    assert_eq!(Some(counts.iter().sum::<u64>()), all);
    assert!(counts[..counts.len() - 1].iter().all(|count| (12..=18).contains(count)), "{counts:?}");
    let begins: Vec<&str> = rows.iter().filter_map(|row| row[1].as_str()).collect();
    assert!(begins.is_sorted() && begins.len() == counts.len(), "{begins:?}");
}

#[tokio::test]
async fn what_is_deleted_leaves_arm_and_stays_in_the_log() {
    let world = World::of(1_000).await;
    let list = world.sentinel("soc-primary", "incidents?api-version=2025-09-01&$top=1000");
    let counts =
        "// crosswalk:incident_windows\nlet from = datetime(2020-01-01T00:00:00Z);\nlet size = 1000;\nX";
    let before = (world.all(&list).await, query(&world, "soc-primary", counts).await.body);
    let named = |of_defender: bool| {
        let of = |one: &&Value| (one["properties"]["providerName"] != "Azure Sentinel") == of_defender;
        before.0.iter().find(of).map(|one| one["name"].as_str().unwrap()).unwrap()
    };
    let url = |of_defender| {
        world.sentinel("soc-primary", &format!("incidents/{}?api-version=2025-09-01", named(of_defender)))
    };
    assert_eq!(world.arm(Method::DELETE, &url(true), None).await.status, 400, "Defender has it too");
    assert_eq!(world.arm(Method::DELETE, &url(false), None).await.status, 200);
    assert_eq!(world.arm(Method::DELETE, &url(false), None).await.status, 204, "it is gone already");
    assert_eq!(world.get(&url(false)).await.status, 404);
    assert_eq!(world.all(&list).await.len(), before.0.len() - 1);
    assert_eq!(query(&world, "soc-primary", counts).await.body, before.1);
}

#[tokio::test]
async fn alerts_without_an_incident_come_with_the_newest_row_of_a_stretch() {
    let world = World::of(0).await;
    let ask = async |from: &str, until: &str| {
        let text = format!(
            "// crosswalk:alerts_without_incident\nlet from = datetime({from});\nlet until = datetime({until});\nX"
        );
        let answer = query(&world, "soc-primary", &text).await;
        answer.body["tables"][0]["rows"].as_array().unwrap().clone()
    };
    let all = ask("1970-01-01", "2100-01-01").await;
    let truth = world.sandbox.truth();
    let planted = truth["alerts"].as_array().unwrap().iter().filter(|one| one["workspace"] == "soc-primary");
    assert_eq!(all.len(), planted.count());
    let resolved = all.iter().find(|row| row[3] == "Resolved").unwrap();
    let before = ask("1970-01-01", resolved[11].as_str().unwrap()).await;
    let same = before.iter().find(|row| row[0] == resolved[0]).unwrap();
    assert_eq!(same[3], "New", "its older row lies in an earlier stretch");
}

#[tokio::test]
async fn any_other_text_is_refused_in_the_services_shape() {
    let world = World::of(0).await;
    for bad in [
        "SecurityIncident | take 1",
        "// crosswalk:nothing\nlet since = datetime(2026-01-01);",
        "// crosswalk:incident_windows\nlet from = datetime(2020-01-01T00:00:00Z);\nlet size = 0;\nX",
    ] {
        let answer = query(&world, "retail", bad).await;
        assert_eq!((answer.status, text(&answer.body, "/error/code")), (400, "BadArgumentError"), "{bad}");
        assert!(answer.body["error"]["innererror"]["message"].is_string());
    }
}

#[tokio::test]
async fn an_answer_beyond_a_limit_is_cut_and_says_so() {
    let told = async |log_limits: Limits| {
        let world = World::start(Options { log_limits, ..options(1_000) }).await;
        let answer = query(&world, "soc-primary", &identity("2026-01-01T00:00:00Z")).await;
        assert_eq!(answer.status, 200, "a part is an answer too");
        let rows = answer.body["tables"][0]["rows"].as_array().unwrap().len();
        (rows, answer.body["error"]["details"][0]["message"].as_str().unwrap_or_default().to_owned())
    };
    let (all, whole) = told(Limits::default()).await;
    assert!(all > 10 && whole.is_empty(), "{all} {whole}");
    let rows = told(Limits { rows: 10, ..Limits::default() }).await;
    assert_eq!(rows, (10, "The result set exceeds the limit of 10 rows.".to_owned()));
    let (some, bytes) = told(Limits { bytes: 1_000, ..Limits::default() }).await;
    assert!(some > 0 && some < 15, "{some}");
    assert_eq!(bytes, "The result set exceeds the limit of 1000 bytes.");
}
