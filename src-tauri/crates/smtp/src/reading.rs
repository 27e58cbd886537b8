//! Reads replies from a server that may send anything: each line, each reply and the whole session are bounded.

use domain::mail::Reply;
use tokio::io::{AsyncRead, AsyncReadExt};

use crate::error::{Error, Step};
use crate::session::Limits;
use crate::transcript::Transcript;

/// What has arrived and isn't read yet.
#[derive(Default)]
pub(crate) struct Inbox {
    bytes: Vec<u8>,
    total: usize,
}

impl Inbox {
    /// Did the server send more than its replies?
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The next whole reply; its lines go into the transcript.
    pub(crate) async fn reply<S>(
        &mut self,
        stream: &mut S,
        step: Step,
        limits: &Limits,
        transcript: &mut Transcript,
    ) -> Result<Reply, Error>
    where
        S: AsyncRead + Unpin,
    {
        let mut code = None;
        let mut texts: Vec<String> = Vec::new();
        loop {
            if texts.len() >= limits.lines {
                return Err(Error::TooManyLines { step, limit: limits.lines });
            }
            let line = self.line(stream, step, limits).await?;
            let line = transcript.received(&line);
            let part = parsed(&line, step)?;
            let first = *code.get_or_insert(part.code);
            if first != part.code {
                return Err(Error::MixedCodes { step, first, then: part.code });
            }
            texts.push(part.text.to_owned());
            if part.last {
                return Ok(Reply::new(first, texts.join("\n")));
            }
        }
    }

    async fn line<S>(&mut self, stream: &mut S, step: Step, limits: &Limits) -> Result<String, Error>
    where
        S: AsyncRead + Unpin,
    {
        loop {
            if let Some(end) = self.bytes.iter().position(|byte| *byte == b'\n') {
                if end > limits.line {
                    return Err(Error::LineTooLong { step, limit: limits.line });
                }
                let line: Vec<u8> = self.bytes.drain(..=end).collect();
                return text(&line, step);
            }
            if self.bytes.len() > limits.line {
                return Err(Error::LineTooLong { step, limit: limits.line });
            }
            self.fill(stream, step, limits).await?;
        }
    }

    async fn fill<S>(&mut self, stream: &mut S, step: Step, limits: &Limits) -> Result<(), Error>
    where
        S: AsyncRead + Unpin,
    {
        let mut chunk = [0; 2048];
        let read = stream.read(&mut chunk).await.map_err(|error| broke(step, &error))?;
        if read == 0 {
            return Err(Error::Closed { step });
        }
        self.total += read;
        if self.total > limits.total {
            return Err(Error::TooMuch { limit: limits.total });
        }
        self.bytes.extend_from_slice(&chunk[..read]);
        Ok(())
    }
}

/// A server that hangs up without TLS's farewell has hung up all the same.
pub(crate) fn broke(step: Step, error: &std::io::Error) -> Error {
    use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    match error.kind() {
        ConnectionReset | ConnectionAborted | BrokenPipe | UnexpectedEof => Error::Closed { step },
        _ => Error::Broke { step, says: error.to_string() },
    }
}

struct Part<'a> {
    code: u16,
    last: bool,
    text: &'a str,
}

/// `250-SIZE`, `250 SIZE` or a bare `250`.
fn parsed(line: &str, step: Step) -> Result<Part<'_>, Error> {
    let no_code = || Error::NoCode { step, shown: line.chars().take(60).collect() };
    let code = line.get(..3).filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
    let code: u16 = code.and_then(|code| code.parse().ok()).ok_or_else(no_code)?;
    if !(200..600).contains(&code) {
        return Err(no_code());
    }
    match line.as_bytes().get(3) {
        None => Ok(Part { code, last: true, text: "" }),
        Some(b' ') => Ok(Part { code, last: true, text: &line[4..] }),
        Some(b'-') => Ok(Part { code, last: false, text: &line[4..] }),
        Some(_) => Err(no_code()),
    }
}

/// Bytes as text: NUL is refused, other control characters and broken UTF-8 become a mark.
fn text(line: &[u8], step: Step) -> Result<String, Error> {
    if line.contains(&0) {
        return Err(Error::Nul { step });
    }
    let text = String::from_utf8_lossy(line);
    let text = text.trim_end_matches(['\r', '\n']);
    Ok(text.chars().map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(bytes: &[u8]) -> Result<Reply, Error> {
        let mut transcript = Transcript::new();
        let mut bytes = bytes;
        Inbox::default().reply(&mut bytes, Step::Ehlo, &Limits::default(), &mut transcript).await
    }

    #[tokio::test]
    async fn replies_of_one_and_of_many_lines_are_read() {
        assert_eq!(read(b"250 ok\r\n").await, Ok(Reply::new(250, "ok")));
        assert_eq!(read(b"250\n").await, Ok(Reply::new(250, "")), "a bare newline is let pass");
        assert_eq!(read(b"334 \r\n").await, Ok(Reply::new(334, "")));
        assert_eq!(read(b"250-a\r\n250-b c\r\n250 d\r\n").await, Ok(Reply::new(250, "a\nb c\nd")));
    }

    #[tokio::test]
    async fn whatever_else_comes_has_its_own_error() {
        let step = Step::Ehlo;
        let shown = |text: &str| Error::NoCode { step, shown: text.to_owned() };
        for (bytes, error) in [
            (b"".as_slice(), Error::Closed { step }),
            (b"250 no newline", Error::Closed { step }),
            (b"hello\r\n", shown("hello")),
            (b"25\r\n", shown("25")),
            (b"25o ok\r\n", shown("25o ok")),
            (b"099 low\r\n", shown("099 low")),
            (b"999 high\r\n", shown("999 high")),
            (b"250_ok\r\n", shown("250_ok")),
            (b"\r\n", shown("")),
            (b"HTTP/1.1 400 Bad Request\r\n", shown("HTTP/1.1 400 Bad Request")),
            (b"250-a\r\n251 b\r\n", Error::MixedCodes { step, first: 250, then: 251 }),
            (b"250 a\0b\r\n", Error::Nul { step }),
            ("\u{e9}50 é\r\n".as_bytes(), shown("é50 é")),
        ] {
            assert_eq!(read(bytes).await, Err(error), "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[tokio::test]
    async fn lines_replies_and_sessions_are_bounded() {
        let limits = Limits::default();
        let long = [b"250 ".as_slice(), &vec![b'a'; limits.line + 1]].concat();
        assert!(matches!(read(&long).await, Err(Error::LineTooLong { .. })));
        let many = b"250-x\r\n".repeat(limits.lines + 1);
        assert!(matches!(read(&many).await, Err(Error::TooManyLines { .. })));
        let mut tight = Limits { total: 100, ..limits };
        tight.lines = 1000;
        let mut transcript = Transcript::new();
        let mut bytes = many.as_slice();
        let got = Inbox::default().reply(&mut bytes, Step::Ehlo, &tight, &mut transcript).await;
        assert_eq!(got, Err(Error::TooMuch { limit: 100 }));
    }

    #[tokio::test]
    async fn binary_and_escapes_become_marks() {
        assert_eq!(
            read(b"250 \x1b[31m\xff\xfe\r\n").await,
            Ok(Reply::new(250, "\u{fffd}[31m\u{fffd}\u{fffd}"))
        );
    }

    #[tokio::test]
    async fn any_bytes_end_in_a_reply_or_an_error() {
        let pieces: [&[u8]; 12] = [
            b"250",
            b"-",
            b" ",
            b"\r",
            b"\n",
            b"\0",
            b"\xff",
            b"\xc3",
            b"ok",
            b"535",
            b"\x1b[",
            "é".as_bytes(),
        ];
        let mut state: u64 = 11;
        for _ in 0..3000 {
            let mut bytes = Vec::new();
            for _ in 0..16 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                bytes.extend_from_slice(pieces[(state >> 33) as usize % pieces.len()]);
            }
            if let Ok(reply) = read(&bytes).await {
                assert!((200..600).contains(&reply.code), "{reply:?}");
                assert!(!reply.text.contains(['\0', '\u{1b}', '\r']), "{reply:?}");
            }
        }
    }
}
