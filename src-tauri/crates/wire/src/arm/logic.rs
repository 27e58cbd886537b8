//! Playbooks: Logic Apps workflows and the API connections they use.
//!
//! A workflow's `definition` is a language of its own and stays JSON.

use serde_json::Value;

use super::resource::Resource;

/// `GET …/Microsoft.Logic/workflows[/{name}]`; each item of a list carries its whole definition.
pub type Workflow = Resource<WorkflowProperties>;

record! {
    /// `state` is `Enabled`, `Disabled`, `Suspended`, `Deleted`, `Completed` or `NotSpecified`.
    pub struct WorkflowProperties {
        state: String,
        provisioning_state: String,
        created_time: String,
        changed_time: String,
        version: String,
        access_endpoint: String,
        definition: Value,
        /// `$connections` and what else the definition asks for; may hold secrets.
        parameters: Value,
        access_control: Value,
        endpoints_configuration: EndpointsConfiguration,
        integration_account: ResourceReference,
        integration_service_environment: ResourceReference,
        sku: Value,
    }
}

record! {
    /// Addresses that the workflow and its connectors call from and answer on.
    pub struct EndpointsConfiguration {
        workflow: Endpoints,
        connector: Endpoints,
    }
}

record! {
    /// One side's addresses.
    pub struct Endpoints {
        outgoing_ip_addresses: Vec<IpAddress>,
        access_endpoint_ip_addresses: Vec<IpAddress>,
    }
}

record! {
    /// An address or range as text.
    pub struct IpAddress {
        address: String,
    }
}

record! {
    /// Another resource, by id.
    pub struct ResourceReference {
        id: String,
        name: String,
        r#type: String,
    }
}

/// `GET …/Microsoft.Web/connections[/{name}]`; the list has no `nextLink`.
pub type Connection = Resource<ConnectionProperties>;

record! {
    /// A connection is well when its `statuses` say `Connected`.
    pub struct ConnectionProperties {
        display_name: String,
        statuses: Vec<ConnectionStatus>,
        overall_status: String,
        authenticated_user: Value,
        connection_state: String,
        /// Secrets, when writing; never in an answer.
        parameter_values: Value,
        parameter_value_type: String,
        alternative_parameter_values: Value,
        non_secret_parameter_values: Value,
        custom_parameter_values: Value,
        created_time: String,
        changed_time: String,
        api: ApiReference,
        test_links: Vec<TestLink>,
        test_requests: Vec<TestLink>,
    }
}

record! {
    /// `status` is `Connected`, `Error` and others; `error` says why.
    pub struct ConnectionStatus {
        status: String,
        target: String,
        error: super::ErrorBody,
    }
}

record! {
    /// The managed connector: `…/managedApis/azuresentinel`, `…/office365`.
    pub struct ApiReference {
        id: String,
        name: String,
        r#type: String,
        display_name: String,
        description: String,
        icon_uri: String,
        brand_color: String,
        category: String,
        swagger: Value,
    }
}

record! {
    /// Where the portal tests a connection.
    pub struct TestLink {
        request_uri: String,
        method: String,
        body: Value,
    }
}
