//! Makes a stranger's text inert: marks that hide are shown by their code point, and nothing is a formula or markup.
//!
//! The set of hidden marks is that of `ui/src/lib/visible.ts`.

use std::borrow::Cow;

/// Control characters, direction marks, zero widths, tags: what one can't see, or what makes one see something else.
pub fn hides(c: char) -> bool {
    c.is_control()
        // Noncharacters: XML holds none of them.
        || c as u32 & 0xfffe == 0xfffe
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// `a\u{202e}b` becomes `a[U+202E]b`; line ends too, so that a cell is one line.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(hides) {
        return text.into();
    }
    let shown = |c: char| if hides(c) { format!("[U+{:04X}]", c as u32) } else { c.to_string() };
    text.chars().map(shown).collect()
}

/// Text that no spreadsheet takes for a formula. The apostrophe is Excel's own mark for text.
/// <https://owasp.org/www-community/attacks/CSV_Injection>
pub fn guarded(text: &str) -> Cow<'_, str> {
    let first = text.trim_start().chars().next();
    match first {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹢' | '﹣' | '﹦' | '﹫' | '−') => {
            format!("'{text}").into()
        }
        _ => text.into(),
    }
}

/// Text between tags or in a quoted attribute.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// JSON whose text is the same to a reader and can neither end a script nor turn its lines around.
pub fn json(value: &serde_json::Value) -> String {
    let mut out = String::new();
    for c in value.to_string().chars() {
        if matches!(c, '<' | '>' | '&') || hides(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_marks_are_shown() {
        assert_eq!(visible("a\u{202e}b\r\n\u{0}"), "a[U+202E]b[U+000D][U+000A][U+0000]");
        assert_eq!(visible("плохо 🦊"), "плохо 🦊");
    }

    #[test]
    fn formulas_are_text() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＠x", "  =1", "\u{a0}=1", "\u{3000}－1"] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        assert_eq!(guarded("a=1"), "a=1");
    }

    #[test]
    fn json_ends_no_script_and_reads_back() {
        let value = serde_json::json!({"a": "</script>&\u{2028}\u{202e}\u{e0041}\""});
        let text = json(&value);
        assert!(text.is_ascii() && !text.contains(['<', '>', '&']), "{text}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }
}
