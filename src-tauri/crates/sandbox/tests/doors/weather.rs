//! Trouble on a schedule, as clients meet it.

use crate::client::{ARM, GRAPH, World, options};
use sandbox::{Door, Options, Trouble, Weather};

const LIST: &str = "incidents?api-version=2025-09-01&$top=20";

async fn with(trouble: Trouble) -> World {
    let weather = vec![Weather::new(Door::Arm, "/incidents?", trouble)];
    World::start(Options { weather, ..options(100) }).await
}

#[tokio::test]
async fn throttling_says_how_long_in_its_own_way() {
    for (wait, code) in [
        (Some("3"), "SubscriptionRequestsThrottled"),
        (Some("2.128"), "SubscriptionRequestsThrottled"),
        (None, "TooManyRequests"),
    ] {
        let world = with(Trouble::Throttle(wait.map(str::to_owned))).await;
        let url = world.sentinel("soc-primary", LIST);
        let first = world.get(&url).await;
        assert_eq!((first.status, first.body["error"]["code"].as_str()), (429, Some(code)));
        assert_eq!(first.headers.get("retry-after").map(|value| value.to_str().unwrap()), wait);
        assert_eq!(world.get(&url).await.status, 200, "once");
        assert_eq!(world.sandbox.journal().count(Door::Arm).throttled, 1);
    }
}

#[tokio::test]
async fn a_cut_body_ends_in_its_middle_and_a_broken_one_is_no_json() {
    let world = with(Trouble::Cut).await;
    let request = world.http.get(world.sentinel("soc-primary", LIST)).bearer_auth(world.token(ARM).await);
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.bytes().await.is_err(), "the body must not look whole");
    let world = with(Trouble::NotJson).await;
    let request = world.http.get(world.sentinel("soc-primary", LIST)).bearer_auth(world.token(ARM).await);
    let text = request.send().await.unwrap().text().await.unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_err());
}

#[tokio::test]
async fn a_link_can_lead_astray_and_a_token_expire() {
    let world = with(Trouble::ForeignLink).await;
    let page = world.get(&world.sentinel("soc-primary", LIST)).await;
    assert!(page.body["nextLink"].as_str().unwrap().starts_with("https://attacker.example"));
    let world = with(Trouble::ExpiredToken).await;
    let answer = world.get(&world.sentinel("soc-primary", LIST)).await;
    assert_eq!(
        (answer.status, answer.body["error"]["code"].as_str()),
        (401, Some("ExpiredAuthenticationToken"))
    );
    assert!(answer.header("www-authenticate").contains("error=\"invalid_token\""));
}

#[tokio::test]
async fn failures_speak_the_doors_language() {
    let weather = vec![
        Weather::new(Door::Graph, "", Trouble::Fail(503)),
        Weather::new(Door::Graph, "", Trouble::Throttle(Some("0.5".to_owned()))).from(1),
    ];
    let world = World::start(Options { weather, ..options(10) }).await;
    let first = world.graph(reqwest::Method::GET, "incidents", None).await;
    assert_eq!((first.status, first.body["error"]["code"].as_str()), (503, Some("serviceNotAvailable")));
    let second = world.graph(reqwest::Method::GET, "incidents", None).await;
    assert_eq!((second.status, second.header("retry-after")), (429, "0.5"));
    assert_eq!(second.body["error"]["code"], "TooManyRequests");
}

#[tokio::test]
async fn the_throttled_story_and_the_throttled_tenant_let_patient_clients_through() {
    let story = World::story("throttled", 100).await;
    let typed = World::of(100).await;
    for (world, tenant) in [(&story, story.sandbox.descriptor().tenant_id.as_str()), (&typed, "throttled")] {
        let token = world.token_of(tenant, GRAPH).await;
        let url = format!("{}/v1.0/security/incidents?$top=1", world.sandbox.descriptor().graph);
        let mut statuses = Vec::new();
        for _ in 0..12 {
            statuses.push(world.send(world.http.get(&url).bearer_auth(&token)).await.status);
        }
        assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 3, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 9);
    }
}

#[tokio::test]
async fn answers_are_compressed_for_those_who_can_read_it() {
    let world = World::of(100).await;
    let url = world.sentinel("soc-primary", LIST);
    world.get(&url).await;
    let plain =
        world.http.get(&url).bearer_auth(world.token(ARM).await).header("accept-encoding", "identity");
    let plain = plain.send().await.unwrap().bytes().await.unwrap().len() as u64;
    let sent: Vec<u64> =
        world.sandbox.journal().entries().iter().filter(|e| e.door == Door::Arm).map(|e| e.bytes).collect();
    assert!(sent[0] * 3 < plain, "{} of {plain} bytes", sent[0]);
    assert_eq!(sent[1], plain);
}
