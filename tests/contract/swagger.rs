//! Examples of the REST specifications: `{"parameters": {…}, "responses": {"200": {"body": …}}}`.

use serde_json::Value;

use crate::example::Example;

/// Folder, beginnings of file names (any file where there are none), and the noun of the call.
const NOUNS: &[(&str, &[&str], &str)] = &[
    ("/incidents/comments/", &["Create", "Get"], "arm-comment"),
    ("/incidents/tasks/", &["IncidentTasks_"], "arm-task"),
    ("/incidents/", &["GetAllIncidentAlerts"], "arm-incident-alerts"),
    ("/incidents/", &["GetAllIncidentEntities"], "arm-incident-entities"),
    (
        "/incidents/",
        &[
            "CreateIncident.",
            "GetIncidents.",
            "GetIncidentById.",
            "Incidents_Create",
            "Incidents_Get",
            "Incidents_List",
        ],
        "arm-incident",
    ),
    ("/automationRules/", &["AutomationRules_"], "arm-automation-rule"),
    ("/alertRules/", &["Create", "Get"], "arm-alert-rule"),
    ("/actions/", &["Create", "Get"], "arm-alert-rule-action"),
    ("/dataConnectors/", &["Create", "Get"], "arm-data-connector"),
    (
        "/watchlists/",
        &["CreateWatchlist.", "CreateWatchlistAnd", "GetWatchlistByAlias", "GetWatchlists"],
        "arm-watchlist",
    ),
    ("/sourcecontrols/", &["Create", "Get"], "arm-source-control"),
    ("/onboardingStates/", &["Create", "Get"], "arm-onboarding-state"),
    (
        "/logic/stable/",
        &["Workflows_CreateOr", "Workflows_Get.", "Workflows_ListBy", "Workflows_Update"],
        "arm-workflow",
    ),
    (
        "/logic/Microsoft.Web/",
        &["connectionsCreateOr", "connectionsGet", "connectionsList.", "connectionsUpdate"],
        "arm-connection",
    ),
    ("/loganalytics/stable/", &["Workspaces"], "arm-workspace"),
    ("/loganalytics/query-api/", &["la-post", "oms-post", "la-get", "oms-get"], "logs-answer"),
];

/// Parameters that are a body; all others are parts of the address.
const BODIES: &[(&str, &str)] = &[
    ("incident", "arm-incident"),
    ("incidentComment", "arm-comment"),
    ("incidentTask", "arm-task"),
    ("automationRule", "arm-automation-rule"),
    ("alertRule", "arm-alert-rule"),
    ("action", "arm-alert-rule-action"),
    ("dataConnector", "arm-data-connector"),
    ("watchlist", "arm-watchlist"),
    ("sourceControl", "arm-source-control"),
    ("sentinelOnboardingStateParameter", "arm-onboarding-state"),
    ("workflow", "arm-workflow"),
    ("connection", "arm-connection"),
    ("parameters", "arm-workspace"),
    ("body", "logs-query"),
];

/// The bodies in a file that is an example of a call of ours; none of another file.
pub fn examples(file: &str, json: &Value) -> Vec<Example> {
    let Some(noun) = noun(file) else { return Vec::new() };
    let parameters = json["parameters"].as_object().into_iter().flatten();
    let requests = parameters.filter_map(|(name, body)| {
        let call = BODIES.iter().find(|(known, _)| name == known)?.1;
        Some(example(file, "request", call, body))
    });
    let responses = json["responses"].as_object().into_iter().flatten();
    let answers = responses.filter_map(|(status, answer)| {
        let body = answer.get("body")?;
        Some(example(file, status, listed(noun, body), body))
    });
    requests.chain(answers).collect()
}

fn noun(file: &str) -> Option<&'static str> {
    let name = file.rsplit('/').next()?;
    let path = format!("/{file}");
    let matches = |starts: &[&str]| starts.iter().any(|start| name.starts_with(start));
    let found = NOUNS.iter().find(|(folder, starts, _)| path.contains(folder) && matches(starts));
    found.map(|(_, _, noun)| *noun)
}

/// A body with `value` is a page of the noun.
pub fn listed(noun: &'static str, body: &Value) -> &'static str {
    let list = format!("{noun}-list");
    let call = crate::call::CALLS.iter().find(|call| call.name == list);
    match call {
        Some(call) if body.get("value").is_some() => call.name,
        _ => noun,
    }
}

fn example(file: &str, place: &str, call: &'static str, body: &Value) -> Example {
    Example { file: file.into(), place: place.into(), call, body: body.clone() }
}
