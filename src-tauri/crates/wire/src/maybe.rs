//! A member of a JSON object as it was found, so that what was read can be written back unchanged.
//!
//! It may never judge a value: text that isn't a known enum member is still text. Which JSON kinds a type
//! takes is [`Shape`]'s business.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, Serializer};
use serde_json::{Map, Number, Value};

use crate::census::Census;
use crate::shape::Shape;

/// Members that a record doesn't know, in the order they came.
pub type Rest = Map<String, Value>;

/// A member of a JSON object: left out, `null`, a value of the documented shape, or of another one.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Maybe<T> {
    /// The key wasn't there.
    #[default]
    Absent,
    /// The key was there with `null`.
    Null,
    /// What Microsoft's schema promises.
    Value(T),
    /// Another JSON kind than the schema's, kept as it came.
    Other(Value),
}

impl<T> Maybe<T> {
    /// The value of the documented shape, if that is what came.
    pub fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Like [`Maybe::as_ref`], to change in place.
    pub fn as_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Like [`Maybe::as_ref`], dereferenced: `&str` of a text, `&[T]` of a list.
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: std::ops::Deref,
    {
        self.as_ref().map(std::ops::Deref::deref)
    }

    /// Takes the value of the documented shape, if that is what came.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// What came in another shape than the documented one.
    pub fn other(&self) -> Option<&Value> {
        match self {
            Self::Other(value) => Some(value),
            _ => None,
        }
    }

    /// True where the key wasn't there; such a member isn't written.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// True where the key was there with `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T: Copy> Maybe<T> {
    /// A copy of the value, for numbers and booleans.
    pub fn copied(&self) -> Option<T> {
        self.as_ref().copied()
    }
}

impl<T> Maybe<Vec<T>> {
    /// The items of a list; none where the list is missing, `null` or of another shape.
    pub fn items(&self) -> &[T] {
        self.as_deref().unwrap_or(&[])
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl From<&str> for Maybe<String> {
    fn from(text: &str) -> Self {
        Self::Value(text.to_owned())
    }
}

/// `None` means "leave the key out"; say [`Maybe::Null`] to send `null`.
impl<T> From<Option<T>> for Maybe<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}

impl<T: Serialize> Serialize for Maybe<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent | Self::Null => serializer.serialize_unit(),
            Self::Value(value) => value.serialize(serializer),
            Self::Other(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Shape> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MaybeVisitor(PhantomData))
    }
}

impl<T: Shape> Maybe<T> {
    /// [`Shape::census`] of whatever came.
    pub fn census(&self, at: &str, count: &mut Census) {
        match self {
            Self::Value(value) => value.census(at, count),
            Self::Other(_) => count.stray(format!("{at} (another shape)")),
            Self::Absent | Self::Null => {}
        }
    }
}

struct MaybeVisitor<T>(PhantomData<T>);

impl<'de, T: Shape> Visitor<'de> for MaybeVisitor<T> {
    type Value = Maybe<T>;

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Maybe<T>, E> {
        Ok(Maybe::Null)
    }

    fn visit_none<E>(self) -> Result<Maybe<T>, E> {
        Ok(Maybe::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Maybe<T>, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Maybe<T>, E> {
        Ok(T::flag(flag).map_or_else(|| Maybe::Other(flag.into()), Maybe::Value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Maybe<T>, E> {
        Ok(numbered(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Maybe<T>, E> {
        Ok(numbered(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Maybe<T>, E> {
        // JSON text can't spell a number that isn't finite.
        Ok(Number::from_f64(number).map_or(Maybe::Null, numbered))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Maybe<T>, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E>(self, text: String) -> Result<Maybe<T>, E> {
        Ok(T::text(text).map_or_else(|text| Maybe::Other(text.into()), Maybe::Value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Maybe<T>, A::Error> {
        T::list(items)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Maybe<T>, A::Error> {
        T::object(members)
    }
}

fn numbered<T: Shape>(number: Number) -> Maybe<T> {
    T::number(&number).map_or_else(|| Maybe::Other(Value::Number(number)), Maybe::Value)
}

#[cfg(test)]
mod tests;
