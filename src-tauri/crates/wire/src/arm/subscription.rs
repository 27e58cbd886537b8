//! Subscriptions that the identity can see.

use std::collections::BTreeMap;

use serde_json::Value;

record! {
    /// An item of `GET /subscriptions?api-version=2022-12-01`; not shaped like other resources.
    pub struct Subscription {
        id: String,
        subscription_id: String,
        tenant_id: String,
        display_name: String,
        state: String,
        authorization_source: String,
        subscription_policies: SubscriptionPolicies,
        managed_by_tenants: Vec<Value>,
        tags: BTreeMap<String, String>,
    }
}

record! {
    /// Offer and region rules.
    pub struct SubscriptionPolicies {
        location_placement_id: String,
        quota_id: String,
        spending_limit: String,
    }
}
