//! Syncs under way: what a second one asks for, and what bad weather leaves behind.

use host::Apis;
use sandbox::{Door, Trouble, Weather};
use tests::{Desk, world};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_sync_asks_only_for_what_changed() {
    let desk = Desk::open(world(1, 3_000)).await;
    let first = desk.host.sync(Apis::ALL).await.expect("the first sync");
    let truth = desk.sandbox.truth();
    assert_eq!(first.sentinel.map(|part| part.incidents), truth["incidents"]["sentinel"].as_u64());
    assert_eq!(first.graph.map(|part| part.incidents), truth["incidents"]["graph"].as_u64());
    let second = desk.host.sync(Apis::ALL).await.expect("the second sync");
    let workspaces = desk.sandbox.descriptor().workspaces.len() as u64;
    assert!(second.sentinel.is_some_and(|part| part.requests <= workspaces && part.read < 100), "{second:?}");
    assert!(
        second.logs.is_some_and(|part| part.requests <= 2 * workspaces),
        "identities and alerts: {second:?}"
    );
    assert!(second.graph.is_some_and(|part| part.requests <= 1 && part.read < 50), "{second:?}");
    assert_eq!(second.sentinel.map(|part| part.incidents), first.sentinel.map(|part| part.incidents));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_apis_that_are_asked_for_are_asked() {
    let desk = Desk::open(world(1, 400)).await;
    let only = Apis { sentinel: true, graph: false, logs: false };
    let sync = desk.host.sync(only).await.expect("the sync ends");
    assert!(sync.graph.is_none() && sync.logs.is_none());
    assert_eq!(desk.sandbox.journal().count(Door::Graph).requests, 0);
    assert_eq!(desk.sandbox.journal().count(Door::Logs).requests, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_weather_loses_and_doubles_nothing() {
    let weather = vec![
        Weather::new(Door::Arm, "/incidents", Trouble::Throttle(Some("0.05".into()))),
        Weather::new(Door::Arm, "/incidents", Trouble::Cut).from(2),
        Weather::new(Door::Graph, "/incidents", Trouble::NotJson).from(1),
        Weather::new(Door::Graph, "/incidents", Trouble::Fail(503)).from(4),
        Weather::new(Door::Graph, "/incidents", Trouble::ExpiredToken).from(7),
        Weather::new(Door::Logs, "/query", Trouble::Throttle(None)),
    ];
    let desk = Desk::open(sandbox::Options { weather, ..world(2, 2_500) }).await;
    let sync = desk.host.sync(Apis::ALL).await.expect("the sync ends");
    let truth = desk.sandbox.truth();
    assert_eq!(sync.troubles, Vec::<String>::new());
    assert_eq!(sync.sentinel.map(|part| part.incidents), truth["incidents"]["sentinel"].as_u64());
    assert_eq!(sync.graph.map(|part| part.incidents), truth["incidents"]["graph"].as_u64());
    assert!(sync.graph.is_some_and(|part| part.retries >= 2), "retries are counted: {:?}", sync.graph);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_another_host_is_refused_and_what_was_read_stays() {
    let weather = vec![Weather::new(Door::Graph, "/incidents", Trouble::ForeignLink).from(3)];
    let desk = Desk::open(sandbox::Options { weather, ..world(3, 1_200) }).await;
    let first = desk.host.sync(Apis::ALL).await.expect("the other sources carry on");
    assert!(first.troubles.iter().any(|trouble| trouble.contains("is not asked")), "{:?}", first.troubles);
    let kept = first.graph.map_or(0, |part| part.incidents);
    assert!(kept >= 100, "the pages before are kept: {kept}");
    let second = desk.host.sync(Apis::ALL).await.expect("the next sync starts again");
    assert_eq!(second.troubles, Vec::<String>::new());
    assert_eq!(second.graph.map(|part| part.incidents), desk.sandbox.truth()["incidents"]["graph"].as_u64());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_tenant_is_no_error() {
    let desk = Desk::open(world(1, 0)).await;
    let sync = desk.host.sync(Apis::ALL).await.expect("the sync ends");
    assert_eq!(sync.sentinel.map(|part| part.incidents), Some(0));
    assert_eq!(desk.host.redirects().await.expect("none").len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_ends_at_a_thousand_is_gone_on_with() {
    let desk = Desk::open(sandbox::Options { story: "list-capped".into(), ..world(1, 3_500) }).await;
    let sync = desk.host.sync(Apis::ALL).await.expect("the sync ends");
    let truth = desk.sandbox.truth();
    assert_eq!(sync.sentinel.map(|part| part.incidents), truth["incidents"]["sentinel"].as_u64());
    let again = desk.host.sync(Apis::ALL).await.expect("the second sync ends");
    assert!(again.sentinel.is_some_and(|part| part.read < 100), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_since_a_listing_was_broken_off_is_read_behind_it() {
    let weather = vec![Weather::new(Door::Graph, "/incidents", Trouble::Fail(403)).from(3)];
    let desk = Desk::open(sandbox::Options { weather, ..world(3, 1_200) }).await;
    let broken = desk.host.sync(Apis::ALL).await.expect("the other sources carry on");
    assert!(!broken.troubles.is_empty(), "the listing was broken off");
    desk.sandbox.set_weather(Vec::new());
    for seed in 1..=20 {
        desk.sandbox.mutate(seed);
    }
    let sync = desk.host.sync(Apis::ALL).await.expect("the sync goes on");
    assert_eq!(sync.troubles, Vec::<String>::new());
    let truth = desk.sandbox.truth();
    assert_eq!(sync.graph.map(|part| part.incidents), truth["incidents"]["graph"].as_u64());
}
