//! Entra: metadata that MSAL takes, tokens that say who, and its refusals by code.

use crate::client::{ARM, GRAPH, World};
use base64::Engine as _;
use serde_json::Value;

fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

#[tokio::test]
async fn metadata_leads_to_the_tenants_own_endpoints() {
    let world = World::of(0).await;
    let descriptor = world.sandbox.descriptor();
    let base = format!("{}/{}", descriptor.authority, descriptor.tenant_id);
    let answer = world.send(world.http.get(format!("{base}/v2.0/.well-known/openid-configuration"))).await;
    assert_eq!(answer.body["token_endpoint"], format!("{base}/oauth2/v2.0/token"));
    let keys = world.send(world.http.get(answer.body["jwks_uri"].as_str().unwrap())).await;
    assert_eq!(keys.body["keys"][0]["kty"], "RSA");
}

#[tokio::test]
async fn a_token_says_for_what_for_whom_and_until_when() {
    let world = World::of(0).await;
    let descriptor = world.sandbox.descriptor();
    let claims = claims(&world.token(GRAPH).await);
    assert_eq!(claims["aud"], "https://graph.microsoft.com");
    assert_eq!(claims["appid"], descriptor.client_id);
    assert_eq!(claims["tid"], descriptor.tenant_id);
    assert!(claims["exp"].as_i64() > claims["iat"].as_i64());
    let roles = claims["roles"].as_array().unwrap();
    for role in ["Mail.Send", "Mail.ReadBasic.All", "SecurityIncident.Read.All", "SecurityAlert.Read.All"] {
        assert!(roles.contains(&role.into()), "{role} is granted");
    }
}

/// Tenant, changes to the form, and then status, error and code.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], u16, &'a str, u32);

#[tokio::test]
async fn refusals_have_entras_codes() {
    let world = World::of(0).await;
    let tenant = world.sandbox.descriptor().tenant_id.clone();
    let other = "11111111-2222-4333-8444-555555555555";
    let cases: [Case; 11] = [
        (&tenant, &[("client_secret", "wrong")], 401, "invalid_client", 7_000_215),
        (&tenant, &[("client_secret", other)], 401, "invalid_client", 7_000_215),
        (&tenant, &[("client_secret", "")], 401, "invalid_client", 7_000_216),
        (&tenant, &[("client_id", other)], 400, "unauthorized_client", 700_016),
        (other, &[], 400, "invalid_request", 90_002),
        (&tenant, &[("scope", "https://nobody.example/.default")], 400, "invalid_resource", 500_011),
        (&tenant, &[("scope", "https://graph.microsoft.com/Mail.Send")], 400, "invalid_scope", 1_002_012),
        (&tenant, &[("scope", "nonsense")], 400, "invalid_scope", 70_011),
        (&tenant, &[("grant_type", "")], 400, "invalid_request", 900_144),
        ("expired-secret", &[], 401, "invalid_client", 7_000_222),
        ("no-consent", &[], 400, "invalid_grant", 65_001),
    ];
    for (tenant, changes, status, error, code) in cases {
        let answer = world.grant(tenant, changes).await;
        assert_eq!((answer.status, answer.body["error"].as_str()), (status, Some(error)), "{}", answer.body);
        assert_eq!(answer.body["error_codes"][0], code);
        let sentence = answer.body["error_description"].as_str().unwrap();
        assert!(sentence.starts_with(&format!("AADSTS{code}: ")), "{sentence}");
        assert!(sentence.contains("\r\nTrace ID: ") && sentence.contains("\r\nTimestamp: "), "{sentence}");
    }
}

#[tokio::test]
async fn metadata_names_the_unknown_tenant_differently() {
    let world = World::of(0).await;
    let url = format!(
        "{}/nobody.example/v2.0/.well-known/openid-configuration",
        world.sandbox.descriptor().authority
    );
    let answer = world.send(world.http.get(url)).await;
    assert_eq!((answer.status, answer.body["error"].as_str()), (400, Some("invalid_tenant")));
}

#[tokio::test]
async fn a_door_takes_no_token_of_another_resource_and_no_foreign_signature() {
    let world = World::of(0).await;
    let url = format!("{}/subscriptions?api-version=2022-12-01", world.sandbox.descriptor().arm);
    let missing = world.send(world.http.get(&url)).await;
    assert_eq!((missing.status, missing.body["error"]["code"].as_str()), (401, Some("AuthenticationFailed")));
    let other = world.send(world.http.get(&url).bearer_auth(world.token(GRAPH).await)).await;
    assert_eq!(other.body["error"]["code"], "InvalidAuthenticationTokenAudience");
    let stranger = World::of(0).await;
    let foreign = world.send(world.http.get(&url).bearer_auth(stranger.token(ARM).await)).await;
    assert_eq!(foreign.body["error"]["code"], "InvalidAuthenticationToken");
    assert!(foreign.header("www-authenticate").starts_with("Bearer authorization_uri="));
}
