//! A session as a whole: addresses, determinism, size, its end.

use crate::client::{World, options, text};
use sandbox::{Door, Error, Options, Sandbox};
use serde_json::Value;
use std::path::Path;

#[tokio::test]
async fn the_descriptor_is_one_object_of_loopback_origins() {
    let world = World::of(0).await;
    let line = serde_json::to_value(world.sandbox.descriptor()).unwrap();
    let mut names: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "arm",
            "authority",
            "ca_cert",
            "certificate",
            "client_id",
            "client_secret",
            "graph",
            "identity",
            "imds",
            "logs",
            "mailboxes",
            "now",
            "ready",
            "resource_group",
            "smtp",
            "subscription_id",
            "tenant_id",
            "truth",
            "users",
            "workspaces",
        ]
    );
    for name in ["authority", "arm", "graph", "logs"] {
        let origin = text(&line, &format!("/{name}"));
        let rest = origin.strip_prefix("https://127.0.0.1:").unwrap();
        assert!(rest.parse::<u16>().is_ok(), "{origin} has no path");
    }
    assert_eq!(line["now"], "2026-11-24T00:00:00Z");
    assert!(line["mailboxes"]["password_ok"]["user"].is_string());
}

#[tokio::test]
async fn the_same_seed_and_clock_give_the_same_bytes() {
    let (one, two) = (World::of(500).await, World::of(500).await);
    let other = World::start(Options { seed: 2, ..options(500) }).await;
    let path = "incidents?api-version=2025-09-01&$top=200";
    let mut pages = Vec::new();
    for world in [&one, &two, &other] {
        let page = world.get(&world.sentinel("soc-primary", path)).await;
        pages.push(page.body["value"].clone());
    }
    assert_eq!(pages[0], pages[1]);
    assert_ne!(pages[0], pages[2]);
    assert_eq!(one.all_graph("?$expand=alerts").await, two.all_graph("?$expand=alerts").await);
    assert_eq!(one.sandbox.truth(), two.sandbox.truth());
}

#[tokio::test]
async fn a_million_incidents_are_served_from_their_first_to_their_last_page() {
    let world = World::of(1_000_000).await;
    let first = world.get(&world.sentinel("soc-primary", "incidents?api-version=2025-09-01&$top=1000")).await;
    assert_eq!(first.items().len(), 1_000);
    let last = "incidents?api-version=2025-09-01&$top=1000&$orderby=properties/createdTimeUtc%20asc";
    let last = world.get(&world.sentinel("retail", last)).await;
    assert_eq!(last.items()[0]["properties"]["incidentNumber"], 1);
    assert!(!world.graph(reqwest::Method::GET, "incidents", None).await.items().is_empty());
}

#[tokio::test]
async fn empty_and_tiny_worlds_work() {
    for incidents in [0, 1, 3, 30] {
        let world = World::of(incidents).await;
        let truth = world.sandbox.truth();
        assert_eq!(truth["incidents"]["sentinel"], incidents);
        let all = world.all(&world.sentinel("soc-primary", "incidents?api-version=2025-09-01")).await;
        assert_eq!(truth["incidents"]["by_workspace"]["soc-primary"], all.len());
        assert_eq!(truth["incidents"]["graph"], world.all_graph("").await.len());
    }
}

#[tokio::test]
async fn wrong_options_are_refused() {
    let story = Sandbox::start(Options { story: "nowhere".to_owned(), ..options(0) }).await;
    assert!(matches!(story.err(), Some(Error::Story(_))));
    let many = Sandbox::start(options(1_000_001)).await;
    assert!(matches!(many.err(), Some(Error::TooMany(1_000_001))));
}

#[tokio::test]
async fn the_end_closes_the_doors_and_removes_the_certificate() {
    let world = World::of(0).await;
    let descriptor = world.sandbox.descriptor().clone();
    assert!(Path::new(&descriptor.ca_cert).exists());
    world.sandbox.stop().await;
    assert!(!Path::new(&descriptor.ca_cert).exists());
    let answer = world.http.get(&descriptor.truth).send().await;
    assert!(answer.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn the_journal_has_seen_every_request() {
    let world = World::of(120).await;
    world.all(&world.sentinel("soc-primary", "incidents?api-version=2025-09-01&$top=40")).await;
    let journal = world.sandbox.journal();
    assert_eq!(journal.count(Door::Entra).requests, 1);
    assert_eq!(journal.matching(Door::Arm, "/incidents?") as u64, journal.count(Door::Arm).requests);
    assert!(journal.entries().iter().all(|entry| entry.bytes > 0 && entry.status == 200));
    let whole = format!("{:?}", journal.entries());
    assert!(!whole.contains(&world.sandbox.descriptor().client_secret), "no body is written down");
}

#[tokio::test]
async fn more_workspaces_in_their_story() {
    let world = World::story("multi-workspace", 1_000).await;
    let names = &world.sandbox.descriptor().workspaces;
    assert_eq!(names, &["soc-primary", "retail", "emea", "not-onboarded"]);
    let truth = world.sandbox.truth();
    assert!(truth["incidents"]["by_workspace"]["emea"].as_u64() > Some(0));
    assert_eq!(truth["incidents"]["by_workspace"]["not-onboarded"], 0);
    let bare = world.get(&world.sentinel("not-onboarded", "incidents?api-version=2025-09-01")).await;
    assert_eq!(bare.status, 400);
    assert!(matches!(bare.body["error"]["message"], Value::String(_)));
}
