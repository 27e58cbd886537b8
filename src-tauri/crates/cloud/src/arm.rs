//! Azure Resource Manager: what exists, and what Sentinel holds there.
//!
//! Never here: an interpretation of a resource, or a write. Start at [`Workspace`].

mod incident;
mod listing;
mod workspace;

pub use incident::{Incident, IncidentsQuery};
pub use listing::Listing;
pub use workspace::{Subscription, Workspace};

use reqwest::Url;
use serde::de::DeserializeOwned;

use crate::endpoints::{Purpose, parse};
use crate::error::CloudError;
use crate::page::{self, Page, Trail};
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

/// The most items that one small list (rules, playbooks, connectors) may have.
const MOST_ITEMS: usize = 100_000;

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
        let (mut trail, mut call, mut items) = (Trail::new(), first, Vec::new());
        loop {
            let page: Page<T> = self.page(&call).await?;
            items.extend(page.items.into_iter().map(|item| item.wire));
            let Some(next) = page.next else { return Ok(items) };
            if items.len() > MOST_ITEMS {
                return Err(CloudError::BadAnswer {
                    what: format!("{} has more items than can be", call.about),
                });
            }
            trail.step(&next, &call.about)?;
            call.url = parse(&next)?;
        }
    }
}
