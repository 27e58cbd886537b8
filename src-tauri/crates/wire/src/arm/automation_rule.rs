//! Automation rules: a trigger with conditions, and actions in order.
//!
//! Conditions and actions are told apart by `conditionType` and `actionType`; Microsoft adds kinds, so
//! both have a case that keeps the JSON.

use super::incident::{Label, Owner};
use super::resource::{Person, Resource};

/// `GET …/automationRules[/{id}]`.
pub type AutomationRule = Resource<AutomationRuleProperties>;

record! {
    /// `order` is 1 to 1,000; up to 20 actions.
    pub struct AutomationRuleProperties {
        display_name: String,
        order: i64,
        triggering_logic: TriggeringLogic,
        actions: Vec<Action>,
        created_time_utc: String,
        last_modified_time_utc: String,
        created_by: Person,
        last_modified_by: Person,
    }
}

record! {
    /// `triggersOn` is `Incidents` or `Alerts`, `triggersWhen` `Created` or `Updated`; up to 50 conditions,
    /// all of which must hold.
    pub struct TriggeringLogic {
        is_enabled: bool,
        expiration_time_utc: String,
        triggers_on: String,
        triggers_when: String,
        conditions: Vec<Condition>,
    }
}

tagged! {
    /// One condition; `PropertyArray` and `Boolean` hold others.
    pub enum Condition by "conditionType" {
        "Property" => Property(ConditionCase<PropertyCondition>),
        "PropertyChanged" => PropertyChanged(ConditionCase<PropertyChangedCondition>),
        "PropertyArrayChanged" => PropertyArrayChanged(ConditionCase<PropertyArrayChangedCondition>),
        "PropertyArray" => PropertyArray(ConditionCase<PropertyArrayCondition>),
        "Boolean" => Boolean(ConditionCase<BooleanCondition>),
    }
}

record! {
    /// The frame of every condition.
    pub struct ConditionCase<P> {
        condition_type: String,
        condition_properties: P,
    }
}

record! {
    /// `operator` is `Equals`, `Contains`, `StartsWith`, `EndsWith` or one of them with `Not`.
    pub struct PropertyCondition {
        property_name: String,
        operator: String,
        property_values: Vec<String>,
    }
}

record! {
    /// `changeType` is `ChangedFrom` or `ChangedTo`.
    pub struct PropertyChangedCondition {
        property_name: String,
        change_type: String,
        operator: String,
        property_values: Vec<String>,
    }
}

record! {
    /// `arrayType` is `Alerts`, `Labels`, `Tactics` or `Comments`; `changeType` is `Added`.
    pub struct PropertyArrayChangedCondition {
        array_type: String,
        change_type: String,
    }
}

record! {
    /// `arrayType` is `CustomDetails`, `CustomDetailValues` or `IncidentLabels`; `arrayConditionType` is
    /// `AnyItem` or `AllItems`.
    pub struct PropertyArrayCondition {
        array_type: String,
        array_condition_type: String,
        item_conditions: Vec<Condition>,
    }
}

record! {
    /// `operator` is `And` or `Or`.
    pub struct BooleanCondition {
        operator: String,
        inner_conditions: Vec<Condition>,
    }
}

tagged! {
    /// One action.
    pub enum Action by "actionType" {
        "ModifyProperties" => ModifyProperties(ActionCase<ModifyPropertiesAction>),
        "RunPlaybook" => RunPlaybook(ActionCase<RunPlaybookAction>),
        "AddIncidentTask" => AddIncidentTask(ActionCase<AddIncidentTaskAction>),
    }
}

record! {
    /// The frame of every action.
    pub struct ActionCase<P> {
        order: i64,
        action_type: String,
        action_configuration: P,
    }
}

record! {
    /// What an incident is changed to; answers send every unset member as `null`.
    pub struct ModifyPropertiesAction {
        severity: String,
        status: String,
        classification: String,
        classification_reason: String,
        classification_comment: String,
        owner: Owner,
        labels: Vec<Label>,
    }
}

record! {
    /// Here the member is `logicAppResourceId`; the manual trigger spells it `logicAppsResourceId`.
    pub struct RunPlaybookAction {
        logic_app_resource_id: String,
        tenant_id: String,
    }
}

record! {
    /// A task for the analyst; Defender doesn't show it.
    pub struct AddIncidentTaskAction {
        title: String,
        description: String,
    }
}
