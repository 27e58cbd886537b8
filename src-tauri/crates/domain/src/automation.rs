//! An automation rule: what starts it, on which conditions, what it does.
//!
//! Shapes follow `Microsoft.SecurityInsights/automationRules`, api-version 2025-09-01. Words of Microsoft's enums are
//! kept as text, since they grow. Never here: whether a rule is good; that is [`readiness`](crate::readiness).

use time::OffsetDateTime;

use crate::tree::{Field, Source};

mod action;
mod condition;

pub use action::{Action, Changes, Deed};
pub use condition::{Condition, Junction, Test};

/// One rule, as the tenant serves it or a file holds it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AutomationRule {
    /// ARM resource id as served; None where a file gives none.
    pub id: Option<String>,
    /// Display name; the resource name, or the unresolved text, where there is none.
    pub name: String,
    /// The whole rule.
    pub source: Source,
    /// 1 to 1000; rules of one trigger run in this order.
    pub order: Field<i64>,
    pub enabled: Field<bool>,
    /// `expirationTimeUtc`.
    pub expires: Field<OffsetDateTime>,
    /// `createdTimeUtc`; only the tenant's own answer has it.
    pub created: Field<OffsetDateTime>,
    /// `Incidents` or `Alerts`.
    pub triggers_on: Field<String>,
    /// `Created` or `Updated`.
    pub triggers_when: Field<String>,
    /// All must hold.
    pub conditions: Field<Vec<Condition>>,
    pub actions: Field<Vec<Action>>,
}

impl AutomationRule {
    /// Whether it runs, as far as anyone can tell: an unreadable or missing switch counts as on.
    pub fn counts(&self) -> bool {
        self.enabled.is.unless_false()
    }

    /// Every condition at any depth, parents first.
    pub fn walk(&self) -> Vec<&Condition> {
        let mut found = Vec::new();
        for condition in self.top_conditions() {
            condition.collect(&mut found);
        }
        found
    }

    pub fn top_conditions(&self) -> &[Condition] {
        self.conditions.known().map_or(&[], Vec::as_slice)
    }

    pub fn all_actions(&self) -> &[Action] {
        self.actions.known().map_or(&[], Vec::as_slice)
    }

    pub fn starts_on(&self, on: &str, when: &str) -> bool {
        self.triggers_on.is.is(on) && self.triggers_when.is.is(when)
    }

    /// Whether one of its actions sets the status to closed.
    pub fn closes(&self) -> bool {
        self.all_actions().iter().any(Action::closes)
    }

    /// The ids of the playbooks it runs, with where they stand.
    pub fn playbooks(&self) -> impl Iterator<Item = &Field<String>> {
        self.all_actions().iter().filter_map(|a| match &a.deed {
            Deed::RunPlaybook { playbook } => Some(playbook),
            _ => None,
        })
    }

    /// Rules share an order only inside one workspace: the part of the id that names it, without case; for a file
    /// without ids, the file.
    pub fn workspace_key(&self) -> String {
        let id = self.id.as_deref().unwrap_or_default().to_ascii_lowercase();
        match id.find("/providers/microsoft.securityinsights") {
            Some(end) => id[..end].to_owned(),
            None => format!("file:{}", self.source.file.as_deref().unwrap_or_default()),
        }
    }
}
