//! A place in a document: the value there, its path, and what the file itself says there.
//!
//! Reads typed values tolerantly: `"true"` is a boolean, a lone text is a list of one, null is absent, and whatever
//! else stands where a type is due is unknown, with the reason.

use domain::tree::{Field, Setting, Source, Tree, Unknown, step};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A cursor; a place that is not there is fine and reads as absent.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    now: Option<&'a Tree>,
    /// The same place before expressions were resolved: where an expression stood for a whole subtree, that
    /// expression.
    written: Option<&'a Tree>,
    file: Option<&'a str>,
    path: String,
}

impl<'a> Node<'a> {
    /// The top of an answer of the tenant.
    pub fn answer(tree: &'a Tree) -> Node<'a> {
        Node { now: Some(tree), written: None, file: None, path: String::new() }
    }

    /// A resource in a file: as resolved, as written, and where it stands.
    pub fn in_file(now: &'a Tree, written: &'a Tree, file: &'a str, path: &str) -> Node<'a> {
        Node { now: Some(now), written: Some(written), file: Some(file), path: path.to_owned() }
    }

    /// The member `key`; the path spells it as the document does.
    pub fn get(&self, key: &str) -> Node<'a> {
        let found = self.now.and_then(|t| t.member(key));
        let written = self.written.map(|w| match w {
            Tree::Map(_) => w.get(key),
            expression => Some(expression),
        });
        Node {
            now: found.map(|(_, value)| value),
            written: written.flatten(),
            file: self.file,
            path: step(&self.path, found.map_or(key, |(name, _)| name)),
        }
    }

    /// Follows several keys.
    pub fn at(&self, keys: &[&str]) -> Node<'a> {
        keys.iter().fold(self.clone(), |node, key| node.get(key))
    }

    /// The items of a list; empty for anything else.
    pub fn items(&self) -> Vec<Node<'a>> {
        let items = self.tree().and_then(Tree::list).unwrap_or(&[]);
        (0..items.len()).map(|index| self.item(index)).collect()
    }

    fn item(&self, index: usize) -> Node<'a> {
        let written = self.written.map(|w| match w {
            Tree::List(_) => w.item(index),
            expression => Some(expression),
        });
        Node {
            now: self.now.and_then(|t| t.item(index)),
            written: written.flatten(),
            file: self.file,
            path: format!("{}[{index}]", self.path),
        }
    }

    /// The members of an object, by name; empty for anything else.
    pub fn members(&self) -> Vec<(&'a str, Node<'a>)> {
        let members = self.tree().and_then(Tree::map).unwrap_or(&[]);
        members.iter().map(|(key, _)| (key.as_str(), self.get(key))).collect()
    }

    /// The value, unless it is missing or null.
    pub fn tree(&self) -> Option<&'a Tree> {
        self.now.filter(|t| **t != Tree::Null)
    }

    pub fn is_there(&self) -> bool {
        self.tree().is_some()
    }

    pub fn source(&self) -> Source {
        let shown = self.written.or(self.now);
        Source { file: self.file.map(str::to_owned), path: self.path.clone(), raw: shown.map(Tree::raw) }
    }

    pub fn field<T>(&self, read: impl Fn(&Node<'a>) -> Setting<T>) -> Field<T> {
        Field { is: read(self), at: self.source() }
    }

    fn read<T>(&self, due: &str, take: impl Fn(&'a Tree) -> Option<T>) -> Setting<T> {
        match self.tree() {
            None => Setting::Absent,
            Some(Tree::Unknown(unknown)) => Setting::Unknown(unknown.clone()),
            Some(tree) => take(tree).map_or_else(
                || {
                    Setting::Unknown(Unknown {
                        because: format!("it is not {due}"),
                        raw: tree.raw(),
                        shape: None,
                    })
                },
                Setting::Known,
            ),
        }
    }

    pub fn text(&self) -> Setting<String> {
        self.read("a text", |tree| match tree {
            Tree::Text(text) => Some(text.clone()),
            Tree::Number(_) | Tree::Bool(_) => Some(tree.raw()),
            _ => None,
        })
    }

    pub fn boolean(&self) -> Setting<bool> {
        self.read("true or false", |tree| match tree {
            Tree::Bool(value) => Some(*value),
            Tree::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Tree::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        })
    }

    pub fn integer(&self) -> Setting<i64> {
        self.read("a whole number", |tree| match tree {
            Tree::Number(text) | Tree::Text(text) => text.trim().parse().ok(),
            _ => None,
        })
    }

    /// A time with any number of fractional digits, `Z` or an offset.
    pub fn time(&self) -> Setting<OffsetDateTime> {
        self.read("a time", |tree| OffsetDateTime::parse(tree.text()?.trim(), &Rfc3339).ok())
    }

    /// A list whose every item is read by `each`; a lone value counts as a list of one.
    pub fn list<T>(&self, each: impl Fn(Node<'a>) -> T) -> Setting<Vec<T>> {
        match self.tree() {
            None => Setting::Absent,
            Some(Tree::Unknown(unknown)) => Setting::Unknown(unknown.clone()),
            Some(Tree::List(_)) => Setting::Known(self.items().into_iter().map(each).collect()),
            Some(_) => Setting::Known(vec![each(self.clone())]),
        }
    }

    pub fn texts(&self) -> Setting<Vec<Setting<String>>> {
        self.list(|item| item.text())
    }

    /// The text, or the expression that stands for it.
    pub fn shown(&self) -> Option<String> {
        match self.text() {
            Setting::Known(text) => Some(text),
            Setting::Unknown(unknown) => Some(unknown.raw),
            Setting::Absent => None,
        }
    }

    /// An ARM id, when the document gives a literal one.
    pub fn id(&self) -> Option<String> {
        self.text().known().filter(|id| id.starts_with('/')).cloned()
    }

    /// The last part of a resource name such as `workspace/Microsoft.SecurityInsights/name`.
    pub fn last_segment(&self) -> Setting<String> {
        match self.text() {
            Setting::Known(name) => Setting::Known(name.rsplit('/').next().unwrap_or_default().to_owned()),
            Setting::Unknown(unknown) => match unknown.last_segment() {
                Some(name) => Setting::Known(name.to_owned()),
                None => Setting::Unknown(unknown),
            },
            Setting::Absent => Setting::Absent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use time::macros::datetime;

    fn tree() -> Tree {
        crate::tree::from_json(&json!({
            "on": "True", "off": 0, "none": null, "order": "7", "one": "lone", "list": ["a", null, 3],
            "time": "2022-06-26T16:14:37.3416992Z", "offset": "2022-06-26T18:14:37+02:00", "late": "tomorrow",
            "name": "w/Microsoft.SecurityInsights/abc", "Id": "/subscriptions/x",
        }))
    }

    #[test]
    fn values_are_read_tolerantly_and_the_rest_is_unknown() {
        let tree = tree();
        let top = Node::answer(&tree);
        assert_eq!(top.get("on").boolean(), Setting::Known(true));
        assert!(top.get("off").boolean().unknown().is_some());
        assert_eq!(top.get("none").boolean(), Setting::Absent);
        assert_eq!(top.get("missing").at(&["deep", "er"]).text(), Setting::Absent);
        assert_eq!(top.get("order").integer(), Setting::Known(7));
        let texts = |key: &str| top.get(key).texts();
        assert_eq!(texts("one"), Setting::Known(vec![Setting::Known("lone".into())]));
        let three = [Setting::Known("a".into()), Setting::Absent, Setting::Known("3".into())];
        assert_eq!(texts("list"), Setting::Known(three.to_vec()));
        assert_eq!(top.get("name").last_segment(), Setting::Known("abc".into()));
    }

    #[test]
    fn times_have_any_fraction_and_offset() {
        let tree = tree();
        let time = |key: &str| Node::answer(&tree).get(key).time();
        assert_eq!(time("time"), Setting::Known(datetime!(2022-06-26 16:14:37.341_699_2 UTC)));
        let Setting::Known(offset) = time("offset") else {
            panic!("an offset was not read");
        };
        assert_eq!(offset, datetime!(2022-06-26 16:14:37 UTC));
        assert_eq!(time("late").unknown().map(|u| u.because.as_str()), Some("it is not a time"));
    }

    #[test]
    fn a_path_spells_names_as_the_document_does() {
        let tree = tree();
        let id = Node::answer(&tree).get("id");
        assert_eq!(id.id().as_deref(), Some("/subscriptions/x"));
        assert_eq!(id.source().path, "Id");
        assert_eq!(Node::answer(&tree).get("gone").source().raw, None);
    }
}
