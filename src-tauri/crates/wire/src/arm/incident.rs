//! Sentinel incidents, their comments, tasks, alerts and entities.
//!
//! On an incident that Defender merged away, `providerIncidentId` and `providerIncidentUrl` name the
//! target. Alerts and entities are asked for by POST and aren't paged.

use serde_json::Value;

use super::resource::{Person, Resource};

/// `GET …/incidents`, `GET|PUT …/incidents/{guid}`; `name` is the GUID.
pub type Incident = Resource<IncidentProperties>;

record! {
    /// A PUT replaces: send back every writable member. `owner` members arrive as `null`.
    pub struct IncidentProperties {
        title: String,
        description: String,
        severity: String,
        status: String,
        classification: String,
        classification_reason: String,
        classification_comment: String,
        owner: Owner,
        labels: Vec<Label>,
        first_activity_time_utc: String,
        last_activity_time_utc: String,
        last_modified_time_utc: String,
        created_time_utc: String,
        incident_number: i64,
        additional_data: AdditionalData,
        related_analytic_rule_ids: Vec<String>,
        incident_url: String,
        provider_name: String,
        provider_incident_id: String,
    }
}

record! {
    /// `ownerType` is `Unknown`, `User` or `Group`.
    pub struct Owner {
        object_id: String,
        email: String,
        assigned_to: String,
        user_principal_name: String,
        owner_type: String,
    }
}

record! {
    /// `labelType` is `User` or `AutoAssigned`; the latter can't be written.
    pub struct Label {
        label_name: String,
        label_type: String,
    }
}

record! {
    /// Read-only. `techniques` is on the wire though the stable schemas leave it out; the `merged…` pair
    /// is in preview models only.
    pub struct AdditionalData {
        alerts_count: i64,
        bookmarks_count: i64,
        comments_count: i64,
        alert_product_names: Vec<String>,
        tactics: Vec<String>,
        techniques: Vec<String>,
        provider_incident_url: String,
        merged_incident_number: String,
        merged_incident_url: String,
    }
}

/// `GET …/incidents/{guid}/comments[/{guid}]`.
pub type Comment = Resource<CommentProperties>;

record! {
    /// Up to 30,000 characters of text; older answers hold HTML.
    pub struct CommentProperties {
        message: String,
        created_time_utc: String,
        last_modified_time_utc: String,
        author: Person,
    }
}

/// `GET …/incidents/{guid}/tasks[/{guid}]`.
pub type Task = Resource<TaskProperties>;

record! {
    /// `status` is `New` or `Completed`.
    pub struct TaskProperties {
        title: String,
        description: String,
        status: String,
        created_time_utc: String,
        last_modified_time_utc: String,
        created_by: Person,
        last_modified_by: Person,
    }
}

/// An item of `POST …/incidents/{guid}/alerts`, which answers `{"value": […]}`; `kind` is `SecurityAlert`.
pub type IncidentAlert = Resource<AlertProperties>;

record! {
    /// The entity kind `SecurityAlert`.
    pub struct AlertProperties {
        system_alert_id: String,
        alert_display_name: String,
        friendly_name: String,
        description: String,
        alert_link: String,
        alert_type: String,
        severity: String,
        status: String,
        confidence_level: String,
        confidence_score: serde_json::Number,
        confidence_reasons: Value,
        compromised_entity: String,
        intent: String,
        tactics: Vec<String>,
        vendor_name: String,
        product_name: String,
        product_component_name: String,
        product_version: String,
        provider_alert_id: String,
        start_time_utc: String,
        end_time_utc: String,
        processing_end_time: String,
        time_generated: String,
        remediation_steps: Vec<String>,
        resource_identifiers: Vec<ResourceIdentifier>,
        /// Keys of the alert's product, each with a text.
        additional_data: std::collections::BTreeMap<String, String>,
    }
}

record! {
    /// Where an alert's rows lie (`LogAnalytics`) or which resource it is about (`AzureResource`).
    pub struct ResourceIdentifier {
        r#type: String,
        workspace_id: String,
        subscription_id: String,
        resource_group: String,
        agent_id: String,
        azure_resource_id: String,
    }
}

record! {
    /// The answer of `POST …/incidents/{guid}/entities`: not `value`, and `metaData` with a capital D.
    pub struct IncidentEntities {
        entities: Vec<Entity>,
        meta_data: Vec<EntityCount>,
    }
}

/// An entity; the members of `properties` hang on `kind`.
pub type Entity = Resource<Value>;

record! {
    /// How many entities of a kind an incident has.
    pub struct EntityCount {
        entity_kind: String,
        count: i64,
    }
}
