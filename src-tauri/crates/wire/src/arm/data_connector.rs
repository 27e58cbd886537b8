//! Data connectors. Kinds differ in few members, so one record holds them all.

use serde_json::Value;

use super::resource::Resource;

/// `GET …/dataConnectors[/{id}]`; `kind` names the product.
pub type DataConnector = Resource<DataConnectorProperties>;

record! {
    /// Members of the stable kinds; those of customizable connectors are raw.
    pub struct DataConnectorProperties {
        tenant_id: String,
        subscription_id: String,
        aws_role_arn: String,
        role_arn: String,
        sqs_urls: Vec<String>,
        destination_table: String,
        tip_lookback_period: String,
        lookback_period: String,
        #[serde(rename = "requiredSKUsPresent")]
        required_skus_present: bool,
        data_types: DataTypes,
        /// RestApiPoller and GenericUI: definition, authentication, request and answer.
        connector_definition_name: String,
        connector_ui_config: Value,
        polling_config: Value,
        auth: Value,
        request: Value,
        response: Value,
        dcr_config: Value,
        data_type: String,
        paging: Value,
        add_on_attributes: Value,
        is_active: bool,
    }
}

record! {
    /// The feeds of the known kinds, each on or off.
    pub struct DataTypes {
        alerts: DataTypeState,
        discovery_logs: DataTypeState,
        exchange: DataTypeState,
        incidents: DataTypeState,
        indicators: DataTypeState,
        logs: DataTypeState,
        microsoft_emerging_threat_feed: DataTypeState,
        share_point: DataTypeState,
        taxii_client: DataTypeState,
        teams: DataTypeState,
    }
}

record! {
    /// `state` is `Enabled` or `Disabled`.
    pub struct DataTypeState {
        state: String,
        lookback_period: String,
    }
}
