//! What all ARM resources have in common.

use std::collections::BTreeMap;

use serde_json::Value;

record! {
    /// A resource around its `properties`. Casing of `id` and `type` differs from answer to answer;
    /// compare both without case. `etag` is in the body and its quotes are part of the value.
    pub struct Resource<P> {
        id: String,
        name: String,
        r#type: String,
        etag: String,
        /// Which of several schemas `properties` has, where a noun comes in kinds.
        kind: String,
        location: String,
        tags: BTreeMap<String, String>,
        /// Managed identity of a workflow or workspace.
        identity: Identity,
        system_data: SystemData,
        properties: P,
    }
}

record! {
    /// Who made and changed a resource, when. Empty in some answers.
    pub struct SystemData {
        created_by: String,
        created_by_type: String,
        created_at: String,
        last_modified_by: String,
        last_modified_by_type: String,
        last_modified_at: String,
    }
}

record! {
    /// `type` is `SystemAssigned`, `UserAssigned`, both with a comma, or `None`.
    pub struct Identity {
        r#type: String,
        principal_id: String,
        tenant_id: String,
        /// Keyed by the resource id of each identity.
        user_assigned_identities: Value,
    }
}

record! {
    /// A person or an application that made, changed or wrote something in Sentinel.
    pub struct Person {
        object_id: String,
        email: String,
        name: String,
        user_principal_name: String,
    }
}
