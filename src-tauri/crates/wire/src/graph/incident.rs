//! Defender's incidents, `microsoft.graph.security.incident`.

use serde_json::{Number, Value};

use super::alert::Alert;
use super::comment::Comment;

record! {
    /// `GET /security/incidents[/{id}]`; the body of a PATCH is the same record with few members.
    /// `id` is a number as text. Where `status` is `redirected`, `redirectIncidentId` names the target.
    pub struct Incident {
        #[serde(rename = "@odata.context")]
        odata_context: String,
        #[serde(rename = "@odata.type")]
        odata_type: String,
        #[serde(rename = "@odata.etag")]
        odata_etag: String,
        id: String,
        tenant_id: String,
        status: String,
        redirect_incident_id: String,
        incident_web_url: String,
        display_name: String,
        description: String,
        summary: String,
        severity: String,
        priority_score: Number,
        classification: String,
        determination: String,
        assigned_to: String,
        custom_tags: Vec<String>,
        system_tags: Vec<String>,
        /// One documented answer spells `customTags` so.
        tags: Vec<String>,
        comments: Vec<Comment>,
        resolving_comment: String,
        created_date_time: String,
        last_update_date_time: String,
        last_modified_by: String,
        /// Only with `$expand=alerts`.
        alerts: Vec<Alert>,
        #[serde(rename = "alerts@odata.context")]
        alerts_context: String,
        #[serde(rename = "alerts@odata.nextLink")]
        alerts_next_link: String,
        /// Beta only.
        recommended_actions: String,
        /// Beta only.
        recommended_hunting_queries: Value,
    }
}
