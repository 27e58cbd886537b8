//! Analytics rules, which ARM calls alert rules, by `kind`.
//!
//! Stable versions list `Scheduled`, `Fusion` and `MicrosoftSecurityIncidentCreation`; `NRT`,
//! `MLBehaviorAnalytics` and `ThreatIntelligence` come under the previews.

use std::collections::BTreeMap;

use super::resource::Resource;

tagged! {
    /// `GET …/alertRules[/{ruleId}]`.
    pub enum AlertRule by "kind" {
        "Scheduled" => Scheduled(Resource<ScheduledProperties>),
        "NRT" => Nrt(Resource<NrtProperties>),
        "Fusion" => Fusion(Resource<FusionProperties>),
        "MicrosoftSecurityIncidentCreation" => MicrosoftSecurityIncidentCreation(Resource<IncidentCreationProperties>),
        "MLBehaviorAnalytics" => MlBehaviorAnalytics(Resource<BuiltInProperties>),
        "ThreatIntelligence" => ThreatIntelligence(Resource<BuiltInProperties>),
    }
}

record! {
    /// A query on a schedule. Durations are ISO 8601.
    pub struct ScheduledProperties {
        display_name: String,
        description: String,
        alert_rule_template_name: String,
        template_version: String,
        enabled: bool,
        severity: String,
        tactics: Vec<String>,
        techniques: Vec<String>,
        sub_techniques: Vec<String>,
        query: String,
        query_frequency: String,
        query_period: String,
        trigger_operator: String,
        trigger_threshold: i64,
        suppression_duration: String,
        suppression_enabled: bool,
        last_modified_utc: String,
        event_grouping_settings: EventGroupingSettings,
        custom_details: BTreeMap<String, String>,
        entity_mappings: Vec<EntityMapping>,
        alert_details_override: AlertDetailsOverride,
        incident_configuration: IncidentConfiguration,
        sentinel_entities_mappings: Vec<SentinelEntityMapping>,
    }
}

record! {
    /// Near real time: a scheduled rule without schedule and trigger.
    pub struct NrtProperties {
        display_name: String,
        description: String,
        alert_rule_template_name: String,
        template_version: String,
        enabled: bool,
        severity: String,
        tactics: Vec<String>,
        techniques: Vec<String>,
        sub_techniques: Vec<String>,
        query: String,
        suppression_duration: String,
        suppression_enabled: bool,
        last_modified_utc: String,
        event_grouping_settings: EventGroupingSettings,
        custom_details: BTreeMap<String, String>,
        entity_mappings: Vec<EntityMapping>,
        alert_details_override: AlertDetailsOverride,
        incident_configuration: IncidentConfiguration,
        sentinel_entities_mappings: Vec<SentinelEntityMapping>,
    }
}

record! {
    /// `aggregationKind` is `SingleAlert` or `AlertPerResult`.
    pub struct EventGroupingSettings {
        aggregation_kind: String,
    }
}

record! {
    /// Which columns make up an entity.
    pub struct EntityMapping {
        entity_type: String,
        field_mappings: Vec<FieldMapping>,
    }
}

record! {
    /// An identifier of the entity and the column that holds it.
    pub struct FieldMapping {
        identifier: String,
        column_name: String,
    }
}

record! {
    /// A column that holds whole entities as JSON.
    pub struct SentinelEntityMapping {
        column_name: String,
    }
}

record! {
    /// Titles and other details of the alerts, from columns.
    pub struct AlertDetailsOverride {
        alert_display_name_format: String,
        alert_description_format: String,
        alert_tactics_column_name: String,
        alert_severity_column_name: String,
        alert_dynamic_properties: Vec<AlertDynamicProperty>,
    }
}

record! {
    /// A detail of the alert and the column that fills it.
    pub struct AlertDynamicProperty {
        alert_property: String,
        value: String,
    }
}

record! {
    /// Whether alerts make incidents, and how they are grouped.
    pub struct IncidentConfiguration {
        create_incident: bool,
        grouping_configuration: GroupingConfiguration,
    }
}

record! {
    /// `matchingMethod` is `AllEntities`, `AnyAlert` or `Selected`.
    pub struct GroupingConfiguration {
        enabled: bool,
        reopen_closed_incident: bool,
        lookback_duration: String,
        matching_method: String,
        group_by_entities: Vec<String>,
        group_by_alert_details: Vec<String>,
        group_by_custom_details: Vec<String>,
    }
}

record! {
    /// Multi-stage attack detection; switched off once the workspace is in Defender.
    pub struct FusionProperties {
        display_name: String,
        description: String,
        alert_rule_template_name: String,
        enabled: bool,
        severity: String,
        tactics: Vec<String>,
        techniques: Vec<String>,
        sub_techniques: Vec<String>,
        last_modified_utc: String,
        source_settings: Vec<FusionSource>,
        scenario_exclusion_patterns: Vec<FusionExclusion>,
    }
}

record! {
    /// A source of signals for Fusion.
    pub struct FusionSource {
        enabled: bool,
        source_name: String,
        source_sub_types: Vec<FusionSubType>,
    }
}

record! {
    /// A product or kind within a source.
    pub struct FusionSubType {
        enabled: bool,
        source_sub_type_name: String,
        source_sub_type_display_name: String,
        severity_filters: FusionSeverityFilters,
        /// Only in examples, beside `severityFilters`.
        severity_filter: Vec<String>,
    }
}

record! {
    /// Which severities of a source count.
    pub struct FusionSeverityFilters {
        is_supported: bool,
        filters: Vec<FusionSeverityFilter>,
        /// Only in examples, in place of `filters`.
        severity_filter: Vec<String>,
    }
}

record! {
    /// One severity, on or off.
    pub struct FusionSeverityFilter {
        severity: String,
        enabled: bool,
    }
}

record! {
    /// A scenario that Fusion leaves out.
    pub struct FusionExclusion {
        exclusion_pattern: String,
        #[serde(rename = "dateAddedInUTC")]
        date_added_in_utc: String,
    }
}

record! {
    /// Makes incidents from alerts of one Microsoft product; turned off by the move to Defender.
    pub struct IncidentCreationProperties {
        display_name: String,
        description: String,
        alert_rule_template_name: String,
        enabled: bool,
        last_modified_utc: String,
        product_filter: String,
        severities_filter: Vec<String>,
        display_names_filter: Vec<String>,
        display_names_exclude_filter: Vec<String>,
    }
}

record! {
    /// Rules of Microsoft's own that can only be switched on and off.
    pub struct BuiltInProperties {
        display_name: String,
        description: String,
        alert_rule_template_name: String,
        enabled: bool,
        severity: String,
        tactics: Vec<String>,
        techniques: Vec<String>,
        sub_techniques: Vec<String>,
        last_modified_utc: String,
    }
}
