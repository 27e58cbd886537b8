//! Log Analytics workspaces.

use serde_json::{Number, Value};

use super::resource::Resource;

/// `GET …/Microsoft.OperationalInsights/workspaces`; one page, no `nextLink`.
pub type Workspace = Resource<WorkspaceProperties>;

record! {
    /// `customerId` is the GUID that the query API calls the workspace by. Dates are HTTP dates in older
    /// answers and ISO 8601 in newer ones.
    pub struct WorkspaceProperties {
        customer_id: String,
        provisioning_state: String,
        source: String,
        sku: Sku,
        retention_in_days: i64,
        features: Features,
        workspace_capping: Capping,
        public_network_access_for_ingestion: String,
        public_network_access_for_query: String,
        force_cmk_for_query: bool,
        default_data_collection_rule_resource_id: String,
        private_link_scoped_resources: Vec<Value>,
        created_date: String,
        modified_date: String,
    }
}

record! {
    /// The price tier; casing of `name` differs.
    pub struct Sku {
        name: String,
        capacity_reservation_level: i64,
        last_sku_update: String,
    }
}

record! {
    /// `legacy` and `searchVersion` are numbers.
    pub struct Features {
        legacy: i64,
        search_version: i64,
        enable_log_access_using_only_resource_permissions: bool,
        enable_data_export: bool,
        immediate_purge_data_on30_days: bool,
        disable_local_auth: bool,
        cluster_resource_id: String,
        unified_sentinel_billing_only: bool,
    }
}

record! {
    /// `dailyQuotaGb` -1 means none.
    pub struct Capping {
        daily_quota_gb: Number,
        quota_next_reset_time: String,
        data_ingestion_status: String,
    }
}
