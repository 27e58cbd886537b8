//! The machine's identity, by the metadata service and by App Service.

use crate::client::{Answer, World};
use crate::sign_in::claims;

const ARM: &str = "https://management.azure.com/";

async fn machine(world: &World, query: &str, header: Option<&str>) -> Answer {
    let url = format!("{}/metadata/identity/oauth2/token?{query}", world.sandbox.descriptor().imds);
    let request = world.http.get(url);
    world.send(header.into_iter().fold(request, |request, value| request.header("Metadata", value))).await
}

#[tokio::test]
async fn a_machine_gets_a_token_that_its_doors_take() {
    let world = World::of(0).await;
    assert!(world.sandbox.descriptor().imds.starts_with("http://127.0.0.1:"));
    let answer = machine(&world, &format!("api-version=2018-02-01&resource={ARM}"), Some("true")).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    for name in ["expires_in", "expires_on", "not_before"] {
        let text = answer.body[name].as_str().unwrap_or_default();
        assert!(text.parse::<i64>().is_ok(), "{name} is a number written as text: {}", answer.body);
    }
    assert_eq!(answer.body["resource"], ARM);
    let token = answer.body["access_token"].as_str().unwrap();
    assert_ne!(
        claims(token)["appid"],
        world.sandbox.descriptor().client_id.as_str(),
        "it is an identity of its own"
    );
    let url = format!("{}/subscriptions?api-version=2022-12-01", world.sandbox.descriptor().arm);
    assert_eq!(world.send(world.http.get(url).bearer_auth(token)).await.items().len(), 1);
}

#[tokio::test]
async fn the_metadata_services_refusals() {
    let world = World::of(0).await;
    let good = format!("api-version=2018-02-01&resource={ARM}");
    for (query, header, error, part) in [
        (good.as_str(), None, "invalid_request", "Required metadata header not specified"),
        ("api-version=2018-02-01", Some("true"), "invalid_request", "'resource' is missing"),
        ("resource=x", Some("true"), "invalid_request", "'api-version' is missing"),
        (&format!("{good}&client_id=another"), Some("true"), "invalid_request", "Identity not found"),
        (
            "api-version=2018-02-01&resource=https://nobody.example",
            Some("true"),
            "invalid_resource",
            "AADSTS500011",
        ),
    ] {
        let answer = machine(&world, query, header).await;
        assert_eq!((answer.status, answer.body["error"].as_str()), (400, Some(error)), "{query}");
        assert!(answer.body["error_description"].as_str().unwrap().contains(part), "{}", answer.body);
    }
}

#[tokio::test]
async fn app_service_wants_its_header() {
    let world = World::of(0).await;
    let identity = world.sandbox.descriptor().identity.clone();
    let ask = |query: String, header: &str| {
        let url = format!("{}?{query}", identity.endpoint);
        world.send(world.http.get(url).header("X-IDENTITY-HEADER", header))
    };
    let good = format!("api-version=2019-08-01&resource={ARM}");
    let answer = ask(good.clone(), &identity.header).await;
    assert_eq!((answer.status, answer.body["client_id"].as_str()), (200, Some(identity.client_id.as_str())));
    assert_eq!(ask(good.clone(), "guess").await.status, 401);
    assert_eq!(ask(format!("{good}&client_id={}", identity.client_id), &identity.header).await.status, 200);
    let other = ask(format!("{good}&client_id=another"), &identity.header).await;
    assert_eq!((other.status, other.body["statusCode"].as_u64()), (400, Some(400)));
    assert!(other.body["message"].as_str().unwrap().starts_with("No User Assigned"), "{}", other.body);
}
