//! Watchlists. A list answer carries no `etag`; a single one does.

use super::resource::{Person, Resource};

/// `GET …/watchlists[/{alias}]`; `name` is the alias.
pub type Watchlist = Resource<WatchlistProperties>;

record! {
    /// `source` is a file's name from 2025-09-01 on, `Local file` or `Remote storage` before.
    pub struct WatchlistProperties {
        watchlist_id: String,
        watchlist_alias: String,
        watchlist_type: String,
        watchlist_category: String,
        display_name: String,
        description: String,
        provider: String,
        source: String,
        source_type: String,
        items_search_key: String,
        content_type: String,
        /// The whole file, when writing.
        raw_content: String,
        number_of_lines_to_skip: i64,
        labels: Vec<String>,
        default_duration: String,
        is_deleted: bool,
        tenant_id: String,
        upload_status: String,
        provisioning_state: String,
        /// A storage address with its signature: a secret.
        sas_uri: String,
        created: String,
        updated: String,
        created_by: Person,
        updated_by: Person,
    }
}
