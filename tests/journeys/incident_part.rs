//! One incident opened: alerts, entities, comments and tasks from the API that has them, kept with their age, searchable.

use contract::Code;
use contract::job::JobState;
use host::Apis;
use sandbox::{Door, Trouble, Weather};
use serde_json::{Value, json};
use tests::{Desk, world};

use crate::change::{change, one, writing};

async fn desk(options: sandbox::Options) -> Desk {
    let desk = Desk::open(options).await;
    desk.host.sync(Apis::ALL).await.expect("it is read");
    desk
}

async fn read(desk: &Desk, key: &str) -> Value {
    let ended = desk.run("incident_read", json!({ "key": key })).await;
    assert_eq!(ended, (JobState::Done, None));
    desk.get("incident_parts", json!({ "key": key })).await
}

fn tellers(part: &Value) -> Vec<&str> {
    let items = part["items"].as_array().expect("items").iter();
    let mut tellers: Vec<_> = items.map(|one| one["teller"].as_str().expect("a teller")).collect();
    tellers.sort_unstable();
    tellers.dedup();
    tellers
}

fn name_of<'a>(parts: &'a Value, kind: &str) -> &'a str {
    let items = parts["entities"]["items"].as_array().expect("entities");
    let one = items.iter().find(|one| one["kind"] == kind).unwrap_or_else(|| panic!("no {kind}: {items:?}"));
    one["name"].as_str().expect("a name")
}

/// Keys of the rows that a search finds, and how many incidents have their entities searched.
async fn found(desk: &Desk, text: &str) -> (Vec<String>, u64) {
    desk.host.index_text().await.expect("indexed");
    let sort = json!({ "column": "updated", "descending": true });
    let request = json!({ "filter": { "text": text }, "sort": sort, "offset": 0, "limit": 200 });
    let page = desk.get("incident_list", request).await;
    let keys = page["rows"].as_array().expect("rows").iter();
    let keys = keys.map(|row| row["key"].as_str().expect("a key").to_owned()).collect();
    (keys, page["with_entities"].as_u64().expect("a count"))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_part_comes_from_the_api_that_has_it() {
    let desk = desk(world(1, 600)).await;
    for (presence, alerts, entities) in [
        ("both", "graph", &["graph", "sentinel"][..]),
        ("sentinel_only", "sentinel", &["sentinel"]),
        ("defender_only", "graph", &["graph"]),
    ] {
        let key = one(&desk, presence).await;
        let never = desk.get("incident_parts", json!({ "key": key })).await;
        assert_eq!(never["alerts"]["age"], json!({ "read_at": null, "trouble": [] }), "{presence}");
        let parts = read(&desk, &key).await;
        assert_eq!(tellers(&parts["alerts"]), [alerts], "{presence}: {parts}");
        let told = tellers(&parts["entities"]);
        assert!(told.iter().all(|one| entities.contains(one)), "{presence}: {parts}");
        assert!(!name_of(&parts, "Host").is_empty());
        for part in ["alerts", "entities", "comments"] {
            assert!(parts[part]["age"]["read_at"].is_string(), "{presence}: {part} has an age");
        }
        let tasks = presence != "defender_only";
        assert_eq!(parts["tasks"]["kept"], tasks, "{presence}: tasks are Sentinel's alone");
        assert_eq!(parts["tasks"]["age"]["read_at"].is_string(), tasks, "{presence}");
        let what: Vec<_> = parts["timeline"].as_array().expect("a timeline").iter().collect();
        assert!(what.iter().any(|one| one["what"] == "First activity of alert"), "{presence}: {what:?}");
        assert!(what.windows(2).all(|two| two[0]["at"].as_str() >= two[1]["at"].as_str()), "newest first");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_one_side_refuses_the_other_still_shows_with_the_reason() {
    let weather = vec![
        Weather::new(Door::Graph, "$expand=alerts", Trouble::Fail(403)),
        Weather::new(Door::Arm, "/entities", Trouble::Fail(403)).from(1),
        Weather::new(Door::Arm, "/comments", Trouble::Fail(404)).from(1),
    ];
    let desk = desk(sandbox::Options { weather, ..world(1, 600) }).await;
    let key = one(&desk, "both").await;
    let troubles = |parts: &Value, part: &str| parts[part]["age"]["trouble"].as_array().map(Vec::len);
    let parts = read(&desk, &key).await;
    assert_eq!(tellers(&parts["alerts"]), ["sentinel"], "Sentinel stands in: {parts}");
    assert_eq!((troubles(&parts, "alerts"), troubles(&parts, "comments")), (Some(1), Some(1)), "{parts}");
    assert_eq!(tellers(&parts["entities"]), ["sentinel"]);
    let parts = read(&desk, &key).await;
    assert_eq!((tellers(&parts["alerts"]), troubles(&parts, "alerts")), (vec!["graph"], Some(0)), "{parts}");
    assert_eq!((troubles(&parts, "entities"), troubles(&parts, "comments")), (Some(1), Some(1)), "{parts}");
    assert_eq!(tellers(&parts["entities"]), ["sentinel"], "what was read before stays beside the reason");
}

/// Keys of the first rows in Sentinel.
async fn in_sentinel(desk: &Desk, many: usize) -> Vec<String> {
    let sort = json!({ "column": "updated", "descending": true });
    let filter = json!({ "presence": ["both", "sentinel_only"] });
    let request = json!({ "filter": filter, "sort": sort, "offset": 0, "limit": many });
    let page = desk.get("incident_list", request).await;
    let rows = page["rows"].as_array().expect("rows").iter();
    rows.map(|row| row["key"].as_str().expect("a key").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_read_to_the_last_page_and_stay_as_they_were_told() {
    let desk = desk(world(1, 600)).await;
    let (mut most, mut hostile, mut empty) = (0, false, false);
    for key in in_sentinel(&desk, 30).await {
        let parts = read(&desk, &key).await;
        let items = parts["tasks"]["items"].as_array().expect("tasks");
        most = most.max(items.len());
        empty |= items.is_empty();
        for task in items {
            assert!(["new", "completed"].contains(&task["status"].as_str().expect("a status")), "{task}");
            assert!(task["created"].is_string() && task["created_by"].is_string(), "{task}");
            let title = task["title"].as_str().expect("a title");
            hostile |= title.starts_with(['<', '=', '+']);
        }
    }
    assert!(most > 3, "more than a page: {most}");
    assert!(empty && hostile, "some have none, and hostile titles come verbatim");
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_tasks_leave_what_was_read_and_say_why() {
    let weather = vec![Weather::new(Door::Arm, "/tasks", Trouble::Fail(403)).from(1)];
    let desk = desk(sandbox::Options { weather, ..world(1, 600) }).await;
    let key = in_sentinel(&desk, 1).await.remove(0);
    let first = read(&desk, &key).await;
    assert_eq!(first["tasks"]["age"]["trouble"], json!([]));
    let second = read(&desk, &key).await;
    assert_eq!(second["tasks"]["items"], first["tasks"]["items"], "what was read stays");
    assert_eq!(second["tasks"]["age"]["read_at"], first["tasks"]["age"]["read_at"], "with its age");
    assert_eq!(second["tasks"]["age"]["trouble"].as_array().map(Vec::len), Some(1), "{second}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cached_hosts_name_is_searched_and_only_then() {
    let desk = desk(world(1, 600)).await;
    let key = one(&desk, "sentinel_only").await;
    let (_, none) = found(&desk, "anything").await;
    assert_eq!(none, 0);
    let parts = read(&desk, &key).await;
    let ip = name_of(&parts, "Ip").to_owned();
    let (keys, count) = found(&desk, &ip).await;
    assert!(keys.contains(&key), "{ip}");
    assert_eq!(count, 1);
    desk.host.sync(Apis::ALL).await.expect("it is read again");
    assert!(found(&desk, &ip).await.0.contains(&key), "a sync does not take the names away");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_made_here_appears_after_a_refresh() {
    let desk = writing(world(1, 600)).await;
    let hostile = "<img src=x onerror=alert(1)> =1+1 \u{202e}gnp";
    for (presence, in_both) in [("both", true), ("sentinel_only", false)] {
        let key = one(&desk, presence).await;
        let before = read(&desk, &key).await;
        assert_eq!(before["comments"]["items"], json!([]));
        let row = change(&desk, &key, &json!({ "comment": hostile })).await;
        assert_eq!(row["outcome"], "done", "{row}");
        let after = read(&desk, &key).await;
        let items = after["comments"]["items"].as_array().expect("comments");
        assert_eq!(items.len(), 1, "what both APIs tell stands there once: {items:?}");
        assert_eq!(items[0]["in_both"], in_both);
        assert_eq!(items[0]["text"], hostile, "verbatim; screens make it inert");
        let timeline = after["timeline"].as_array().expect("a timeline");
        assert!(timeline.iter().any(|one| one["teller"] == "crosswalk"), "{timeline:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_that_is_not_stored_is_said() {
    let desk = desk(world(1, 60)).await;
    let (end, failure) = desk.run("incident_read", json!({ "key": "g:404404404" })).await;
    assert_eq!((end, failure.map(|error| error.code)), (JobState::Failed, Some(Code::NotFound)));
    let error = desk.ask("incident_parts", json!({ "key": "g:404404404" })).await.unwrap_err();
    assert_eq!(error.code, Code::NotFound);
}
