//! What a tenant has set up: automation rules, analytics rules, playbooks, connectors, watchlists, repositories.
//!
//! Everything is served JSON in the shapes that Azure Resource Manager returns, made from blueprint tables, and the
//! same [`Scope`] gives the same bytes. Some of it is broken on purpose: a blueprint that offends a readiness check
//! says so by hand, and [`planted`] reads those notes alone. Nothing here may evaluate a rule to find out what it
//! offends, and nothing may read the clock.
//!
//! Start at [`Content`], then `automation/` (the tables) and [`planted`] (how each check is read).

mod action;
mod analytics;
mod automation;
mod condition;
mod connector;
mod place;
mod planted;
mod playbook;
mod source_control;
mod watchlist;

pub use analytics::{AlertOnly, alert_only};
pub use planted::{Planted, PlantedObject, planted, planted_ready};
pub use playbook::{CREATES_INCIDENTS, Playbooks, playbooks, playbooks_ready};

use crate::scope::Scope;
use place::Place;
use serde_json::{Value, json};
use std::collections::HashMap;

/// An analytics rule as served.
#[derive(Clone, Debug, PartialEq)]
pub struct AlertRule {
    pub json: Value,
    /// NRT, MLBehaviorAnalytics and ThreatIntelligence appear under preview api-versions only.
    pub preview_only: bool,
}

/// What Sentinel of one workspace holds, each list in the order it is served.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content {
    pub automation_rules: Vec<Value>,
    pub alert_rules: Vec<AlertRule>,
    /// Legacy playbook attachments, by the rule's `name`.
    pub alert_rule_actions: HashMap<String, Vec<Value>>,
    pub data_connectors: Vec<Value>,
    /// List items: they carry no `etag`.
    pub watchlists: Vec<Value>,
    pub source_controls: Vec<Value>,
    pub onboarding_states: Vec<Value>,
}

/// Which of the planted faults a world has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Faults {
    All,
    /// Story `ready`: blueprints that offend a check are left out.
    None,
}

impl Content {
    /// Content of `workspace` in the default story, faults included.
    ///
    /// The first two workspaces of the scope have rules; a further one is onboarded and empty, an unknown one is empty.
    #[must_use]
    pub fn make(scope: &Scope, workspace: &str) -> Self {
        Self::build(scope, workspace, Faults::All)
    }

    /// Content of `workspace` in story `ready`: the same without the objects that offend a check.
    #[must_use]
    pub fn ready(scope: &Scope, workspace: &str) -> Self {
        Self::build(scope, workspace, Faults::None)
    }

    fn build(scope: &Scope, workspace: &str, faults: Faults) -> Self {
        let Some(place) = Place::find(scope, workspace) else {
            return Self::default();
        };
        Self {
            automation_rules: automation::rules(&place, faults),
            alert_rules: analytics::rules(&place, faults),
            alert_rule_actions: analytics::actions(&place, faults),
            data_connectors: connector::connectors(&place),
            watchlists: watchlist::watchlists(&place),
            source_controls: source_control::source_controls(&place),
            onboarding_states: vec![onboarding(&place)],
        }
    }
}

/// Sentinel is enabled on this workspace; it says nothing about the Defender portal.
fn onboarding(place: &Place) -> Value {
    json!({
        "properties": {},
        "id": place.id("onboardingStates", "default"),
        "name": "default",
        "type": "Microsoft.SecurityInsights/onboardingStates",
        "systemData": {},
    })
}

#[cfg(test)]
mod tests;
