//! Every way in against the sandbox's Entra: who signs in, what is refused, what is answered in silence.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use cloud::endpoints::{SmtpHost, Url};
use cloud::{Account, Audience, Cloud, CloudError, Desk, Endpoints, Prompt, SignInFault, Way};
use domain::secret::Secret;
use sandbox::{Options, Sandbox};
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

struct Person {
    prompts: UnboundedSender<Prompt>,
    kept: Mutex<Option<Secret>>,
}

#[async_trait]
impl Desk for Person {
    fn prompt(&self, prompt: Option<Prompt>) {
        if let Some(prompt) = prompt {
            let _ = self.prompts.send(prompt);
        }
    }

    async fn kept(&self) -> Option<Secret> {
        self.kept.lock().await.clone()
    }

    async fn keep(&self, refresh: Option<Secret>) {
        *self.kept.lock().await = refresh;
    }
}

fn person() -> (Arc<Person>, UnboundedReceiver<Prompt>) {
    let (prompts, shown) = unbounded_channel();
    (Arc::new(Person { prompts, kept: Mutex::default() }), shown)
}

fn scopes() -> Vec<String> {
    vec!["SecurityIncident.Read.All".into()]
}

async fn start() -> Sandbox {
    let options = Options { incidents: 10, poll: std::time::Duration::ZERO, ..Options::default() };
    Sandbox::start(options).await.expect("a sandbox starts")
}

fn connect(sandbox: &Sandbox, tenant: Option<&str>, client: Option<&str>, way: Way) -> Cloud {
    let at = sandbox.descriptor();
    let ca = std::fs::read_to_string(&at.ca_cert).expect("its authority");
    let smtp = SmtpHost { host: at.smtp.host.clone(), port: at.smtp.port };
    let endpoints = Endpoints::sandbox(&at.authority, &at.arm, &at.graph, &at.logs, smtp, ca)
        .and_then(|endpoints| endpoints.identity_at(&at.imds))
        .expect("loopback");
    let account = Account {
        tenant: tenant.unwrap_or(&at.tenant_id).to_owned(),
        client: client.unwrap_or(&at.client_id).to_owned(),
        way,
    };
    Cloud::new(endpoints, account, Arc::new(|_| {}), Arc::new(|_| {})).expect("a client")
}

/// A browser that trusts the sandbox: opens `address`, then goes wherever it is sent on this machine.
pub(crate) async fn browse(sandbox: &Sandbox, address: &str) {
    let ca = std::fs::read(&sandbox.descriptor().ca_cert).expect("its authority");
    let ca = reqwest::Certificate::from_pem(&ca).expect("a certificate");
    let browser = reqwest::Client::builder().no_proxy().tls_certs_only([ca]).build().expect("a browser");
    browser.get(address).send().await.expect("a page");
}

async fn sign_in(
    user: &str,
    answer: &str,
    by_code: bool,
) -> (Cloud, Arc<Person>, Option<SignInFault>, Sandbox) {
    let sandbox = start().await;
    let (desk, mut shown) = person();
    let way = match by_code {
        true => Way::DeviceCode { desk: desk.clone(), scopes: scopes() },
        false => Way::Browser { desk: desk.clone(), scopes: scopes() },
    };
    let cloud = connect(&sandbox, None, None, way);
    let asking = {
        let cloud = cloud.clone();
        tokio::spawn(async move { cloud.sign_in().await })
    };
    let prompt = shown.recv().await.expect("a prompt");
    let mut address = Url::parse(&prompt.address).expect("an address");
    let asked: HashMap<&str, &str> = [("sandbox_answer", answer), ("login_hint", user)].into();
    address.query_pairs_mut().extend_pairs(asked).extend_pairs(prompt.code.map(|code| ("user_code", code)));
    browse(&sandbox, address.as_str()).await;
    let fault = match asking.await.expect("it ends") {
        Ok(signed_in) => {
            assert_eq!(signed_in.user.as_deref(), Some(user));
            None
        }
        Err(CloudError::SignIn(fault)) => Some(*fault),
        Err(other) => panic!("{other:?}"),
    };
    (cloud, desk, fault, sandbox)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_by_browser_and_by_device_code_and_reads_every_api() {
    for by_code in [false, true] {
        let (cloud, desk, fault, _sandbox) = sign_in("analyst@contoso.example", "accept", by_code).await;
        assert_eq!(fault, None, "by code: {by_code}");
        for audience in [Audience::Arm, Audience::Graph, Audience::Logs] {
            let token = cloud.access_token(audience).await.expect("a token in silence");
            assert!(token.claims.scp.as_deref().is_some(), "{audience:?}: a person's token has scopes");
        }
        assert!(desk.kept().await.is_some() && cloud.sign_in_trouble().is_none());
        assert!(!cloud.arm().subscriptions().await.expect("subscriptions").is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_on_the_page_is_told_apart() {
    for (user, answer, by_code, part) in [
        ("denied@contoso.example", "accept", false, "declined"),
        ("analyst@contoso.example", "deny", false, "declined"),
        ("blocked@contoso.example", "accept", false, "Conditional Access"),
        ("analyst@contoso.example", "decline", true, "declined"),
        ("analyst@contoso.example", "expire", true, "valid any more"),
    ] {
        let (_, desk, fault, _sandbox) = sign_in(user, answer, by_code).await;
        let fault = fault.expect("a refusal");
        assert!(fault.needs_person && fault.sentence.contains(part), "{user} {answer}: {fault:?}");
        assert!(desk.kept().await.is_none(), "{user} {answer}: something was kept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_sign_in_that_ended_asks_for_the_person() {
    for (user, number) in [("lapsed@contoso.example", 700_082), ("revoked@contoso.example", 50_173)] {
        let (cloud, desk, fault, _sandbox) = sign_in(user, "accept", false).await;
        assert_eq!(fault, None, "{user}");
        let error = cloud.access_token(Audience::Arm).await.expect_err("the refresh is refused");
        assert!(
            matches!(&error, CloudError::SignIn(fault) if fault.needs_person && fault.aadsts == Some(number)),
            "{error:?}"
        );
        assert!(desk.kept().await.is_none(), "{user}: a dead refresh token was kept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_and_the_machines_identity_sign_in() {
    let sandbox = start().await;
    let at = sandbox.descriptor();
    let pem = Secret::new(std::fs::read(&at.certificate.pem).expect("a pem"));
    let pfx = Secret::new(std::fs::read(&at.certificate.pfx).expect("a pfx"));
    let password = Some(Secret::from(at.certificate.pfx_password.as_str()));
    let facts = cloud::certificate_facts(&pfx, password.as_ref()).expect("facts");
    assert!(facts.thumbprint.eq_ignore_ascii_case(&at.certificate.thumbprint));
    for way in [Way::Certificate { file: pem, password: None }, Way::Certificate { file: pfx, password }] {
        let cloud = connect(&sandbox, None, None, way);
        assert_eq!(cloud.sign_in().await.expect("signed in").user, None);
    }
    for client in ["", at.identity.client_id.as_str()] {
        let cloud = connect(&sandbox, None, Some(client), Way::ManagedIdentity);
        assert!(!cloud.arm().subscriptions().await.expect("subscriptions").is_empty(), "`{client}`");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claims_challenge_is_answered_in_silence_by_a_secret() {
    let sandbox = start().await;
    let secret = Secret::from(sandbox.descriptor().client_secret.as_str());
    let cloud = connect(&sandbox, Some("challenged"), None, Way::Secret(secret));
    assert!(!cloud.arm().subscriptions().await.expect("answered").is_empty());
    assert_eq!(cloud.apart().tokens, 2, "one token, and one that carried the claims");
}
