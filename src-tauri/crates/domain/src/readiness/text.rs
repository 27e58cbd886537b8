//! The written half of a check, taken apart for screens and terminals.
//!
//! Form of an `<id>.md`: `# title`, then the sections `## Why it matters`, `## What changes`, `## Fix` and
//! `## Microsoft's pages`, the last a list of `- [title](address) (date): what it says`.

/// One check's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub title: &'static str,
    pub why: &'static str,
    pub what_changes: &'static str,
    pub fix: &'static str,
    pub pages: Vec<Page>,
}

/// One of Microsoft's pages. Where two disagree both are here, each with what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    pub title: &'static str,
    pub address: &'static str,
    /// The page's own date, `2026-06-15`; None where the copy that was read bears none.
    pub date: Option<&'static str>,
    pub says: Option<&'static str>,
}

impl Text {
    /// Reads it; a missing section is empty, which a test forbids.
    pub fn read(markdown: &'static str) -> Text {
        let pages = section(markdown, "Microsoft's pages");
        Text {
            title: title(markdown),
            why: section(markdown, "Why it matters"),
            what_changes: section(markdown, "What changes"),
            fix: section(markdown, "Fix"),
            pages: pages.lines().filter_map(Page::read).collect(),
        }
    }
}

impl Page {
    fn read(line: &'static str) -> Option<Page> {
        let (title, rest) = line.strip_prefix("- [")?.split_once("](")?;
        let (address, rest) = rest.split_once(") (")?;
        let (date, says) = rest.split_once(')')?;
        let says = says.trim_start_matches(':').trim();
        Some(Page {
            title,
            address,
            date: date.starts_with("20").then_some(date),
            says: (!says.is_empty()).then_some(says),
        })
    }
}

pub(super) fn title(markdown: &'static str) -> &'static str {
    let first = markdown.lines().next().unwrap_or_default();
    first.trim_start_matches('#').trim()
}

fn section(markdown: &'static str, heading: &str) -> &'static str {
    markdown
        .split("\n## ")
        .skip(1)
        .find_map(|part| {
            let (head, body) = part.split_once('\n')?;
            (head.trim() == heading).then(|| body.trim())
        })
        .unwrap_or_default()
}
