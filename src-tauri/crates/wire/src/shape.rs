//! Which JSON kinds a documented type takes. What it refuses becomes [`Maybe::Other`], never an error.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, MapAccess, SeqAccess};
use serde_json::{Number, Value};

use crate::census::Census;
use crate::maybe::{Maybe, Rest};

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

    /// Counts what this value holds; `at` is the field that holds it, as [`Census`] calls it.
    fn census(&self, at: &str, count: &mut Census);
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
