//! Values inside shell lines and addresses, so that no name from a tenant can end the text it stands in.
//!
//! Never here: a value that goes into a line without one of these. Characters that no name in Azure can hold, line ends
//! and changes of direction, are left out: they only serve to deceive whoever reads the line before running it.

/// In single quotes, for bash.
pub(super) fn bash(text: &str) -> String {
    format!("'{}'", plain(text).replace('\'', r"'\''"))
}

/// In single quotes, for PowerShell, which takes four typographic quotes for an apostrophe too.
/// <https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules>
pub(super) fn powershell(text: &str) -> String {
    let mut quoted = String::from("'");
    for c in plain(text).chars() {
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            quoted.push(c);
        }
        quoted.push(c);
    }
    quoted.push('\'');
    quoted
}

/// In a sentence or a comment: one line.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !turns(*c)).collect()
}

/// In a query string.
pub(super) fn percent(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Line separators, and what turns the direction of text.
fn turns(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_the_quotes() {
        assert_eq!(bash("rg'; rm -rf ~; '"), r"'rg'\''; rm -rf ~; '\'''");
        assert_eq!(bash("$(id)`id`\"\\"), "'$(id)`id`\"\\'");
        assert_eq!(powershell("rg'; Remove-Item ~; '"), "'rg''; Remove-Item ~; '''");
        assert_eq!(powershell("a\u{2019}b\u{201b}"), "'a\u{2019}\u{2019}b\u{201b}\u{201b}'");
    }

    #[test]
    fn a_name_stays_on_its_line_and_reads_in_its_direction() {
        assert_eq!(plain("rg\nrm -rf ~\r\u{2028}x"), "rgrm -rf ~x");
        assert_eq!(bash("a\u{202e}b\0"), "'ab'");
    }

    #[test]
    fn an_address_is_encoded() {
        assert_eq!(percent("http://localhost"), "http%3A%2F%2Flocalhost");
        assert_eq!(percent("a&b=ü"), "a%26b%3D%C3%BC");
    }
}
