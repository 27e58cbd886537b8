//! A person in the system's browser: what is asked, what is taken, what is refused.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use cloud::endpoints::Url;
use cloud::{Audience, CloudError, Prompt, SignInFault, SignedIn};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::Rig;
use crate::desk::{Prompts, TestDesk, browser, form, get, granted, granted_to};
use crate::server::{Reply, Server};

/// A sign-in that is under way: what the browser was given, and what becomes of it.
struct UnderWay {
    query: HashMap<String, String>,
    prompt: Prompt,
    shown: Prompts,
    desk: Arc<TestDesk>,
    server: Server,
    requests: Arc<Mutex<Vec<cloud::Request>>>,
    cloud: cloud::Cloud,
    result: JoinHandle<Result<SignedIn, CloudError>>,
}

impl UnderWay {
    /// `grant` answers token requests, given the nonce that was sent.
    async fn begin(grant: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let nonce = Arc::new(Mutex::new(String::new()));
        let sent = Arc::clone(&nonce);
        let server =
            Server::with_entra(move |_, _| grant(&sent.lock().unwrap()), |_, _| Reply::new(200, "{}")).await;
        let (desk, mut shown) = TestDesk::new(None);
        let rig = Rig::way(&server, browser(&desk)).unwrap();
        let cloud = rig.cloud.clone();
        let result = tokio::spawn(async move { cloud.sign_in().await });
        let prompt = shown.recv().await.unwrap().expect("a prompt before its end");
        let query: HashMap<_, _> = Url::parse(&prompt.address).unwrap().query_pairs().into_owned().collect();
        *nonce.lock().unwrap() = query["nonce"].clone();
        Self { query, prompt, shown, desk, server, requests: rig.requests, cloud: rig.cloud, result }
    }

    fn back(&self, query: &str) -> String {
        format!("{}/?{query}", self.query["redirect_uri"])
    }

    async fn fault(self) -> SignInFault {
        match self.result.await.unwrap() {
            Err(CloudError::SignIn(fault)) => *fault,
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_person_signs_in_with_pkce_and_a_state_of_its_own() {
    let mut at = UnderWay::begin(|nonce| granted(nonce, "r-1~secret", "a-1")).await;
    assert!(at.prompt.address.starts_with(&format!("{}/contoso/oauth2/v2.0/authorize?", at.server.origin)));
    assert_eq!((at.query["response_type"].as_str(), at.query["client_id"].as_str()), ("code", "app-1"));
    assert_eq!(at.query["code_challenge_method"], "S256");
    assert!(at.query["redirect_uri"].starts_with("http://localhost:"), "{}", at.query["redirect_uri"]);
    assert_eq!(
        at.query["scope"],
        "openid profile offline_access https://graph.microsoft.com/SecurityIncident.Read.All"
    );
    let page = get(&at.back(&format!("code=c-1~secret&state={}", at.query["state"]))).await;
    assert!(page.starts_with("HTTP/1.1 200") && page.ends_with("go back to Crosswalk."), "{page}");
    assert!(
        page.contains("Content-Security-Policy: default-src 'none'") && page.contains("text/plain"),
        "{page}"
    );
    let signed_in = (&mut at.result).await.unwrap().unwrap();
    assert_eq!(signed_in, SignedIn { user: Some("ada@contoso.example".into()), tenant: "t-1".into() });
    assert_eq!(at.shown.recv().await, Some(None), "the prompt is taken away");
    assert_eq!(at.desk.holds().as_deref(), Some("r-1~secret"));
    let sent = form(&at.server.journal()[0].body);
    assert_eq!((sent["grant_type"].as_str(), sent["code"].as_str()), ("authorization_code", "c-1~secret"));
    assert_eq!(sent["redirect_uri"], at.query["redirect_uri"]);
    assert!(sent["code_verifier"].len() >= 43 && !sent.contains_key("client_secret"), "{sent:?}");
    let listed = format!("{:?}", at.requests.lock().unwrap());
    assert!(listed.contains("/oauth2/v2.0/token") && !listed.contains("~secret"), "{listed}");
    assert!(!format!("{:?}", at.cloud.endpoints()).contains("~secret"));
}

#[tokio::test]
async fn a_wrong_state_is_refused_and_the_wait_goes_on() {
    let mut at = UnderWay::begin(|nonce| granted(nonce, "r-1", "a-1")).await;
    for foreign in ["code=evil&state=wrong", "code=evil", "error=access_denied&state=wrong", ""] {
        let page = get(&at.back(foreign)).await;
        assert!(page.starts_with("HTTP/1.1 400") && page.contains("does not belong"), "{foreign}: {page}");
    }
    let icon = get(&format!("{}/favicon.ico?state={}", at.query["redirect_uri"], at.query["state"])).await;
    assert!(icon.starts_with("HTTP/1.1 404"), "{icon}");
    assert_eq!(at.server.tokens(), 0, "a foreign code was sent on");
    get(&at.back(&format!("code=c-1&state={}", at.query["state"]))).await;
    assert!((&mut at.result).await.unwrap().is_ok());
}

#[tokio::test]
async fn an_id_token_of_another_sign_in_or_app_is_not_taken() {
    for (grant, why) in [
        ((|_: &str| granted("other", "r-1", "a-1")) as fn(&str) -> Reply, "answers another sign-in"),
        (|nonce| granted_to("app-2", nonce, "r-1", "a-1"), "is for another app"),
        (|_| crate::server::token(0), "without an identity"),
    ] {
        let at = UnderWay::begin(grant).await;
        get(&at.back(&format!("code=c-1&state={}", at.query["state"]))).await;
        let desk = Arc::clone(&at.desk);
        let fault = at.fault().await;
        assert!(fault.needs_person && fault.sentence.contains(why), "{fault:?}");
        assert_eq!(desk.holds(), None, "{why}: its refresh token was kept");
    }
}

#[tokio::test]
async fn an_error_on_the_page_becomes_its_sentence() {
    for (query, part) in [
        ("error=access_denied&error_subcode=cancel", "cancelled"),
        ("error=access_denied&error_description=AADSTS65004%3A+User+declined.", "declined"),
        (
            "error=interaction_required&error_description=AADSTS53003%3A+Blocked.%0D%0ATrace+ID%3A+t",
            "Conditional Access",
        ),
        ("error=server_error&error_description=AADSTS500021%3A+x", "restrictions"),
    ] {
        let at = UnderWay::begin(|nonce| granted(nonce, "r-1", "a-1")).await;
        let page = get(&at.back(&format!("{query}&state={}", at.query["state"]))).await;
        assert!(page.contains("did not succeed"), "{page}");
        let fault = at.fault().await;
        assert!(fault.needs_person && fault.sentence.contains(part), "{query}: {fault:?}");
    }
}

#[tokio::test]
async fn nobody_at_the_browser_ends_the_wait_after_five_minutes() {
    let mut at = UnderWay::begin(|nonce| granted(nonce, "r-1", "a-1")).await;
    tokio::time::pause();
    let fault = match (&mut at.result).await.unwrap() {
        Err(CloudError::SignIn(fault)) => fault,
        other => panic!("{other:?}"),
    };
    assert!(fault.needs_person && fault.sentence.contains("5 minutes"), "{fault:?}");
    assert_eq!(at.shown.recv().await, Some(None));
}

#[tokio::test]
async fn giving_up_closes_the_port_and_takes_the_prompt_away() {
    let mut at = UnderWay::begin(|nonce| granted(nonce, "r-1", "a-1")).await;
    let port = Url::parse(&at.query["redirect_uri"]).unwrap().port().unwrap();
    at.result.abort();
    assert_eq!(at.shown.recv().await, Some(None));
    let again = TcpListener::bind(("127.0.0.1", port)).await;
    assert!(again.is_ok(), "the port is still taken: {again:?}");
}

#[tokio::test]
async fn a_second_sign_in_waits_for_nobody() {
    let mut at = UnderWay::begin(|nonce| granted(nonce, "r-1", "a-1")).await;
    let error = at.cloud.sign_in().await.unwrap_err();
    assert!(error.to_string().contains("under way already"), "{error}");
    get(&at.back(&format!("code=c-1&state={}", at.query["state"]))).await;
    assert!((&mut at.result).await.unwrap().is_ok(), "the first one ends well");
}

#[tokio::test]
async fn only_a_sign_in_prompts() {
    let server = Server::start(|_, _| Reply::new(200, "{}")).await;
    let (desk, mut shown) = TestDesk::new(None);
    let rig = Rig::way(&server, browser(&desk)).unwrap();
    let error = rig.cloud.access_token(Audience::Graph).await.unwrap_err();
    assert!(matches!(&error, CloudError::SignIn(fault) if fault.needs_person), "{error:?}");
    assert!(shown.try_recv().is_err(), "a person was asked");
    assert_eq!(server.journal().len(), 0);
}
