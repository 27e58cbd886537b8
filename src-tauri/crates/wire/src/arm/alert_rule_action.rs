//! The playbook that an analytics rule runs by itself (alert trigger, being retired).

use super::resource::Resource;

/// `GET …/alertRules/{ruleId}/actions[/{actionId}]`.
pub type AlertRuleAction = Resource<AlertRuleActionProperties>;

record! {
    /// A PUT carries `triggerUri`, which is a secret address; the answer has `workflowId` in its place.
    pub struct AlertRuleActionProperties {
        logic_app_resource_id: String,
        workflow_id: String,
        trigger_uri: String,
    }
}
