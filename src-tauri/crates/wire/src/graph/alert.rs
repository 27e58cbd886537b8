//! Alerts of Defender, `microsoft.graph.security.alert`.

use serde_json::Value;

use super::comment::Comment;

record! {
    /// As in an incident's `$expand=alerts`. Each item of `evidence` names its own `@odata.type`, of which
    /// there are dozens; they are kept as JSON.
    pub struct Alert {
        #[serde(rename = "@odata.type")]
        odata_type: String,
        id: String,
        provider_alert_id: String,
        incident_id: String,
        status: String,
        severity: String,
        classification: String,
        determination: String,
        service_source: String,
        detection_source: String,
        product_name: String,
        detector_id: String,
        alert_policy_id: String,
        tenant_id: String,
        title: String,
        description: String,
        recommended_actions: String,
        category: String,
        assigned_to: String,
        alert_web_url: String,
        incident_web_url: String,
        actor_display_name: String,
        threat_display_name: String,
        threat_family_name: String,
        mitre_techniques: Vec<String>,
        created_date_time: String,
        last_update_date_time: String,
        resolved_date_time: String,
        first_activity_date_time: String,
        last_activity_date_time: String,
        comments: Vec<Comment>,
        evidence: Vec<Value>,
        system_tags: Vec<String>,
        custom_details: Value,
        additional_data: Value,
        investigation_state: String,
    }
}
