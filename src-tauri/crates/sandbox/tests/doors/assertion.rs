//! Sign-in by certificate: what a signed assertion has to be, and Entra's word for each fault.

use crate::client::{GRAPH, World, options};
use crate::sign_in::claims;
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use sandbox::Options;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

/// The first block of this kind in a PEM.
fn block(pem: &str, kind: &str) -> Vec<u8> {
    let (begin, end) = (format!("-----BEGIN {kind}-----"), format!("-----END {kind}-----"));
    let inside = pem.split(&begin).nth(1).unwrap().split(&end).next().unwrap();
    STANDARD.decode(inside.split_whitespace().collect::<String>()).unwrap()
}

struct App {
    key: RsaKeyPair,
    certificate: Vec<u8>,
    client: String,
    tenant: String,
    authority: String,
}

impl App {
    fn of(world: &World) -> Self {
        let descriptor = world.sandbox.descriptor();
        let pem = std::fs::read_to_string(&descriptor.certificate.pem).unwrap();
        Self {
            key: RsaKeyPair::from_pkcs8(&block(&pem, "PRIVATE KEY")).unwrap(),
            certificate: block(&pem, "CERTIFICATE"),
            client: descriptor.client_id.clone(),
            tenant: descriptor.tenant_id.clone(),
            authority: descriptor.authority.clone(),
        }
    }

    fn head(&self) -> Value {
        let print = digest(&SHA256, &self.certificate);
        json!({"alg": "PS256", "typ": "JWT", "x5t#S256": URL_SAFE_NO_PAD.encode(print)})
    }

    fn payload(&self, tenant: &str) -> Value {
        let now = OffsetDateTime::now_utc().unix_timestamp();
        json!({
            "aud": format!("{}/{tenant}/oauth2/v2.0/token", self.authority),
            "iss": self.client,
            "sub": self.client,
            "jti": "j-1",
            "nbf": now,
            "exp": now + 600,
        })
    }

    fn sign(&self, head: &Value, payload: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let text = format!("{}.{}", part(head), part(payload));
        let padding: &'static dyn RsaEncoding =
            if head["alg"] == "RS256" { &RSA_PKCS1_SHA256 } else { &RSA_PSS_SHA256 };
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key.sign(padding, &SystemRandom::new(), text.as_bytes(), &mut signature).unwrap();
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

async fn ask(world: &World, tenant: &str, assertion: &str) -> crate::client::Answer {
    let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    let changes = [
        ("client_secret", ""),
        ("client_assertion_type", kind),
        ("client_assertion", assertion),
        ("scope", GRAPH),
    ];
    world.grant(tenant, &changes).await
}

#[tokio::test]
async fn both_algorithms_and_thumbprints_are_taken_more_than_once() {
    let world = World::of(0).await;
    let app = App::of(&world);
    let sha1 = URL_SAFE_NO_PAD.encode(digest(&SHA1_FOR_LEGACY_USE_ONLY, &app.certificate));
    let old = json!({"alg": "RS256", "typ": "JWT", "x5t": sha1});
    for head in [app.head(), old] {
        let mut payload = app.payload(&app.tenant);
        if head["alg"] == "RS256" {
            payload["exp"] = (payload["exp"].as_f64().unwrap() + 0.5).into();
        }
        let assertion = app.sign(&head, &payload);
        for _ in 0..2 {
            let answer = ask(&world, &app.tenant, &assertion).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            let token = claims(answer.body["access_token"].as_str().unwrap());
            assert_eq!((token["appidacr"].as_str(), token["idtyp"].as_str()), (Some("2"), Some("app")));
        }
    }
}

#[tokio::test]
async fn each_fault_has_its_code() {
    let world = World::of(0).await;
    let app = App::of(&world);
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let with = |name: &str, value: Value| {
        let mut payload = app.payload(&app.tenant);
        payload[name] = value;
        app.sign(&app.head(), &payload)
    };
    let mut stranger = app.head();
    stranger["x5t#S256"] = URL_SAFE_NO_PAD.encode([0; 32]).into();
    let good = app.sign(&app.head(), &app.payload(&app.tenant));
    let (text, _) = good.rsplit_once('.').unwrap();
    let forged = format!("{text}.{}", URL_SAFE_NO_PAD.encode([7; 256]));
    for (assertion, code, part) in [
        ("nonsense".to_owned(), 50_027, "malformed"),
        (with("jti", Value::Null), 50_027, "malformed"),
        (app.sign(&stranger, &app.payload(&app.tenant)), 700_027, "The key was not found"),
        (forged, 700_027, "verify the signature failed"),
        (with("iss", "another".into()), 700_021, "doesn't match 'client_id'"),
        (with("aud", "https://login.example/token".into()), 700_023, "audience claim does not match"),
        (with("exp", (now - 3_600).into()), 700_024, "is not within its valid time range"),
        (with("nbf", (now + 3_600).into()), 700_024, "is not within its valid time range"),
    ] {
        let answer = ask(&world, &app.tenant, &assertion).await;
        assert_eq!(
            (answer.status, answer.body["error_codes"][0].as_u64()),
            (401, Some(code)),
            "{}",
            answer.body
        );
        assert!(answer.body["error_description"].as_str().unwrap().contains(part), "{}", answer.body);
    }
}

#[tokio::test]
async fn an_expired_certificate_can_be_typed_and_a_clock_can_be_off() {
    let world = World::of(0).await;
    let app = App::of(&world);
    let assertion = app.sign(&app.head(), &app.payload("expired-certificate"));
    let answer = ask(&world, "expired-certificate", &assertion).await;
    assert!(
        answer.body["error_description"].as_str().unwrap().contains("The key used is expired"),
        "{}",
        answer.body
    );
    for skew in [Duration::hours(1), Duration::hours(-1)] {
        let world = World::start(Options { skew, ..options(0) }).await;
        let app = App::of(&world);
        let answer = ask(&world, &app.tenant, &app.sign(&app.head(), &app.payload(&app.tenant))).await;
        assert_eq!(answer.body["error_codes"][0], 700_024, "{}", answer.body);
        let shown = httpdate(answer.header("date"));
        let off = shown - OffsetDateTime::now_utc() - skew;
        assert!(off.abs() < Duration::minutes(5), "`Date` is off by {skew}, not by {}", off + skew);
    }
}

fn httpdate(text: &str) -> OffsetDateTime {
    let format = time::macros::format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    time::PrimitiveDateTime::parse(text, &format).unwrap().assume_utc()
}
