//! Entra for people and for certificates: codes, device codes, refresh, assertions, as a client meets them.

use crate::client::{Answer, World, options};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sandbox::Options;
use serde_json::{Value, json};
use std::time::Duration;

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// S256 of the verifier, from RFC 7636, appendix B.
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const BACK: &str = "http://localhost:8400/done";
const SCOPE: &str = "https://graph.microsoft.com/SecurityIncident.Read.All openid offline_access";
const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";

pub fn claims(token: &str) -> Value {
    let bytes = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// The fields of the address that a redirect leads to.
struct Led(Vec<(String, String)>);

impl Led {
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }
}

impl World {
    fn entra(&self, tenant: &str, path: &str) -> String {
        format!("{}/{tenant}/oauth2/v2.0/{path}", self.sandbox.descriptor().authority)
    }

    fn tenant(&self) -> String {
        self.sandbox.descriptor().tenant_id.clone()
    }

    /// Asks the authorise page; changes replace fields, an empty one takes a field away.
    async fn page(&self, changes: &[(&str, &str)]) -> reqwest::Response {
        let mut url = reqwest::Url::parse(&self.entra(&self.tenant(), "authorize")).unwrap();
        let client = self.sandbox.descriptor().client_id.clone();
        let mut fields = vec![
            ("client_id", client.as_str()),
            ("response_type", "code"),
            ("redirect_uri", BACK),
            ("scope", SCOPE),
            ("state", "s-1 &"),
            ("nonce", "n-1"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
            ("sandbox_answer", "accept"),
        ];
        for (name, value) in changes {
            fields.retain(|(own, _)| own != name);
            fields.push((name, value));
        }
        url.query_pairs_mut().extend_pairs(fields.iter().filter(|(_, value)| !value.is_empty()));
        self.http.get(url).send().await.unwrap()
    }

    async fn led(&self, changes: &[(&str, &str)]) -> Led {
        let response = self.page(changes).await;
        assert_eq!(response.status(), 302, "{}", response.text().await.unwrap());
        let address = response.headers()["location"].to_str().unwrap();
        assert!(address.starts_with(BACK), "{address}");
        let url = reqwest::Url::parse(address).unwrap();
        Led(url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// A public client's request for tokens.
    async fn redeem(&self, tenant: &str, fields: &[(&str, &str)]) -> Answer {
        let client = self.sandbox.descriptor().client_id.clone();
        let mut url = reqwest::Url::parse("http://x/").unwrap();
        url.query_pairs_mut().append_pair("client_id", &client).extend_pairs(fields);
        let body = url.query().unwrap().to_owned();
        self.send(self.http.post(self.entra(tenant, "token")).body(body)).await
    }

    async fn by_code(&self, code: &str, changes: &[(&str, &str)]) -> Answer {
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", BACK),
            ("code_verifier", VERIFIER),
        ];
        for (name, value) in changes {
            fields.retain(|(own, _)| own != name);
            fields.push((name, value));
        }
        self.redeem(&self.tenant(), &fields).await
    }

    async fn signed_in(&self, user: &str) -> Answer {
        let led = self.led(&[("login_hint", user)]).await;
        self.by_code(led.get("code"), &[]).await
    }

    async fn device(&self) -> Value {
        let client = self.sandbox.descriptor().client_id.clone();
        let body = format!("client_id={client}&scope={}", SCOPE.replace(' ', "+"));
        let answer = self.send(self.http.post(self.entra(&self.tenant(), "devicecode")).body(body)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    }

    async fn poll(&self, device: &Value) -> Answer {
        let code = device["device_code"].as_str().unwrap();
        self.redeem(&self.tenant(), &[("grant_type", DEVICE), ("device_code", code)]).await
    }

    async fn on_device_page(&self, device: &Value, rest: &str) -> u16 {
        let page = device["verification_uri"].as_str().unwrap();
        let url = format!("{page}?user_code={}&{rest}", device["user_code"].as_str().unwrap());
        self.http.get(url).send().await.unwrap().status().as_u16()
    }
}

fn refused(answer: &Answer) -> (u16, &str, u64) {
    let code = answer.body["error_codes"][0].as_u64().unwrap_or_default();
    (answer.status, answer.body["error"].as_str().unwrap_or_default(), code)
}

#[tokio::test]
async fn a_code_gives_tokens_that_speak_for_the_person() {
    let world = World::of(0).await;
    let led = world.led(&[]).await;
    assert_eq!(led.get("state"), "s-1 &");
    let answer = world.by_code(led.get("code"), &[("client_info", "1")]).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let access = claims(answer.body["access_token"].as_str().unwrap());
    assert_eq!(access["idtyp"], "user");
    assert_eq!(access["upn"], "analyst@contoso.example");
    assert!(access["scp"].as_str().unwrap().split(' ').any(|one| one == "SecurityIncident.Read.All"));
    assert_eq!((access["roles"].is_null(), access["appidacr"].as_str()), (true, Some("0")));
    let id = claims(answer.body["id_token"].as_str().unwrap());
    assert_eq!((id["nonce"].as_str(), id["aud"].as_str()), (Some("n-1"), access["appid"].as_str()));
    assert_eq!(id["oid"], access["oid"]);
    assert!(answer.body["client_info"].is_string());
    let descriptor = world.sandbox.descriptor();
    let token = answer.body["access_token"].as_str().unwrap();
    let get = |path: &str| world.http.get(format!("{}/v1.0/{path}", descriptor.graph)).bearer_auth(token);
    assert_eq!(world.send(get("security/incidents")).await.status, 200);
    let mail = world.send(get(&format!("users/{}/messages", descriptor.mailboxes.allowed))).await;
    assert_eq!(
        mail.body["error"]["code"], "ErrorAccessDenied",
        "people have no mailboxes here: {}",
        mail.body
    );
}

#[tokio::test]
async fn a_code_is_tied_to_everything_it_was_given_for() {
    let world = World::of(0).await;
    let led = world.led(&[]).await;
    let code = led.get("code");
    let wrong = world.by_code(code, &[("code_verifier", "another-verifier")]).await;
    assert_eq!(refused(&wrong), (400, "invalid_grant", 501_481));
    let elsewhere = world.by_code(code, &[("redirect_uri", "http://localhost:1/")]).await;
    assert_eq!(refused(&elsewhere), (400, "invalid_client", 500_112));
    let secret = world.by_code(code, &[("client_secret", "x")]).await;
    assert_eq!(refused(&secret), (401, "invalid_client", 700_025));
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", BACK),
        ("code_verifier", VERIFIER),
    ];
    assert_eq!(refused(&world.redeem("denied", &fields).await), (400, "invalid_grant", 700_005));
    assert_eq!(world.by_code(code, &[]).await.status, 200, "refused tries spend nothing");
    assert_eq!(refused(&world.by_code(code, &[]).await), (400, "invalid_grant", 54_005));
    assert_eq!(refused(&world.by_code("nonsense", &[]).await), (400, "invalid_grant", 9_002_313));
    let stale = world.led(&[("sandbox_answer", "stale")]).await;
    assert_eq!(refused(&world.by_code(stale.get("code"), &[]).await), (400, "invalid_grant", 70_008));
}

/// Changes to the request, and then the error and the code that the address carries.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);

#[tokio::test]
async fn the_page_leads_back_with_errors_and_to_loopback_alone() {
    let world = World::of(0).await;
    let cases: [Case; 9] = [
        (&[("sandbox_answer", "deny")], "access_denied", "AADSTS65004"),
        (&[("login_hint", "denied@contoso.example")], "access_denied", "AADSTS65004"),
        (&[("login_hint", "blocked@contoso.example")], "access_denied", "AADSTS53003"),
        (&[("login_hint", "consent@contoso.example")], "consent_required", "AADSTS65001"),
        (&[("code_challenge", "")], "invalid_request", "AADSTS50149"),
        (&[("code_challenge_method", "plain")], "invalid_request", "AADSTS50149"),
        (&[("response_type", "token")], "unsupported_response_type", "AADSTS700051"),
        (&[("scope", "https://graph.microsoft.com/Nonsense.All")], "invalid_client", "AADSTS650053"),
        (&[("sandbox_answer", ""), ("prompt", "none")], "login_required", "AADSTS50058"),
    ];
    for (changes, error, code) in cases {
        let led = world.led(changes).await;
        assert_eq!((led.get("error"), led.get("state")), (error, "s-1 &"), "{changes:?}");
        assert!(led.get("error_description").starts_with(code), "{}", led.get("error_description"));
    }
    assert_eq!(world.led(&[("sandbox_answer", "wrong_state")]).await.get("state"), "another-state");
    for changes in
        [("redirect_uri", "https://evil.example/"), ("client_id", "11111111-2222-4333-8444-555555555555")]
    {
        let page = world.page(&[changes]).await;
        assert_eq!((page.status().as_u16(), page.headers().get("location")), (400, None), "{changes:?}");
    }
}

#[tokio::test]
async fn a_form_signs_in_by_name_and_password() {
    let world = World::of(0).await;
    let page = world.page(&[("sandbox_answer", "stay")]).await;
    assert_eq!(page.status(), 200);
    let url = page.url().clone();
    let html = page.text().await.unwrap();
    assert!(html.contains("analyst@contoso.example") && html.contains("Crosswalk's sandbox"), "{html}");
    let user = world.sandbox.descriptor().users[0].clone();
    let send = |password: String| {
        let body = format!("user={}&password={password}&answer=accept", user.user);
        world.http.post(url.clone()).body(body).send()
    };
    let wrong = send("wrong".to_owned()).await.unwrap();
    assert!(wrong.text().await.unwrap().contains("AADSTS50126"), "a wrong password asks again");
    let right = send(user.password.clone()).await.unwrap();
    assert_eq!(right.status(), 302);
}

#[tokio::test]
async fn a_refresh_token_serves_every_resource_and_its_successors() {
    let world = World::of(0).await;
    let first = world.signed_in("analyst@contoso.example").await;
    let mut refresh = first.body["refresh_token"].as_str().unwrap().to_owned();
    let tenant = world.tenant();
    for (scope, aud, scp) in [
        ("https://management.azure.com/.default", "https://management.azure.com", "user_impersonation"),
        ("https://api.loganalytics.io/.default", "https://api.loganalytics.io", "Data.Read"),
    ] {
        let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str()), ("scope", scope)];
        let answer = world.redeem(&tenant, &fields).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let token = claims(answer.body["access_token"].as_str().unwrap());
        assert_eq!((token["aud"].as_str(), token["scp"].as_str()), (Some(aud), Some(scp)));
        assert!(answer.body["scope"].as_str().unwrap().contains(scope));
        let next = answer.body["refresh_token"].as_str().unwrap().to_owned();
        assert_ne!(std::mem::replace(&mut refresh, next), refresh, "it rotates");
    }
    let two = "https://management.azure.com/.default https://graph.microsoft.com/.default";
    let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str()), ("scope", two)];
    assert_eq!(refused(&world.redeem(&tenant, &fields).await), (400, "invalid_request", 28_000));
}

#[tokio::test]
async fn refresh_tokens_end_as_the_persons_name_says() {
    let world = World::of(0).await;
    for (user, code) in [("lapsed@contoso.example", 700_082), ("revoked@contoso.example", 50_173)] {
        let first = world.signed_in(user).await;
        assert_eq!(first.status, 200, "{}", first.body);
        let refresh = first.body["refresh_token"].as_str().unwrap();
        let answer = world
            .redeem(&world.tenant(), &[("grant_type", "refresh_token"), ("refresh_token", refresh)])
            .await;
        assert_eq!(refused(&answer), (400, "invalid_grant", code));
    }
    let nobody =
        world.redeem(&world.tenant(), &[("grant_type", "refresh_token"), ("refresh_token", "x")]).await;
    assert_eq!(refused(&nobody), (400, "invalid_grant", 70_000));
}

#[tokio::test]
async fn more_is_wanted_until_a_sign_in_asks_for_the_claims() {
    let world = World::of(0).await;
    let refusal = world.signed_in("mfa@contoso.example").await;
    assert_eq!(refused(&refusal), (400, "interaction_required", 50_076));
    let wanted = refusal.body["claims"].as_str().unwrap();
    let led = world.led(&[("login_hint", "mfa@contoso.example"), ("claims", wanted)]).await;
    assert_eq!(world.by_code(led.get("code"), &[]).await.status, 200);
}

#[tokio::test]
async fn a_right_that_nobody_consented_to_stops_the_sign_in() {
    let world = World::story("no-graph-incidents", 0).await;
    let led = world.led(&[]).await;
    assert_eq!(led.get("error"), "consent_required");
    let led = world.led(&[("scope", "https://graph.microsoft.com/.default")]).await;
    let answer = world.by_code(led.get("code"), &[]).await;
    let token = claims(answer.body["access_token"].as_str().unwrap());
    assert!(!token["scp"].as_str().unwrap().contains("SecurityIncident"), "{token}");
}

#[tokio::test]
async fn a_device_code_waits_and_is_answered() {
    let world = World::start(Options { poll: Duration::ZERO, ..options(0) }).await;
    let device = world.device().await;
    assert_eq!((device["expires_in"].as_u64(), device["interval"].as_u64()), (Some(900), Some(0)));
    assert!(device["message"].as_str().unwrap().contains(device["user_code"].as_str().unwrap()));
    assert_eq!(refused(&world.poll(&device).await), (400, "authorization_pending", 70_016));
    assert_eq!(
        world
            .on_device_page(
                &json!({"verification_uri": device["verification_uri"], "user_code": "WRONG"}),
                "sandbox_answer=accept"
            )
            .await,
        400
    );
    assert_eq!(world.on_device_page(&device, "sandbox_answer=accept").await, 200);
    let answer = world.poll(&device).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(answer.body["refresh_token"].is_string() && answer.body["id_token"].is_string());
    assert_eq!(refused(&world.poll(&device).await), (400, "bad_verification_code", 70_018));
}

#[tokio::test]
async fn a_device_code_ends_in_each_of_its_ways() {
    let world = World::start(Options { poll: Duration::ZERO, ..options(0) }).await;
    for (rest, error, code) in [
        ("sandbox_answer=decline", "authorization_declined", 65_004),
        ("sandbox_answer=expire", "expired_token", 70_020),
        ("sandbox_answer=accept&login_hint=denied@contoso.example", "authorization_declined", 65_004),
        ("sandbox_answer=accept&login_hint=blocked@contoso.example", "invalid_grant", 53_003),
        ("sandbox_answer=accept&login_hint=consent@contoso.example", "invalid_grant", 65_001),
        ("sandbox_answer=accept&login_hint=mfa@contoso.example", "interaction_required", 50_076),
    ] {
        let device = world.device().await;
        assert_eq!(world.on_device_page(&device, rest).await, 200, "{rest}");
        assert_eq!(refused(&world.poll(&device).await), (400, error, code), "{rest}");
    }
}

#[tokio::test]
async fn polling_faster_than_the_interval_is_slowed_down() {
    let world = World::start(Options { poll: Duration::from_secs(600), ..options(0) }).await;
    let device = world.device().await;
    assert_eq!(refused(&world.poll(&device).await), (400, "authorization_pending", 70_016));
    assert_eq!(refused(&world.poll(&device).await), (400, "slow_down", 70_016));
}
