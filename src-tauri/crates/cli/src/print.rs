//! Words on a terminal. What came from a tenant is hostile: control and direction marks are shown, never obeyed.

use std::process::ExitCode;

/// One JSON document on a line.
pub fn json(value: &impl serde::Serialize) -> Result<(), host::Fault> {
    match serde_json::to_string(value) {
        Ok(text) => line(&text),
        Err(error) => {
            Err(host::Fault::new(host::Code::Internal, format!("The answer can't be written: {error}.")))
        }
    }
}

/// A line on standard output; a reader that closed the pipe ends the program's output, not in a panic.
pub fn line(text: &str) -> Result<(), host::Fault> {
    use std::io::Write;
    writeln!(std::io::stdout(), "{text}").map_err(|error| {
        host::Fault::new(host::Code::Storage, format!("Standard output can't be written: {error}."))
    })
}

/// Text of several lines; each of them inert, their ends kept.
pub fn lines(text: &str) -> Result<(), host::Fault> {
    text.lines().try_for_each(|one| line(&safe(one)))
}

/// A table: columns as wide as their widest cell.
pub fn table(rows: &[Vec<String>]) -> Result<(), host::Fault> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|at| width(at).unwrap_or_default()).collect();
    for row in rows {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}", width = *width)).collect();
        line(cells.join("  ").trim_end())?;
    }
    Ok(())
}

/// The word of a value that is one word in JSON: `could not run`.
pub fn word(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or("–").replace('_', " ")
}

/// A tenant's text, inert.
pub fn safe(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            _ if c.is_control() => char::REPLACEMENT_CHARACTER,
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                char::REPLACEMENT_CHARACTER
            }
            _ => c,
        })
        .collect()
}

pub fn fault(fault: &host::Fault) {
    eprintln!("{}", safe(&fault.sentence));
    if let Some(hint) = &fault.hint {
        eprintln!("{}", safe(hint));
    }
}

/// 0 when clean, 1 when something is to be looked at.
pub fn exit(clean: bool) -> ExitCode {
    ExitCode::from(u8::from(!clean))
}

#[cfg(test)]
mod tests {
    #[test]
    fn escapes_and_directions_are_inert() {
        assert_eq!(super::safe("a\u{1b}[31mb\u{202e}c"), "a\u{fffd}[31mb\u{fffd}c");
    }
}
