//! JSON text, written straight into a string.
//!
//! Pages of a thousand incidents are most of what the sandbox serves; a tree of values in between would cost more
//! than everything else. Only texts that somebody else chose are escaped; names of members are literals.

use std::fmt::Write as _;

/// Appends a JSON string.
pub fn text(out: &mut String, value: &str) {
    out.push('"');
    let mut plain = 0;
    for (at, byte) in value.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(&value[plain..at]);
        plain = at + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            other => {
                let _ = write!(out, "\\u{other:04x}");
            }
        }
    }
    out.push_str(&value[plain..]);
    out.push('"');
}

/// Appends a JSON string, or `null`.
pub fn maybe(out: &mut String, value: Option<&str>) {
    match value {
        Some(value) => text(out, value),
        None => out.push_str("null"),
    }
}

/// Appends an array of strings.
pub fn texts<'a>(out: &mut String, values: impl IntoIterator<Item = &'a str>) {
    list(out, values, text);
}

/// Appends an array of whatever `one` writes.
pub fn list<T>(out: &mut String, values: impl IntoIterator<Item = T>, mut one: impl FnMut(&mut String, T)) {
    out.push('[');
    for (at, value) in values.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        one(out, value);
    }
    out.push(']');
}

/// Appends members that are all strings, without the braces.
pub fn list_members(out: &mut String, members: &[(&str, String)]) {
    for (at, (name, value)) in members.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        text(out, name);
        out.push(':');
        text(out, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_reads_back_unchanged() {
        for sample in
            ["plain", "quote \" and \\ slash", "\u{1b}[31mred\u{7}\n\r\t", "\u{202e}evil\u{202c} é 漢", ""]
        {
            let mut out = String::new();
            text(&mut out, sample);
            assert_eq!(serde_json::from_str::<String>(&out).unwrap(), sample);
        }
    }

    #[test]
    fn lists_have_commas_between_only() {
        let mut out = String::new();
        texts(&mut out, ["a", "b"]);
        assert_eq!(out, r#"["a","b"]"#);
    }
}
