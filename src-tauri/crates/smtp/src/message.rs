//! Builds the message of a test send, as RFC 5322 bytes for Graph's MIME form.

use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use thiserror::Error as ThisError;
use time::OffsetDateTime;

/// The header that carries the tag, beside the subject.
pub const TAG_HEADER: &str = "X-Crosswalk-Tag";

/// What a test message says.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    pub from: &'a str,
    pub to: &'a str,
    pub subject: &'a str,
    pub text: &'a str,
    /// Letters, digits and `-`: what E-01 looks for.
    pub tag: &'a str,
    pub date: OffsetDateTime,
}

/// Why a message can't be built.
#[derive(Clone, Copy, Debug, ThisError, PartialEq, Eq)]
pub enum Unfit {
    #[error("the sender isn't an e-mail address")]
    From,
    #[error("the recipient isn't an e-mail address")]
    To,
    #[error("the tag may hold letters, digits and `-` only")]
    Tag,
    #[error("the message can't be put together")]
    Parts,
}

/// The subject as it is sent: the tag stands behind it in brackets.
pub fn tagged_subject(subject: &str, tag: &str) -> String {
    format!("{subject} [{tag}]")
}

/// The message as RFC 5322 bytes, with CRLF line ends.
///
/// # Errors
/// See [`Unfit`].
pub fn compose(draft: &Draft<'_>) -> Result<Vec<u8>, Unfit> {
    let tag_fits = (1..=64).contains(&draft.tag.len())
        && draft.tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !tag_fits {
        return Err(Unfit::Tag);
    }
    let from: Mailbox = draft.from.parse().map_err(|_| Unfit::From)?;
    let to: Mailbox = draft.to.parse().map_err(|_| Unfit::To)?;
    let message_id = format!("<{}@{}>", draft.tag, from.email.domain());
    let name = HeaderName::new_from_ascii_str(TAG_HEADER);
    let part = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(draft.text.to_owned());
    Message::builder()
        .from(from)
        .to(to)
        .subject(tagged_subject(draft.subject, draft.tag))
        .date(draft.date.into())
        .message_id(Some(message_id))
        .raw_header(HeaderValue::new(name, draft.tag.to_owned()))
        .singlepart(part)
        .map(|message| message.formatted())
        .map_err(|_| Unfit::Parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft<'static> {
        Draft {
            from: "alerts@contoso.example",
            to: "soc@contoso.example",
            subject: "Crosswalk test – grüße",
            text: "A test.\n.\nEnd.",
            tag: "cw-0123abcd",
            date: OffsetDateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn the_message_carries_its_tag_twice_and_is_ascii() {
        let bytes = compose(&draft()).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.is_ascii(), "headers and body are encoded");
        assert!(text.contains("X-Crosswalk-Tag: cw-0123abcd\r\n"), "{text}");
        assert!(
            text.contains("From: alerts@contoso.example\r\n")
                && text.contains("Message-ID: <cw-0123abcd@contoso.example>")
        );
        assert!(text.contains("MIME-Version: 1.0") && text.contains("Date: Thu, 01 Jan 1970"));
        assert_eq!(tagged_subject("s", "t"), "s [t]");
    }

    #[test]
    fn nothing_can_be_smuggled_into_the_headers() {
        let smuggled = Draft { subject: "a\r\nBcc: x@evil.example", ..draft() };
        let text = String::from_utf8(compose(&smuggled).unwrap()).unwrap();
        assert!(!text.contains("\r\nBcc:"), "{text}");
        assert_eq!(compose(&Draft { tag: "a\r\nB", ..draft() }), Err(Unfit::Tag));
        assert_eq!(compose(&Draft { to: "x@y\r\nBcc: z@q", ..draft() }), Err(Unfit::To));
        assert_eq!(compose(&Draft { from: "nobody", ..draft() }), Err(Unfit::From));
    }
}
