//! Collections that hold what the tenant has set up, served as they were made.

use super::version::{Provider, Version};
use super::{Call, error, paged};
use crate::answer;
use crate::content::Content;
use axum::response::Response;
use serde_json::Value;

/// Items on a page of those collections that the service pages.
const PAGE: usize = 100;

/// Everything of a workspace that isn't an incident; GET only.
pub fn answer(call: &Call, place: usize, version: &Version, rest: &[&str]) -> Response {
    let Some(content) = call.session.content.get(place) else {
        return error::not_found("The workspace's content");
    };
    match rest {
        ["alertrules"] => paged(call, &alert_rules(content, version), PAGE),
        ["alertrules", name] => one(&alert_rules(content, version), name, "Alert rule"),
        ["alertrules", name, "actions"] => actions(call, content, name),
        ["alertrules", name, "actions", action] => match own_actions(content, name) {
            Some(actions) => one(&actions, action, "Action"),
            None => error::not_found(&format!("Alert rule '{name}'")),
        },
        [kind, path @ ..] => match simple(content, kind) {
            Some(items) => simple_answer(call, &items, kind, path),
            None => error::not_found(&format!("Resource type '{kind}'")),
        },
        [] => error::not_found("Microsoft.SecurityInsights without a resource type"),
    }
}

fn simple<'a>(content: &'a Content, kind: &str) -> Option<Vec<&'a Value>> {
    let items = match kind {
        "automationrules" => &content.automation_rules,
        "dataconnectors" => &content.data_connectors,
        "watchlists" => &content.watchlists,
        "sourcecontrols" => &content.source_controls,
        "onboardingstates" => &content.onboarding_states,
        _ => return None,
    };
    Some(items.iter().collect())
}

fn simple_answer(call: &Call, items: &[&Value], kind: &str, path: &[&str]) -> Response {
    match path {
        [] => paged(call, items, PAGE),
        [name] => one(items, name, kind),
        _ => error::not_found(&format!("'{}'", path.join("/"))),
    }
}

/// Rules of preview kinds appear under a preview version only.
fn alert_rules<'a>(content: &'a Content, version: &Version) -> Vec<&'a Value> {
    let rules = content.alert_rules.iter();
    rules.filter(|rule| version.preview || !rule.preview_only).map(|rule| &rule.json).collect()
}

fn actions(call: &Call, content: &Content, rule: &str) -> Response {
    match own_actions(content, rule) {
        Some(actions) => paged(call, &actions, PAGE),
        None => error::not_found(&format!("Alert rule '{rule}'")),
    }
}

/// The rule's actions; none where there is no such rule.
fn own_actions<'a>(content: &'a Content, rule: &str) -> Option<Vec<&'a Value>> {
    let known = content.alert_rules.iter().any(|one| named(&one.json, rule));
    let found = content.alert_rule_actions.iter().find(|(name, _)| name.eq_ignore_ascii_case(rule));
    known.then(|| found.map(|(_, actions)| actions.iter().collect()).unwrap_or_default())
}

/// `GET …/workflows[/{name}]`, by subscription or by group.
pub fn workflows(call: &Call, name: Option<&str>) -> Response {
    call.versioned(Provider::Logic, "workflows", |_| {
        tracked(call, &call.session.playbooks.workflows, name, "Microsoft.Logic/workflows")
    })
}

/// `GET …/connections[/{name}]`
pub fn connections(call: &Call, name: Option<&str>) -> Response {
    call.versioned(Provider::Connections, "connections", |_| {
        tracked(call, &call.session.playbooks.connections, name, "Microsoft.Web/connections")
    })
}

fn tracked(call: &Call, items: &[Value], name: Option<&str>, kind: &str) -> Response {
    let scope = &call.session.scope;
    let action = format!("{kind}/read");
    if !call.session.may(&call.claims, &action, &scope.group()) {
        return error::forbidden(call, &action, &scope.group());
    }
    let items: Vec<&Value> = items.iter().collect();
    match name {
        None => paged(call, &items, PAGE),
        Some(name) => match items.iter().find(|item| named(item, name)) {
            Some(item) => answer::json(200, item.to_string()),
            None => error::no_resource(kind, name, &scope.resource_group),
        },
    }
}

fn one(items: &[&Value], name: &str, what: &str) -> Response {
    match items.iter().find(|item| named(item, name)) {
        Some(item) => answer::json(200, item.to_string()),
        None => error::not_found(&format!("{what} '{name}'")),
    }
}

fn named(item: &Value, name: &str) -> bool {
    item["name"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(name))
}
