//! The queue as a file: to a place that a person chose, and to a browser that saves it itself.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use contract::job::JobState;
use serde_json::{Value, json};
use tests::{Desk, finish, get, host, world};

fn request(format: &str, path: Option<&str>) -> Value {
    json!({
        "filter": { "redirected": false, "severity": ["high", "medium"] },
        "sort": { "column": "title", "descending": false },
        "columns": ["title", "severity", "owner", "number"],
        "format": format,
        "redaction": "none",
        "path": path,
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_holds_exactly_what_the_list_shows() {
    let desk = Desk::open(world(3, 300)).await;
    assert_eq!(desk.run("sync_run", json!({})).await.0, JobState::Done);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("queue.json");
    let asked = request("json", path.to_str());
    assert_eq!(desk.run("incident_export", asked.clone()).await, (JobState::Done, None));
    let file: Value = serde_json::from_slice(&std::fs::read(&path).expect("it is there")).expect("JSON");
    let list = json!({ "filter": asked["filter"], "sort": asked["sort"], "offset": 0, "limit": 500 });
    let page = desk.get("incident_list", list).await;
    let rows = page["rows"].as_array().expect("rows");
    let shown: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "title": row["title"], "severity": row["severity"], "owner": row["owner"],
                "number": row["number"],
            })
        })
        .collect();
    assert!(shown.len() > 20, "there is something to show");
    assert_eq!(file["incidents"], json!(shown));
    assert_eq!((&file["rows"], &file["demo"]), (&page["total"], &json!(true)));
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing lies beside it");

    let bad = folder.path().join("queue.sh");
    let refused =
        desk.ask("incident_export", request("csv", bad.to_str())).await.expect_err("not its ending");
    assert!(refused.message.contains("no full path of a .csv file"), "{}", refused.message);
    let relative = desk.ask("incident_export", request("csv", Some("queue.csv"))).await;
    assert!(relative.is_err(), "where a relative path leads nobody chose");
    let nowhere = folder.path().join("gone/queue.csv");
    let (state, why) = desk.run("incident_export", request("csv", nowhere.to_str())).await;
    assert_eq!(state, JobState::Failed);
    assert!(why.expect("a reason").message.starts_with("The folder does not exist"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_takes_the_file_away_and_writes_none() {
    let host = host(None, true);
    get(&host, "session_demo", json!({})).await;
    assert_eq!(finish(&host, "sync_run", json!({})).await.0, JobState::Done);
    let refused = host.call("incident_export", request("csv", Some("/tmp/queue.csv"))).await;
    assert_eq!(refused.expect_err("a browser names no path").code, contract::Code::ReadOnly);
    for (format, begins) in [("csv", "\u{feff}# Incidents of"), ("html", "<!doctype html>"), ("xlsx", "PK")] {
        let started = get(&host, "incident_export", request(format, None)).await;
        finish_export(&host).await;
        let mut asked = json!({ "job": started["id"], "offset": 0 });
        let part = get(&host, "export_part", asked.clone()).await;
        let bytes = BASE64_STANDARD.decode(part["base64"].as_str().expect("text")).expect("base64");
        assert!(bytes.starts_with(begins.as_bytes()), "{format}");
        assert_eq!((&part["name"], &part["next"]), (&json!(format!("incidents.{format}")), &Value::Null));
        if format != "xlsx" {
            assert!(String::from_utf8_lossy(&bytes).contains("DEMO"), "{format} names the demo");
        }
        asked["job"] = json!(9_999);
        assert!(host.call("export_part", asked).await.is_err(), "another job's file is not here");
    }
}

/// Waits for the export under way, or finds it ended.
async fn finish_export(host: &host::Host) {
    let mut events = host.events();
    loop {
        let list = get(host, "job_list", json!({})).await;
        let mut jobs = list["jobs"].as_array().expect("jobs").iter().rev();
        match jobs.find(|job| job["command"] == "incident_export").map(|job| job["state"].clone()) {
            Some(Value::String(state)) if state == "running" => drop(events.recv().await),
            state => return assert_eq!(state, Some(json!("done"))),
        }
    }
}
