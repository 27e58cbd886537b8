//! A proxy on loopback that does what a test tells it: tunnel, refuse, or hang up.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What becomes of a CONNECT.
#[derive(Clone, Debug)]
pub enum Does {
    Tunnel,
    Answer(&'static str),
    HangUp,
}

pub struct Proxy {
    /// `127.0.0.1:port`
    pub address: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// `script` gets the lines of each request.
    pub async fn start(script: impl Fn(&str) -> Does + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (heads, script) = (Arc::new(Mutex::new(vec![])), Arc::new(script));
        let seen = Arc::clone(&heads);
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let (seen, script) = (Arc::clone(&seen), Arc::clone(&script));
                tokio::spawn(async move {
                    let Some(head) = head(&mut socket).await else { return };
                    let does = script(&head);
                    seen.lock().unwrap().push(head.clone());
                    serve(socket, &head, &does).await;
                });
            }
        });
        Self { address, heads }
    }

    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

async fn head(socket: &mut TcpStream) -> Option<String> {
    let mut read = vec![];
    while !read.ends_with(b"\r\n\r\n") {
        read.push(socket.read_u8().await.ok()?);
    }
    String::from_utf8(read).ok()
}

async fn serve(mut socket: TcpStream, head: &str, does: &Does) {
    match does {
        Does::HangUp => {}
        Does::Answer(text) => {
            let _ = socket.write_all(text.as_bytes()).await;
        }
        Does::Tunnel => {
            let target = head.split(' ').nth(1).unwrap();
            let mut other = TcpStream::connect(target).await.unwrap();
            socket.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.unwrap();
            let _ = tokio::io::copy_bidirectional(&mut socket, &mut other).await;
        }
    }
}
