//! One page of a list. `@odata.nextLink` is absolute and opaque, and is followed as it stands.

use serde::{Deserialize, Serialize};

/// `T` may be a raw JSON value where the text itself is wanted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// What the list is.
    #[serde(rename = "@odata.context", default, skip_serializing_if = "Option::is_none")]
    pub odata_context: Option<String>,
    /// All there are, where `$count=true` asked for it.
    #[serde(rename = "@odata.count", default, skip_serializing_if = "Option::is_none")]
    pub odata_count: Option<i64>,
    /// The items of this page.
    pub value: Vec<T>,
    /// Where the next page is; none on the last.
    #[serde(rename = "@odata.nextLink", default, skip_serializing_if = "Option::is_none")]
    pub odata_next_link: Option<String>,
}
