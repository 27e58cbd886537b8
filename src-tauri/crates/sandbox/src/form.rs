//! Reads a form body (`application/x-www-form-urlencoded`) and query strings: `+` is a space, `%XX` a byte.

use std::collections::HashMap;
use std::fmt::Write as _;

/// The fields; of one that stands twice, the last.
pub fn read(text: &str) -> HashMap<String, String> {
    pairs(text).into_iter().collect()
}

/// The fields in order.
pub fn pairs(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|part| !part.is_empty())
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

/// One name or value; what isn't a valid escape stays as it is.
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escaped = (*byte == b'%').then(|| bytes.get(at + 1..at + 3)).flatten().and_then(hex);
        out.push(escaped.unwrap_or(if *byte == b'+' { b' ' } else { *byte }));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Escapes a name or a value for a query string.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'$' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_plus_and_broken_escapes() {
        let form = read("a=1%2B1&b=x+y&c=100%&d=%zz&%41=é&e");
        assert_eq!(form["a"], "1+1");
        assert_eq!(form["b"], "x y");
        assert_eq!(form["c"], "100%");
        assert_eq!(form["d"], "%zz");
        assert_eq!(form["A"], "é");
        assert_eq!(form["e"], "");
    }

    #[test]
    fn what_is_encoded_decodes() {
        let text = "properties/status eq 'New' & 100% + é";
        assert_eq!(decode(&encode(text)), text);
    }
}
