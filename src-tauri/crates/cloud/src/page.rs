//! A page of a list, item by item: as `wire` reads it, and the text as it came.
//!
//! Never here: more than one copy of an item's text, or a list without an end.

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::error::Category;
use serde_json::value::RawValue;

use crate::error::CloudError;

/// The most pages that one list may have; a million incidents in Graph's pages of 50 are 20,000.
const MOST_PAGES: usize = 100_000;

/// One item of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<T> {
    pub wire: T,
    /// The item's JSON, byte for byte as served.
    pub raw: String,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    pub items: Vec<Item<T>>,
    /// Where the next page is, verbatim; whether it may be asked is judged when it is followed.
    pub next: Option<String>,
    /// How many items the whole list has, where that was asked for and told.
    pub count: Option<u64>,
    /// Length of the body after decompression.
    pub bytes: u64,
}

/// Reads `{"value": […]}` of either API.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    value: Vec<&'a RawValue>,
    #[serde(rename = "nextLink", alias = "@odata.nextLink", default)]
    next: Option<String>,
    #[serde(rename = "@odata.count", default)]
    count: Option<u64>,
}

/// Reads JSON. What is wrong is said without quoting the answer, whose text is the tenant's.
pub(crate) fn json<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|why| {
        let what = match why.classify() {
            Category::Eof => "it ends in the middle",
            Category::Data => "it has another shape than documented",
            Category::Syntax | Category::Io => "it is no JSON",
        };
        format!("{what} (line {}, column {})", why.line(), why.column())
    })
}

/// Reads a page whose items are `T`. A `nextLink` that is empty is none.
pub(crate) fn read<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<Page<T>, String> {
    let envelope: Envelope = json(body)?;
    let items = envelope.value.into_iter().map(item).collect::<Result<_, _>>()?;
    let next = envelope.next.filter(|link| !link.is_empty());
    Ok(Page { items, next, count: envelope.count, bytes: body.len() as u64 })
}

/// Reads a single item.
pub(crate) fn one<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<Item<T>, String> {
    item(json(body)?)
}

/// A single item, or that there is none.
pub(crate) fn found<T>(answer: Result<Item<T>, CloudError>) -> Result<Option<Item<T>>, CloudError> {
    match answer {
        Ok(item) => Ok(Some(item)),
        Err(CloudError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn item<T: serde::de::DeserializeOwned>(raw: &RawValue) -> Result<Item<T>, String> {
    let wire = json(raw.get().as_bytes())?;
    Ok(Item { wire, raw: raw.get().to_owned() })
}

/// The links that were followed in one list, so that it ends.
#[derive(Debug, Default)]
pub struct Trail {
    seen: HashSet<String>,
}

impl Trail {
    pub fn new() -> Self {
        Self::default()
    }

    /// Remembers `next`.
    ///
    /// # Errors
    /// [`CloudError::BadAnswer`] where it was followed before, or the list is longer than any real one.
    pub(crate) fn step(&mut self, next: &str, about: &str) -> Result<(), CloudError> {
        let fault = if self.seen.len() >= MOST_PAGES {
            "has more pages than can be"
        } else if !self.seen.insert(next.to_owned()) {
            "names a next page that was read already"
        } else {
            return Ok(());
        };
        Err(CloudError::BadAnswer { what: format!("{about} {fault}") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn an_items_text_is_kept_byte_for_byte() {
        let body = br#"{"value":[ {"b" : 1.50,  "a":"\u00e4"} ],"nextLink":"https://h/x"}"#;
        let page: Page<Value> = read(body).unwrap();
        assert_eq!(page.items[0].raw, r#"{"b" : 1.50,  "a":"\u00e4"}"#);
        assert_eq!(page.items[0].wire["a"], "ä");
        assert_eq!(page.next.as_deref(), Some("https://h/x"));
        assert_eq!(page.bytes, body.len() as u64);
    }

    #[test]
    fn both_spellings_of_the_next_link_are_read_and_an_empty_one_is_none() {
        let graph: Page<Value> = read(br#"{"@odata.nextLink":"https://g/y","value":[]}"#).unwrap();
        assert_eq!(graph.next.as_deref(), Some("https://g/y"));
        let last: Page<Value> = read(br#"{"value":[],"nextLink":""}"#).unwrap();
        assert_eq!(last.next, None);
        let null: Page<Value> = read(br#"{"value":[],"nextLink":null}"#).unwrap();
        assert_eq!(null.next, None);
    }

    #[test]
    fn an_answer_without_a_list_is_an_error() {
        assert!(read::<Value>(b"{}").is_err());
        assert!(read::<Value>(br#"{"value":[{"a":1}"#).is_err(), "a cut body was read");
        assert!(read::<Value>(b"<html>").is_err());
    }

    #[test]
    fn a_repeated_link_ends_the_list() {
        let mut trail = Trail::new();
        trail.step("https://h/1", "the incidents").unwrap();
        trail.step("https://h/2", "the incidents").unwrap();
        let again = trail.step("https://h/1", "the incidents").unwrap_err();
        assert!(again.to_string().contains("read already"), "{again}");
    }
}
