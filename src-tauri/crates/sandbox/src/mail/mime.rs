//! Reads the headers of a message that came as MIME, by Graph or by SMTP: sender, recipients, subject, tags.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

/// Longest header section that is read.
const LONGEST: usize = 256 * 1024;

/// What the headers say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Headers {
    /// The address of From; `None` when there is none.
    pub from: Option<String>,
    /// A bare `@` stands in From's display name, which Graph answers with ErrorSendAsDenied.
    pub from_is_odd: bool,
    pub to: Vec<String>,
    pub subject: String,
    pub message_id: String,
    /// `X-…` headers.
    pub custom: Vec<(String, String)>,
}

/// Reads the header section; never fails, since any bytes may come.
pub(crate) fn headers(message: &[u8]) -> Headers {
    let text = String::from_utf8_lossy(&message[..message.len().min(LONGEST)]);
    let mut found = Headers::default();
    for (name, value) in unfolded(&text) {
        match name.to_ascii_lowercase().as_str() {
            "from" => from(&mut found, &value),
            "to" | "cc" | "bcc" => found.to.extend(addresses(&value)),
            "subject" => found.subject = decoded(&value),
            "message-id" => found.message_id = value,
            lower if lower.starts_with("x-") => found.custom.push((name, value)),
            _ => {}
        }
    }
    found
}

fn from(found: &mut Headers, value: &str) {
    let (display, address) = match value.rsplit_once('<') {
        Some((display, rest)) => (display.trim(), rest.trim_end_matches(['>', ' '])),
        None => ("", value.trim()),
    };
    found.from_is_odd = display.contains('@') && !display.starts_with('"');
    found.from = address.contains('@').then(|| address.to_owned());
}

/// Header lines with their continuations joined, up to the empty line.
fn unfolded(text: &str) -> Vec<(String, String)> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n').map(|line| line.trim_end_matches('\r')) {
        if line.is_empty() {
            break;
        }
        match lines.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => {
                last.push(' ');
                last.push_str(line.trim_start());
            }
            _ => lines.push(line.to_owned()),
        }
    }
    let pair = |line: &String| {
        line.split_once(':').map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
    };
    lines.iter().filter_map(pair).collect()
}

/// The addresses of a recipient header; a group such as `Undisclosed recipients:;` has none.
fn addresses(value: &str) -> Vec<String> {
    let one = |part: &str| {
        let bare = part.rsplit_once('<').map_or(part, |(_, rest)| rest);
        let bare = bare.trim_end_matches(['>', ';', ' ']).trim();
        bare.contains('@').then(|| bare.to_owned())
    };
    value.split(',').filter_map(one).collect()
}

/// Encoded words of RFC 2047 in UTF-8 and ASCII; others stay as they are.
fn decoded(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    let mut after_word = false;
    while let Some(start) = rest.find("=?") {
        let before = &rest[..start];
        if !(after_word && before.trim().is_empty()) {
            out.push_str(before);
        }
        match word(&rest[start..]) {
            Some((text, length)) => {
                out.push_str(&text);
                rest = &rest[start + length..];
                after_word = true;
            }
            None => {
                out.push_str("=?");
                rest = &rest[start + 2..];
                after_word = false;
            }
        }
    }
    out.push_str(rest);
    out
}

/// `=?utf-8?b?…?=` at the beginning of a text: its meaning and its length.
fn word(text: &str) -> Option<(String, usize)> {
    let mut parts = text[2..].splitn(3, '?');
    let (charset, encoding, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let end = rest.find("?=")?;
    let body = &rest[..end];
    if !["utf-8", "us-ascii"].contains(&charset.to_ascii_lowercase().as_str()) {
        return None;
    }
    let bytes = match encoding {
        "b" | "B" => BASE64.decode(body).ok()?,
        "q" | "Q" => quoted(body)?,
        _ => return None,
    };
    let length = 2 + charset.len() + 1 + encoding.len() + 1 + end + 2;
    Some((String::from_utf8(bytes).ok()?, length))
}

fn quoted(body: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut from = body.bytes();
    while let Some(byte) = from.next() {
        match byte {
            b'_' => bytes.push(b' '),
            b'=' => {
                let hex = [from.next()?, from.next()?];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?);
            }
            other => bytes.push(other),
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sender_recipients_subject_and_tags_are_read() {
        let found = headers(
            b"From: Alerts <alerts@contoso.example>\r\nTo: a@x.example,\r\n B <b@x.example>\r\nBcc: c@x.example\r\n\
              Subject: =?utf-8?b?R3LDvA==?=\r\n =?utf-8?q?=C3=9Fe?= [tag-1]\r\nX-Crosswalk-Tag: tag-1\r\n\r\nTo: not@a.header\r\n",
        );
        assert_eq!(found.from.as_deref(), Some("alerts@contoso.example"));
        assert_eq!(found.to, ["a@x.example", "b@x.example", "c@x.example"]);
        assert_eq!(found.subject, "Grüße [tag-1]");
        assert_eq!(found.custom, [("X-Crosswalk-Tag".to_owned(), "tag-1".to_owned())]);
    }

    #[test]
    fn odd_messages_are_read_as_far_as_they_go() {
        assert!(headers(b"From: printer@x.example <printer@x.example>\r\n").from_is_odd);
        assert!(!headers(b"From: \"printer@x.example\" <printer@x.example>\r\n").from_is_odd);
        assert!(headers(b"To: Undisclosed recipients:;\r\n").to.is_empty());
        for bytes in [
            b"".as_slice(),
            b"\xff\xfe\x00",
            b"Subject: =?utf-8?b?%%?= =?x",
            b"Subject: =?",
            b":::",
            b"=?utf-8?q?=E?=",
        ] {
            headers(bytes);
        }
        assert_eq!(headers(b"Subject: =?utf-8?q?=4?=\n").subject, "=?utf-8?q?=4?=");
    }
}
