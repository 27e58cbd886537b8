//! A small document tree: what a JSON file or answer holds, without serde.
//!
//! Used for workflow definitions, and for every rule before it is read, so that a value nobody can know yet (an ARM
//! expression over deployment-time facts) is its own kind of leaf, [`Unknown`], and never a string to compare with.
//! Never here: parsing, evaluation, I/O.

use std::fmt;

mod path;
mod setting;
mod source;

pub use path::step;
pub use setting::{Field, Setting};
pub use source::Source;

/// Stands in [`Unknown::shape`] where a part of the text is not known.
pub const HOLE: char = '\u{FFFC}';

/// A value that cannot be known from what was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// Why, as a clause: "parameter `workspace` has no value".
    pub because: String,
    /// The text as it stands in the file.
    pub raw: String,
    /// What is known of the text, with [`HOLE`]s; lets `resourceId(…, 'name')` still be joined by its name.
    pub shape: Option<String>,
}

impl Unknown {
    /// The last `/`-separated part, when it is known whole.
    pub fn last_segment(&self) -> Option<&str> {
        let last = self.shape.as_deref()?.rsplit('/').next()?;
        (!last.is_empty() && !last.contains(HOLE)).then_some(last)
    }
}

/// One node of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    Null,
    Bool(bool),
    /// The number as written, so that nothing is rounded.
    Number(String),
    Text(String),
    List(Vec<Tree>),
    /// In the order of the file.
    Map(Vec<(String, Tree)>),
    Unknown(Unknown),
}

impl Tree {
    /// The member `key`, with its name as written. ARM compares property names without case, so an exact match wins and
    /// any other case follows.
    pub fn member(&self, key: &str) -> Option<(&str, &Tree)> {
        let Tree::Map(members) = self else { return None };
        members
            .iter()
            .find(|(k, _)| k == key)
            .or_else(|| members.iter().find(|(k, _)| k.eq_ignore_ascii_case(key)))
            .map(|(k, v)| (k.as_str(), v))
    }

    /// The value of [`member`](Tree::member).
    pub fn get(&self, key: &str) -> Option<&Tree> {
        self.member(key).map(|(_, value)| value)
    }

    /// The item at `index` of a list.
    pub fn item(&self, index: usize) -> Option<&Tree> {
        self.list()?.get(index)
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Tree::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn list(&self) -> Option<&[Tree]> {
        match self {
            Tree::List(items) => Some(items),
            _ => None,
        }
    }

    pub fn map(&self) -> Option<&[(String, Tree)]> {
        match self {
            Tree::Map(members) => Some(members),
            _ => None,
        }
    }

    /// Whether the member is there and not null.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some_and(|v| *v != Tree::Null)
    }

    /// The node at a path such as `properties.actions[0].order` or `actions['Get incident'].inputs`.
    pub fn at(&self, path: &str) -> Option<&Tree> {
        path::steps(path).into_iter().try_fold(self, |node, step| match step {
            path::Step::Key(key) => node.get(&key),
            path::Step::Index(index) => node.item(index),
        })
    }

    /// Calls `visit` for this node and every node below it, parents first, with the path from `prefix` on.
    pub fn walk<'a>(&'a self, prefix: &str, visit: &mut impl FnMut(&str, &'a Tree)) {
        visit(prefix, self);
        match self {
            Tree::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    item.walk(&format!("{prefix}[{index}]"), visit);
                }
            }
            Tree::Map(members) => {
                for (key, value) in members {
                    value.walk(&path::step(prefix, key), visit);
                }
            }
            _ => {}
        }
    }

    /// A text leaf as it is, anything else as compact JSON: what a finding shows as its raw value.
    pub fn raw(&self) -> String {
        match self {
            Tree::Text(text) => text.clone(),
            Tree::Unknown(unknown) => unknown.raw.clone(),
            other => other.to_string(),
        }
    }
}

/// Compact JSON. An unknown leaf is written as the text that stands in the file.
impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Tree::Null => f.write_str("null"),
            Tree::Bool(value) => write!(f, "{value}"),
            Tree::Number(text) => f.write_str(text),
            Tree::Text(text) => quote(f, text),
            Tree::Unknown(unknown) => quote(f, &unknown.raw),
            Tree::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    separate(f, index)?;
                    item.fmt(f)?;
                }
                f.write_str("]")
            }
            Tree::Map(members) => {
                f.write_str("{")?;
                for (index, (key, value)) in members.iter().enumerate() {
                    separate(f, index)?;
                    quote(f, key)?;
                    f.write_str(":")?;
                    value.fmt(f)?;
                }
                f.write_str("}")
            }
        }
    }
}

fn separate(f: &mut fmt::Formatter<'_>, index: usize) -> fmt::Result {
    if index > 0 { f.write_str(",") } else { Ok(()) }
}

fn quote(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in text.chars() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            c if c < ' ' => write!(f, "\\u{:04x}", c as u32)?,
            c => write!(f, "{c}")?,
        }
    }
    f.write_str("\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Tree {
        Tree::Map(vec![
            (
                "actions".into(),
                Tree::Map(vec![("Alert_-_Get".into(), Tree::List(vec![Tree::Text("a\"b\u{1}".into())]))]),
            ),
            ("order".into(), Tree::Number("1.50".into())),
        ])
    }

    #[test]
    fn every_path_a_walk_tells_leads_back_to_its_node() {
        let tree = sample();
        let mut seen = 0;
        tree.walk("", &mut |path, node| {
            seen += 1;
            assert_eq!(tree.at(path), Some(node), "{path}");
        });
        assert_eq!(seen, 5);
    }

    #[test]
    fn writes_json_with_numbers_as_they_were() {
        assert_eq!(sample().to_string(), r#"{"actions":{"Alert_-_Get":["a\"b\u0001"]},"order":1.50}"#);
    }

    #[test]
    fn property_names_match_without_case_but_the_exact_one_wins() {
        let tree =
            Tree::Map(vec![("ISENABLED".into(), Tree::Bool(false)), ("isEnabled".into(), Tree::Bool(true))]);
        assert_eq!(tree.get("isEnabled"), Some(&Tree::Bool(true)));
        assert_eq!(tree.get("IsEnabled"), Some(&Tree::Bool(false)));
    }

    #[test]
    fn an_unknown_text_tells_its_last_part_only_when_that_is_known() {
        let unknown =
            |shape: &str| Unknown { because: String::new(), raw: String::new(), shape: Some(shape.into()) };
        assert_eq!(unknown("/subscriptions/\u{FFFC}/x/mail").last_segment(), Some("mail"));
        assert_eq!(unknown("/x/\u{FFFC}").last_segment(), None);
        assert_eq!(unknown("/x/pre-\u{FFFC}").last_segment(), None);
    }
}
