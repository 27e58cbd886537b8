//! Paths into a [`Tree`](super::Tree), as they are printed in findings: `properties.actions[0]['odd name']`.

/// `prefix` followed by the member `key`, in brackets where a dot would be ambiguous.
pub fn step(prefix: &str, key: &str) -> String {
    if !plain(key) {
        let escaped = key.replace('\\', "\\\\").replace('\'', "\\'");
        return format!("{prefix}['{escaped}']");
    }
    if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") }
}

fn plain(key: &str) -> bool {
    let mut chars = key.chars();
    let letter = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '$';
    chars.next().is_some_and(letter) && chars.all(|c| letter(c) || c.is_ascii_digit())
}

/// One step of a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// The steps of a path; text that is no path ends the list early, so that the look-up misses.
pub(super) fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let Some((step, after)) = next(rest) else {
            steps.push(Step::Key(rest.to_owned()));
            break;
        };
        steps.push(step);
        rest = after;
    }
    steps
}

fn next(rest: &str) -> Option<(Step, &str)> {
    if let Some(quoted) = rest.strip_prefix("['") {
        return quoted_key(quoted);
    }
    if let Some(inner) = rest.strip_prefix('[') {
        let (index, after) = inner.split_once(']')?;
        return Some((Step::Index(index.parse().ok()?), after));
    }
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let end = rest.find(['.', '[']).unwrap_or(rest.len());
    Some((Step::Key(rest[..end].to_owned()), &rest[end..]))
}

fn quoted_key(text: &str) -> Option<(Step, &str)> {
    let mut key = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => key.push(chars.next()?.1),
            '\'' => return Some((Step::Key(key), text[at + 1..].strip_prefix(']')?)),
            c => key.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_being_written_and_read() {
        for key in ["a", "Alert_-_Get", "it's", "back\\slash", "a.b", "x]y", "", "1st"] {
            assert_eq!(steps(&step("", key)), [Step::Key(key.to_owned())], "{key}");
        }
        assert_eq!(
            steps("a[2]['b c'].d"),
            [Step::Key("a".into()), Step::Index(2), Step::Key("b c".into()), Step::Key("d".into())]
        );
    }
}
