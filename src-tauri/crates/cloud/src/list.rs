//! A small list, read to its end: role assignments, rules, grants. Long ones go page by page through their own calls.

use serde::de::DeserializeOwned;

use crate::endpoints::parse;
use crate::error::CloudError;
use crate::page::{self, Item, Page, Trail};
use crate::pipeline::Pipeline;
use crate::pipeline::call::Call;

/// The most items that a list which is read as one may have.
const MOST_ITEMS: usize = 100_000;

/// Follows a list from its first page to its last.
pub(crate) async fn all<T: DeserializeOwned>(
    pipeline: &Pipeline,
    first: Call,
) -> Result<Vec<Item<T>>, CloudError> {
    let (mut trail, mut call, mut items) = (Trail::new(), first, Vec::new());
    loop {
        let page: Page<T> = pipeline.read(&call, page::read).await?;
        items.extend(page.items);
        let Some(next) = page.next else { return Ok(items) };
        if items.len() > MOST_ITEMS {
            return Err(CloudError::BadAnswer { what: format!("{} has more items than can be", call.about) });
        }
        trail.step(&next, &call.about)?;
        call.url = parse(&next)?;
    }
}

/// A single thing; `None` where the answer is 404.
pub(crate) async fn one<T: DeserializeOwned>(
    pipeline: &Pipeline,
    call: &Call,
) -> Result<Option<Item<T>>, CloudError> {
    match pipeline.read(call, page::one).await {
        Ok(item) => Ok(Some(item)),
        Err(CloudError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
