//! One page of a list. `nextLink` is an absolute address and is followed as it stands.

use serde::{Deserialize, Serialize};

/// `{"value": […], "nextLink": "…"}`. `T` may be a raw JSON value where the text itself is wanted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The items of this page.
    pub value: Vec<T>,
    /// Where the next page is; none on the last.
    #[serde(rename = "nextLink", default, skip_serializing_if = "Option::is_none")]
    pub next_link: Option<String>,
}
