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

pub(crate) fn write(left: &[Stretch]) -> Option<String> {
    let left: Vec<Value> = left.iter().map(one).collect();
    (!left.is_empty()).then(|| Value::from(left).to_string())
}

pub(crate) fn read(text: Option<String>) -> Vec<Stretch> {
    let kept: Value = text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    kept.as_array().map(Vec::as_slice).unwrap_or_default().iter().map(stretch).collect()
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
        assert_eq!(read(write(&left)), left);
        assert_eq!(write(&[]), None);
    }

    #[test]
    fn an_address_alone_is_no_stretch() {
        assert!(read(Some("https://management.azure.com/x".into())).is_empty());
    }
}
