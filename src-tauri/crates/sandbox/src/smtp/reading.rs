//! Reads a client's lines and blocks, bounded in length and time.

use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::time::timeout;

/// Longest command line: RFC 4954 asks for 12,288 bytes at AUTH.
const LINE: usize = 12_288;
/// A client that says nothing for so long is left.
const SILENCE: Duration = Duration::from_secs(60);

/// Why there is no line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Hung up, or silent for too long.
    Gone,
    TooLong,
}

/// What has arrived and isn't read yet.
#[derive(Default)]
pub(super) struct Inbox {
    bytes: Vec<u8>,
}

impl Inbox {
    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The next line without its end; bytes that aren't UTF-8 become marks.
    pub(super) async fn line<S>(&mut self, stream: &mut S) -> Result<String, End>
    where
        S: AsyncRead + Unpin,
    {
        let bytes = self.raw_line(stream, LINE).await?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The next line of a message, with room for RFC 5322's longest and more.
    pub(super) async fn raw_line<S>(&mut self, stream: &mut S, limit: usize) -> Result<Vec<u8>, End>
    where
        S: AsyncRead + Unpin,
    {
        let mut searched = 0;
        loop {
            if let Some(end) = self.bytes[searched..].iter().position(|byte| *byte == b'\n') {
                let mut line: Vec<u8> = self.bytes.drain(..=searched + end).collect();
                while line.last().is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
                    line.pop();
                }
                return if line.len() > limit { Err(End::TooLong) } else { Ok(line) };
            }
            if self.bytes.len() > limit {
                return Err(End::TooLong);
            }
            searched = self.bytes.len();
            self.fill(stream).await?;
        }
    }

    /// Takes exactly so many bytes, keeping the first of them.
    pub(super) async fn block<S>(&mut self, stream: &mut S, size: u64, keep: usize) -> Result<Vec<u8>, End>
    where
        S: AsyncRead + Unpin,
    {
        let mut kept = Vec::new();
        let mut left = size;
        while left > 0 {
            if self.bytes.is_empty() {
                self.fill(stream).await?;
            }
            let take = usize::try_from(left).unwrap_or(usize::MAX).min(self.bytes.len());
            let chunk: Vec<u8> = self.bytes.drain(..take).collect();
            left -= chunk.len() as u64;
            let room = keep.saturating_sub(kept.len()).min(chunk.len());
            kept.extend_from_slice(&chunk[..room]);
        }
        Ok(kept)
    }

    async fn fill<S>(&mut self, stream: &mut S) -> Result<(), End>
    where
        S: AsyncRead + Unpin,
    {
        let mut chunk = [0; 8192];
        match timeout(SILENCE, stream.read(&mut chunk)).await {
            Ok(Ok(read)) if read > 0 => {
                self.bytes.extend_from_slice(&chunk[..read]);
                Ok(())
            }
            _ => Err(End::Gone),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn lines_end_by_either_newline_and_are_bounded() {
        let mut inbox = Inbox::default();
        let mut bytes = b"EHLO a\r\nNOOP\n\xff\r\nrest".as_slice();
        assert_eq!(inbox.line(&mut bytes).await, Ok("EHLO a".to_owned()));
        assert_eq!(inbox.line(&mut bytes).await, Ok("NOOP".to_owned()));
        assert_eq!(inbox.line(&mut bytes).await, Ok("\u{fffd}".to_owned()));
        assert_eq!(inbox.line(&mut bytes).await, Err(End::Gone));
        let long = vec![b'a'; LINE + 1];
        assert_eq!(Inbox::default().line(&mut long.as_slice()).await, Err(End::TooLong));
    }

    #[tokio::test]
    async fn a_block_is_taken_whole_and_kept_in_part() {
        let mut inbox = Inbox::default();
        let mut bytes = b"0123456789QUIT\r\n".as_slice();
        assert_eq!(inbox.block(&mut bytes, 10, 4).await, Ok(b"0123".to_vec()));
        assert_eq!(inbox.line(&mut bytes).await, Ok("QUIT".to_owned()));
    }
}
