//! The calls that the product makes, each with the record that its bodies go through.

use std::collections::BTreeSet;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use wire::{Census, Shape, arm, entra, graph, loganalytics};

/// The bodies of one call; `fixtures/wire/NAME.json` and `NAME.*.json` are our own examples of it.
pub struct Call {
    pub name: &'static str,
    pub read: fn(&str) -> Result<Reading, serde_json::Error>,
}

/// What came out of a body: the JSON written back, and what was in it.
pub struct Reading {
    pub json: Value,
    pub census: Census,
}

impl Reading {
    /// What had no field of its own, as `arm::incident::Owner.member`.
    pub fn strays(&self) -> BTreeSet<String> {
        let names = self.census.strays.iter();
        names.map(|name| name.trim_start_matches("wire::").to_owned()).collect()
    }
}

/// Every body that the product sends or reads. An answer and the body of a write are one record.
pub const CALLS: &[Call] = &[
    list::<arm::incident::Incident>("arm-incident-list"),
    one::<arm::incident::Incident>("arm-incident"),
    list::<arm::incident::Comment>("arm-comment-list"),
    one::<arm::incident::Comment>("arm-comment"),
    list::<arm::incident::Task>("arm-task-list"),
    one::<arm::incident::Task>("arm-task"),
    list::<arm::incident::IncidentAlert>("arm-incident-alerts"),
    one::<arm::incident::IncidentEntities>("arm-incident-entities"),
    list::<arm::automation_rule::AutomationRule>("arm-automation-rule-list"),
    one::<arm::automation_rule::AutomationRule>("arm-automation-rule"),
    list::<arm::alert_rule::AlertRule>("arm-alert-rule-list"),
    one::<arm::alert_rule::AlertRule>("arm-alert-rule"),
    list::<arm::alert_rule_action::AlertRuleAction>("arm-alert-rule-action-list"),
    one::<arm::alert_rule_action::AlertRuleAction>("arm-alert-rule-action"),
    list::<arm::data_connector::DataConnector>("arm-data-connector-list"),
    one::<arm::data_connector::DataConnector>("arm-data-connector"),
    list::<arm::watchlist::Watchlist>("arm-watchlist-list"),
    one::<arm::watchlist::Watchlist>("arm-watchlist"),
    list::<arm::source_control::SourceControl>("arm-source-control-list"),
    one::<arm::source_control::SourceControl>("arm-source-control"),
    list::<arm::onboarding_state::OnboardingState>("arm-onboarding-state-list"),
    one::<arm::onboarding_state::OnboardingState>("arm-onboarding-state"),
    list::<arm::logic::Workflow>("arm-workflow-list"),
    one::<arm::logic::Workflow>("arm-workflow"),
    list::<arm::logic::Connection>("arm-connection-list"),
    one::<arm::logic::Connection>("arm-connection"),
    list::<arm::workspace::Workspace>("arm-workspace-list"),
    one::<arm::workspace::Workspace>("arm-workspace"),
    list::<arm::subscription::Subscription>("arm-subscription-list"),
    list::<arm::role_assignment::RoleAssignment>("arm-role-assignment-list"),
    list::<arm::role_assignment::Permission>("arm-permission-list"),
    one::<arm::ErrorAnswer>("arm-error"),
    odata::<graph::incident::Incident>("graph-incident-list"),
    one::<graph::incident::Incident>("graph-incident"),
    odata::<graph::alert::Alert>("graph-alert-list"),
    odata::<graph::comment::Comment>("graph-comment-list"),
    one::<graph::comment::Comment>("graph-comment"),
    odata::<graph::message::Message>("graph-message-list"),
    one::<graph::send_mail::SendMail>("graph-send-mail"),
    one::<graph::directory::ServicePrincipal>("graph-service-principal"),
    odata::<graph::directory::ServicePrincipal>("graph-service-principal-list"),
    one::<graph::directory::AppRoleAssignment>("graph-app-role-assignment"),
    odata::<graph::directory::AppRoleAssignment>("graph-app-role-assignment-list"),
    one::<graph::directory::Application>("graph-application"),
    one::<graph::ErrorAnswer>("graph-error"),
    one::<loganalytics::Query>("logs-query"),
    one::<loganalytics::Answer>("logs-answer"),
    one::<entra::OpenidConfiguration>("entra-openid-configuration"),
    one::<entra::Token>("entra-token"),
    one::<entra::TokenError>("entra-token-error"),
    one::<entra::JwtHeader>("entra-jwt-header"),
    one::<entra::JwtClaims>("entra-jwt-claims"),
];

/// The call of that name.
pub fn named(name: &str) -> &'static Call {
    let found = CALLS.iter().find(|call| call.name == name);
    found.unwrap_or_else(|| panic!("`{name}` is no call in call.rs"))
}

const fn one<T: Shape + DeserializeOwned>(name: &'static str) -> Call {
    Call { name, read: read_one::<T> }
}

const fn list<T: Shape + DeserializeOwned>(name: &'static str) -> Call {
    Call { name, read: read_list::<T> }
}

const fn odata<T: Shape + DeserializeOwned>(name: &'static str) -> Call {
    Call { name, read: read_odata::<T> }
}

fn read_one<T: Shape + DeserializeOwned>(text: &str) -> Result<Reading, serde_json::Error> {
    let body: T = serde_json::from_str(text)?;
    reading(&body, std::slice::from_ref(&body))
}

fn read_list<T: Shape + DeserializeOwned>(text: &str) -> Result<Reading, serde_json::Error> {
    let page: arm::Page<T> = serde_json::from_str(text)?;
    reading(&page, &page.value)
}

fn read_odata<T: Shape + DeserializeOwned>(text: &str) -> Result<Reading, serde_json::Error> {
    let page: graph::Page<T> = serde_json::from_str(text)?;
    reading(&page, &page.value)
}

fn reading<T: Shape>(body: &impl Serialize, items: &[T]) -> Result<Reading, serde_json::Error> {
    let mut census = Census::default();
    items.iter().for_each(|item| item.census("body", &mut census));
    Ok(Reading { json: serde_json::to_value(body)?, census })
}
