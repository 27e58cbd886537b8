//! What may pass `wire` without a field of its own, or not come back equal, each with its reason.
//!
//! Read before adding: a member that a screen or a check will ever need wants a field in `wire`.

use std::collections::BTreeSet;

/// Fields that keep JSON as it came, as [`wire::Census`] names them.
const RAW: &[(&str, &str)] = &[
    ("AdditionalInfo.info", "any JSON, by the policy or provider that answered"),
    ("Alert.additional_data", "an open dictionary in the CSDL"),
    ("Alert.custom_details", "an open dictionary: the rule's author names its members"),
    ("Alert.evidence", "dozens of types by `@odata.type`; shown as they are, never sent"),
    ("AlertProperties.confidence_reasons", "shown with the alert, never judged"),
    ("Answer.render", "how the portal would draw the result"),
    ("Answer.statistics", "only with `Prefer: include-statistics`; shown in the request log"),
    ("ApiReference.swagger", "the connector's whole description"),
    ("ConnectionProperties.alternative_parameter_values", "each connector has its own"),
    ("ConnectionProperties.authenticated_user", "shown by name where there is one"),
    ("ConnectionProperties.custom_parameter_values", "each connector has its own"),
    ("ConnectionProperties.non_secret_parameter_values", "each connector has its own"),
    ("ConnectionProperties.parameter_values", "each connector has its own; secrets, never stored"),
    ("DataConnectorProperties.add_on_attributes", "an open dictionary of the connector's author"),
    ("DataConnectorProperties.auth", "nine kinds of sign-in to a third party, with secrets"),
    ("DataConnectorProperties.connector_ui_config", "a page of the portal"),
    ("DataConnectorProperties.dcr_config", "a codeless connector's plumbing, which no check reads"),
    ("DataConnectorProperties.paging", "a codeless connector's plumbing, which no check reads"),
    ("DataConnectorProperties.polling_config", "the older form of the same plumbing"),
    ("DataConnectorProperties.request", "a codeless connector's plumbing, which no check reads"),
    ("DataConnectorProperties.response", "a codeless connector's plumbing, which no check reads"),
    ("ErrorBody.inner_error", "each provider has its own; only shown"),
    ("ErrorBody.innererror", "each provider has its own; only shown"),
    ("Identity.user_assigned_identities", "keyed by resource id"),
    ("Incident.recommended_hunting_queries", "beta only; never asked for"),
    ("InnerError.innererror", "nests without end in the OData scheme; only shown"),
    ("Message.flag", "the reader's own reminder, which no mail test reads"),
    ("Repository.path_mapping", "which folder holds which content; no check reads it"),
    ("Resource.properties", "an entity's members hang on its kind; name and kind are shown"),
    ("SourceControlProperties.repository_access", "credentials, only ever sent"),
    ("Subscription.managed_by_tenants", "which tenants manage it; no check reads it"),
    ("Table.rows", "cells, whose types the columns say"),
    ("TestLink.body", "the portal's own test of a connection"),
    ("WorkflowProperties.access_control", "address ranges and policies that no check reads"),
    ("WorkflowProperties.definition", "the workflow definition language, walked as a tree"),
    ("WorkflowProperties.parameters", "whatever the definition declares, walked as a tree"),
    ("WorkflowProperties.sku", "plan of an integration service environment; no check reads it"),
    ("WorkspaceProperties.private_link_scoped_resources", "no check reads it"),
];

/// Calls of which the published folder holds no example.
const UNPUBLISHED: &[(&str, &str)] = &[
    ("arm-subscription-list", "shape from the REST reference of Microsoft.Resources 2022-12-01"),
    ("graph-message-list", "shape from the `message` resource page and the CSDL"),
    ("entra-jwt-header", "inside an access token; claims from the access-token reference"),
    ("entra-jwt-claims", "inside an access token; claims from the access-token reference"),
];

/// Published examples that go astray: end of the file's path, beginning of the objection, reason.
const EXCEPTED: &[(&str, &str, &str)] = &[
    (
        "concept-errors.01.example-error-response.json",
        "InnerError.requestId",
        "a sketch of the shape; answers spell it `request-id`, as the other samples do",
    ),
    (
        "user-sendmail.02.user_sendmail.request.http",
        "SendMail.save_to_sent_items (another shape)",
        "the sample sends \"false\" as text; the CSDL says boolean, and that is what we send",
    ),
    (
        "2022-10-01/examples/WorkspacesGet.json",
        "isn't read: invalid type: sequence",
        "the example's body is `[]` for a single workspace; 2023-09-01 corrects it",
    ),
    (
        "sourcecontrols/CreateSourceControl.json",
        "Resource.version",
        "examples put it beside `properties`; the schema has it inside",
    ),
    (
        "sourcecontrols/GetSourceControlById.json",
        "Resource.version",
        "examples put it beside `properties`; the schema has it inside",
    ),
    (
        "sourcecontrols/GetSourceControls.json",
        "Resource.version",
        "examples put it beside `properties`; the schema has it inside",
    ),
];

/// Whether a stray is a field that keeps JSON on purpose.
pub fn is_known(stray: &str) -> bool {
    stray.strip_suffix(" (raw)").is_some_and(|field| RAW.iter().any(|(known, _)| *known == field))
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
