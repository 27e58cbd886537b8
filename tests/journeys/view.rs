//! Views by name and the queue by groups, as the window keeps and asks them.

use contract::job::JobState;
use serde_json::{Value, json};
use tests::{Desk, world};

fn view(name: &str) -> Value {
    json!({
        "name": name,
        "filter": { "severity": ["high"], "owner": [""] },
        "sort": { "column": "title", "descending": false },
        "columns": ["title", "owner"],
        "widths": [{ "column": "owner", "px": 220 }],
        "group": "day",
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_kept_renamed_opened_with_and_removed() {
    let desk = Desk::open(world(3, 100)).await;
    let begun = desk.get("view_list", json!({})).await;
    let (saved, default) = (begun["saved"].clone(), begun["default"].clone());
    assert_eq!((saved, default), (json!([]), Value::Null));
    let open = &begun["built_in"][0];
    assert_eq!(open["filter"]["severity"], json!(["high", "medium", "low"]), "Defender's own default filter");

    desk.get("view_save", json!({ "view": view("Night shift"), "was": null })).await;
    desk.get("view_default", json!({ "view": "Night shift" })).await;
    let renamed = desk.get("view_save", json!({ "view": view(" Late shift "), "was": "Night shift" })).await;
    assert_eq!(renamed["saved"].as_array().map(Vec::len), Some(1), "a new name is no second view");
    assert_eq!(
        (&renamed["saved"][0]["name"], &renamed["default"]),
        (&json!("Late shift"), &json!("Late shift"))
    );
    assert_eq!(renamed["saved"][0]["filter"]["owner"], json!([""]));
    assert_eq!(renamed["saved"][0]["columns"], json!(["title", "owner"]), "the columns in their order");
    assert_eq!(renamed["saved"][0]["widths"], view("")["widths"]);

    for taken in ["late SHIFT", "open incidents", "", " "] {
        let refused = desk.ask("view_save", json!({ "view": view(taken), "was": null })).await;
        assert_eq!(refused.expect_err("the name is taken").code, contract::Code::Invalid, "{taken}");
    }
    assert!(desk.ask("view_remove", json!({ "view": "Open incidents" })).await.is_err(), "it is not theirs");
    assert!(desk.ask("view_default", json!({ "view": "nobody's" })).await.is_err());
    let gone = desk.get("view_remove", json!({ "view": "Late shift" })).await;
    assert_eq!((&gone["saved"], &gone["default"]), (&json!([]), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_hold_what_their_filters_let_through() {
    let desk = Desk::open(world(3, 300)).await;
    assert_eq!(desk.run("sync_run", json!({})).await.0, JobState::Done);
    let sort = json!({ "column": "updated", "descending": true });
    let named = [
        ("severity", "severity"),
        ("status", "status"),
        ("owner", "owner"),
        ("workspace", "workspace"),
        ("presence", "presence"),
        ("target", "target"),
        ("day", "updated_day"),
    ];
    for (group, field) in named {
        let asked = json!({ "filter": { "redirected": null }, "group": group });
        let told = desk.get("incident_groups", asked).await;
        let groups = told["groups"].as_array().expect("groups");
        assert!(!groups.is_empty(), "{group}");
        let mut sum = 0;
        for one in groups.iter().take(12) {
            let value = if group == "day" { one["value"].clone() } else { json!([one["value"]]) };
            let page = json!({ "filter": { field: value }, "sort": sort, "offset": 0, "limit": 1 });
            assert_eq!(
                desk.get("incident_list", page).await["total"],
                one["count"],
                "{group} {}",
                one["value"]
            );
        }
        sum += groups.iter().filter_map(|one| one["count"].as_u64()).sum::<u64>();
        let all = json!({ "filter": {}, "sort": sort, "offset": 0, "limit": 1 });
        assert_eq!(json!(sum), desk.get("incident_list", all).await["total"], "{group} leaves nothing out");
    }
}
