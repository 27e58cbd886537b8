//! A desk for tests: shows prompts to whoever waits for one, keeps the refresh token in memory; and what Entra grants a
//! person.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cloud::endpoints::Url;
use cloud::{Desk, Prompt, Way};
use domain::secret::Secret;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::server::Reply;

pub struct TestDesk {
    prompts: UnboundedSender<Option<Prompt>>,
    kept: Mutex<Option<Secret>>,
}

pub type Prompts = UnboundedReceiver<Option<Prompt>>;

impl TestDesk {
    pub fn new(kept: Option<&str>) -> (Arc<Self>, Prompts) {
        let (prompts, shown) = unbounded_channel();
        (Arc::new(Self { prompts, kept: Mutex::new(kept.map(Secret::from)) }), shown)
    }

    pub fn holds(&self) -> Option<String> {
        self.kept.lock().unwrap().as_ref().and_then(|kept| kept.expose_text().map(str::to_owned))
    }
}

#[async_trait]
impl Desk for TestDesk {
    fn prompt(&self, prompt: Option<Prompt>) {
        let _ = self.prompts.send(prompt);
    }

    async fn kept(&self) -> Option<Secret> {
        self.kept.lock().unwrap().clone()
    }

    async fn keep(&self, refresh: Option<Secret>) {
        *self.kept.lock().unwrap() = refresh;
    }
}

pub fn browser(desk: &Arc<TestDesk>) -> Way {
    Way::Browser { desk: desk.clone(), scopes: vec!["SecurityIncident.Read.All".into()] }
}

pub fn device(desk: &Arc<TestDesk>) -> Way {
    Way::DeviceCode { desk: desk.clone(), scopes: vec!["SecurityIncident.Read.All".into()] }
}

pub fn form(body: &str) -> HashMap<String, String> {
    Url::parse(&format!("https://form.example/?{body}")).unwrap().query_pairs().into_owned().collect()
}

/// A token response for a person, with an id token for app `app-1`.
pub fn granted(nonce: &str, refresh: &str, access: &str) -> Reply {
    granted_to("app-1", nonce, refresh, access)
}

pub fn granted_to(app: &str, nonce: &str, refresh: &str, access: &str) -> Reply {
    let id = format!(
        r#"{{"aud":"{app}","tid":"t-1","nonce":"{nonce}","preferred_username":"ada@contoso.example"}}"#
    );
    let id = URL_SAFE_NO_PAD.encode(id);
    let claims = URL_SAFE_NO_PAD.encode(format!(r#"{{"uti":"{access}"}}"#));
    Reply::new(
        200,
        format!(
            r#"{{"token_type":"Bearer","expires_in":3599,"access_token":"h.{claims}.s","refresh_token":"{refresh}","id_token":"h.{id}.s"}}"#
        ),
    )
}

/// What a browser does: one `GET`, the answer as text.
pub async fn get(address: &str) -> String {
    let url = Url::parse(address).unwrap();
    let mut stream = TcpStream::connect(("127.0.0.1", url.port().unwrap())).await.unwrap();
    let target = &address[url.origin().ascii_serialization().len()..];
    let target = if target.starts_with('/') { target.to_owned() } else { format!("/{target}") };
    let head = format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}
