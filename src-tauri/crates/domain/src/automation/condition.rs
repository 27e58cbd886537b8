//! Conditions, a tree: Boolean groups and array conditions hold further conditions.

use crate::tree::{Setting, Source, Unknown};

/// One condition; `source` is its `conditionProperties`.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    pub source: Source,
    pub test: Test,
}

/// How the members of a Boolean group are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Junction {
    And,
    Or,
}

/// The five condition types, and what is none of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    Property {
        property: Setting<String>,
        operator: Setting<String>,
        values: Setting<Vec<Setting<String>>>,
    },
    PropertyChanged {
        property: Setting<String>,
        /// `ChangedFrom` or `ChangedTo`.
        change: Setting<String>,
        operator: Setting<String>,
        values: Setting<Vec<Setting<String>>>,
    },
    /// `arrayType`: Alerts, Labels, Tactics, Comments.
    PropertyArrayChanged {
        array: Setting<String>,
    },
    PropertyArray {
        array: Setting<String>,
        items: Setting<Vec<Condition>>,
    },
    Boolean {
        junction: Setting<Junction>,
        inner: Setting<Vec<Condition>>,
    },
    /// A type that is not known here, by its name.
    Other(Setting<String>),
}

impl Condition {
    /// The conditions one level below.
    pub fn inner(&self) -> &[Condition] {
        match &self.test {
            Test::Boolean { inner: list, .. } | Test::PropertyArray { items: list, .. } => {
                list.known().map_or(&[], Vec::as_slice)
            }
            _ => &[],
        }
    }

    pub(super) fn collect<'a>(&'a self, found: &mut Vec<&'a Condition>) {
        found.push(self);
        for inner in self.inner() {
            inner.collect(found);
        }
    }

    /// The property it compares, of either kind.
    pub fn property(&self) -> Option<&Setting<String>> {
        match &self.test {
            Test::Property { property, .. } | Test::PropertyChanged { property, .. } => Some(property),
            _ => None,
        }
    }

    /// Whether it compares `name` (`Property` only; a change of a property is another matter).
    pub fn compares(&self, name: &str) -> bool {
        matches!(&self.test, Test::Property { property, .. } if property.is(name))
    }

    /// The values it compares with; empty when there are none or the list itself is unknown.
    pub fn values(&self) -> &[Setting<String>] {
        match &self.test {
            Test::Property { values, .. } | Test::PropertyChanged { values, .. } => {
                values.known().map_or(&[], Vec::as_slice)
            }
            _ => &[],
        }
    }

    pub fn operator_is(&self, words: &[&str]) -> bool {
        match &self.test {
            Test::Property { operator, .. } | Test::PropertyChanged { operator, .. } => {
                words.iter().any(|w| operator.is(w))
            }
            _ => false,
        }
    }

    /// Whether `leaf` holds on every way through this condition: any member of an And, every member of an Or. Parts
    /// that can't be read hold when `hopeful`, else they do not.
    pub fn on_every_path(&self, hopeful: bool, leaf: &impl Fn(&Condition) -> bool) -> bool {
        if hopeful && self.unread().is_some() {
            return true;
        }
        let deeper = |c: &Condition| c.on_every_path(hopeful, leaf);
        match &self.test {
            Test::Boolean { junction, .. } => match junction.known() {
                Some(Junction::And) => self.inner().iter().any(deeper),
                // An unreadable junction may be an Or, the stricter of the two.
                _ => !self.inner().is_empty() && self.inner().iter().all(deeper),
            },
            Test::PropertyArray { .. } => self.inner().iter().any(deeper),
            _ => leaf(self),
        }
    }

    /// Why this condition's reach can't be told, apart from what lies below it.
    pub fn unread(&self) -> Option<&Unknown> {
        match &self.test {
            Test::Boolean { junction, inner } => junction.unknown().or(inner.unknown()),
            Test::PropertyArray { items, .. } => items.unknown(),
            Test::Property { property, .. } | Test::PropertyChanged { property, .. } => property.unknown(),
            Test::PropertyArrayChanged { array } => array.unknown(),
            Test::Other(kind) => kind.unknown(),
        }
    }
}
