//! Azure Resource Manager: what exists, what Sentinel holds there, and who may do what.
//!
//! Never here: an interpretation of a resource, or a write but to incidents. Start at [`Workspace`].

mod access;
mod change;
mod incident;
mod listing;
mod workspace;

pub use change::comment_name;
pub use incident::{Incident, IncidentsQuery};
pub use listing::Listing;
pub use workspace::{Subscription, Workspace};

use reqwest::Url;
use serde::de::DeserializeOwned;

use crate::endpoints::Purpose;
use crate::error::CloudError;
use crate::list;
use crate::page::{self, Page};
use crate::pipeline::Pipeline;
use crate::pipeline::call::{Call, set_query};

/// Sentinel's stable version; rules alone are asked under a preview, see [`Arm::alert_rules`].
pub const SENTINEL: &str = "2025-09-01";
/// Knows near-real-time rules. <https://learn.microsoft.com/rest/api/securityinsights/alert-rules>
pub const RULES_PREVIEW: &str = "2025-07-01-preview";
const SUBSCRIPTIONS: &str = "2022-12-01";
const WORKSPACES: &str = "2023-09-01";
const LOGIC: &str = "2019-05-01";
const CONNECTIONS: &str = "2016-06-01";
const AUTHORIZATION: &str = "2022-04-01";

/// The calls of ARM; made by [`crate::Cloud::arm`].
#[derive(Clone, Copy)]
pub struct Arm<'a>(pub(crate) &'a Pipeline);

impl Arm<'_> {
    /// `{id}{below}?api-version=…&…`, where `id` is a resource id as served.
    fn below(self, id: &str, below: &str, query: &[(&str, &str)]) -> Url {
        let mut url = self.0.endpoints().origin(Purpose::Arm).clone();
        url.set_path(&format!("{id}{below}"));
        set_query(&mut url, query);
        url
    }

    /// Reads one page.
    async fn page<T: DeserializeOwned>(self, call: &Call) -> Result<Page<T>, CloudError> {
        self.0.read(call, page::read).await
    }

    /// Reads a small list to its end.
    async fn all<T: DeserializeOwned>(self, first: Call) -> Result<Vec<T>, CloudError> {
        Ok(list::all(self.0, first).await?.into_iter().map(|item| item.wire).collect())
    }
}
