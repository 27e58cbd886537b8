//! MAIL, RCPT, DATA and BDAT: a message from its envelope to the reply at its end.
//!
//! Send-as and concurrency are refused at the end of the data, as Exchange does, not at MAIL FROM.

use super::dialogue::{BAD_SEQUENCE, Dialogue, Next, OK, says, write};
use super::reading::{End, Inbox};
use super::tail::DOOR;
use crate::mail::{Once, Sent, deliver};
use tokio::io::{AsyncRead, AsyncWrite};

/// What EHLO announces, in bytes.
pub(super) const SIZE: u64 = 157_286_400;
/// Bytes kept of a message: its headers are all that is read.
const KEPT: usize = 256 * 1024;
/// Longest line of a message; longer ones end the session.
const MESSAGE_LINE: usize = 64 * 1024;
const RECIPIENTS: usize = 500;
/// More sessions of one mailbox than this are refused at the end of DATA.
const CONCURRENT: usize = 3;
const BAD_ARGUMENT: Once = says(501, "5.5.4 Invalid arguments");
const TOO_MUCH: Once = says(552, "5.3.4 Message size exceeds fixed limit");

impl Dialogue {
    pub(super) fn mail(&mut self, rest: &str) -> Once {
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

    pub(super) fn rcpt(&mut self, rest: &str) -> Once {
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

    pub(super) async fn data<S>(&mut self, stream: &mut S, inbox: &mut Inbox) -> Result<(), End>
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

    pub(super) fn bdat(&mut self, rest: &str) -> Next {
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

    pub(super) async fn chunk<S>(
        &mut self,
        stream: &mut S,
        inbox: &mut Inbox,
        size: u64,
        last: bool,
    ) -> Result<(), End>
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
