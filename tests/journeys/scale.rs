//! Large tenants: lists read side by side, limits kept, and what is left unread told as such.

use domain::incident::queue::{Column, Filter, Presence, Sort};
use engine::Control;
use host::Apis;
use sandbox::{Door, Limits, Trouble, Weather};
use serde_json::json;
use tests::clock::Jumping;
use tests::{Desk, limited, world};

#[tokio::test(flavor = "multi_thread")]
async fn a_history_is_read_in_windows_side_by_side() {
    let desk = Desk::open(world(1, 5_000)).await;
    let sync = desk.host.sync(Apis::ALL).await.expect("the sync ends");
    let truth = desk.sandbox.truth();
    assert_eq!(sync.sentinel.map(|part| part.incidents), truth["incidents"]["sentinel"].as_u64());
    assert_eq!(sync.graph.map(|part| part.incidents), truth["incidents"]["graph"].as_u64());
    assert!(desk.sandbox.journal().matching(Door::Arm, "createdTimeUtc%20lt") >= 4, "windows are asked for");
    let plan = sync.plan.expect("a first sync has a plan");
    let asked = [sync.sentinel, sync.graph, sync.logs].into_iter().flatten().map(|part| part.requests);
    let asked: u64 = asked.sum();
    assert!(plan.requests.abs_diff(asked) * 5 <= asked, "planned {} and asked {asked}", plan.requests);
    let again = desk.host.sync(Apis::ALL).await.expect("the second sync ends");
    assert_eq!(again.plan, None, "what changed can't be counted beforehand");
}

/// 1,000 rows fill a page of ARM's, 50 one of Graph's; the log is counted and read once for each workspace.
#[tokio::test(flavor = "multi_thread")]
async fn a_first_sync_asks_little_more_than_full_pages() {
    let clock = Jumping::new();
    let sandbox = limited::sandbox(world(1, 20_000), &clock).await.expect("the sandbox starts");
    let folder = tempfile::tempdir().expect("a folder");
    let scope = limited::scope(&sandbox, folder.path(), &clock, true).expect("a scope");
    let sync = scope.sync(Apis::ALL, &Control::silent()).await.expect("the first sync");
    let plan = sync.plan.expect("a first sync has a plan");
    let rows = |part: Option<engine::sync::Part>| part.map_or(0, |part| part.rows);
    let logs = 2 * sandbox.descriptor().workspaces.len() as u64;
    let least = rows(plan.sentinel).div_ceil(1_000) + rows(plan.graph).div_ceil(50) + logs;
    let asked = sync.requests();
    assert!(
        asked * 10 <= least * 11,
        "{asked} of {least}: {plan:?}, {:?}",
        (sync.sentinel, sync.graph, sync.logs)
    );
    assert!(plan.requests().abs_diff(asked) * 20 <= asked, "{} planned, {asked} asked", plan.requests());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_log_a_capped_list_is_cut_by_what_its_pages_show() {
    let desk = Desk::open(sandbox::Options { story: "list-capped".into(), ..world(1, 12_000) }).await;
    let only = Apis { sentinel: true, graph: false, logs: false };
    let sync = desk.host.sync(only).await.expect("the sync ends");
    assert_eq!(
        sync.sentinel.map(|part| part.incidents),
        desk.sandbox.truth()["incidents"]["sentinel"].as_u64()
    );
    assert!(sync.sentinel.is_some_and(|part| part.requests < 30), "{:?}", sync.sentinel);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_filter_makes_it_slower_and_loses_nothing() {
    let weather = vec![
        Weather::new(Door::Arm, "filter", Trouble::Fail(400)).every(1),
        Weather::new(Door::Graph, "filter", Trouble::Fail(400)).every(1),
        Weather::new(Door::Graph, "count", Trouble::Fail(400)).every(1),
    ];
    let desk = Desk::open(sandbox::Options { weather, ..world(2, 3_000) }).await;
    let sync = desk.host.sync(Apis::ALL).await.expect("the sync ends");
    let truth = desk.sandbox.truth();
    assert_eq!(sync.troubles, Vec::<String>::new());
    assert!(sync.notes.iter().any(|note| note.contains("slower")), "{:?}", sync.notes);
    assert_eq!(sync.sentinel.map(|part| part.incidents), truth["incidents"]["sentinel"].as_u64());
    assert_eq!(sync.graph.map(|part| part.incidents), truth["incidents"]["graph"].as_u64());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_large_tenant_leaves_unread_is_told_so_and_read_when_graph_is_asked_for() {
    let clock = Jumping::new();
    let sandbox = limited::sandbox(world(1, 9_000), &clock).await.expect("the sandbox starts");
    let folder = tempfile::tempdir().expect("a folder");
    let scope = limited::scope(&sandbox, folder.path(), &clock, true).expect("a scope");
    let truth = sandbox.truth();
    let count = |presence: Presence| {
        let filter = Filter { presence: vec![presence], ..Filter::default() };
        let sort = Sort { column: Column::Updated, descending: true };
        scope.store.incidents(&filter, sort, 0, 1).expect("the queue").total
    };

    let first = scope.sync(Apis::ALL, &Control::silent()).await.expect("the first sync");
    assert!(first.graph.is_some_and(|part| Some(part.incidents) < truth["incidents"]["graph"].as_u64()));
    assert!(count(Presence::DefenderNotRead) > 0, "older Defender sides are unread");
    let missing = count(Presence::TwinMissing);
    let asked = sandbox.journal().matching(Door::Graph, "/security/incidents/");
    assert!(
        missing <= asked as u64 && missing < 10,
        "none of them counts as missing without a 404: {missing}"
    );

    let second = scope.sync(Apis::ALL, &Control::silent()).await.expect("the second sync");
    assert!(second.graph.is_some_and(|part| part.requests <= 1 && part.read < 50), "{second:?}");
    assert_eq!(count(Presence::TwinMissing), missing, "a delta proves no absence");

    let alone = Apis { sentinel: false, graph: true, logs: false };
    let whole = scope.sync(alone, &Control::silent()).await.expect("the third sync");
    assert_eq!(whole.graph.map(|part| part.incidents), truth["incidents"]["graph"].as_u64());
    assert_eq!(count(Presence::DefenderNotRead), 0, "everything is read now");

    let refused = [Door::Arm, Door::Graph, Door::Logs].map(|door| sandbox.journal().count(door).throttled);
    assert_eq!(refused, [0, 0, 0], "limits that are published are kept, nobody is answered 429");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_defender_side_that_was_left_unread_is_read_when_its_incident_is_opened() {
    let clock = Jumping::new();
    let sandbox = limited::sandbox(world(1, 9_000), &clock).await.expect("the sandbox starts");
    let folder = tempfile::tempdir().expect("a folder");
    let scope = limited::scope(&sandbox, folder.path(), &clock, true).expect("a scope");
    scope.sync(Apis::ALL, &Control::silent()).await.expect("the first sync");
    let filter = Filter { presence: vec![Presence::DefenderNotRead], ..Filter::default() };
    let sort = Sort { column: Column::Updated, descending: true };
    let ends = scope.store.redirects().expect("redirects");
    let is_end = |id: &Option<String>| ends.iter().any(|redirect| redirect.last == *id);
    let unread = scope.store.incidents(&filter, sort, 0, 200).expect("the queue").rows;
    // Where merged ones went may be nowhere that Graph shows.
    let unread: Vec<_> = unread.into_iter().filter(|row| !is_end(&row.graph_id)).take(3).collect();
    let [there, gone, refused] = &unread[..] else { panic!("three are unread: {unread:?}") };
    let ids = [there, gone, refused].map(|row| row.graph_id.clone().expect("its Defender side is named"));
    let one = |id: &str| format!("/security/incidents/{id}");
    sandbox.set_weather(vec![
        Weather::new(Door::Graph, &one(&ids[1]), Trouble::Fail(404)).every(1),
        Weather::new(Door::Graph, &one(&ids[2]), Trouble::Fail(403)).every(1),
    ]);
    for row in [there, gone, refused] {
        scope.read_incident(&row.key, &Control::silent()).await.expect("it is opened");
    }
    let now = |key: &str| scope.store.incident(key).expect("the store").expect("it is there").presence;
    assert_eq!(
        [there, gone, refused].map(|row| now(&row.key)),
        [Presence::Both, Presence::TwinMissing, Presence::DefenderNotRead],
        "only a 404 tells that one is missing"
    );
    let trouble = scope.incident_parts(&refused.key).expect("its parts").alerts.trouble;
    assert_eq!(trouble.len(), 1, "why it is still not read is said: {trouble:?}");
    let asked = sandbox.journal().matching(Door::Graph, &one(&ids[0]));
    scope.read_incident(&there.key, &Control::silent()).await.expect("it is opened again");
    let again = sandbox.journal().matching(Door::Graph, &one(&ids[0]));
    assert_eq!(again, asked + 1, "once read, only its alerts are asked for");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_told_before_and_nothing_is_kept_of_it() {
    let desk = Desk::open(world(2, 3_000)).await;
    let planned = desk.host.plan_sync(Apis::ALL, false).await.expect("it can be planned").plan;
    assert!(planned.as_ref().is_some_and(|plan| plan.sentence.contains("ARM")), "{planned:?}");
    assert!(!desk.host.was_read().await.expect("listings"), "a plan reads nothing");
    let sync = desk.host.sync(Apis::ALL).await.expect("the sync ends");
    assert_eq!(sync.plan.map(|plan| plan.requests), planned.map(|plan| plan.requests));
    let changes = desk.host.plan_sync(Apis::ALL, false).await.expect("it can be planned");
    assert_eq!(changes.plan, None, "what changed can't be counted");
    let whole = desk.host.plan_sync(Apis::ALL, true).await.expect("it can be planned");
    assert!(whole.plan.is_some_and(|plan| plan.sentinel.is_some() && plan.graph.is_none()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reconcile_notices_what_was_deleted_and_the_log_still_counts_it() {
    let desk = Desk::open(world(3, 2_500)).await;
    let first = desk.host.sync(Apis::ALL).await.expect("the first sync");
    assert_eq!(first.notes, Vec::<String>::new(), "the log counts as ARM does");
    let before = first.sentinel.map_or(0, |part| part.incidents);
    assert_eq!(desk.sandbox.delete_newest(3), 3);

    let delta = desk.host.sync(Apis::ALL).await.expect("a sync of changes");
    assert_eq!(delta.sentinel.map(|part| part.incidents), Some(before), "a delta never proves absence");

    assert_eq!(desk.run("sync_reconcile", json!({})).await.1, None);
    let session = desk.get("session_get", json!({})).await;
    let sentinel = &session["sources"][0];
    assert_eq!(sentinel["rows"], before - 3);
    let note = sentinel["note"].as_str().expect("it is said");
    assert!(note.contains("no longer in Sentinel") && note.contains("only in the log"), "{note}");

    desk.host.sync(Apis::ALL).await.expect("a sync of changes");
    let session = desk.get("session_get", json!({})).await;
    assert_eq!(session["sources"][0]["note"], note, "it holds until the next reconcile");
    let again = desk.host.reconcile(Apis::ALL).await.expect("the second reconcile");
    assert_eq!(again.sentinel.map(|part| part.incidents), Some(before - 3));
    assert!(again.notes.iter().all(|note| note.contains("only in the log")), "{:?}", again.notes);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_fails_is_gone_on_with_and_followed_by_a_reconcile() {
    let weather = vec![Weather::new(Door::Arm, "createdTimeUtc%20lt", Trouble::Fail(403)).from(1)];
    let desk = Desk::open(sandbox::Options { weather, ..world(1, 6_000) }).await;
    let first = desk.host.sync(Apis::ALL).await.expect("the other sources carry on");
    assert_eq!(first.troubles.len(), 1, "{:?}", first.troubles);
    let all = desk.sandbox.truth()["incidents"]["sentinel"].as_u64();
    let second = desk.host.sync(Apis::ALL).await.expect("the rest");
    assert_eq!(second.sentinel.map(|part| part.incidents), all);
    assert!(
        second.sentinel.is_some_and(|part| Some(part.read) < all),
        "only what was left is read: {second:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_that_nobody_published_are_learnt_without_a_storm() {
    let clock = Jumping::new();
    let sandbox = limited::sandbox(world(1, 4_000), &clock).await.expect("the sandbox starts");
    let folder = tempfile::tempdir().expect("a folder");
    let scope = limited::scope(&sandbox, folder.path(), &clock, false).expect("a scope");
    let sync = scope.sync(Apis::ALL, &Control::silent()).await.expect("it ends");
    assert_eq!(sync.troubles, Vec::<String>::new());
    assert_eq!(sync.graph.map(|part| part.incidents), sandbox.truth()["incidents"]["graph"].as_u64());
    let graph = sandbox.journal().count(Door::Graph);
    assert!(graph.throttled > 0, "the limit was met: {graph:?}");
    assert!(graph.throttled <= 4 * (graph.requests / 50 + 1), "once for each request under way: {graph:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn identities_that_the_log_gives_in_part_are_asked_for_in_halves() {
    let calm = Desk::open(world(1, 300)).await;
    let whole = calm.host.sync(Apis::ALL).await.expect("the sync ends");
    let some = Weather::new(Door::Logs, "/query", Trouble::Partial).times(8);
    let desk = Desk::open(sandbox::Options { weather: vec![some], ..world(1, 300) }).await;
    let halved = desk.host.sync(Apis::ALL).await.expect("the sync ends");
    let read = [halved, whole].map(|sync| sync.logs.map(|part| part.incidents));
    assert_eq!(read[0], read[1], "nothing is lost");
    assert_eq!(log_trouble(&desk).await, json!([null]), "and nothing left to say");

    let always = Weather::new(Door::Logs, "/query", Trouble::Partial).every(1);
    let desk = Desk::open(sandbox::Options { weather: vec![always], ..world(1, 60) }).await;
    desk.host.sync(Apis::ALL).await.expect("the other sources carry on");
    let told = log_trouble(&desk).await.to_string();
    assert!(told.contains("a stretch that is not cut smaller"), "{told}");
    desk.sandbox.set_weather(Vec::new());
    desk.host.sync(Apis::ALL).await.expect("the next sync");
    assert_eq!(log_trouble(&desk).await, json!([null]), "asked again, and whole");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_whose_answers_hold_few_rows_is_read_to_its_end() {
    let whole = Desk::open(world(1, 1_000)).await;
    let all = whole.host.sync(Apis::ALL).await.expect("the sync ends");
    let log_limits = Limits { rows: 60, ..Limits::default() };
    let desk = Desk::open(sandbox::Options { log_limits, ..world(1, 1_000) }).await;
    let cut = desk.host.sync(Apis::ALL).await.expect("the sync ends");
    let read = [cut, all].map(|sync| sync.logs.map(|part| part.incidents));
    assert_eq!(read[0], read[1], "each row once");
    assert_eq!(log_trouble(&desk).await, json!([null]), "and nothing left to say");
    let alerts = async |desk: &Desk| {
        desk.get("alert_list", json!({ "filter": {}, "offset": 0, "limit": 1 })).await["total"].clone()
    };
    assert_eq!(alerts(&desk).await, alerts(&whole).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_that_the_log_gives_in_part_are_asked_for_in_halves() {
    let calm = Desk::open(world(1, 300)).await;
    let whole = calm.host.plan_sync(Apis::ALL, false).await.expect("it can be planned").plan;
    let rows = |plan: &Option<contract::terminal::SyncPlan>| {
        plan.as_ref().and_then(|plan| plan.sentinel).map(|part| part.rows)
    };
    // Each workspace's first answer is half an answer, and so is one half of it.
    let some = Weather::new(Door::Logs, "/query", Trouble::Partial).times(3);
    let desk = Desk::open(sandbox::Options { weather: vec![some], ..world(1, 300) }).await;
    let halved = desk.host.plan_sync(Apis::ALL, false).await.expect("it can be planned").plan;
    assert!(rows(&whole).is_some_and(|rows| rows > 0));
    assert_eq!(rows(&halved), rows(&whole), "nothing is counted twice or left out");

    let always = Weather::new(Door::Logs, "/query", Trouble::Partial).every(1);
    let desk = Desk::open(sandbox::Options { weather: vec![always], ..world(1, 300) }).await;
    let plan = desk.host.plan_sync(Apis::ALL, false).await.expect("it can be planned").plan;
    assert_eq!(rows(&plan), None, "a half count is none");
    let asked = desk.sandbox.journal().matching(Door::Logs, "/query");
    assert!(asked <= 2 * 17, "and the log is not asked for long: {asked}");
}

async fn log_trouble(desk: &Desk) -> serde_json::Value {
    let session = desk.get("session_get", json!({})).await;
    let sources = session["sources"].as_array().expect("sources").iter();
    sources.filter(|one| one["api"] == "logs").map(|one| one["trouble"].clone()).collect()
}
