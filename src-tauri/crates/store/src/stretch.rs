//! What of a listing is still to be read: stretches of the time of making, each with the page to go on with.
//!
//! They lie in the listing's own row as one text, because they are read whole and replaced whole with each page.
//! A text that can't be read is no stretch: the listing then begins again, rows over rows.

use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::time_stamp::{from_ms, to_ms};

/// Incidents made from `from` on and before `until`, whole seconds; an end that is absent is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    pub from: Option<OffsetDateTime>,
    pub until: Option<OffsetDateTime>,
    /// The page to go on with; a stretch without one has not been begun.
    pub next: Option<String>,
    /// Of these, only what was merged away.
    pub redirected: bool,
}

/// What a listing's row holds beside its times.
#[derive(Default)]
pub(crate) struct Rest {
    pub left: Vec<Stretch>,
    pub unread_before: Option<OffsetDateTime>,
}

pub(crate) fn write(left: &[Stretch], unread_before: Option<OffsetDateTime>) -> Option<String> {
    if left.is_empty() && unread_before.is_none() {
        return None;
    }
    let left: Vec<Value> = left.iter().map(one).collect();
    Some(json!({ "left": left, "unread_before": unread_before.map(to_ms) }).to_string())
}

pub(crate) fn read(text: Option<String>) -> Rest {
    let kept: Value = text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let left = kept["left"].as_array().map(Vec::as_slice).unwrap_or_default();
    Rest {
        left: left.iter().map(stretch).collect(),
        unread_before: kept["unread_before"].as_i64().map(from_ms),
    }
}

fn one(stretch: &Stretch) -> Value {
    json!([stretch.from.map(to_ms), stretch.until.map(to_ms), stretch.next, stretch.redirected])
}

fn stretch(kept: &Value) -> Stretch {
    let time = |at: usize| kept[at].as_i64().map(from_ms);
    Stretch {
        from: time(0),
        until: time(1),
        next: kept[2].as_str().map(str::to_owned),
        redirected: kept[3].as_bool().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn what_is_left_comes_back_as_it_was() {
        let noon = datetime!(2026-11-24 12:00 UTC);
        let left = vec![
            Stretch { until: Some(noon), next: Some("https://x?a=\"b\"".into()), ..Stretch::default() },
            Stretch { from: Some(noon), redirected: true, ..Stretch::default() },
        ];
        let back = read(write(&left, Some(noon)));
        assert_eq!((back.left, back.unread_before), (left, Some(noon)));
        assert_eq!(write(&[], None), None);
    }

    #[test]
    fn an_address_alone_is_no_stretch() {
        assert!(read(Some("https://management.azure.com/x".into())).left.is_empty());
    }
}
