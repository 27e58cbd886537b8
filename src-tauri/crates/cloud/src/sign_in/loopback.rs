//! The address to which the browser brings Entra's answer: a listener on this machine's loopback, for one answer.
//!
//! It must never listen on another interface, answer with anything but plain text, or take an answer whose `state`
//! isn't the one that was sent: such a request is told so, and the wait goes on, so that a stranger's page can neither
//! sign somebody in nor end the sign-in. Dropping [`Loopback`] closes the port.
//! <https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions>

use std::collections::HashMap;
use std::io::{Error, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use reqwest::Url;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// The longest head of a request; Entra's codes are below 2,000 characters.
const LONGEST: usize = 16 * 1024;
/// A browser opens connections ahead of time and sends nothing on them.
const PATIENCE: Duration = Duration::from_secs(30);
/// Requests at one time; more wait.
const MOST: usize = 16;
const PAUSE: Duration = Duration::from_millis(200);
/// Ports to try: one that is free for `127.0.0.1` may be taken for `::1`.
const TRIES: usize = 8;

pub(super) struct Loopback {
    port: u16,
    four: TcpListener,
    /// Where there is IPv6: a browser may take `localhost` for either.
    six: Option<TcpListener>,
}

/// The query of the answer.
pub(super) type Answer = HashMap<String, String>;

impl Loopback {
    /// On any port that the system gives.
    pub(super) async fn open() -> Result<Self, Error> {
        Self::open_on([0; TRIES]).await
    }

    /// On the first of these that nobody has.
    async fn open_on(ports: impl IntoIterator<Item = u16>) -> Result<Self, Error> {
        let mut taken = Error::from(ErrorKind::AddrInUse);
        for port in ports {
            match Self::listen(port).await {
                Err(why) if why.kind() == ErrorKind::AddrInUse => taken = why,
                opened => return opened,
            }
        }
        Err(taken)
    }

    async fn listen(port: u16) -> Result<Self, Error> {
        let four = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let port = four.local_addr()?.port();
        match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
            Ok(six) => Ok(Self { port, four, six: Some(six) }),
            Err(why) if why.kind() == ErrorKind::AddrInUse => Err(why),
            Err(_) => Ok(Self { port, four, six: None }),
        }
    }

    /// As it is sent to Entra, which ignores the port of `http://localhost`.
    pub(super) fn redirect(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// The first answer with this `state`.
    pub(super) async fn answer(self, state: &str) -> Answer {
        let mut under_way = JoinSet::new();
        loop {
            let accepting = under_way.len() < MOST;
            tokio::select! {
                Ok((stream, _)) = self.four.accept(), if accepting => { under_way.spawn(asked(stream)); }
                Some(stream) = six(self.six.as_ref()), if accepting => { under_way.spawn(asked(stream)); }
                Some(done) = under_way.join_next() => {
                    let Ok(Some((stream, url))) = done else { continue };
                    if let Some(answer) = self.judge(stream, &url, state).await {
                        return answer;
                    }
                }
                // Both listeners fail at the moment, as when no file handle is left.
                else => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    async fn judge(&self, stream: TcpStream, target: &str, state: &str) -> Option<Answer> {
        let url = Url::parse(&self.redirect()).ok()?.join(target).ok()?;
        let answer: Answer = url.query_pairs().into_owned().collect();
        if url.path() != "/" || url.port() != Some(self.port) {
            reply(stream, 404, "There is nothing here.").await;
            return None;
        }
        if answer.get("state").map(String::as_str) != Some(state) {
            reply(stream, 400, FOREIGN).await;
            return None;
        }
        let page = if answer.contains_key("error") { REFUSED } else { DONE };
        reply(stream, 200, page).await;
        Some(answer)
    }
}

const DONE: &str = "You can close this window and go back to Crosswalk.";
const REFUSED: &str = "The sign-in did not succeed; Crosswalk says why. You can close this window.";
const FOREIGN: &str =
    "This answer does not belong to the sign-in that Crosswalk waits for. Nothing was taken from it.";

async fn six(listener: Option<&TcpListener>) -> Option<TcpStream> {
    match listener {
        Some(listener) => listener.accept().await.ok().map(|(stream, _)| stream),
        None => None,
    }
}

/// The target of a `GET`, once its head is whole.
async fn asked(mut stream: TcpStream) -> Option<(TcpStream, String)> {
    let mut head = Vec::new();
    let read = async {
        while !head.windows(4).any(|four| four == b"\r\n\r\n") {
            if head.len() > LONGEST || stream.read_buf(&mut head).await.ok()? == 0 {
                return None;
            }
        }
        Some(())
    };
    tokio::time::timeout(PATIENCE, read).await.ok()??;
    let text = String::from_utf8(head).ok()?;
    let mut first = text.lines().next()?.split(' ');
    match (first.next(), first.next()) {
        (Some("GET"), Some(target)) if target.starts_with('/') && !target.starts_with("//") => {
            Some((stream, target.to_owned()))
        }
        _ => {
            reply(stream, 405, "Only a browser's answer is taken here.").await;
            None
        }
    }
}

/// Text alone, which no browser runs, keeps or embeds.
async fn reply(mut stream: TcpStream, status: u16, text: &str) {
    let head = format!(
        "HTTP/1.1 {status} Answer\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\
         Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'\r\n\
         X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCache-Control: no-store\r\n\
         Connection: close\r\n\r\n",
        text.len()
    );
    // A browser that is gone already does not need the page.
    let _ = stream.write_all(head.as_bytes()).await;
    let _ = stream.write_all(text.as_bytes()).await;
    let _ = stream.shutdown().await;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A listener that keeps its port from everybody else.
    async fn taken() -> (TcpListener, u16) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        (listener, port)
    }

    #[tokio::test]
    async fn a_port_that_is_taken_is_passed_over_and_where_all_are_that_is_said() {
        let (_one, first) = taken().await;
        let (_other, second) = taken().await;
        let none = Loopback::open_on([first, second]).await.err().expect("both are taken");
        assert_eq!(none.kind(), ErrorKind::AddrInUse, "{none}");
        let loopback = Loopback::open_on([first, second, 0]).await.expect("the system has another");
        assert!(![first, second].contains(&loopback.port));
    }

    #[tokio::test]
    async fn a_port_that_another_program_has_for_ipv6_is_not_half_ours() {
        let Ok(six) = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).await else {
            return println!("this machine has no IPv6");
        };
        let port = six.local_addr().unwrap().port();
        assert!(Loopback::open_on([port]).await.is_err(), "a browser could go to the other program");
    }
}
