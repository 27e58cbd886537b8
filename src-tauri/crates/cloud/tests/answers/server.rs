//! A scripted server on loopback: TLS with a certificate made for the test, HTTP/1.1 by hand so that an answer may be
//! cut, and a journal of what was asked.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// One request as it arrived.
#[derive(Clone, Debug)]
pub struct Asked {
    pub verb: String,
    /// With the query.
    pub path: String,
    /// Lower-case names.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// One answer.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    /// Says this length and closes after what there is.
    pub claimed: Option<usize>,
}

impl Reply {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("Content-Type", "application/json".into())],
            body: body.into(),
            claimed: None,
        }
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn cut(mut self, claimed: usize) -> Self {
        self.claimed = Some(claimed);
        self
    }
}

type Script = dyn Fn(&Asked, usize) -> Reply + Send + Sync;

/// The server, for all doors at once.
pub struct Server {
    pub origin: String,
    pub ca_pem: String,
    journal: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// `script` gets each request but those for tokens, and how many came before it.
    pub async fn start(script: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static) -> Self {
        Self::with_entra(|_, count| token(count), script).await
    }

    /// The same with a script for token requests too.
    pub async fn with_entra(
        entra: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static,
        script: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let certified = rcgen::generate_simple_self_signed(vec!["127.0.0.1".into()]).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(certified.signing_key.serialize_der()));
        let provider = Arc::new(tokio_rustls::rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certified.cert.der().clone()], key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("https://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let journal = Arc::new(Mutex::new(Vec::new()));
        let (entra, script): (Arc<Script>, Arc<Script>) = (Arc::new(entra), Arc::new(script));
        let (acceptor, seen) = (TlsAcceptor::from(Arc::new(config)), Arc::clone(&journal));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (acceptor, seen) = (acceptor.clone(), Arc::clone(&seen));
                let (entra, script) = (Arc::clone(&entra), Arc::clone(&script));
                tokio::spawn(async move {
                    if let Ok(stream) = acceptor.accept(socket).await {
                        serve(stream, &seen, &*entra, &*script).await;
                    }
                });
            }
        });
        Self { origin, ca_pem: certified.cert.pem(), journal }
    }

    pub fn journal(&self) -> Vec<Asked> {
        self.journal.lock().unwrap().clone()
    }

    /// What was asked beside tokens.
    pub fn asked(&self) -> Vec<Asked> {
        self.journal().into_iter().filter(|asked| !is_token(asked)).collect()
    }

    pub fn tokens(&self) -> usize {
        self.journal().iter().filter(|asked| is_token(asked)).count()
    }
}

/// A token that nobody checks: `fake-0`, `fake-1`, … in the claim `uti`.
pub fn token(count: usize) -> Reply {
    use base64::Engine as _;
    let claims =
        format!(r#"{{"aud":"https://graph.microsoft.com","roles":["Mail.Send"],"uti":"fake-{count}"}}"#);
    let body = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(claims);
    Reply::new(
        200,
        format!(r#"{{"token_type":"Bearer","expires_in":3599,"access_token":"h{count}.{body}.s"}}"#),
    )
}

fn is_token(asked: &Asked) -> bool {
    asked.path.ends_with("/oauth2/v2.0/token")
}

async fn serve<S: AsyncReadExt + AsyncWriteExt + Unpin>(
    mut stream: S,
    journal: &Mutex<Vec<Asked>>,
    entra: &Script,
    script: &Script,
) {
    let mut buffer = Vec::new();
    while let Some(asked) = next(&mut stream, &mut buffer).await {
        let is_token = is_token(&asked);
        let count = {
            let mut journal = journal.lock().unwrap();
            let count = journal.iter().filter(|earlier| self::is_token(earlier) == is_token).count();
            journal.push(asked.clone());
            count
        };
        let reply = if is_token { entra(&asked, count) } else { script(&asked, count) };
        if write(&mut stream, &reply).await.is_err() || reply.claimed.is_some() {
            return;
        }
    }
}

async fn next<S: AsyncReadExt + Unpin>(stream: &mut S, buffer: &mut Vec<u8>) -> Option<Asked> {
    let end = loop {
        if let Some(at) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(buffer.drain(..end + 4).collect()).ok()?;
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length =
        headers.iter().find(|(name, _)| name == "content-length").map_or(0, |(_, v)| v.parse().unwrap());
    while buffer.len() < length {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
    let body = String::from_utf8_lossy(&buffer.drain(..length).collect::<Vec<_>>()).into_owned();
    Some(Asked { verb: first.next()?.to_owned(), path: first.next()?.to_owned(), headers, body })
}

async fn write<S: AsyncWriteExt + Unpin>(stream: &mut S, reply: &Reply) -> std::io::Result<()> {
    let mut head = format!("HTTP/1.1 {} X\r\n", reply.status);
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", reply.claimed.unwrap_or(reply.body.len())));
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&reply.body).await?;
    stream.flush().await
}
