//! A pasted text made ready for matching: escapes undone, Exchange's tail taken off, letters and digits alone kept for
//! sentences, whole words kept for codes. Line breaks, quotes and punctuation differ from log to log; these don't.

use super::cause::Setting;

/// Longest text that is read whole; of a longer one the beginning and the end are read.
const CAP: usize = 512 * 1024;
const HALF: usize = CAP / 2;

/// A text with its two views. Positions count bytes of `flat`.
pub(super) struct Reading {
    /// Escapes undone, control characters as blanks.
    text: String,
    /// Letters and digits alone, lower case.
    flat: String,
    /// For each byte of `flat`, the byte of `text` it comes from.
    origin: Vec<u32>,
    /// Words in lower case with where they begin in `flat`.
    words: Vec<(String, usize)>,
}

impl Reading {
    pub(super) fn of(text: &str) -> Self {
        let text = joined(&unescaped(&capped(text)));
        let (flat, origin) = flattened(&text);
        let words = words(&text, &origin);
        Self { text, flat, origin, words }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.flat.is_empty()
    }

    /// First place of a sentence, whatever its punctuation and breaks.
    pub(super) fn sentence(&self, sentence: &str) -> Option<usize> {
        self.flat.find(&flat(sentence))
    }

    /// First place of a sentence within `reach` bytes around `at`.
    pub(super) fn sentence_near(&self, sentence: &str, at: usize, reach: usize) -> Option<usize> {
        let wanted = flat(sentence);
        let from = floor(&self.flat, at.saturating_sub(reach));
        let to = floor(&self.flat, (at + reach).min(self.flat.len()));
        self.flat[from..to].find(&wanted).map(|found| from + found)
    }

    /// Every place of a code as a whole word: `5.7.139`, `ErrorAccessDenied`, `AADSTS7000215`.
    pub(super) fn code<'a>(&'a self, code: &str) -> impl Iterator<Item = usize> + use<'a> {
        let wanted = code.to_ascii_lowercase();
        self.words.iter().filter(move |(word, _)| *word == wanted).map(|(_, at)| *at)
    }

    /// The numbers of all AADSTS codes, also where only `error_codes` or the error page names them.
    pub(super) fn entra_numbers(&self) -> Vec<(u32, usize)> {
        let listed = ["errorcodes", "errorcode", "aadsts"].iter().any(|key| self.flat.contains(key));
        let number = |word: &str| word.strip_prefix("aadsts").unwrap_or(word).parse().ok();
        self.words
            .iter()
            .filter(|(word, _)| word.starts_with("aadsts") || (listed && (5..=8).contains(&word.len())))
            .filter_map(|(word, at)| Some((number(word)?, *at)))
            .collect()
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(word, _)| word.as_str())
    }

    /// Does the text show this setting?
    pub(super) fn shows(&self, setting: Setting) -> bool {
        match setting {
            Setting::Any => true,
            Setting::Token => self.mechanism() == Some(Setting::Token),
            Setting::Login => self.mechanism() == Some(Setting::Login),
            Setting::Graph => [
                "graphmicrosoftcom",
                "graphserviceclient",
                "graphserviceclient",
                "sendmail",
                "confidentialclient",
            ]
            .iter()
            .any(|word| self.flat.contains(word)),
        }
    }

    /// The mechanism that was used. `AUTH LOGIN XOAUTH2` in an EHLO reply only offers them.
    fn mechanism(&self) -> Option<Setting> {
        let used = self.flat.replace("authloginxoauth2", "");
        let token = ["authxoauth2", "xoauth2", "oauthbearer", "authbearer"]
            .iter()
            .filter_map(|word| used.rfind(word))
            .max();
        let login = ["authlogin", "authmechanismlogin", "vxnlcm5hbwu6"]
            .iter()
            .filter_map(|word| used.rfind(word))
            .max();
        match (token, login) {
            (Some(token), Some(login)) if login > token => Some(Setting::Login),
            (Some(_), _) => Some(Setting::Token),
            (None, Some(_)) => Some(Setting::Login),
            (None, None) => None,
        }
    }

    /// The line around a place, without and with Exchange's tail taken off.
    pub(super) fn quote(&self, at: usize) -> (String, Option<String>) {
        let at = self.origin.get(at).map_or(0, |at| *at as usize);
        let start = self.text[..at].rfind('\n').map_or(0, |found| found + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |found| at + found);
        let (line, tail) = without_tail(self.text[start..end].trim());
        (shortened(&super::redact(&line)), tail)
    }
}

/// Letters and digits of a sentence, lower case.
pub(super) fn flat(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Takes `[host time id]` off: Exchange appends it to its refusals (older replies carry the host alone).
pub(super) fn without_tail(line: &str) -> (String, Option<String>) {
    let is_tail = |inside: &str| {
        let host = inside.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        host.ends_with(".outlook.com") || host.ends_with(".office365.com") || host.starts_with("hostname=")
    };
    let Some(open) = line.rfind('[') else { return (line.to_owned(), None) };
    let Some(close) = line[open..].find(']').map(|at| open + at) else { return (line.to_owned(), None) };
    if !is_tail(&line[open + 1..close]) {
        return (line.to_owned(), None);
    }
    let kept = format!("{}{}", line[..open].trim_end(), &line[close + 1..]);
    (kept, Some(line[open..=close].to_owned()))
}

fn shortened(line: &str) -> String {
    const LONGEST: usize = 400;
    if line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    line.chars().take(LONGEST).chain(['…']).collect()
}

fn capped(text: &str) -> String {
    if text.len() <= CAP {
        return text.to_owned();
    }
    let head = floor(text, HALF);
    let tail = floor(text, text.len() - HALF);
    format!("{}\n{}", &text[..head], &text[tail..])
}

/// The character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Undoes `\r\n`, `\"`, `\u0027`, `&quot;` and curly quotes; control characters but newline become blanks.
fn unescaped(text: &str) -> String {
    const ESCAPES: [(&str, &str); 14] = [
        ("\\\\", "\\"),
        ("\\r", "\n"),
        ("\\n", "\n"),
        ("\\t", " "),
        ("\\\"", "\""),
        ("\\'", "'"),
        ("\\u0027", "'"),
        ("\\u0022", "\""),
        ("&#39;", "'"),
        ("&quot;", "\""),
        ("&amp;", "&"),
        ("\u{2019}", "'"),
        ("\u{201c}", "\""),
        ("\u{201d}", "\""),
    ];
    let mut out = text.to_owned();
    for (from, to) in ESCAPES {
        if out.contains(from) {
            out = out.replace(from, to);
        }
    }
    out.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}

/// Joins a reply of several lines: `535-5.7.139 Authentication` + `535 5.7.139 unsuccessful` reads as one sentence.
fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<String> = None;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        let continued = open.as_deref().and_then(|prefix| after_prefix(trimmed, prefix));
        match continued {
            Some(rest) => out.push_str(rest),
            None => out.push_str(line),
        }
        open = opens(trimmed);
        if open.is_some() && out.ends_with('\n') {
            out.pop();
            out.push(' ');
        }
    }
    out
}

/// `535-` at the beginning of a line means that another follows; EHLO's `250-` are lines of their own.
fn opens(line: &str) -> Option<String> {
    let code = line.get(..3)?;
    let digits = code.bytes().all(|byte| byte.is_ascii_digit());
    (digits && line[3..].starts_with('-') && code.starts_with(['4', '5'])).then(|| code.to_owned())
}

fn after_prefix<'a>(line: &'a str, code: &str) -> Option<&'a str> {
    let rest = line.strip_prefix(code)?;
    let rest = rest.strip_prefix(['-', ' '])?;
    let enhanced = rest.split_whitespace().next().unwrap_or_default();
    let is_enhanced =
        enhanced.split('.').count() == 3 && enhanced.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    Some(if is_enhanced { &rest[enhanced.len()..] } else { rest })
}

fn flattened(text: &str) -> (String, Vec<u32>) {
    let mut flat = String::with_capacity(text.len());
    let mut origin = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        for lower in c.to_lowercase() {
            flat.push(lower);
            origin.resize(flat.len(), u32::try_from(at).unwrap_or(u32::MAX));
        }
    }
    (flat, origin)
}

/// Words of letters, digits, dots and underscores, each with its place in `flat`.
fn words(text: &str, origin: &[u32]) -> Vec<(String, usize)> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_');
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (inside(c), start) {
            (true, None) => start = Some(at),
            (false, Some(begin)) => {
                push_word(&mut words, text, origin, begin, at);
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn push_word(words: &mut Vec<(String, usize)>, text: &str, origin: &[u32], begin: usize, end: usize) {
    let word = text[begin..end].trim_matches(['.', '_']);
    if word.is_empty() || word.len() > 120 {
        return;
    }
    let place = origin.partition_point(|at| (*at as usize) < begin);
    words.push((word.to_ascii_lowercase(), place));
}
