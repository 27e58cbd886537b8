//! A stretch of a JSON document around what a claim rests on.

/// One line of a shown document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// From 1, in the whole document.
    pub number: u32,
    pub text: String,
    pub hit: bool,
}

/// Lines kept before and after a hit.
const AROUND: usize = 2;

/// Lines shown at most.
const MOST: usize = 60;

/// The document laid out, for people.
pub fn pretty(json: &str) -> String {
    serde_json::from_str::<serde_json::Value>(json)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| json.to_owned())
}

/// The lines that hold one of `keys`, with what stands around them.
pub fn around_keys(json: &str, keys: &[&str]) -> Vec<Line> {
    let needles: Vec<String> = keys.iter().map(|key| format!("\"{key}\":")).collect();
    cut(&pretty(json), |text| needles.iter().any(|needle| text.trim_start().starts_with(needle.as_str())))
}

/// The lines of the value that a path such as `properties.conditions[1].x` names.
pub fn around_path(json: &str, path: &str) -> Vec<Line> {
    let Ok(root) = serde_json::from_str::<serde_json::Value>(json) else { return Vec::new() };
    let Some((first, count)) = locate(&root, path) else { return Vec::new() };
    let mut at = 0;
    cut(&pretty(json), |_| {
        at += 1;
        (first..first + count).contains(&(at - 1))
    })
}

fn cut(document: &str, mut hit: impl FnMut(&str) -> bool) -> Vec<Line> {
    let lines: Vec<(&str, bool)> = document.lines().map(|text| (text, hit(text))).collect();
    let near = |at: usize| {
        let from = at.saturating_sub(AROUND);
        lines[from..lines.len().min(at + AROUND + 1)].iter().any(|(_, hit)| *hit)
    };
    (0..lines.len())
        .filter(|at| near(*at))
        .take(MOST)
        .map(|at| Line { number: at as u32 + 1, text: lines[at].0.to_owned(), hit: lines[at].1 })
        .collect()
}

/// Where a path's value starts in the laid-out document, and over how many lines it goes.
fn locate(root: &serde_json::Value, path: &str) -> Option<(usize, usize)> {
    let mut value = root;
    let mut line = 0;
    for part in parts(path) {
        let (before, next) = match (value, part.parse::<usize>()) {
            (serde_json::Value::Array(items), Ok(index)) => {
                (items.iter().take(index).map(height).sum::<usize>(), items.get(index)?)
            }
            (serde_json::Value::Object(map), _) => {
                let index = map.keys().position(|key| *key == part)?;
                (map.values().take(index).map(height).sum(), map.get(&part)?)
            }
            _ => return None,
        };
        line += 1 + before;
        value = next;
    }
    Some((line, height(value)))
}

fn height(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Array(items) if !items.is_empty() => 2 + items.iter().map(height).sum::<usize>(),
        serde_json::Value::Object(map) if !map.is_empty() => 2 + map.values().map(height).sum::<usize>(),
        _ => 1,
    }
}

/// `a.b[1]['odd.key']` → `a`, `b`, `1`, `odd.key`.
fn parts(path: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = path.trim_start_matches('$').trim_start_matches('.');
    while !rest.is_empty() {
        let (part, after) = if let Some(quoted) = rest.strip_prefix("['") {
            quoted.split_once("']").unwrap_or((quoted, ""))
        } else if let Some(index) = rest.strip_prefix('[') {
            index.split_once(']').unwrap_or((index, ""))
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            rest.split_at(end)
        };
        parts.push(part.to_owned());
        rest = after.strip_prefix('.').unwrap_or(after);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str =
        r#"{"id":"1","list":[{"a":[],"b":{"c":true}},{"odd.key":"x"}],"status":"redirected"}"#;

    fn hits(lines: &[Line]) -> Vec<&str> {
        lines.iter().filter(|line| line.hit).map(|line| line.text.trim()).collect()
    }

    #[test]
    fn keys_are_found_where_they_stand() {
        let lines = around_keys(DOCUMENT, &["status"]);
        assert_eq!(hits(&lines), [r#""status": "redirected""#]);
        assert_eq!(lines.last().map(|line| line.number), Some(15));
    }

    #[test]
    fn a_path_leads_to_its_lines() {
        assert_eq!(hits(&around_path(DOCUMENT, "list[1]['odd.key']")), [r#""odd.key": "x""#]);
        assert_eq!(hits(&around_path(DOCUMENT, "$.list[0].b")), [r#""b": {"#, r#""c": true"#, "}"]);
        assert!(around_path(DOCUMENT, "list[9]").is_empty());
        assert!(around_path("not json", "a").is_empty());
    }

    #[test]
    fn a_long_value_is_cut() {
        let long = serde_json::Value::from((0..500).collect::<Vec<_>>());
        assert_eq!(around_path(&format!("{{\"a\":{long}}}"), "a").len(), MOST);
    }
}
