//! Trouble on a schedule, as clients meet it.

use crate::client::{ARM, GRAPH, LOGS, World, options};
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

#[tokio::test]
async fn a_challenge_is_met_by_a_token_that_was_asked_for_with_its_claims() {
    let doors = [Door::Arm, Door::Graph, Door::Logs];
    let weather = doors.map(|door| Weather::new(door, "", Trouble::Challenge).every(1)).to_vec();
    let world = World::start(Options { weather, ..options(10) }).await;
    let at = world.sandbox.descriptor().clone();
    let arm = world.http.get(format!("{}/subscriptions?api-version=2022-12-01", at.arm));
    let graph = world.http.get(format!("{}/v1.0/security/incidents?$top=1", at.graph));
    let logs = world.http.post(format!("{}/v1/workspaces/nobody/query", at.logs));
    for (request, scope, behind) in [(arm, ARM, 200), (graph, GRAPH, 200), (logs, LOGS, 404)] {
        let ask = |token: String| world.send(request.try_clone().unwrap().bearer_auth(token));
        let first = ask(world.token(scope).await).await;
        assert_eq!(first.status, 401);
        let claims = demanded(first.header("www-authenticate"));
        assert_eq!(ask(world.token(scope).await).await.status, 401, "another token alone is not enough");
        let capability = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;
        for (claims, status) in [(capability, 401), (claims.as_str(), behind)] {
            let grant = world.grant(&at.tenant_id, &[("scope", scope), ("claims", claims)]).await;
            let token = grant.body["access_token"].as_str().unwrap().to_owned();
            assert_eq!(ask(token).await.status, status, "{claims}");
        }
    }
}

/// The claims that a challenge demands, decoded.
fn demanded(header: &str) -> String {
    assert!(header.contains("error=\"insufficient_claims\""), "{header}");
    let encoded = header.split("claims=\"").nth(1).unwrap().split('"').next().unwrap();
    let decoded = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, encoded).unwrap();
    String::from_utf8(decoded).unwrap()
}

#[tokio::test]
async fn a_tenant_that_challenges_and_one_that_blocks_can_be_typed() {
    let world = World::of(0).await;
    let url = format!("{}/subscriptions?api-version=2022-12-01", world.sandbox.descriptor().arm);
    let token = world.token_of("challenged", ARM).await;
    let answer = world.send(world.http.get(url).bearer_auth(token)).await;
    assert_eq!(answer.status, 401);
    assert!(answer.header("www-authenticate").contains("insufficient_claims"));
    let blocked = world.grant("blocked", &[]).await;
    assert_eq!(blocked.body["error_codes"][0], 53_003);
}
