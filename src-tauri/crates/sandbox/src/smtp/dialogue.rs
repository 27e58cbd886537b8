//! One client's dialogue. Shapes from MailKit#1770, email-oauth2-proxy#258 and a public Net::SMTP debug capture.

use super::auth;
use super::reading::{End, Inbox};
use super::submission::SIZE;
use super::tail::{DOOR, banner_date, tail};
use crate::mail::{Once, SignedIn, State};
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

/// Commands of one session, and how many of them may be nonsense.
const COMMANDS: usize = 2_000;
const NONSENSE: usize = 20;
pub(super) struct Dialogue {
    pub(super) state: Arc<State>,
    encrypted: bool,
    greeted: bool,
    pub(super) signed_in: Option<SignedIn>,
    pub(super) from: Option<String>,
    pub(super) to: Vec<String>,
    pub(super) chunks: Vec<u8>,
    commands: usize,
    nonsense: usize,
}

/// How a round of commands ended.
enum Turn {
    StartTls,
    Over,
}

/// What follows a command.
pub(super) enum Next {
    Say(Once),
    /// Lines after the first, then the first: EHLO.
    Capabilities(String),
    /// A prompt for a sign-in.
    Auth(String, Option<String>),
    Data,
    Chunk(u64, bool),
    StartTls,
    Quit,
}

pub(super) const fn says(code: u16, text: &'static str) -> Once {
    Once { code, text }
}

pub(super) const OK: Once = says(250, "2.0.0 OK");
pub(super) const BAD_SEQUENCE: Once = says(503, "5.5.1 Bad sequence of commands");
/// Tells a client that there is no room.
pub(super) async fn turn_away(mut stream: TcpStream) {
    let _ = stream.write_all(b"421 4.3.2 Service not active\r\n").await;
}

impl Dialogue {
    pub(super) fn new(state: Arc<State>) -> Self {
        Self {
            state,
            encrypted: false,
            greeted: false,
            signed_in: None,
            from: None,
            to: Vec::new(),
            chunks: Vec::new(),
            commands: 0,
            nonsense: 0,
        }
    }

    /// Speaks until either side hangs up.
    pub(super) async fn run(mut self, mut stream: TcpStream, acceptor: TlsAcceptor) {
        let banner = format!("220 {DOOR} Microsoft ESMTP MAIL Service ready at {}\r\n", banner_date());
        if stream.write_all(banner.as_bytes()).await.is_err() {
            return;
        }
        let mut inbox = Inbox::default();
        if !matches!(self.turn(&mut stream, &mut inbox).await, Ok(Turn::StartTls)) {
            return;
        }
        // What came behind STARTTLS in clear must not be taken for what came over TLS.
        if !inbox.is_empty() {
            return;
        }
        let handshake = tokio::time::timeout(std::time::Duration::from_secs(20), acceptor.accept(stream));
        if let Ok(Ok(mut stream)) = handshake.await {
            self.encrypted = true;
            self.greeted = false;
            let _ = self.turn(&mut stream, &mut inbox).await;
            let _ = stream.shutdown().await;
        }
    }

    async fn turn<S>(&mut self, stream: &mut S, inbox: &mut Inbox) -> Result<Turn, End>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        loop {
            self.commands += 1;
            if self.commands > COMMANDS || self.nonsense > NONSENSE {
                self.say(stream, says(421, "4.7.0 Too many errors on this connection")).await?;
                return Ok(Turn::Over);
            }
            let line = match inbox.line(stream).await {
                Ok(line) => line,
                Err(End::TooLong) => {
                    self.say(stream, says(500, "5.5.6 Line too long")).await?;
                    return Ok(Turn::Over);
                }
                Err(End::Gone) => return Err(End::Gone),
            };
            match self.next(&line) {
                Next::Say(reply) => {
                    self.say(stream, reply).await?;
                    if reply.code == 421 {
                        return Ok(Turn::Over);
                    }
                }
                Next::Capabilities(text) => write(stream, &text).await?,
                Next::Auth(mechanism, initial) => {
                    if self.auth(stream, inbox, &mechanism, initial).await? == 421 {
                        return Ok(Turn::Over);
                    }
                }
                Next::Data => self.data(stream, inbox).await?,
                Next::Chunk(size, last) => self.chunk(stream, inbox, size, last).await?,
                Next::StartTls => {
                    self.say(stream, says(220, "2.0.0 SMTP server ready")).await?;
                    return Ok(Turn::StartTls);
                }
                Next::Quit => {
                    self.say(stream, says(221, "2.0.0 Service closing transmission channel")).await?;
                    return Ok(Turn::Over);
                }
            }
        }
    }

    fn next(&mut self, line: &str) -> Next {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => self.ehlo(),
            "HELO" => {
                self.greeted = true;
                Next::Say(says(250, "AM0PR02CA0134.outlook.office365.com Hello"))
            }
            "STARTTLS" if self.encrypted => Next::Say(BAD_SEQUENCE),
            "STARTTLS" => Next::StartTls,
            "AUTH" => self.may_auth(rest),
            "MAIL" => Next::Say(self.mail(rest)),
            "RCPT" => Next::Say(self.rcpt(rest)),
            "DATA" if self.to.is_empty() => Next::Say(BAD_SEQUENCE),
            "DATA" => Next::Data,
            "BDAT" => self.bdat(rest),
            "RSET" => {
                self.forget();
                Next::Say(says(250, "2.0.0 Resetting"))
            }
            "NOOP" => Next::Say(OK),
            "QUIT" => Next::Quit,
            _ => {
                self.nonsense += 1;
                Next::Say(says(500, "5.3.3 Unrecognized command"))
            }
        }
    }

    fn ehlo(&mut self) -> Next {
        self.greeted = true;
        self.forget();
        let offer = if self.encrypted { "AUTH LOGIN XOAUTH2" } else { "STARTTLS" };
        Next::Capabilities(format!(
            "250-{DOOR} Hello [127.0.0.1]\r\n250-SIZE {SIZE}\r\n250-PIPELINING\r\n250-DSN\r\n250-ENHANCEDSTATUSCODES\r\n\
             250-{offer}\r\n250-8BITMIME\r\n250-BINARYMIME\r\n250-CHUNKING\r\n250 SMTPUTF8\r\n"
        ))
    }

    fn may_auth(&mut self, rest: &str) -> Next {
        let mut words = rest.split_whitespace();
        let mechanism = words.next().unwrap_or_default().to_ascii_uppercase();
        if !self.encrypted {
            return Next::Say(says(530, "5.7.0 Must issue a STARTTLS command first"));
        }
        if !self.greeted || self.signed_in.is_some() || self.from.is_some() {
            return Next::Say(BAD_SEQUENCE);
        }
        match mechanism.as_str() {
            "LOGIN" | "XOAUTH2" => Next::Auth(mechanism, words.next().map(str::to_owned)),
            _ => {
                self.nonsense += 1;
                Next::Say(says(504, "5.7.4 Unrecognized authentication type"))
            }
        }
    }

    /// Prompts as the mechanism asks, signs in or refuses, and gives the code of the last reply.
    async fn auth<S>(
        &mut self,
        stream: &mut S,
        inbox: &mut Inbox,
        mechanism: &str,
        initial: Option<String>,
    ) -> Result<u16, End>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let outcome = match mechanism {
            "LOGIN" => {
                let user = self.asked(stream, inbox, "VXNlcm5hbWU6", initial).await?;
                let password = match &user {
                    Some(_) => self.asked(stream, inbox, "UGFzc3dvcmQ6", None).await?,
                    None => None,
                };
                let pair = user.zip(password);
                pair.map(|(user, password)| match (auth::decoded(&user), auth::decoded(&password)) {
                    (Some(user), Some(password)) => auth::login(&self.state, &user, &password),
                    _ => Err(says(501, "5.5.2 Cannot decode the response")),
                })
            }
            _ => {
                let blob = self.asked(stream, inbox, "", initial).await?;
                blob.map(|blob| auth::xoauth2(&self.state, &blob))
            }
        };
        let reply = match outcome {
            None => says(501, "5.7.0 Authentication cancelled"),
            Some(Err(reply)) => reply,
            Some(Ok(mailbox)) => {
                self.signed_in = Some(self.state.enter(mailbox));
                says(235, "2.7.0 Authentication successful")
            }
        };
        if reply.code == 535 {
            tokio::time::sleep(self.state.scope.smtp_pause).await;
        }
        self.say(stream, reply).await?;
        Ok(reply.code)
    }

    /// The client's response to a prompt; `None` when it cancels.
    async fn asked<S>(
        &mut self,
        stream: &mut S,
        inbox: &mut Inbox,
        prompt: &str,
        given: Option<String>,
    ) -> Result<Option<String>, End>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        if let Some(given) = given {
            // RFC 4954: `=` is an empty initial response.
            return Ok(Some(if given == "=" { String::new() } else { given }));
        }
        write(stream, &format!("334 {prompt}\r\n")).await?;
        match inbox.line(stream).await {
            Ok(line) if line.trim() == "*" => Ok(None),
            Ok(line) => Ok(Some(line)),
            Err(End::TooLong) => {
                self.say(stream, says(500, "5.5.6 Line too long")).await?;
                Err(End::Gone)
            }
            Err(End::Gone) => Err(End::Gone),
        }
    }

    fn forget(&mut self) {
        self.from = None;
        self.to.clear();
        self.chunks.clear();
    }

    /// Says one line; refusals of sign-in and submission carry Exchange's tail.
    pub(super) async fn say<S>(&self, stream: &mut S, reply: Once) -> Result<(), End>
    where
        S: AsyncWrite + Unpin,
    {
        let ends_with_tail = matches!(reply.code, 430 | 504 | 530 | 535 | 550 | 552 | 554);
        let line = match ends_with_tail {
            true => format!("{} {} {}\r\n", reply.code, reply.text, tail(self.state.number())),
            false => format!("{} {}\r\n", reply.code, reply.text),
        };
        write(stream, &line).await
    }
}

pub(super) async fn write<S>(stream: &mut S, text: &str) -> Result<(), End>
where
    S: AsyncWrite + Unpin,
{
    stream.write_all(text.as_bytes()).await.map_err(|_| End::Gone)?;
    stream.flush().await.map_err(|_| End::Gone)
}
