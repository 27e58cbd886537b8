//! Changing incidents: preview, apply, list, undo, through the API that the row decides; and who may.

use contract::Code;
use contract::job::JobState;
use host::Apis;
use serde_json::{Value, json};
use tests::{Desk, finish, world};

pub const SANDBOX: &str = "sandbox tenant";

/// A desk that was read and may write.
pub async fn writing(options: sandbox::Options) -> Desk {
    let desk = Desk::open(options).await;
    desk.host.sync(Apis::ALL).await.expect("it is read");
    desk.get("account_edit", json!({ "name": SANDBOX, "tier": "respond" })).await;
    desk
}

/// Open incidents of this presence.
pub async fn rows(desk: &Desk, presence: &str, redirected: bool, limit: u32) -> Vec<Value> {
    let filter = json!({
        "presence": [presence], "redirected": redirected,
        "status": if redirected { json!([]) } else { json!(["new", "active"]) }
    });
    let sort = json!({ "column": "created", "descending": true });
    let request = json!({ "filter": filter, "sort": sort, "offset": 0, "limit": limit });
    desk.get("incident_list", request).await["rows"].as_array().expect("rows").clone()
}

pub async fn one(desk: &Desk, presence: &str) -> String {
    rows(desk, presence, false, 1).await[0]["key"].as_str().expect("a key").to_owned()
}

pub async fn preview(desk: &Desk, keys: &[String], wish: &Value) -> Value {
    desk.get("change_preview", json!({ "keys": keys, "wish": wish })).await
}

/// What goes back with the wish.
pub fn items(preview: &Value) -> Value {
    let plans = preview["plans"].as_array().expect("plans").iter();
    plans
        .filter(|plan| !plan["seen"].is_null())
        .map(|plan| json!({ "key": plan["key"], "seen": plan["seen"] }))
        .collect()
}

/// Applies to what was seen, and answers the rows of the batch, newest first.
pub async fn apply(desk: &Desk, items: &Value, wish: &Value) -> Vec<Value> {
    let (end, failure) =
        finish(&desk.host, "change_apply", json!({ "items": items, "wish": wish, "typed": null })).await;
    assert_eq!((end, failure), (JobState::Done, None));
    last_batch(desk).await
}

pub async fn last_batch(desk: &Desk) -> Vec<Value> {
    let page = desk.get("change_list", json!({ "key": null, "offset": 0, "limit": 500 })).await;
    let rows = page["rows"].as_array().expect("rows").clone();
    let last = rows.first().map(|row| row["batch"].clone());
    rows.into_iter().filter(|row| Some(&row["batch"]) == last.as_ref()).collect()
}

pub async fn change(desk: &Desk, key: &str, wish: &Value) -> Value {
    let seen = items(&preview(desk, &[key.to_owned()], wish).await);
    apply(desk, &seen, wish).await.remove(0)
}

/// The answer of the API that writes, as the store holds it now.
pub async fn raw(desk: &Desk, key: &str, side: &str) -> Value {
    let detail = desk.get("incident_get", json!({ "key": key })).await;
    serde_json::from_str(detail[side]["raw"].as_str().expect("it was read")).expect("JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn each_field_is_written_through_graph_where_there_is_a_twin_and_reaches_both() {
    let desk = writing(world(1, 600)).await;
    let key = one(&desk, "both").await;
    for (wish, member, value) in [
        (json!({ "status": "in_progress" }), "status", json!("inProgress")),
        (json!({ "owner": "ada@contoso.example" }), "assignedTo", json!("ada@contoso.example")),
        (json!({ "owner": "" }), "assignedTo", json!(null)),
        (json!({ "severity": "low" }), "severity", json!("low")),
        (
            json!({ "classification": "TruePositive", "determination": "phishing" }),
            "determination",
            json!("phishing"),
        ),
        (json!({ "status": "closed" }), "status", json!("resolved")),
    ] {
        let row = change(&desk, &key, &wish).await;
        assert_eq!((&row["outcome"], &row["api"]), (&json!("done"), &json!("graph")), "{wish}: {row}");
        assert_eq!(raw(&desk, &key, "graph").await[member], value, "{wish}");
    }
    let arm = raw(&desk, &key, "sentinel").await;
    assert_eq!(arm["properties"]["status"], "Closed", "the twin was read too");
    assert_eq!(arm["properties"]["classification"], "TruePositive");
    let puts = desk.sandbox.journal().entries().into_iter().filter(|entry| entry.method == "PUT").count();
    assert_eq!(puts, 0, "a twin is never written through Sentinel");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_field_is_written_through_sentinel_where_there_is_none() {
    let desk = writing(world(1, 600)).await;
    let key = one(&desk, "sentinel_only").await;
    for (wish, member, value) in [
        (json!({ "status": "active" }), "status", json!("Active")),
        (json!({ "severity": "low" }), "severity", json!("Low")),
        (
            json!({ "status": "closed", "classification": "BenignPositive" }),
            "classificationReason",
            json!("SuspiciousButExpected"),
        ),
        (json!({ "status": "active" }), "status", json!("Active")),
    ] {
        let row = change(&desk, &key, &wish).await;
        assert_eq!((&row["outcome"], &row["api"]), (&json!("done"), &json!("sentinel")), "{wish}: {row}");
        assert_eq!(raw(&desk, &key, "sentinel").await["properties"][member], value, "{wish}");
    }
    let row = change(&desk, &key, &json!({ "owner": "ada@contoso.example" })).await;
    assert_eq!(row["outcome"], "done", "{row}");
    assert_eq!(
        raw(&desk, &key, "sentinel").await["properties"]["owner"]["userPrincipalName"],
        "ada@contoso.example"
    );
    let list = desk.get("incident_get", json!({ "key": key })).await;
    assert_eq!(list["row"]["owner"], "ada@contoso.example", "the row is refreshed");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_request_is_kept_as_it_was_previewed_and_sent_with_who_sent_it() {
    let desk = writing(world(1, 600)).await;
    for presence in ["both", "sentinel_only"] {
        let key = one(&desk, presence).await;
        let wish = json!({ "severity": "low", "comment": "Seen." });
        let plan = preview(&desk, std::slice::from_ref(&key), &wish).await;
        let row = apply(&desk, &items(&plan), &wish).await.remove(0);
        let sent = row["sent"].as_array().expect("requests");
        assert_eq!((sent.len(), &row["by_name"]), (2, &json!(SANDBOX)), "{row}");
        for (call, kept) in plan["plans"][0]["calls"].as_array().expect("calls").iter().zip(sent) {
            assert_eq!(kept["verb"], call["verb"]);
            let (path, planned) = (kept["path"].as_str().unwrap(), call["path"].as_str().unwrap());
            let begin = planned.split("{new GUID}").next().unwrap();
            assert!(path.starts_with(begin) && !path.contains('{'), "{path} as {planned}");
            let seen = desk.sandbox.journal().entries();
            let told = |entry: &&sandbox::Entry| kept["verb"] == entry.method && entry.path == path;
            assert_eq!(seen.iter().filter(told).count(), 1, "{path} is what left");
        }
    }
    let key = one(&desk, "both").await;
    let again = change(&desk, &key, &json!({ "severity": "low" })).await;
    assert_eq!((&again["outcome"], &again["sent"]), (&json!("done"), &json!([])), "it was so already");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_shows_the_calls_and_sends_nothing() {
    let desk = writing(world(1, 600)).await;
    let (twin, alone) = (one(&desk, "both").await, one(&desk, "sentinel_only").await);
    let asked = desk.sandbox.journal().entries().len();
    let wish = json!({ "status": "closed", "classification": "TruePositive", "comment": "Ours." });
    let preview = preview(&desk, &[twin, alone.clone()], &wish).await;
    assert_eq!(desk.sandbox.journal().entries().len(), asked, "nothing was asked");
    let calls = |at: usize| preview["plans"][at]["calls"].as_array().expect("calls").clone();
    let verbs = |at: usize| {
        calls(at).iter().map(|call| call["verb"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((verbs(0), verbs(1)), (vec!["PATCH".into(), "POST".into()], vec!["PUT".into(), "PUT".into()]));
    assert!(calls(0)[0]["guard"].as_str().unwrap().contains("would be overwritten"), "the gap is named");
    assert!(calls(1)[0]["guard"].as_str().unwrap().contains("etag"));
    assert_eq!(calls(0)[1]["can_undo"], false, "a comment says that it stays");
    assert_eq!(preview["calls"], 4);
    let close = json!({ "status": "closed" });
    let refused = desk.get("change_preview", json!({ "keys": [alone], "wish": close })).await;
    assert!(refused["plans"][0]["refusal"].as_str().unwrap().contains("classification"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merged_incident_is_refused_with_its_target_and_redirected_is_no_wish() {
    let desk = writing(world(1, 1_500)).await;
    let merged =
        rows(&desk, "both", true, 50).await.into_iter().find(|row| row["target"].is_string()).expect("one");
    let target = merged["target"].as_str().unwrap();
    assert!(merged["can"]["why_not"].as_str().unwrap().contains(target), "{merged}");
    let plan = preview(&desk, &[merged["key"].as_str().unwrap().into()], &json!({ "comment": "x" })).await;
    assert!(plan["plans"][0]["refusal"].as_str().unwrap().contains(target));
    let key = one(&desk, "both").await;
    let refused =
        desk.ask("change_preview", json!({ "keys": [key], "wish": { "status": "redirected" } })).await;
    assert!(refused.is_err_and(|error| error.message.contains("correlation")));
    let seen = json!({ "status": "", "owner": null, "severity": "", "classification": null, "determination": null, "tags": [], "version": null });
    let row = apply(&desk, &json!([{ "key": merged["key"], "seen": seen }]), &json!({ "owner": "" }))
        .await
        .remove(0);
    assert_eq!(row["outcome"], "failed", "forced, it is refused too: {row}");
    let sent = desk.sandbox.journal().entries().into_iter().filter(|entry| entry.method == "PATCH").count();
    assert_eq!(sent, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn writing_needs_the_tier_and_a_production_tenant_its_name() {
    let desk = Desk::open(world(1, 300)).await;
    desk.host.sync(Apis::ALL).await.expect("it is read");
    let key = one(&desk, "both").await;
    let row = rows(&desk, "both", false, 1).await.remove(0);
    assert!(row["can"]["change"].is_null() && row["can"]["why_not"].as_str().unwrap().contains("Respond"));
    let wish = json!({ "comment": "x" });
    let items = items(&preview(&desk, &[key], &wish).await);
    let request = |typed: Value| json!({ "items": items, "wish": wish, "typed": typed });
    let undo = |typed: Value| json!({ "id": 1, "typed": typed });
    for (command, arguments) in [("change_apply", request(json!(null))), ("change_undo", undo(json!(null)))] {
        let refused = desk.ask(command, arguments).await.expect_err("at Look");
        assert_eq!(refused.code, Code::ReadOnly);
        assert!(refused.message.contains("Respond"), "{refused:?}");
    }
    desk.get("account_edit", json!({ "name": SANDBOX, "tier": "respond", "production": true })).await;
    for (command, arguments) in
        [("change_apply", request(json!("sandbox"))), ("change_undo", undo(json!(null)))]
    {
        let refused = desk.ask(command, arguments).await.expect_err("without the name");
        assert_eq!(refused.code, Code::Invalid, "{refused:?}");
        assert!(refused.message.contains(SANDBOX));
    }
    assert_eq!(finish(&desk.host, "change_apply", request(json!(SANDBOX))).await.0, JobState::Done);
    assert_eq!(last_batch(&desk).await[0]["outcome"], "done");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_taken_back_once_and_only_from_what_we_wrote() {
    let desk = writing(world(1, 600)).await;
    for presence in ["both", "sentinel_only"] {
        let key = one(&desk, presence).await;
        let side = if presence == "both" { "graph" } else { "sentinel" };
        let before = raw(&desk, &key, side).await;
        let wish = json!({ "status": "closed", "classification": "TruePositive", "owner": "ada@contoso.example", "add_tags": ["p1"] });
        let made = change(&desk, &key, &wish).await;
        assert_eq!((&made["outcome"], &made["no_undo"]), (&json!("done"), &json!(null)), "{made}");
        let undo = json!({ "id": made["id"], "typed": null });
        assert_eq!(finish(&desk.host, "change_undo", undo.clone()).await.0, JobState::Done);
        let back = last_batch(&desk).await.remove(0);
        assert_eq!((&back["outcome"], &back["undoes"]), (&json!("done"), &made["id"]), "{back}");
        let after = raw(&desk, &key, side).await;
        for member in ["status", "assignedTo", "customTags"] {
            assert_eq!(after[member], before[member], "{member}");
        }
        assert_eq!(after["properties"]["owner"], before["properties"]["owner"], "the whole owner");
        assert!(desk.ask("change_undo", undo).await.is_err_and(|error| error.message.contains("taken back")));
        let made = change(&desk, &key, &json!({ "owner": "me@contoso.example" })).await;
        let theirs = change(&desk, &key, &json!({ "owner": "them@contoso.example" })).await;
        assert_eq!(theirs["outcome"], "done");
        finish(&desk.host, "change_undo", json!({ "id": made["id"], "typed": null })).await;
        let clash = last_batch(&desk).await.remove(0);
        assert_eq!(clash["outcome"], "conflict", "{clash}");
        assert_eq!(clash["clashes"][0]["theirs"], json!(["them@contoso.example"]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_text_is_written_and_listed_as_it_is() {
    let desk = writing(world(1, 600)).await;
    let text = "<script>alert(1)</script> =cmd|' /C calc'!A0 \u{202e}gpj.exe \u{1b}[31m";
    for presence in ["both", "sentinel_only"] {
        let key = one(&desk, presence).await;
        let row = change(&desk, &key, &json!({ "comment": text, "add_tags": [text] })).await;
        assert_eq!((&row["outcome"], &row["comment"]), (&json!("done"), &json!(text)), "{row}");
        let detail = desk.get("incident_get", json!({ "key": key })).await;
        assert!(detail["row"]["tags"].as_array().unwrap().contains(&json!(text)));
    }
}
