//! One client's dialogue. Shapes from MailKit#1770, email-oauth2-proxy#258 and a public Net::SMTP debug capture.

use super::auth;
use super::reading::{End, Inbox};
use super::tail::{DOOR, banner_date, tail};
use crate::mail::{Once, Sent, State, deliver};
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use crate::mail::SignedIn;

/// Commands of one session, and how many of them may be nonsense.
const COMMANDS: usize = 2_000;
const NONSENSE: usize = 20;
/// What EHLO announces, in bytes.
const SIZE: u64 = 157_286_400;
/// Bytes kept of a message: its headers are all that is read.
const KEPT: usize = 256 * 1024;
/// Longest line of a message; longer ones are refused at its end.
const MESSAGE_LINE: usize = 64 * 1024;
const RECIPIENTS: usize = 500;
/// More sessions of one mailbox than this are refused at the end of DATA.
const CONCURRENT: usize = 3;

pub(super) struct Dialogue {
    state: Arc<State>,
    encrypted: bool,
    greeted: bool,
    signed_in: Option<SignedIn>,
    from: Option<String>,
    to: Vec<String>,
    chunks: Vec<u8>,
    commands: usize,
    nonsense: usize,
}

/// How a round of commands ended.
enum Turn {
    StartTls,
    Over,
}

/// What follows a command.
enum Next {
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

const fn says(code: u16, text: &'static str) -> Once {
    Once { code, text }
}

const OK: Once = says(250, "2.0.0 OK");
const BAD_SEQUENCE: Once = says(503, "5.5.1 Bad sequence of commands");
const BAD_ARGUMENT: Once = says(501, "5.5.4 Invalid arguments");
const TOO_MUCH: Once = says(552, "5.3.4 Message size exceeds fixed limit");

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

    fn mail(&mut self, rest: &str) -> Once {
        let Some(signed_in) = &self.signed_in else {
            return says(530, "5.7.57 Client not authenticated to send mail.");
        };
        if self.from.is_some() {
            return BAD_SEQUENCE;
        }
        if let Some(reply) = signed_in.mailbox.from {
            return reply;
        }
        let Some((from, parameters)) = path(rest, "FROM:") else { return BAD_ARGUMENT };
        if announced(parameters).is_some_and(|size| size > SIZE) {
            return TOO_MUCH;
        }
        self.from = Some(from);
        says(250, "2.1.0 Sender OK")
    }

    fn rcpt(&mut self, rest: &str) -> Once {
        if self.from.is_none() {
            return BAD_SEQUENCE;
        }
        if self.to.len() >= RECIPIENTS {
            return says(452, "4.5.3 Too many recipients");
        }
        match path(rest, "TO:") {
            Some((to, _)) if to.contains('@') => {
                self.to.push(to);
                says(250, "2.1.5 Recipient OK")
            }
            _ => BAD_ARGUMENT,
        }
    }

    async fn data<S>(&mut self, stream: &mut S, inbox: &mut Inbox) -> Result<(), End>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        self.say(stream, says(354, "Start mail input; end with <CRLF>.<CRLF>")).await?;
        let mut kept = Vec::new();
        let mut total: u64 = 0;
        loop {
            let line = match inbox.raw_line(stream, MESSAGE_LINE).await {
                Ok(line) => line,
                Err(End::TooLong) => {
                    self.say(stream, says(500, "5.6.0 Line too long")).await?;
                    return Err(End::Gone);
                }
                Err(End::Gone) => return Err(End::Gone),
            };
            if line == b"." {
                break;
            }
            let line = line.strip_prefix(b".").unwrap_or(&line);
            total += line.len() as u64 + 2;
            if total > SIZE {
                self.say(stream, TOO_MUCH).await?;
                return Err(End::Gone);
            }
            if kept.len() < KEPT {
                kept.extend_from_slice(line);
                kept.extend_from_slice(b"\r\n");
            }
        }
        self.submitted(stream, &kept).await
    }

    fn bdat(&mut self, rest: &str) -> Next {
        let mut words = rest.split_whitespace();
        let size = words.next().and_then(|size| size.parse::<u64>().ok());
        let last = words.next().is_some_and(|word| word.eq_ignore_ascii_case("LAST"));
        match size {
            // Without knowing how much follows, the dialogue can't go on.
            None => Next::Say(says(421, "5.5.4 Invalid chunk size")),
            Some(size) if size > SIZE => Next::Say(says(421, "5.3.4 Message size exceeds fixed limit")),
            Some(size) => Next::Chunk(size, last),
        }
    }

    async fn chunk<S>(&mut self, stream: &mut S, inbox: &mut Inbox, size: u64, last: bool) -> Result<(), End>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let room = KEPT.saturating_sub(self.chunks.len());
        let block = inbox.block(stream, size, room).await?;
        if self.to.is_empty() {
            return self.say(stream, BAD_SEQUENCE).await;
        }
        self.chunks.extend(block);
        if !last {
            return self.say(stream, OK).await;
        }
        let message = std::mem::take(&mut self.chunks);
        self.submitted(stream, &message).await
    }

    /// The end of a message: concurrency first, then what the mailbox's name says, then send-as.
    async fn submitted<S>(&mut self, stream: &mut S, message: &[u8]) -> Result<(), End>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let from = self.from.take().unwrap_or_default();
        let to = std::mem::take(&mut self.to);
        let Some(signed_in) = &self.signed_in else { return self.say(stream, BAD_SEQUENCE).await };
        if signed_in.sessions() > CONCURRENT {
            let text = format!(
                "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more \
                 information. [Hostname={DOOR}]\r\n"
            );
            return write(stream, &text).await;
        }
        let mailbox = signed_in.mailbox;
        let number = self.state.number();
        match deliver(&self.state, mailbox, &from, to, message) {
            Err(reply) => self.say(stream, reply).await,
            Ok(Sent { internet_message_id, .. }) => {
                let text = format!(
                    "250 2.0.0 OK {internet_message_id} [Hostname={DOOR}] Queued mail for delivery ({number})\r\n"
                );
                write(stream, &text).await
            }
        }
    }

    fn forget(&mut self) {
        self.from = None;
        self.to.clear();
        self.chunks.clear();
    }

    /// Says one line; refusals of sign-in and submission carry Exchange's tail.
    async fn say<S>(&self, stream: &mut S, reply: Once) -> Result<(), End>
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

async fn write<S>(stream: &mut S, text: &str) -> Result<(), End>
where
    S: AsyncWrite + Unpin,
{
    stream.write_all(text.as_bytes()).await.map_err(|_| End::Gone)?;
    stream.flush().await.map_err(|_| End::Gone)
}

/// `FROM:<a@b> SIZE=10` as address and parameters.
fn path<'a>(rest: &'a str, keyword: &str) -> Option<(String, &'a str)> {
    let head = rest.get(..keyword.len())?;
    if !head.eq_ignore_ascii_case(keyword) {
        return None;
    }
    let inside = rest[keyword.len()..].trim_start().strip_prefix('<')?;
    let (address, parameters) = inside.split_once('>')?;
    (address.len() <= 320).then(|| (address.to_owned(), parameters))
}

/// The size that MAIL FROM announces.
fn announced(parameters: &str) -> Option<u64> {
    let size = |word: &str| {
        word.get(..5).is_some_and(|key| key.eq_ignore_ascii_case("size=")).then(|| word[5..].parse().ok())
    };
    parameters.split_whitespace().find_map(size).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_sizes_are_read() {
        assert_eq!(path("FROM:<a@b> SIZE=10", "FROM:"), Some(("a@b".to_owned(), " SIZE=10")));
        assert_eq!(path("from: <>", "FROM:"), Some((String::new(), "")));
        assert_eq!(path("FROM:a@b", "FROM:"), None);
        assert_eq!(path("é", "FROM:"), None);
        assert_eq!(announced(" BODY=8BITMIME size=10"), Some(10));
        assert_eq!(announced(" SIZE=many"), None);
    }
}
