//! One connection, taken apart: name, socket, proxy, TLS. Each stage has its own limit of time.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;

use super::words::{self, Said};
use super::{ProbeOutcome, ProbeStep};
use crate::endpoints::{Kind, Url, host};
use crate::proxy::Hop;
use crate::trust::{self, Facts, Seen};

/// How long a stage may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// A proxy's answer to CONNECT is a few lines; a page behind a refusal isn't read.
const LONGEST_HEAD: usize = 16 * 1024;

/// A connection, plain or inside TLS.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}
type Line = Box<dyn Stream>;

/// What a stage gives, with what is said of it.
type Stage<T> = Result<(T, Said), Said>;

/// A connection to be made.
pub(super) struct Dial<'a> {
    pub(super) target: &'a Url,
    pub(super) hop: Option<&'a Hop>,
    pub(super) judge: Arc<dyn ServerCertVerifier>,
    pub(super) kind: Kind,
}

impl Dial<'_> {
    /// Connects and hangs up, telling each stage. False: the last stage that was told stopped it.
    pub(super) async fn run(&self, tell: &mut (dyn FnMut(ProbeStep) + Send)) -> bool {
        let first = self.hop.map_or(self.target, |hop| &hop.address);
        let Some(addresses) = stage("dns", first, self.lookup(first), tell).await else { return false };
        let Some(socket) = stage("tcp", first, self.connect(first, &addresses), tell).await else {
            return false;
        };
        let line: Line = match self.hop {
            None => Box::new(socket),
            Some(hop) => match stage("proxy", first, self.tunnel(hop, socket), tell).await {
                Some(line) => line,
                None => return false,
            },
        };
        stage("tls", self.target, self.greet(line), tell).await.is_some()
    }

    async fn lookup(&self, first: &Url) -> Stage<Vec<SocketAddr>> {
        let name = bare(first);
        let found = lookup_host((name.as_str(), port(first))).await;
        let found: Vec<SocketAddr> =
            found.map_err(|why| words::no_address(&name, &why, self.hop.is_some()))?.collect();
        let Some(one) = found.first() else {
            return Err(words::no_address(&name, &io::ErrorKind::NotFound.into(), self.hop.is_some()));
        };
        let said = words::addresses(&name, one.ip(), found.len());
        Ok((found, said))
    }

    async fn connect(&self, first: &Url, addresses: &[SocketAddr]) -> Stage<TcpStream> {
        let at = format!("{}:{}", bare(first), port(first));
        match TcpStream::connect(addresses).await {
            Ok(socket) => Ok((socket, Said::pass(format!("`{at}` takes connections.")))),
            Err(why) => Err(words::no_connection(&at, &why, self.hop.is_some())),
        }
    }

    /// Asks the proxy for the target; TLS to the proxy first where its address says so.
    async fn tunnel(&self, hop: &Hop, socket: TcpStream) -> Stage<Line> {
        let name = host(&hop.address);
        let mut line: Line = Box::new(socket);
        if hop.address.scheme() == "https" {
            let (inner, _) = self
                .agree(&hop.address, line)
                .await
                .map_err(|(why, facts)| words::untrusted(&name, &why, facts))?;
            line = inner;
        }
        let ended = |why: &io::Error| words::proxy_ended(&name, why);
        line.write_all(&request(self.target, hop)).await.map_err(|why| ended(&why))?;
        let head = head(&mut line).await.map_err(|why| ended(&why))?;
        words::proxy_answered(&name, &host(self.target), &head, hop.auth.is_some()).map(|said| (line, said))
    }

    /// TLS with the target itself.
    async fn greet(&self, line: Line) -> Stage<()> {
        let name = bare(self.target);
        match self.agree(self.target, line).await {
            Ok((_, facts)) => Ok(((), words::trusted(&name, facts, &self.kind))),
            Err((why, facts)) => Err(words::untrusted(&name, &why, facts)),
        }
    }

    async fn agree(
        &self,
        with: &Url,
        line: Line,
    ) -> Result<(Line, Option<Facts>), (io::Error, Option<Facts>)> {
        let seen = Seen::by(Arc::clone(&self.judge));
        let name = ServerName::try_from(bare(with)).map_err(|why| (io::Error::other(why), None))?;
        let config = trust::config(Arc::clone(&seen) as Arc<dyn ServerCertVerifier>);
        let config = config.map_err(|why| (io::Error::other(why.to_string()), None))?;
        match TlsConnector::from(Arc::new(config)).connect(name, line).await {
            Ok(stream) => Ok((Box::new(stream), seen.facts())),
            Err(why) => Err((why, seen.facts())),
        }
    }
}

/// Takes one stage and tells how it ended.
async fn stage<T>(
    id: &'static str,
    with: &Url,
    work: impl Future<Output = Stage<T>>,
    tell: &mut (dyn FnMut(ProbeStep) + Send),
) -> Option<T> {
    let began = Instant::now();
    let ended = tokio::time::timeout(PATIENCE, work).await.unwrap_or_else(|_| Err(words::late(&host(with))));
    let (value, said, outcome) = match ended {
        Ok((value, said)) => {
            let outcome = if said.hint.is_some() { ProbeOutcome::Review } else { ProbeOutcome::Pass };
            (Some(value), said, outcome)
        }
        Err(said) => (None, said, ProbeOutcome::Fail),
    };
    let Said { said, hint } = said;
    tell(ProbeStep { id, host: host(with), outcome, took: began.elapsed(), said, hint });
    value
}

/// A host's name without the brackets of an IPv6 address.
fn bare(url: &Url) -> String {
    url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned()
}

fn port(url: &Url) -> u16 {
    url.port_or_known_default().unwrap_or(443)
}

fn request(target: &Url, hop: &Hop) -> Vec<u8> {
    let at = format!("{}:{}", target.host_str().unwrap_or_default(), port(target));
    let mut request = format!("CONNECT {at} HTTP/1.1\r\nHost: {at}\r\n").into_bytes();
    if let Some(auth) = &hop.auth {
        request.extend_from_slice(b"Proxy-Authorization: ");
        request.extend_from_slice(auth.as_bytes());
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"\r\n");
    request
}

/// The lines before the empty one.
async fn head(line: &mut Line) -> io::Result<String> {
    let mut read = Vec::new();
    while !read.ends_with(b"\r\n\r\n") {
        if read.len() > LONGEST_HEAD {
            return Err(io::Error::other("its answer is too long"));
        }
        // Byte by byte: what comes after the empty line belongs to TLS.
        read.push(line.read_u8().await?);
    }
    Ok(String::from_utf8_lossy(&read).into_owned())
}
