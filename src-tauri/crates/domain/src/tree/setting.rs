//! A typed value that may be missing, or may be an expression nobody can resolve yet.

use super::{Source, Unknown};

/// What a property says.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting<T> {
    Known(T),
    /// There, but not a value that can be compared.
    Unknown(Unknown),
    /// Not there, or null.
    Absent,
}

impl<T> Setting<T> {
    pub fn known(&self) -> Option<&T> {
        match self {
            Setting::Known(value) => Some(value),
            _ => None,
        }
    }

    pub fn unknown(&self) -> Option<&Unknown> {
        match self {
            Setting::Unknown(unknown) => Some(unknown),
            _ => None,
        }
    }
}

impl Setting<bool> {
    /// True unless it is known to be false: how "enabled" is read, so that an unreadable switch hides nothing.
    pub fn unless_false(&self) -> bool {
        self.known() != Some(&false)
    }
}

impl Setting<String> {
    /// Whether it is known and equal without case; Microsoft's enum words differ in case between versions.
    pub fn is(&self, word: &str) -> bool {
        self.known().is_some_and(|v| v.eq_ignore_ascii_case(word))
    }
}

/// A setting and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Field<T> {
    pub is: Setting<T>,
    pub at: Source,
}

impl<T> Field<T> {
    pub fn known(&self) -> Option<&T> {
        self.is.known()
    }
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        Field { is: Setting::Absent, at: Source::default() }
    }
}
