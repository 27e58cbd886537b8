//! What may pass `wire` without a field of its own, or not come back equal, each with its reason.
//!
//! Read before adding: a member that a screen or a check will ever need wants a field in `wire`.

use std::collections::BTreeSet;

/// Fields of `wire` that keep JSON as it came, as [`wire::Census`] names them.
const RAW: &[(&str, &str)] = &[
    ("arm::error::AdditionalInfo.info", "any JSON, by the policy or provider that answered"),
    ("graph::alert::Alert.additional_data", "an open dictionary in the CSDL"),
    ("graph::alert::Alert.custom_details", "an open dictionary: the rule's author names its members"),
    ("graph::alert::Alert.evidence", "dozens of types by `@odata.type`; shown as they are, never sent"),
    ("arm::incident::AlertProperties.confidence_reasons", "shown with the alert, never judged"),
    ("loganalytics::Answer.render", "how the portal would draw the result"),
    ("loganalytics::Answer.statistics", "only with `Prefer: include-statistics`; shown in the request log"),
    ("arm::logic::ApiReference.swagger", "the connector's whole description"),
    ("arm::logic::ConnectionProperties.alternative_parameter_values", "each connector has its own"),
    ("arm::logic::ConnectionProperties.authenticated_user", "shown by name where there is one"),
    ("arm::logic::ConnectionProperties.custom_parameter_values", "each connector has its own"),
    ("arm::logic::ConnectionProperties.non_secret_parameter_values", "each connector has its own"),
    (
        "arm::logic::ConnectionProperties.parameter_values",
        "each connector has its own; secrets, never stored",
    ),
    (
        "arm::data_connector::DataConnectorProperties.add_on_attributes",
        "an open dictionary of the connector's author",
    ),
    (
        "arm::data_connector::DataConnectorProperties.auth",
        "nine kinds of sign-in to a third party, with secrets",
    ),
    ("arm::data_connector::DataConnectorProperties.connector_ui_config", "a page of the portal"),
    (
        "arm::data_connector::DataConnectorProperties.dcr_config",
        "a codeless connector's plumbing, which no check reads",
    ),
    (
        "arm::data_connector::DataConnectorProperties.paging",
        "a codeless connector's plumbing, which no check reads",
    ),
    ("arm::data_connector::DataConnectorProperties.polling_config", "the older form of the same plumbing"),
    (
        "arm::data_connector::DataConnectorProperties.request",
        "a codeless connector's plumbing, which no check reads",
    ),
    (
        "arm::data_connector::DataConnectorProperties.response",
        "a codeless connector's plumbing, which no check reads",
    ),
    ("arm::error::ErrorBody.inner_error", "each provider has its own; only shown"),
    ("arm::error::ErrorBody.innererror", "each provider has its own; only shown"),
    ("arm::resource::Identity.user_assigned_identities", "keyed by resource id"),
    (
        "graph::directory::ServicePrincipal.add_ins",
        "behaviour of other products in the app; nothing reads it",
    ),
    ("graph::directory::ServicePrincipal.endpoints", "addresses for other products; nothing reads it"),
    ("graph::directory::ServicePrincipal.info", "links of the publisher; nothing reads it"),
    (
        "graph::directory::ServicePrincipal.resource_specific_application_permissions",
        "permissions of Teams' own kind; nothing reads it",
    ),
    (
        "graph::directory::ServicePrincipal.saml_single_sign_on_settings",
        "how people sign in; nothing reads it",
    ),
    ("graph::directory::ServicePrincipal.verified_publisher", "who vouches for the app; nothing reads it"),
    ("graph::incident::Incident.recommended_hunting_queries", "beta only; never asked for"),
    ("graph::error::InnerError.innererror", "nests without end in the OData scheme; only shown"),
    ("graph::message::Message.flag", "the reader's own reminder, which no mail test reads"),
    ("arm::source_control::Repository.path_mapping", "which folder holds which content; no check reads it"),
    ("arm::resource::Resource.properties", "an entity's members hang on its kind; name and kind are shown"),
    ("arm::source_control::SourceControlProperties.repository_access", "credentials, only ever sent"),
    ("arm::subscription::Subscription.managed_by_tenants", "which tenants manage it; no check reads it"),
    ("loganalytics::Table.rows", "cells, whose types the columns say"),
    ("arm::logic::TestLink.body", "the portal's own test of a connection"),
    ("arm::logic::WorkflowProperties.access_control", "address ranges and policies that no check reads"),
    ("arm::logic::WorkflowProperties.definition", "the workflow definition language, walked as a tree"),
    ("arm::logic::WorkflowProperties.parameters", "whatever the definition declares, walked as a tree"),
    ("arm::logic::WorkflowProperties.sku", "plan of an integration service environment; no check reads it"),
    ("arm::workspace::WorkspaceProperties.private_link_scoped_resources", "no check reads it"),
];

/// Calls of which the published folder holds no example.
const UNPUBLISHED: &[(&str, &str)] = &[
    ("arm-subscription-list", "shape from the REST reference of Microsoft.Resources 2022-12-01"),
    ("arm-role-assignment-list", "shape from the REST reference of Microsoft.Authorization 2022-04-01"),
    ("arm-permission-list", "shape from the REST reference of Microsoft.Authorization 2022-04-01"),
    ("graph-application", "shape from the `application` resource page and the CSDL"),
    ("graph-message-list", "shape from the `message` resource page and the CSDL"),
    ("entra-jwt-header", "inside an access token; claims from the access-token reference"),
    ("entra-jwt-claims", "inside an access token; claims from the access-token reference"),
];

/// Published examples that go astray: end of the file's path, beginning of the objection, reason.
const EXCEPTED: &[(&str, &str, &str)] = &[
    (
        "concept-errors.01.example-error-response.json",
        "graph::error::InnerError.requestId",
        "a sketch of the shape; answers spell it `request-id`, as the other samples do",
    ),
    (
        "user-sendmail.02.user_sendmail.request.http",
        "graph::send_mail::SendMail.save_to_sent_items (another shape)",
        "the sample sends \"false\" as text; the CSDL says boolean, and that is what we send",
    ),
    (
        "2022-10-01/examples/WorkspacesGet.json",
        "isn't read: invalid type: sequence",
        "the example's body is `[]` for a single workspace; 2023-09-01 corrects it",
    ),
    (
        "sourcecontrols/CreateSourceControl.json",
        "arm::resource::Resource.version",
        "examples put it beside `properties`; the schema has it inside",
    ),
    (
        "sourcecontrols/GetSourceControlById.json",
        "arm::resource::Resource.version",
        "examples put it beside `properties`; the schema has it inside",
    ),
    (
        "sourcecontrols/GetSourceControls.json",
        "arm::resource::Resource.version",
        "examples put it beside `properties`; the schema has it inside",
    ),
];

/// Whether a stray is a field that keeps JSON on purpose.
pub fn is_known(stray: &str) -> bool {
    stray.strip_suffix(" (raw)").is_some_and(|field| RAW.iter().any(|(known, _)| *known == field))
}

/// Fields of the list that none of these strays needs.
pub fn unneeded(strays: &BTreeSet<String>) -> Vec<&'static str> {
    let fields = RAW.iter().map(|(field, _)| *field);
    fields.filter(|field| !strays.contains(&format!("{field} (raw)"))).collect()
}

/// Whether a call is known to have no published example.
pub fn is_unpublished(call: &str) -> bool {
    UNPUBLISHED.iter().any(|(known, _)| *known == call)
}

/// Whether an objection to a published example is let through.
pub fn is_excepted(file: &str, objection: &str) -> bool {
    EXCEPTED.iter().any(|exception| covers(exception, file, objection))
}

fn covers((end, start, _): &(&str, &str, &str), file: &str, objection: &str) -> bool {
    file.ends_with(end) && objection.starts_with(start)
}

/// Exceptions that excused nothing: (file, objection) lists what was excused.
pub fn outdated(excused: &BTreeSet<(String, String)>) -> Vec<String> {
    let used = |exception| excused.iter().any(|(file, why)| covers(exception, file, why));
    let unused = EXCEPTED.iter().filter(|exception| !used(exception));
    unused.map(|(file, what, _)| format!("{file}: `{what}` is excepted for nothing")).collect()
}
