//! Large tenants: lists read side by side, limits kept, and what is left unread told as such.

use domain::incident::queue::{Column, Filter, Presence, Sort};
use engine::Control;
use host::Apis;
use sandbox::{Door, Trouble, Weather};
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
    let scope = limited::scope(&sandbox, folder.path(), &clock).expect("a scope");
    let truth = sandbox.truth();
    let count = |presence: Presence| {
        let filter = Filter { presence: vec![presence], ..Filter::default() };
        let sort = Sort { column: Column::Updated, descending: true };
        scope.store.incidents(&filter, sort, 0, 1).expect("the queue").total
    };

    let first = scope.sync(Apis::ALL, &Control::silent()).await.expect("the first sync");
    assert!(first.graph.is_some_and(|part| Some(part.incidents) < truth["incidents"]["graph"].as_u64()));
    assert!(count(Presence::DefenderNotRead) > 0, "older Defender sides are unread");
    assert_eq!(count(Presence::TwinMissing), 0, "and none of them counts as missing");

    let second = scope.sync(Apis::ALL, &Control::silent()).await.expect("the second sync");
    assert!(second.graph.is_some_and(|part| part.requests <= 1 && part.read < 50), "{second:?}");
    assert_eq!(count(Presence::TwinMissing), 0, "a delta proves no absence");

    let alone = Apis { sentinel: false, graph: true, logs: false };
    let whole = scope.sync(alone, &Control::silent()).await.expect("the third sync");
    assert_eq!(whole.graph.map(|part| part.incidents), truth["incidents"]["graph"].as_u64());
    assert_eq!(count(Presence::DefenderNotRead), 0, "everything is read now");

    let refused = [Door::Arm, Door::Graph, Door::Logs].map(|door| sandbox.journal().count(door).throttled);
    assert_eq!(refused, [0, 0, 0], "limits that are published are kept, nobody is answered 429");
}
