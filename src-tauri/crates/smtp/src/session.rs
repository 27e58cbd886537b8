//! One connection to a submission server, step by step.
//!
//! The caller decides the order; the session refuses what would hurt: a secret before TLS, a line break inside an
//! address, text smuggled in front of TLS. After an error the connection is of no more use.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::mail::ladder::Certificate;
use domain::mail::{EvidenceLine, Reply, redact};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;
use zeroize::Zeroizing;

use crate::error::{Error, Step};
use crate::reading::{Inbox, broke};
use crate::tls::{self, Trust};
use crate::transcript::Transcript;

/// How much is waited for and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub connect: Duration,
    /// For one whole reply; Exchange waits about 5 s before it refuses a sign-in.
    pub step: Duration,
    /// Bytes of one line.
    pub line: usize,
    /// Lines of one reply.
    pub lines: usize,
    /// Bytes of the whole session.
    pub total: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            step: Duration::from_secs(30),
            line: 4 * 1024,
            lines: 100,
            total: 256 * 1024,
        }
    }
}

/// Where to connect, and whom to trust there.
#[derive(Clone, Debug)]
pub struct Target {
    pub host: String,
    pub port: u16,
    pub trust: Trust,
    pub limits: Limits,
}

enum Wire {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
    /// Taken away by a failed STARTTLS.
    Gone,
}

/// The reply to AUTH XOAUTH2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthReply {
    pub reply: Reply,
    /// What the server said in a 334 before it refused, decoded. Exchange refuses at once and says nothing.
    pub challenge: Option<String>,
}

/// A dialogue in progress.
pub struct Session {
    wire: Wire,
    inbox: Inbox,
    target: Target,
    client: String,
    transcript: Transcript,
}

impl Session {
    /// Opens the connection; nothing is said yet.
    ///
    /// # Errors
    /// [`Error::NotReached`] or [`Error::TimedOut`].
    pub async fn connect(target: &Target) -> Result<Self, Error> {
        let address = (target.host.as_str(), target.port);
        let opening = timeout(target.limits.connect, TcpStream::connect(address)).await;
        let stream = match opening {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => return Err(not_reached(target, &error.kind().to_string())),
            Err(_) => return Err(not_reached(target, "timed out")),
        };
        let client = address_literal(&stream);
        let wire = Wire::Plain(stream);
        Ok(Self {
            wire,
            inbox: Inbox::default(),
            target: target.clone(),
            client,
            transcript: Transcript::new(),
        })
    }

    /// The dialogue so far, redacted.
    pub fn transcript(&self) -> &[EvidenceLine] {
        self.transcript.lines()
    }

    /// The lines since an earlier length of the transcript: what one step said.
    pub fn lines_since(&self, mark: usize) -> Vec<EvidenceLine> {
        self.transcript.lines().get(mark..).unwrap_or_default().to_vec()
    }

    pub fn is_encrypted(&self) -> bool {
        matches!(self.wire, Wire::Tls(_))
    }

    /// Reads the greeting.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn greeting(&mut self) -> Result<Reply, Error> {
        self.reply(Step::Greeting).await
    }

    /// Says EHLO with this machine's address, as RFC 5321 asks of a client without a name.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn ehlo(&mut self) -> Result<Reply, Error> {
        let line = format!("EHLO {}", self.client);
        self.command(Step::Ehlo, &line).await
    }

    /// Asks for TLS and agrees it. The facts of the certificate come also with [`Error::Tls`].
    ///
    /// # Errors
    /// [`Error::OutOfPlace`] when the server declines, [`Error::Injected`], [`Error::Tls`], or a broken dialogue.
    pub async fn starttls(&mut self) -> Result<Certificate, Error> {
        let reply = self.command(Step::StartTls, "STARTTLS").await?;
        if reply.code != 220 {
            return Err(Error::OutOfPlace { step: Step::StartTls, code: reply.code });
        }
        // Text in clear behind the 220 would be read as if it had come over TLS (CVE-2011-0411 and its kin).
        if !self.inbox.is_empty() {
            return Err(Error::Injected);
        }
        let Wire::Plain(stream) = std::mem::replace(&mut self.wire, Wire::Gone) else {
            return Err(Error::Closed { step: Step::StartTls });
        };
        let agreeing = tls::agree(stream, &self.target.host, &self.target.trust);
        let (stream, certificate) = match timeout(self.target.limits.step, agreeing).await {
            Ok(agreed) => agreed?,
            Err(_) => return Err(self.too_slow(Step::StartTls)),
        };
        self.wire = Wire::Tls(Box::new(stream));
        self.transcript.note(&format!("{} with {}", certificate.protocol, certificate.subject));
        Ok(certificate)
    }

    /// Says MAIL FROM without a sign-in, to see it refused; a server that takes it is told RSET.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn mail_without_auth(&mut self, from: &str) -> Result<Reply, Error> {
        let line = format!("MAIL FROM:<{}>", sendable(from, "the address")?);
        let reply = self.command(Step::Mail, &line).await?;
        if reply.code == 250 {
            self.command(Step::Mail, "RSET").await?;
        }
        Ok(reply)
    }

    /// AUTH LOGIN, once. The reply is the last word: 235, or the refusal at whichever prompt it came.
    ///
    /// # Errors
    /// [`Error::InClear`] before TLS, [`Error::OutOfPlace`] when the server prompts once more, or a broken dialogue.
    pub async fn auth_login(&mut self, user: &str, password: &str) -> Result<Reply, Error> {
        self.must_be_encrypted()?;
        self.transcript.guard(password);
        let prompt = self.command(Step::Auth, "AUTH LOGIN").await?;
        if prompt.code != 334 {
            return Ok(prompt);
        }
        let shown = format!("‹user, {} characters›", user.chars().count());
        let prompt = self.secret(user, &shown).await?;
        if prompt.code != 334 {
            return Ok(prompt);
        }
        let reply = self.secret(password, "‹password, not shown›").await?;
        if reply.code == 334 {
            return Err(Error::OutOfPlace { step: Step::Auth, code: 334 });
        }
        Ok(reply)
    }

    /// AUTH XOAUTH2 with the token in the command itself.
    ///
    /// # Errors
    /// As for [`Self::auth_login`].
    pub async fn auth_xoauth2(&mut self, user: &str, token: &str) -> Result<OAuthReply, Error> {
        self.must_be_encrypted()?;
        self.transcript.guard(token);
        let blob = blob(user, token)?;
        self.transcript.guard(&blob);
        let line = Zeroizing::new(format!("AUTH XOAUTH2 {}", blob.as_str()));
        let shown = format!("AUTH XOAUTH2 {}", shown_token(user, token));
        let reply = self.exchange(Step::Auth, &line, &shown).await?;
        self.answered(reply).await
    }

    /// AUTH XOAUTH2 with the token after the server's empty 334, as some libraries do.
    ///
    /// # Errors
    /// As for [`Self::auth_login`].
    pub async fn auth_xoauth2_prompted(&mut self, user: &str, token: &str) -> Result<OAuthReply, Error> {
        self.must_be_encrypted()?;
        self.transcript.guard(token);
        let blob = blob(user, token)?;
        self.transcript.guard(&blob);
        let prompt = self.command(Step::Auth, "AUTH XOAUTH2").await?;
        if prompt.code != 334 {
            return Ok(OAuthReply { reply: prompt, challenge: None });
        }
        let reply = self.exchange(Step::Auth, &blob, &shown_token(user, token)).await?;
        self.answered(reply).await
    }

    /// Asks for AUTH PLAIN with nothing in it, to see it refused. A server that prompts is told to cancel.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn auth_plain_probe(&mut self) -> Result<Reply, Error> {
        let reply = self.command(Step::Auth, "AUTH PLAIN").await?;
        if reply.code == 334 {
            self.command(Step::Auth, "*").await?;
        }
        Ok(reply)
    }

    /// Says QUIT and hangs up.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn quit(&mut self) -> Result<Reply, Error> {
        self.command(Step::Quit, "QUIT").await
    }

    /// A 334 after the token carries the refusal's reason; an empty line asks for the refusal itself.
    async fn answered(&mut self, reply: Reply) -> Result<OAuthReply, Error> {
        if reply.code != 334 {
            return Ok(OAuthReply { reply, challenge: None });
        }
        let challenge =
            BASE64.decode(reply.text.trim()).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let challenge = challenge.map(|text| self.transcript.cleaned(&text));
        let reply = self.exchange(Step::Auth, "", "").await?;
        if reply.code == 334 {
            return Err(Error::OutOfPlace { step: Step::Auth, code: 334 });
        }
        Ok(OAuthReply { reply, challenge })
    }

    async fn secret(&mut self, secret: &str, shown: &str) -> Result<Reply, Error> {
        let line = Zeroizing::new(BASE64.encode(secret));
        self.exchange(Step::Auth, &line, shown).await
    }

    async fn command(&mut self, step: Step, line: &str) -> Result<Reply, Error> {
        self.exchange(step, line, line).await
    }

    async fn exchange(&mut self, step: Step, line: &str, shown: &str) -> Result<Reply, Error> {
        self.transcript.sent(shown);
        let bytes = Zeroizing::new(format!("{line}\r\n").into_bytes());
        match timeout(self.target.limits.step, self.write(step, &bytes)).await {
            Ok(written) => written?,
            Err(_) => return Err(self.too_slow(step)),
        }
        self.reply(step).await
    }

    async fn write(&mut self, step: Step, bytes: &[u8]) -> Result<(), Error> {
        let written = match &mut self.wire {
            Wire::Plain(stream) => stream.write_all(bytes).await,
            Wire::Tls(stream) => match stream.write_all(bytes).await {
                Ok(()) => stream.flush().await,
                failed => failed,
            },
            Wire::Gone => return Err(Error::Closed { step }),
        };
        written.map_err(|error| broke(step, &error))
    }

    async fn reply(&mut self, step: Step) -> Result<Reply, Error> {
        let limits = self.target.limits;
        let (inbox, transcript) = (&mut self.inbox, &mut self.transcript);
        let reading = async {
            match &mut self.wire {
                Wire::Plain(stream) => inbox.reply(stream, step, &limits, transcript).await,
                Wire::Tls(stream) => inbox.reply(stream, step, &limits, transcript).await,
                Wire::Gone => Err(Error::Closed { step }),
            }
        };
        match timeout(limits.step, reading).await {
            Ok(reply) => reply,
            Err(_) => Err(self.too_slow(step)),
        }
    }

    fn too_slow(&self, step: Step) -> Error {
        Error::TimedOut { step, after: self.target.limits.step }
    }

    fn must_be_encrypted(&self) -> Result<(), Error> {
        if self.is_encrypted() { Ok(()) } else { Err(Error::InClear) }
    }
}

fn not_reached(target: &Target, says: &str) -> Error {
    Error::NotReached { host: target.host.clone(), port: target.port, says: says.to_owned() }
}

/// `[127.0.0.1]` or `[IPv6:::1]` (RFC 5321 §4.1.4).
fn address_literal(stream: &TcpStream) -> String {
    match stream.local_addr() {
        Ok(address) if address.is_ipv6() => format!("[IPv6:{}]", address.ip()),
        Ok(address) => format!("[{}]", address.ip()),
        Err(_) => "[127.0.0.1]".to_owned(),
    }
}

/// A value that goes into a command: nothing in it may end the line or the address.
fn sendable<'a>(value: &'a str, what: &'static str) -> Result<&'a str, Error> {
    let unfit = |c: char| c.is_control() || matches!(c, '<' | '>' | ' ');
    if value.is_empty() || value.len() > 320 || value.contains(unfit) {
        Err(Error::Unsendable(what))
    } else {
        Ok(value)
    }
}

/// base64 of `user=…^Aauth=Bearer …^A^A`.
fn blob(user: &str, token: &str) -> Result<Zeroizing<String>, Error> {
    let user = sendable(user, "the mailbox")?;
    if token.is_empty() || token.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return Err(Error::Unsendable("the token"));
    }
    let plain = Zeroizing::new(format!("user={user}\u{1}auth=Bearer {token}\u{1}\u{1}"));
    Ok(Zeroizing::new(BASE64.encode(plain.as_bytes())))
}

/// `‹user, 19 characters; Bearer, 2,213 characters›`.
fn shown_token(user: &str, token: &str) -> String {
    let (user, token) = (user.chars().count(), redact::grouped(token.chars().count()));
    format!("‹user, {user} characters; Bearer, {token} characters›")
}

#[cfg(test)]
mod tests;
