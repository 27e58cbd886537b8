//! A member of a JSON object as it was found, so that what was read can be written back unchanged.
//!
//! [`Shape`] is how one documented type is recognised among JSON's kinds; [`Maybe`] is the outcome.
//! Neither may judge a value: text that isn't a known enum member is still text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, Serializer};
use serde_json::{Map, Number, Value};

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

/// A documented type: which JSON kinds it takes. What it refuses becomes [`Maybe::Other`].
pub trait Shape: Sized + Serialize {
    /// Takes a `null` that is an item of a list; as a member, `null` is always [`Maybe::Null`].
    fn null() -> Option<Self> {
        None
    }

    /// Takes a text, or gives it back.
    fn text(text: String) -> Result<Self, String> {
        Err(text)
    }

    /// Takes a boolean.
    fn flag(_flag: bool) -> Option<Self> {
        None
    }

    /// Takes a number.
    fn number(_number: &Number) -> Option<Self> {
        None
    }

    /// Takes a list.
    fn list<'de, A: SeqAccess<'de>>(items: A) -> Result<Maybe<Self>, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(items)).map(Maybe::Other)
    }

    /// Takes an object.
    fn object<'de, A: MapAccess<'de>>(members: A) -> Result<Maybe<Self>, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(members)).map(Maybe::Other)
    }

    /// Counts what this value holds; `at` is the `Record.field` that holds it.
    fn census(&self, at: &str, count: &mut Census);
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

/// What a value was found to hold: which fields of its records, and what has no field of its own.
#[derive(Clone, Debug, Default)]
pub struct Census {
    /// Each `Record.field` of every record met, and whether it was ever on the wire.
    pub fields: BTreeMap<&'static str, bool>,
    /// Unknown members (`Record.member`), members of another shape, unknown cases, and raw JSON.
    pub strays: BTreeSet<String>,
}

impl Census {
    /// Counts a record's field.
    pub fn field(&mut self, name: &'static str, on_the_wire: bool) {
        *self.fields.entry(name).or_default() |= on_the_wire;
    }

    /// Counts what has no field.
    pub fn stray(&mut self, name: String) {
        self.strays.insert(name);
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

impl Shape for String {
    fn text(text: String) -> Result<Self, String> {
        Ok(text)
    }

    fn census(&self, _at: &str, _count: &mut Census) {}
}

impl Shape for bool {
    fn flag(flag: bool) -> Option<Self> {
        Some(flag)
    }

    fn census(&self, _at: &str, _count: &mut Census) {}
}

/// A whole number; `30.0` is another shape, because it would come back as `30`.
impl Shape for i64 {
    fn number(number: &Number) -> Option<Self> {
        number.as_i64()
    }

    fn census(&self, _at: &str, _count: &mut Census) {}
}

/// A number that may have a fraction, written back as it came.
impl Shape for Number {
    fn number(number: &Number) -> Option<Self> {
        Some(number.clone())
    }

    fn census(&self, _at: &str, _count: &mut Census) {}
}

/// A list; one item of another shape makes the whole list [`Maybe::Other`], so that nothing is lost.
impl<T: Shape> Shape for Vec<T> {
    fn list<'de, A: SeqAccess<'de>>(mut items: A) -> Result<Maybe<Self>, A::Error> {
        let mut read = Vec::new();
        while let Some(item) = items.next_element::<Maybe<T>>()? {
            let value = match item {
                Maybe::Value(value) => Ok(value),
                Maybe::Null => T::null().ok_or(Maybe::Null),
                odd => Err(odd),
            };
            match value {
                Ok(value) => read.push(value),
                Err(odd) => return raw_list(read, odd, items).map(Maybe::Other),
            }
        }
        Ok(Maybe::Value(read))
    }

    fn census(&self, at: &str, count: &mut Census) {
        for item in self {
            item.census(at, count);
        }
    }
}

/// The list as JSON: what was read so far, the odd item, and all that follows.
fn raw_list<'de, T: Shape, A: SeqAccess<'de>>(
    read: Vec<T>,
    odd: Maybe<T>,
    mut items: A,
) -> Result<Value, A::Error> {
    use serde::de::Error;
    let mut raw = Vec::with_capacity(read.len() + 1);
    for item in read {
        raw.push(serde_json::to_value(item).map_err(A::Error::custom)?);
    }
    raw.push(serde_json::to_value(odd).map_err(A::Error::custom)?);
    while let Some(item) = items.next_element()? {
        raw.push(item);
    }
    Ok(Value::Array(raw))
}

/// Names that the tenant chose, each with a text: tags, custom details.
impl Shape for BTreeMap<String, String> {
    fn object<'de, A: MapAccess<'de>>(members: A) -> Result<Maybe<Self>, A::Error> {
        let raw = Rest::deserialize(MapAccessDeserializer::new(members))?;
        let texts =
            raw.iter().map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect();
        Ok(Option::map_or(texts, Maybe::Other(Value::Object(raw)), Maybe::Value))
    }

    fn census(&self, _at: &str, _count: &mut Census) {}
}

/// JSON kept as it came, on purpose.
impl Shape for Value {
    fn null() -> Option<Self> {
        Some(Self::Null)
    }

    fn text(text: String) -> Result<Self, String> {
        Ok(text.into())
    }

    fn flag(flag: bool) -> Option<Self> {
        Some(flag.into())
    }

    fn number(number: &Number) -> Option<Self> {
        Some(Self::Number(number.clone()))
    }

    fn list<'de, A: SeqAccess<'de>>(items: A) -> Result<Maybe<Self>, A::Error> {
        Self::deserialize(SeqAccessDeserializer::new(items)).map(Maybe::Value)
    }

    fn object<'de, A: MapAccess<'de>>(members: A) -> Result<Maybe<Self>, A::Error> {
        Self::deserialize(MapAccessDeserializer::new(members)).map(Maybe::Value)
    }

    fn census(&self, at: &str, count: &mut Census) {
        count.stray(format!("{at} (raw)"));
    }
}
