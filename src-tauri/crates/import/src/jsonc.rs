//! JSON as people write it: comments, trailing commas and line breaks inside texts, which ARM templates allow.
//!
//! What is tolerated is blanked out in place, so that a fault is reported at its line and column; the parsing itself
//! is `serde_json`'s, which also bounds the depth.

use std::fmt;

use serde_json::Value;

/// Where and why a text is no JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// From 1.
    pub line: usize,
    /// From 1.
    pub column: usize,
    pub because: String,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.because)
    }
}

/// The document in `text`.
pub fn parse(text: &str) -> Result<Value, Malformed> {
    let strict = tidy(text);
    serde_json::from_str(&strict).map_err(|error| {
        let whole = error.to_string();
        let because = whole.split(" at line ").next().unwrap_or(&whole).to_owned();
        Malformed { line: error.line(), column: error.column(), because }
    })
}

/// The same text with comments and trailing commas as blanks and raw control characters escaped.
fn tidy(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    // Where a comma stands after a value, with only blanks since.
    let mut comma = None;
    let mut last = b'[';
    while at < bytes.len() {
        let start = at;
        match (bytes[at], bytes.get(at + 1)) {
            (b'"', _) => {
                at = copy_text(bytes, at, &mut out);
                comma = None;
                last = b'"';
                continue;
            }
            (b'/', Some(b'/')) => at = end_of_line(bytes, at),
            (b'/', Some(b'*')) => at = end_of_block(bytes, at),
            (b',', _) => {
                comma = (!matches!(last, b'[' | b'{' | b',')).then_some(out.len());
                last = b',';
                at += 1;
                out.push(b',');
                continue;
            }
            (byte, _) => {
                if matches!(byte, b']' | b'}')
                    && let Some(comma) = comma
                {
                    out[comma] = b' ';
                }
                if !byte.is_ascii_whitespace() {
                    comma = None;
                    last = byte;
                }
                out.push(byte);
                at += 1;
                continue;
            }
        }
        let blanks = bytes[start..at].iter().map(|b| if *b == b'\n' { b'\n' } else { b' ' });
        out.extend(blanks);
    }
    String::from_utf8(out).unwrap_or_default()
}

/// Copies a text with its quotes; returns the place after it.
fn copy_text(bytes: &[u8], start: usize, out: &mut Vec<u8>) -> usize {
    out.push(b'"');
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if at + 1 < bytes.len() => {
                out.extend_from_slice(&bytes[at..at + 2]);
                at += 2;
            }
            b'"' => {
                out.push(b'"');
                return at + 1;
            }
            byte if byte < 0x20 => {
                out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
                at += 1;
            }
            byte => {
                out.push(byte);
                at += 1;
            }
        }
    }
    at
}

fn end_of_line(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start..];
    rest.iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| start + n)
}

fn end_of_block(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start + 2..];
    rest.windows(2).position(|pair| pair == b"*/").map_or(bytes.len(), |n| start + 2 + n + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn comments_and_trailing_commas_are_tolerated_but_not_inside_texts() {
        let text =
            "// head\n{ \"a\": [1, 2, /* three */ ], // tail\n \"u\": \"http://x/*y*/\", \"c\": \",]\" , }\n";
        assert_eq!(parse(text), Ok(json!({"a": [1, 2], "u": "http://x/*y*/", "c": ",]"})));
    }

    #[test]
    fn a_text_over_several_lines_is_read() {
        assert_eq!(parse("[\"a\n\tb\\\"c\"]"), Ok(json!(["a\n\tb\"c"])));
    }

    #[test]
    fn a_fault_is_told_with_its_place() {
        let fault = parse("{\n  // comment\n  \"a\": ?\n}").unwrap_err();
        assert_eq!((fault.line, fault.column), (3, 8));
        assert_eq!(fault.because, "expected value");
        for text in ["", "{", "[1,,2]", "{,}", "/* open", "\"open", "{\"a\":1} x", "[1 2]"] {
            assert!(parse(text).is_err(), "{text} was read");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "[".repeat(100_000);
        assert!(parse(&deep).is_err());
    }
}
